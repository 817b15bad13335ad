"""KT-5xx: received files against each other and against what was expected."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

SAME_BYTES = Code(
    "KT-501",
    WARNING,
    "Tệp gửi hai lần",
    "Tệp giống hệt tệp {other}; chỉ tính một lần.",
    "không cần sửa; nên xoá bản thừa khỏi thư mục.",
    bad="cum-06.xlsx và cum-06 (1).xlsx giống hệt",
    good="mỗi cụm một tệp",
)
CLUSTER_TWICE = Code(
    "KT-502",
    ERROR,
    "Hai tệp khác nhau cho một cụm",
    "Tệp này và {other} cùng là {cluster} kỳ {period} nhưng nội dung khác nhau; chưa tổng hợp cụm này.",
    "chuyển tệp cũ ra khỏi thư mục, giữ bản cụm xác nhận là đúng.",
    bad="cum-06.xlsx và cum-06 (sửa lần cuối).xlsx",
    good="một tệp cụm xác nhận",
)
CLUSTER_MISSING = Code(
    "KT-503",
    ERROR,
    "Cụm chưa gửi",
    "Chưa nhận được sổ của {cluster} kỳ {period} ({count} đơn vị).",
    "đôn đốc cụm trưởng {leader} gửi sổ.",
    bad="9 trên 10 cụm đã gửi",
    good="đủ 10 cụm",
)
UNIT_MISSING = Code(
    "KT-504",
    ERROR,
    "Đơn vị chưa có phiếu",
    "{unit} là thành viên {cluster} kỳ {period} nhưng sổ không có phiếu chấm điểm.",
    "đôn đốc đơn vị gửi phiếu; khi chưa có phiếu, đơn vị không được xếp hạng.",
    bad="cụm 8 có 10 thành viên, sổ có 9 phiếu",
    good="đủ phiếu của mọi thành viên",
)
UNIT_IN_TWO_FILES = Code(
    "KT-505",
    ERROR,
    "Một đơn vị ở hai tệp",
    "{unit} đã có ở {other}; chưa tính bản nào cho đến khi chọn.",
    "giữ phiếu ở đúng cụm, xoá phiếu còn lại.",
    bad="một trường nộp ở hai cụm",
    good="mỗi đơn vị một phiếu",
)
OTHER_PERIOD = Code(
    "KT-506",
    ERROR,
    "Tệp của kỳ khác",
    "Tệp ghi kỳ {found}; kỳ đang làm là {current}. Tệp không được tổng hợp.",
    "gửi tệp đúng kỳ, hoặc đổi tham số “Kỳ đang làm” trong danh-muc.xlsx.",
    bad="gửi nhầm sổ năm 2022",
    good="sổ năm 2023",
)
NOT_CONSOLIDATED = Code(
    "KT-507",
    NOTE,
    "Phiếu lẻ không đưa vào tổng hợp",
    "Tệp là phiếu của một đơn vị, không phải sổ cụm; điểm cụm chưa có nên không tổng hợp.",
    "gửi phiếu cho cụm trưởng để đưa vào sổ cụm.",
    bad="phiếu của một xã trong thư mục sổ cụm",
    good="sổ cụm do cụm trưởng gửi",
)
FOLDER_WITHOUT_BOOKS = Code(
    "KT-508",
    ERROR,
    "Thư mục không có sổ Excel",
    "Thư mục không có tệp Excel nào ({count} tệp khác).",
    "chép các sổ cụm đã nhận vào thư mục này rồi chạy lại.",
    bad="thư mục rỗng",
    good="thư mục có 10 sổ cụm",
)
SKIPPED_FILE = Code(
    "KT-509",
    NOTE,
    "Bỏ qua tệp không phải bảng tính",
    "Tệp {extension} không phải bảng tính nên không kiểm tra.",
    "nếu đây là bài nộp, hãy lưu thành .xlsx.",
    bad="bien-ban.docx trong thư mục",
    good="thư mục chỉ có sổ Excel",
)
OWN_OUTPUT = Code(
    "KT-510",
    NOTE,
    "Bỏ qua tệp kết quả",
    "Tệp là kết quả do phần mềm lập, không phải bài nộp; tệp được bỏ qua.",
    "không cần làm gì; nên để kết quả ở thư mục khác với bài nộp.",
    bad="tong-hop-huyen.xlsx nằm trong thư mục sổ cụm",
    good="bài nộp và kết quả ở hai thư mục",
)
SENDER_UNKNOWN = Code(
    "KT-525",
    WARNING,
    "Chưa rõ gửi phiếu cho ai",
    "Tệp có {count} nội dung cần sửa nhưng chưa rõ của cụm, đơn vị nào nên chưa lập được phiếu đề nghị.",
    "xem tệp này ở ket-qua-kiem-tra.xlsx và báo cho nơi đã gửi.",
    bad="tệp hỏng, không đọc được tên cụm",
    good="sổ ghi rõ cụm và đơn vị",
)
