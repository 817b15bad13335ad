"""KT-18x: copies of received workbooks that are changed or annotated."""

from tdkt_xl.findings.code import WARNING, Code

SIGNED_BOOK = Code(
    "KT-180",
    WARNING,
    "Sổ có chữ ký số",
    "Sổ có chữ ký số; thêm hay sửa gì trong bản sao cũng làm mất chữ ký, nên không ghi bản sao.",
    "xem các vấn đề ở ket-qua-kiem-tra.xlsx; nơi gửi sửa ở sổ chưa ký rồi ký lại.",
    bad="sổ đã ký số bằng Tệp › Thông tin › Thêm chữ ký số",
    good="sổ chưa ký số",
)
STRICT_BOOK = Code(
    "KT-181",
    WARNING,
    "Sổ lưu dạng Strict Open XML",
    "Sổ lưu theo dạng Strict Open XML, chưa sửa hay đánh dấu an toàn được.",
    "mở bằng Excel, Lưu thành, chọn “Sổ làm việc Excel (*.xlsx)”; trong lúc chờ, xem ket-qua-kiem-tra.xlsx.",
    bad="sổ lưu dạng Strict Open XML Spreadsheet",
    good="sổ lưu dạng Excel Workbook (*.xlsx)",
)
CANNOT_PATCH = Code(
    "KT-182",
    WARNING,
    "Không sửa an toàn được sổ này",
    "Không ghi được bản sao của sổ mà vẫn giữ nguyên mọi thứ khác: {reason}.",
    "mở bằng Excel, lưu thành tệp .xlsx mới rồi chạy lại; trong lúc chờ, xem ket-qua-kiem-tra.xlsx.",
    bad="sổ do một phần mềm lạ xuất ra",
    good="sổ lưu bằng Excel",
)
CELL_NOT_PATCHED = Code(
    "KT-183",
    WARNING,
    "Ô không sửa tự động được",
    "Ô được giữ nguyên trong bản sao vì {reason}.",
    "sửa ô này bằng tay trong Excel.",
    bad="ô là công thức dùng chung của cả cột",
    good="ô nhập số thường",
)
