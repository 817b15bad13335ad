"""KT-84x, KT-85x: results on disk and the record of each run."""

from tdkt_xl.findings.code import NOTE, WARNING, Code

PATH_TOO_LONG = Code(
    "KT-850",
    WARNING,
    "Đường dẫn quá dài đối với Excel",
    "Đường dẫn của tệp kết quả dài {count} ký tự; Excel chỉ mở được đến {limit}.",
    "chọn thư mục kết quả có đường dẫn ngắn hơn bằng --out, hoặc chuyển tệp tới đó.",
    bad="thư mục lồng trong nhiều thư mục tên dài",
    good="D:\\Thi dua 2023\\Ket qua",
)
TEXT_ALTERED = Code(
    "KT-851",
    NOTE,
    "Nội dung phải đổi khi ghi",
    "Có {count} ô trong tệp kết quả ghi khác nội dung nhận được, đầu tiên là ô này: ký tự Excel không ghi "
    "được hiện thành □, phần quá dài thay bằng “…”.",
    "xem ô nguồn ở cảnh báo về ký tự không nhìn thấy hoặc nội dung quá dài, gõ lại rồi chạy lại.",
    bad="ô nguồn chứa ký tự điều khiển",
    good="ô nguồn gõ bằng bàn phím",
)
SHEET_RENAMED = Code(
    "KT-853",
    NOTE,
    "Tên trang phải đổi khi ghi",
    "Excel không nhận tên trang “{text}”; trang mang tên “{name}”.",
    "không cần làm gì; nếu muốn tên khác, đặt tên tắt cho đơn vị trong danh mục.",
    bad="tên trang dài hơn 31 ký tự hoặc có dấu / \\ ? * [ ] :",
    good="tên tắt của đơn vị, ví dụ UBND Tân Bình",
)
