"""KT-18x: copies of received workbooks that are changed or annotated."""

from tdkt_xl.findings.code import NOTE, WARNING, Code

NOT_REPAIRED = Code(
    "KT-150",
    NOTE,
    "Dạng tệp chưa sửa tự động được",
    "Tệp là {content}; {count} ô có thể sửa được liệt kê, nhưng không ghi được bản đã sửa mà vẫn giữ nguyên "
    "mọi thứ khác.",
    "mở bằng Excel, lưu thành .xlsx rồi chạy lại, hoặc sửa tay theo danh sách.",
    bad="sổ cụm gửi dạng .xls",
    good="sổ cụm gửi dạng .xlsx",
)
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
NOT_ANNOTATED = Code(
    "KT-184",
    NOTE,
    "Dạng tệp không ghi được bản đánh dấu",
    "Tệp là {content}; không ghi được bản đánh dấu mà vẫn giữ nguyên mọi thứ khác.",
    "xem các vấn đề của tệp này ở ket-qua-kiem-tra.xlsx; cần bản đánh dấu thì lưu tệp thành .xlsx rồi chạy "
    "lại.",
    bad="sổ cụm gửi dạng .xls",
    good="sổ cụm gửi dạng .xlsx",
)
NOTE_OF_OTHERS = Code(
    "KT-185",
    NOTE,
    "Ô đã có ghi chú của người khác",
    "Ô đã có ghi chú của người khác nên bản đánh dấu để nguyên ô này.",
    "xem vấn đề của ô ở trang “Kết quả kiểm tra” trong bản đánh dấu.",
    bad="đơn vị đã ghi chú ở ô điểm sai",
    good="ô điểm không có ghi chú",
)
NO_MARKS = Code(
    "KT-186",
    NOTE,
    "Không có dấu nào",
    "Tệp không có dấu nào do phần mềm đặt; không ghi tệp mới.",
    "kiểm tra lại đã chọn đúng tệp có đánh dấu chưa.",
    bad="tdkt unmark cum-03.xlsx",
    good='tdkt unmark "cum-03 (đã đánh dấu).xlsx"',
)
FORMER_FILL_UNKNOWN = Code(
    "KT-187",
    WARNING,
    "Không biết màu cũ của ô",
    "Ghi chú đánh dấu của ô đã bị sửa nên không biết màu cũ; ô giữ màu hiện có.",
    "chọn lại màu của ô này bằng tay.",
    bad="xoá dòng “(màu cũ: …)” trong ghi chú",
    good="ghi chú [TĐ] còn nguyên",
)
