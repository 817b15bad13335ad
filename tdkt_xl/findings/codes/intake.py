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
WIDER_LIMITS = Code(
    "KT-167",
    NOTE,
    "Giới hạn an toàn được nới",
    "Theo yêu cầu của người chạy, giới hạn an toàn khi đọc tệp được nới {count} lần cho lượt này.",
    "bỏ --wider-limits khi không còn tệp lớn đặc biệt.",
    bad="chạy mọi lần với --wider-limits 10",
    good="chỉ nới cho lượt có tệp lớn đã biết rõ nguồn gốc",
)
WRONG_PASSWORD = Code(
    "KT-168",
    ERROR,
    "Mật khẩu không đúng",
    "Mật khẩu vừa gõ không mở được tệp.",
    "hỏi lại đơn vị mật khẩu, hoặc đề nghị đơn vị bỏ mật khẩu rồi gửi lại.",
    bad="gõ mật khẩu của tệp khác",
    good="gõ đúng mật khẩu đơn vị cho biết",
)
OPENED_WITH_PASSWORD = Code(
    "KT-169",
    NOTE,
    "Tệp được mở bằng mật khẩu",
    "Tệp có mật khẩu đã được mở bằng mật khẩu vừa gõ; mật khẩu không được lưu ở đâu.",
    "lần sau đề nghị đơn vị gửi tệp không mật khẩu.",
    bad="tệp hỏi mật khẩu khi mở",
    good="tệp mở được ngay",
)
PASSWORD_TOO_COSTLY = Code(
    "KT-170",
    ERROR,
    "Mật khẩu đặt theo cách bất thường",
    "Tệp đòi {count} vòng tính để thử một mật khẩu (thường là 100 nghìn), có thể để làm treo máy; tệp không "
    "được mở.",
    "đề nghị đơn vị bỏ mật khẩu rồi gửi lại.",
    bad="tệp đòi bốn tỷ vòng tính",
    good="tệp đặt mật khẩu bằng Excel",
)
DECRYPTION_MISSING = Code(
    "KT-171",
    ERROR,
    "Thiếu gói mở tệp có mật khẩu",
    "Tệp đặt mật khẩu; bản cài này chưa có phần mở tệp có mật khẩu.",
    "cài thêm bằng pip install tdkt-xl[matkhau], hoặc đề nghị đơn vị bỏ mật khẩu rồi gửi lại.",
    bad="dùng --password khi chưa cài tdkt-xl[matkhau]",
    good="đã cài tdkt-xl[matkhau]",
)
