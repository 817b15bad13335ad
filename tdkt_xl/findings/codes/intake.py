"""KT-16x: the reading process, passwords; KT-188 … KT-193: what a received file hides from the eye."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

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
    "Tệp đòi {count} vòng tính để thử một mật khẩu (thường là 100.000), có thể để làm treo máy; tệp không "
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
REVERSING_CHARACTERS = Code(
    "KT-188",
    WARNING,
    "Ký tự đảo chiều chữ",
    "“{text}” có ký tự ẩn đảo chiều chữ ({letters}): chữ nhìn thấy có thể khác chữ ghi trong ô.",
    "gõ lại nội dung ô; Sửa an toàn bỏ các ký tự này trên một bản sao.",
    bad="“Xã Phú Lý” với ký tự U+202E ở giữa",
    good="“Xã Phú Lý”",
    fixable=True,
)
HIDDEN_CHARACTERS = Code(
    "KT-189",
    WARNING,
    "Chữ ẩn trong ô",
    "“{text}” có chữ ẩn không hiện trên màn hình: “{content}”.",
    "gõ lại nội dung ô; Sửa an toàn bỏ chữ ẩn trên một bản sao.",
    bad="“Xã Phú Lý” kèm các ký tự thẻ U+E0041 …",
    good="“Xã Phú Lý”",
    fixable=True,
)
CONTROL_CHARACTERS = Code(
    "KT-190",
    WARNING,
    "Ký tự điều khiển trong ô",
    "“{text}” có ký tự điều khiển ({letters}); khi ghi kết quả, ký tự này được thay bằng □.",
    "gõ lại nội dung ô; Sửa an toàn bỏ các ký tự này trên một bản sao.",
    bad="chữ chép từ phần mềm khác kèm ký tự U+0007",
    good="“Xã Phú Lý”",
    fixable=True,
)
TEXT_TOO_LONG = Code(
    "KT-191",
    WARNING,
    "Ô chứa quá nhiều chữ",
    "Ô có {count} ký tự, Excel chỉ giữ được {limit}; khi ghi kết quả, phần cuối bị cắt. Ô bắt đầu bằng "
    "“{text}”.",
    "rút gọn nội dung, hoặc để ở tệp riêng và ghi tên tệp vào ô.",
    bad="cả một báo cáo dán vào một ô",
    good="“BC số 12/BC-UBND”",
)
STRUCK_OUT = Code(
    "KT-192",
    WARNING,
    "Nội dung bị gạch ngang",
    "“{text}” {kind} ({count} ô), nhưng vẫn được đọc và tính như thường.",
    "xoá hẳn nội dung nếu không dùng, hoặc bỏ gạch ngang.",
    bad="điểm 4,5 bị gạch ngang mà chưa xoá",
    good="ô trống, hoặc điểm không gạch ngang",
)
NOT_SEEN = Code(
    "KT-193",
    WARNING,
    "Nội dung bị giấu khỏi mắt",
    "“{text}” không nhìn thấy được vì {reason} ({count} ô), nhưng vẫn được đọc và tính như thường.",
    "đặt lại màu chữ, cỡ chữ, định dạng số để nhìn thấy nội dung, hoặc xoá nội dung nếu không dùng.",
    bad="điểm 5 chữ trắng trên nền trắng",
    good="điểm 5 chữ đen",
)
