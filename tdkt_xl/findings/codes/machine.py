"""KT-8xx: folders, outputs and the machine; these stop the command (exit code 2)."""

from tdkt_xl.findings.code import ERROR, WARNING, Code

PATH_MISSING = Code(
    "KT-801",
    ERROR,
    "Không có tệp hoặc thư mục",
    "Không tìm thấy “{path}”.",
    "kiểm tra lại đường dẫn; nếu có dấu cách, đặt đường dẫn trong dấu ngoặc kép.",
    bad="tdkt validate D:\\Cum thi dua",
    good='tdkt validate "D:\\Cum thi dua"',
)
OUTPUT_LOCKED = Code(
    "KT-802",
    WARNING,
    "Tệp kết quả đang mở",
    "“{path}” đang mở hoặc bị khoá; kết quả mới lưu ở “{saved}”.",
    "đóng tệp cũ trong Excel; dùng tệp mới.",
    bad="đang mở ket-qua-kiem-tra.xlsx khi chạy",
    good="đóng tệp kết quả trước khi chạy",
)
CANNOT_WRITE = Code(
    "KT-803",
    ERROR,
    "Không ghi được kết quả",
    "Không ghi được vào “{path}”: {reason}. Tệp cũ, nếu có, vẫn nguyên vẹn.",
    "chọn thư mục khác bằng --out, hoặc giải phóng ổ đĩa rồi chạy lại.",
    bad="ổ đĩa đầy",
    good="thư mục ghi được, còn chỗ trống",
)
NOT_A_FOLDER = Code(
    "KT-804",
    ERROR,
    "Không phải thư mục",
    "“{path}” là tệp, lệnh này cần một thư mục.",
    "chỉ thư mục chứa các sổ đã nhận.",
    bad="tdkt consolidate cum-01.xlsx",
    good="tdkt consolidate thu-muc-so-cum",
)
MASTER_UNUSABLE = Code(
    "KT-805",
    ERROR,
    "Danh mục dùng chung có lỗi",
    "Danh mục “{path}” có {count} lỗi nên chưa dùng được. Lỗi đầu tiên: {first}",
    "chạy tdkt validate với tệp danh mục để xem hết lỗi, sửa rồi chạy lại.",
    bad="danh-muc.xlsx thiếu trang Đơn vị",
    good="danh-muc.xlsx kiểm tra không lỗi",
)
NOT_CONSOLIDATED_BOOK = Code(
    "KT-806",
    ERROR,
    "Không phải sổ tổng hợp huyện",
    "“{path}” không phải sổ tổng hợp huyện do tdkt consolidate lập{reason}.",
    "chạy tdkt consolidate trước, rồi chỉ tệp tong-hop-huyen.xlsx.",
    bad="tdkt nominate cum-01.xlsx",
    good="tdkt nominate ket-qua/tong-hop-huyen.xlsx",
)
UNKNOWN_CODE = Code(
    "KT-807",
    ERROR,
    "Không có mã này",
    "Không có mã “{text}”.{suggestion}",
    "ghi mã như trong bảng kết quả, ví dụ KT-201.",
    bad="tdkt explain KT-999999",
    good="tdkt explain KT-201",
)
BAD_DAY = Code(
    "KT-808",
    ERROR,
    "Ngày không đúng dạng",
    "“{text}” không phải ngày dạng năm-tháng-ngày.",
    "ghi ngày dạng 2023-12-15.",
    bad="--on 15/12/2023",
    good="--on 2023-12-15",
)
DATA_FILE_MISSING = Code(
    "KT-809",
    ERROR,
    "Thiếu tệp đi kèm phần mềm",
    "Bản cài thiếu “{path}”.",
    "cài lại phần mềm từ bản đầy đủ.",
    bad="xoá thư mục workbooks",
    good="bản cài đầy đủ",
)
