"""KT-1xx: files, sheets, headings and rows of a form."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

CANNOT_OPEN = Code(
    "KT-101",
    ERROR,
    "Tệp hỏng, không đọc được",
    "Tệp không mở được: {reason}.",
    "mở tệp bằng Excel, chọn Lưu thành dạng .xlsx rồi gửi lại; nếu Excel cũng không mở được, đề nghị "
    "đơn vị gửi lại tệp.",
    bad="tệp tải về dở dang",
    good="tệp .xlsx mở được bằng Excel",
)
PASSWORD = Code(
    "KT-102",
    ERROR,
    "Tệp có mật khẩu mở",
    "Tệp đặt mật khẩu mở nên không đọc được.",
    "đề nghị đơn vị bỏ mật khẩu (Tệp › Thông tin › Bảo vệ sổ làm việc) rồi gửi lại.",
    bad="tệp hỏi mật khẩu khi mở",
    good="tệp mở được ngay",
)
NOT_A_WORKBOOK = Code(
    "KT-103",
    ERROR,
    "Không phải sổ Excel",
    "Tệp có đuôi {extension} nhưng nội dung là {content}, không phải sổ Excel.",
    "mở tệp bằng chương trình đã tạo ra nó, lưu thành .xlsx rồi gửi lại.",
    bad="trang web lưu thành bao-cao.xls",
    good="sổ Excel lưu dạng .xlsx",
)
WRONG_EXTENSION = Code(
    "KT-104",
    WARNING,
    "Đuôi tệp không đúng nội dung",
    "Tệp có đuôi {extension} nhưng nội dung là {content}; tệp vẫn được đọc.",
    "lưu lại tệp đúng dạng .xlsx để máy khác cũng mở được.",
    bad="tệp .xlsx đổi tên thành .xls",
    good="tệp .xlsx giữ nguyên đuôi",
)
TEMPORARY_FILE = Code(
    "KT-105",
    NOTE,
    "Bỏ qua tệp tạm",
    "Đây là tệp tạm của Excel, không phải bài nộp; tệp được bỏ qua.",
    "nếu tệp gốc đang mở, hãy lưu và đóng Excel rồi chạy lại để có số liệu mới nhất.",
    bad="~$cum-03.xlsx",
    good="cum-03.xlsx",
)
EMPTY_FILE = Code(
    "KT-106",
    ERROR,
    "Tệp rỗng",
    "Tệp có dung lượng 0 byte.",
    "đề nghị đơn vị gửi lại tệp.",
    bad="tệp 0 KB do đồng bộ dở dang",
    good="tệp có nội dung",
)
UNSAFE_FILE = Code(
    "KT-107",
    ERROR,
    "Tệp vượt giới hạn an toàn",
    "Tệp không được đọc để bảo vệ máy: {reason}.",
    "tạo sổ mới từ mẫu, chép riêng phần số liệu sang (dán giá trị) rồi gửi lại.",
    bad="sổ 2 KB giãn thành hàng chục GB khi mở",
    good="sổ vài chục trang, vài MB",
)
ACTIVE_CONTENT = Code(
    "KT-108",
    WARNING,
    "Tệp có nội dung động",
    "Tệp chứa {content}; phần này được bỏ qua, chỉ đọc số liệu trong ô.",
    "lưu lại tệp dạng .xlsx không macro, không liên kết ngoài.",
    bad="sổ .xlsm có macro",
    good="sổ .xlsx chỉ có số liệu",
)
UNKNOWN_FORM = Code(
    "KT-110",
    ERROR,
    "Không nhận ra mẫu",
    "Không trang nào trong tệp giống mẫu phiếu chấm điểm, sổ cụm hay bảng điểm dạng ngang.",
    "chép số liệu vào mẫu trong thư mục workbooks rồi gửi lại; nếu đây không phải bài nộp, hãy chuyển tệp "
    "ra khỏi thư mục.",
    bad="sổ danh bạ điện thoại trong thư mục bài nộp",
    good="sổ lập từ mẫu so-cum.xlsx",
)
NO_VERSION = Code(
    "KT-111",
    NOTE,
    "Không có dấu phiên bản mẫu",
    "Trang không ghi phiên bản mẫu; đã đọc theo tên cột.",
    "kỳ sau nên lập từ mẫu mới trong thư mục workbooks.",
    bad="bảng tự kẻ, không có dòng “Mẫu TĐ-01 · phiên bản 1”",
    good="trang lập từ mẫu chuẩn",
)
OLD_VERSION = Code(
    "KT-112",
    WARNING,
    "Mẫu phiên bản cũ",
    "Trang theo mẫu phiên bản {found}; phiên bản hiện hành là {current}.",
    "đối chiếu các cột đã đổi, kỳ sau lập từ mẫu mới trong thư mục workbooks.",
    bad="phiếu phiên bản 0",
    good="phiếu phiên bản 1",
)
SHEET_RENAMED = Code(
    "KT-113",
    WARNING,
    "Trang đã đổi tên",
    "Trang “{sheet}” được nhận là trang “{expected}” theo tên cột.",
    "đổi tên trang về “{expected}” để người đọc dễ đối chiếu.",
    bad="trang Tổng hợp đổi tên thành Sheet1 (2)",
    good="trang Tổng hợp",
)
SHEET_MISSING = Code(
    "KT-114",
    ERROR,
    "Thiếu trang bắt buộc",
    "Sổ thiếu trang “{expected}”.",
    "thêm trang “{expected}” theo mẫu so-cum.xlsx rồi gửi lại.",
    bad="sổ cụm không có trang Tổng hợp",
    good="sổ cụm đủ trang Tổng hợp và các phiếu",
)
COLUMN_MISSING = Code(
    "KT-115",
    ERROR,
    "Thiếu cột",
    "Bảng thiếu cột “{column}”.",
    "thêm lại cột “{column}” theo mẫu; nếu cột chỉ đổi tên, hãy ghi lại đúng tên.",
    bad="phiếu không có cột Điểm cụm chấm",
    good="phiếu đủ cột theo mẫu",
)
COLUMN_TWICE = Code(
    "KT-116",
    ERROR,
    "Trùng cột",
    "Cột “{column}” xuất hiện hai lần, ở ô này và ô {other}; không biết cột nào đúng.",
    "xoá hoặc đổi tên một trong hai cột.",
    bad="hai cột cùng tên Điểm cụm chấm",
    good="mỗi tên cột một lần",
)
COLUMN_SYNONYM = Code(
    "KT-117",
    NOTE,
    "Tên cột khác mẫu",
    "Cột “{found}” được hiểu là “{column}”.",
    "không cần sửa; nếu hiểu sai, hãy ghi đúng tên cột theo mẫu.",
    bad="cột Đơn vị tự chấm",
    good="cột Điểm tự chấm",
    fixable=True,
)
HIDDEN_SHEET = Code(
    "KT-118",
    WARNING,
    "Trang ẩn có số liệu",
    "Trang đang ẩn nhưng có số liệu; số liệu vẫn được tính.",
    "cho hiện trang để mọi người cùng thấy, hoặc xoá nếu là bản nháp.",
    bad="phiếu của một đơn vị bị ẩn",
    good="mọi phiếu đều hiện",
)
HIDDEN_ROW = Code(
    "KT-119",
    WARNING,
    "Dòng ẩn có điểm",
    "Dòng đang ẩn có số liệu ({text}); số liệu vẫn được tính.",
    "cho hiện dòng này và kiểm tra lại; nếu là dòng thừa thì xoá.",
    bad="dòng tiêu chí 3 bị ẩn nhưng vẫn có điểm",
    good="mọi dòng có điểm đều hiện",
)
HIDDEN_COLUMN = Code(
    "KT-120",
    WARNING,
    "Cột ẩn có số liệu",
    "Cột “{column}” đang ẩn nhưng có số liệu; số liệu vẫn được tính.",
    "cho hiện cột này và kiểm tra lại.",
    bad="cột Điểm thẩm định bị ẩn",
    good="mọi cột điểm đều hiện",
)
FOREIGN_ROW = Code(
    "KT-121",
    ERROR,
    "Dòng không có trong bảng tiêu chí",
    "Dòng “{text}” không có trong danh mục tiêu chí {catalogue}; điểm của dòng ({points}) không được tính.",
    "xoá dòng; nếu là tiêu chí mới đã được thống nhất, bổ sung vào danh mục tiêu chí trước.",
    bad="đơn vị tự chèn thêm tiêu chí 6",
    good="các dòng đúng như mẫu đã phát",
)
CRITERION_MISSING = Code(
    "KT-122",
    ERROR,
    "Thiếu dòng tiêu chí",
    "Phiếu thiếu tiêu chí {path} “{text}”.",
    "chèn lại dòng tiêu chí theo mẫu và chấm điểm.",
    bad="dòng tiêu chí II.3 bị xoá",
    good="đủ các dòng theo mẫu",
)
CRITERION_CHANGED = Code(
    "KT-123",
    WARNING,
    "Nội dung tiêu chí bị sửa",
    "Tiêu chí {path} ghi là “{text}”, danh mục là “{expected}”.",
    "ghi lại đúng nội dung theo danh mục tiêu chí.",
    bad="sửa “Công tác tiếp công dân” thành “Tiếp dân”",
    good="giữ nguyên nội dung tiêu chí",
)
MAXIMUM_CHANGED = Code(
    "KT-124",
    ERROR,
    "Điểm tối đa bị sửa",
    "Tiêu chí {path}: điểm tối đa ghi {found}, danh mục là {expected}.",
    "ghi lại điểm tối đa {expected}.",
    bad="điểm tối đa 4 sửa thành 6",
    good="điểm tối đa như danh mục",
)
MERGED_SCORES = Code(
    "KT-125",
    WARNING,
    "Gộp ô trong vùng điểm",
    "Vùng {range} gộp nhiều ô điểm; chỉ ô đầu có giá trị, các ô còn lại coi là trống.",
    "bỏ gộp ô và ghi điểm từng dòng.",
    bad="gộp ô điểm của hai tiêu chí",
    good="mỗi tiêu chí một ô điểm",
)
IDENTITY_MISSING = Code(
    "KT-126",
    ERROR,
    "Thiếu thông tin đầu phiếu",
    "Đầu trang không có “{label}”.",
    "ghi “{label}” ở khối thông tin đầu trang theo mẫu.",
    bad="bỏ trống Mã đơn vị và Tên đơn vị",
    good="đủ kỳ, cụm, đơn vị ở đầu phiếu",
)
PERIOD_UNREADABLE = Code(
    "KT-127",
    ERROR,
    "Không đọc được kỳ",
    "Kỳ ghi “{text}” không phải năm hay năm học.",
    "ghi kỳ là năm (ví dụ 2023) hoặc năm học (ví dụ 2022-2023).",
    bad="Kỳ: quý I",
    good="Kỳ: 2023",
)
NO_DATA_ROWS = Code(
    "KT-128",
    ERROR,
    "Bảng không có dòng số liệu",
    "Dưới dòng tên cột không có dòng số liệu nào.",
    "kiểm tra lại trang này hoặc xoá nếu là trang thừa.",
    bad="phiếu trắng",
    good="phiếu đã chấm",
)
BLANK_FORM = Code(
    "KT-129",
    NOTE,
    "Mẫu trống",
    "Tệp là mẫu chưa điền đơn vị; không có gì để kiểm tra.",
    "điền khối thông tin đầu trang và chấm điểm, rồi kiểm tra lại.",
    bad="gửi nhầm mẫu trắng",
    good="phiếu đã điền",
)
SHEET_NOT_A_FORM = Code(
    "KT-130",
    NOTE,
    "Trang không thuộc mẫu",
    "Trang không giống mẫu nào của phần mềm nên không đọc.",
    "không cần làm gì nếu là trang nháp; nếu là bài nộp, ghi lại tên cột theo mẫu.",
    bad="trang ghi chú riêng trong sổ cụm",
    good="sổ chỉ có các trang theo mẫu",
)
FORM_NOT_USED = Code(
    "KT-131",
    WARNING,
    "Trang theo mẫu nhưng không tính",
    "Trang không được tính vì {reason}.",
    "giữ một trang đúng, xoá trang thừa rồi gửi lại.",
    bad="sổ có hai trang Tổng hợp",
    good="mỗi loại trang một lần",
)
TOTALS_WITHOUT_RESULT = Code(
    "KT-132",
    WARNING,
    "Ô cộng chưa có kết quả",
    "Trang có {count} ô cộng là công thức chưa lưu kết quả; tổng đã được cộng lại từ từng ô điểm.",
    "mở tệp bằng Excel, lưu lại rồi gửi, để người khác cũng thấy tổng.",
    bad="tệp xuất từ phần mềm khác, chưa mở bằng Excel",
    good="tệp đã lưu bằng Excel",
)
HEADER_NOT_FOUND = Code(
    "KT-133",
    ERROR,
    "Không thấy dòng tên cột",
    "Trang “{sheet}” là trang của mẫu nhưng {count} dòng đầu không có dòng tên cột; trang không đọc được.",
    "chép lại dòng tên cột từ mẫu vào phía trên bảng.",
    bad="trang Tổng hợp chỉ có số, mất dòng tên cột",
    good="dòng tên cột đứng ngay trên bảng",
)
EXTRA_COLUMN = Code(
    "KT-134",
    NOTE,
    "Cột ngoài mẫu",
    "Cột “{found}” không có trong mẫu nên không đọc.",
    "không cần làm gì nếu là cột ghi thêm; nếu là cột của mẫu, hãy ghi lại đúng tên cột.",
    bad="cột Điểm năm trước tự thêm vào phiếu",
    good="các cột như mẫu đã phát",
)
NAMELESS_COLUMN = Code(
    "KT-135",
    WARNING,
    "Cột không tên có số liệu",
    "Cột này không có tên nhưng có số liệu từ ô {cell}; số liệu không được đọc.",
    "ghi tên cột theo mẫu, hoặc xoá số liệu thừa.",
    bad="xoá mất tên cột Điểm thẩm định",
    good="cột nào có số liệu cũng có tên",
)
COLUMN_ORDER = Code(
    "KT-136",
    NOTE,
    "Thứ tự cột khác mẫu",
    "Cột “{column}” đứng khác thứ tự của mẫu; vẫn đọc đúng theo tên cột.",
    "không cần sửa; kỳ sau nên giữ thứ tự cột của mẫu.",
    bad="cột Điểm cụm chấm đặt trước Điểm tự chấm",
    good="thứ tự cột như mẫu",
)
MERGED_FILLED = Code(
    "KT-137",
    WARNING,
    "Ô gộp được hiểu cho mọi dòng",
    "Vùng {range} gộp ô ở cột “{column}”; “{text}” được hiểu cho mọi dòng trong vùng.",
    "bỏ gộp ô và ghi “{text}” ở từng dòng.",
    bad="gộp ô Đơn vị công tác của ba người",
    good="mỗi dòng ghi đơn vị của mình",
)
FILTER_ON = Code(
    "KT-138",
    WARNING,
    "Trang đang lọc",
    "Trang đang bật lọc nên {count} dòng không hiện ra; số liệu của các dòng này vẫn được tính.",
    "bỏ lọc (Dữ liệu › Xoá lọc), xem lại các dòng vừa hiện rồi lưu.",
    bad="lọc riêng các tiêu chí của nhóm I rồi gửi",
    good="bảng hiện đủ mọi dòng",
)
BLANK_ROW = Code(
    "KT-139",
    NOTE,
    "Dòng trống giữa bảng",
    "Có dòng trống giữa bảng; dòng này được bỏ qua, các dòng sau vẫn được đọc.",
    "không cần sửa; nên xoá dòng trống.",
    bad="một dòng trống giữa đơn vị thứ 3 và thứ 4",
    good="các dòng liền nhau",
)
STRAY_NUMBER = Code(
    "KT-140",
    WARNING,
    "Có số ngoài bảng",
    "Có {count} ô số nằm ngoài bảng, bắt đầu từ ô này ({value}); các số này không được đọc.",
    "chuyển vào đúng dòng của bảng, hoặc xoá nếu là nháp.",
    bad="điểm của một đơn vị ghi bên dưới dòng tổng cộng",
    good="mọi điểm nằm trong bảng",
)
PROTECTION_REMOVED = Code(
    "KT-141",
    NOTE,
    "Trang đã bỏ khoá",
    "Trang theo mẫu nhưng khoá bảo vệ đã bị bỏ; công thức và nội dung tiêu chí có thể đã bị sửa.",
    "không cần sửa; xem kỹ các phát hiện khác của trang này.",
    bad="bỏ khoá trang để chèn thêm dòng",
    good="chỉ nhập vào các ô nền vàng của mẫu",
)
NUMBER_ORDER = Code(
    "KT-142",
    WARNING,
    "Số thứ tự không liên tục",
    "Cột “{column}”: ghi {typed}, theo thứ tự phải là {expected}.",
    "đánh lại số thứ tự và kiểm tra có dòng nào bị xoá nhầm không.",
    bad="STT 1, 2, 4",
    good="STT 1, 2, 3",
    fixable=True,
)
PAPER_NOT_A4 = Code(
    "KT-143",
    WARNING,
    "Khổ giấy không phải A4",
    "Trang đặt khổ giấy {found}, quy định là A4.",
    "vào Bố trí trang › Cỡ, chọn A4.",
    bad="khổ Letter",
    good="khổ A4",
)
MARGINS_OUTSIDE = Code(
    "KT-144",
    WARNING,
    "Lề trang in ngoài quy định",
    "Lề trang chưa đúng: {text}.",
    "vào Bố trí trang › Lề, đặt lại lề như mẫu (Nghị định 30/2020/NĐ-CP, phụ lục I).",
    bad="lề trái 5 mm",
    good="lề trái 30 mm, phải 15 mm, trên và dưới 20 mm",
)
NOT_ONE_PAGE_WIDE = Code(
    "KT-146",
    WARNING,
    "Bảng có thể bị cắt khi in",
    "Trang chưa đặt in vừa một trang theo chiều ngang; các cột bên phải có thể in sang tờ khác.",
    "vào Bố trí trang › Chiều rộng, chọn 1 trang.",
    bad="cột Lý do in sang tờ thứ hai",
    good="mọi cột nằm trên một tờ",
)
HEADINGS_NOT_REPEATED = Code(
    "KT-147",
    WARNING,
    "Tên cột không lặp lại ở trang in sau",
    "Bảng dài {count} dòng nhưng chưa đặt lặp lại dòng tên cột ở mỗi trang in.",
    "vào Bố trí trang › In tiêu đề, chọn dòng tên cột.",
    bad="từ trang in thứ hai không còn tên cột",
    good="trang in nào cũng có tên cột",
)
NO_SIGNATURE = Code(
    "KT-148",
    WARNING,
    "Thiếu chỗ ký",
    "Dưới bảng không có chỗ ký “{label}”.",
    "ghi lại chỗ ký “{label}” theo mẫu.",
    bad="xoá mất dòng THỦ TRƯỞNG ĐƠN VỊ",
    good="đủ chỗ ký như mẫu",
)
NATION_OR_MOTTO = Code(
    "KT-149",
    WARNING,
    "Quốc hiệu, tiêu ngữ chưa đúng",
    "Đầu trang ghi “{text}”, đúng là “{expected}”.",
    "ghi lại “{expected}”.",
    bad="Độc lập-Tự do-Hạnh phúc",
    good="Độc lập - Tự do - Hạnh phúc",
    fixable=True,
)
