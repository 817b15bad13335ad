"""KT-84x, KT-85x, KT-883 … KT-886: results on disk and the record of each run."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

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
NOTHING_CHANGED = Code(
    "KT-840",
    NOTE,
    "Không có gì thay đổi",
    "Số liệu, quy tắc và kết quả trong “{path}” giống hệt lượt chạy trước; không có gì thay đổi.",
    "không cần làm gì.",
    bad="tưởng đã có số liệu mới nhưng thư mục bài nộp vẫn như cũ",
    good="có bài nộp mới, kết quả mới",
)
RUN_IN_PROGRESS = Code(
    "KT-841",
    ERROR,
    "Thư mục kết quả đang được ghi",
    "Một lượt chạy khác đang ghi vào “{path}”.",
    "đợi lượt đó xong rồi chạy lại, hoặc chọn thư mục khác bằng --out.",
    bad="hai người cùng tổng hợp vào một thư mục",
    good="mỗi lúc một lượt chạy",
)
RUN_WAS_CUT_OFF = Code(
    "KT-842",
    WARNING,
    "Lượt chạy trước bị ngắt",
    "Lượt chạy bắt đầu lúc {day} không chạy đến cùng (mất điện, tắt máy …); phần ghi dở đã được dọn.",
    "dùng kết quả của lượt chạy sau.",
    bad="mất điện khi đang tổng hợp",
    good="lượt chạy xong",
)
JOURNAL_TORN = Code(
    "KT-843",
    WARNING,
    "Nhật ký bị cắt dở",
    "Dòng cuối của nhật ký trong “{path}” ghi dở; lượt chạy sau chuyển dòng đó sang nhat-ky.jsonl.torn.",
    "không cần làm gì; các dòng trước vẫn nguyên vẹn.",
    bad="mất điện đúng lúc ghi nhật ký",
    good="mọi dòng nhật ký đều trọn vẹn",
)
JOURNAL_BROKEN = Code(
    "KT-844",
    ERROR,
    "Nhật ký đã bị sửa",
    "Từ dòng {line}, nhật ký nhat-ky.jsonl không còn khớp với dấu niêm của nó.",
    "lấy lại nhat-ky.jsonl từ bản sao lưu; nếu không có, chạy lại vào một thư mục mới.",
    bad="một dòng nhật ký bị xoá hoặc sửa tay",
    good="nhật ký chỉ do phần mềm ghi",
)
INPUT_DIFFERS = Code(
    "KT-845",
    ERROR,
    "Bài nộp không còn như khi chạy",
    "Tệp này là đầu vào của kết quả, nhưng {reason}.",
    "nếu bài nộp đã được thay, chạy lại; nếu không, lấy lại tệp cũ.",
    bad="đơn vị gửi lại sổ sau khi đã tổng hợp",
    good="bài nộp giữ nguyên từ khi tổng hợp",
)
OUTPUT_DIFFERS = Code(
    "KT-846",
    ERROR,
    "Kết quả không còn như khi lập",
    "Tệp này do phần mềm lập, nhưng {reason}.",
    "chạy lại để có kết quả đúng với hồ sơ; bản đã sửa tay thì lưu tên khác.",
    bad="sửa điểm ngay trong tong-hop-huyen.xlsx",
    good="sửa ở sổ nguồn rồi tổng hợp lại",
)
RECORD_DIFFERS = Code(
    "KT-847",
    ERROR,
    "Hồ sơ chạy không khớp nhật ký",
    "Tệp hồ sơ này thiếu hoặc không phải bản mà nhật ký đã ghi nhận.",
    "chạy lại để lập hồ sơ mới.",
    bad="sửa tay ho-so-chay/consolidate.json",
    good="hồ sơ chỉ do phần mềm ghi",
)
NO_RECORD = Code(
    "KT-848",
    ERROR,
    "Thư mục không có hồ sơ chạy",
    "“{path}” không có hồ sơ để đối chiếu: {reason}.",
    "chỉ thư mục kết quả (--out) của một lượt chạy.",
    bad="tdkt verify thư-mục-bài-nộp",
    good="tdkt verify ket-qua",
)
RECORD_AGREES = Code(
    "KT-852",
    NOTE,
    "Hồ sơ khớp",
    "Đã tính lại {count} tệp của {total} công việc: đầu vào, kết quả và hồ sơ khớp nhau.",
    "không cần làm gì.",
    bad="(không áp dụng)",
    good="kết quả giữ nguyên từ khi lập",
)
OLD_FILES_MOVED = Code(
    "KT-883",
    NOTE,
    "Tệp của lượt trước được chuyển vào ban-cu",
    "{count} tệp của lượt chạy trước không còn thuộc kết quả này, đã chuyển vào ban-cu cạnh đó: {names}.",
    "không cần làm gì; chỉ gửi các tệp nằm ngoài ban-cu.",
    bad="phiếu 003 của lượt trước nằm cạnh phiếu 002 mới lập cho cùng đơn vị",
    good="phieu-tra-lai chỉ có phiếu của lượt này, phiếu cũ ở phieu-tra-lai/ban-cu",
)
OLD_FILES_LEFT = Code(
    "KT-884",
    WARNING,
    "Tệp không thuộc kết quả này còn nằm lẫn",
    "{count} tệp nằm cạnh kết quả nhưng lượt này không lập, phần mềm không động vào vì {reason}: {names}.",
    "xem từng tệp; không còn dùng thì chuyển đi nơi khác trước khi gửi kết quả.",
    bad="phiếu của lượt trước đã sửa tay còn nằm trong phieu-tra-lai",
    good="phiếu sửa tay để ở thư mục riêng",
)
EDITED_FILES_REPLACED = Code(
    "KT-886",
    WARNING,
    "Bản đã sửa tay được thay bằng bản mới",
    "{count} tệp có người sửa sau lượt trước nay được lập lại; bản đã sửa ở ban-cu cạnh đó: {names}.",
    "cần phần đã sửa thì lấy từ ban-cu; lần sau lưu bản sửa tay ở thư mục khác trước khi lập lại.",
    bad="ghi số công văn thẳng vào phiếu trong phieu-tra-lai rồi lập phiếu lại",
    good="chép phiếu sang thư mục gửi đi rồi mới ghi số, ký",
)
