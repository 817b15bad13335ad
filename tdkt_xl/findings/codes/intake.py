"""KT-16x: the reading process, passwords, and what a received file hides from the eye."""

from tdkt_xl.findings.code import ERROR, NOTE, Code

READER_STOPPED = Code(
    "KT-160",
    ERROR,
    "Phần đọc tệp dừng đột ngột",
    "Tiến trình đọc bị dừng khi mở tệp này ({reason}); các tệp khác vẫn được đọc.",
    "mở tệp bằng Excel, lưu thành tệp .xlsx mới rồi gửi lại.",
    bad="tệp làm thư viện đọc bị sập",
    good="sổ lập từ mẫu chuẩn",
)
READER_TOO_SLOW = Code(
    "KT-161",
    ERROR,
    "Đọc tệp quá lâu",
    "Đọc tệp quá {limit} giây nên đã dừng; các tệp khác vẫn được đọc.",
    "tạo sổ mới từ mẫu, chép riêng phần số liệu sang (dán giá trị) rồi gửi lại.",
    bad="sổ dựng để máy đọc mãi không xong",
    good="sổ cụm đọc trong một phần mười giây",
)
READER_OUT_OF_MEMORY = Code(
    "KT-162",
    ERROR,
    "Đọc tệp cần quá nhiều bộ nhớ",
    "Đọc tệp cần hơn {limit} MB bộ nhớ nên đã dừng; các tệp khác vẫn được đọc.",
    "tạo sổ mới từ mẫu, chép riêng phần số liệu sang (dán giá trị) rồi gửi lại.",
    bad="sổ có hàng triệu ô đã định dạng",
    good="sổ vài chục trang, vài MB",
)
READ_WITHOUT_WORKER = Code(
    "KT-163",
    NOTE,
    "Đọc tệp ngay trong chương trình",
    "Máy không cho mở tiến trình đọc riêng ({reason}); tệp được đọc ngay trong chương trình, sau cửa kiểm "
    "tra.",
    "không cần sửa tệp; nếu phần mềm tự tắt khi đọc, nhờ người quản trị máy cho phép python.exe mở tiến "
    "trình con.",
    bad="chính sách của máy cấm mở chương trình con",
    good="python.exe được phép mở tiến trình con",
)
