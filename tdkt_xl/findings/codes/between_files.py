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
SAVED_AFTER_DEADLINE = Code(
    "KT-511",
    WARNING,
    "Tệp lưu sau hạn nộp",
    "Tệp được lưu lần cuối ngày {found}, sau hạn nộp {limit}.",
    "đối chiếu với ngày nhận trên sổ văn bản đến; tệp chỉ cho biết ngày lưu, không cho biết ngày gửi.",
    bad="hạn nộp 15/01/2024, tệp lưu ngày 20/01/2024",
    good="tệp lưu trước hạn nộp",
)
SELF_SCORE_DIFFERS = Code(
    "KT-512",
    ERROR,
    "Điểm tự chấm trong sổ cụm khác phiếu đơn vị gửi",
    "Cột “{column}”, tiêu chí {path} của {unit}: sổ cụm ghi {typed}, phiếu đơn vị gửi ghi {computed} "
    "({other}).",
    "đối chiếu với đơn vị rồi sửa sổ cụm hoặc phiếu của đơn vị.",
    bad="đơn vị tự chấm 4, sổ cụm ghi 4,5",
    good="điểm tự chấm ở sổ cụm như phiếu đơn vị gửi",
)
WIDE_CRITERIA_DIFFER = Code(
    "KT-513",
    WARNING,
    "Bảng ngang không cùng bộ tiêu chí",
    "Bảng có {count} cột tiêu chí, khác bảng ở {other}; hai cụm lẽ ra chấm chung danh mục {catalogue}.",
    "đối chiếu tên và số cột tiêu chí của hai bảng với danh mục.",
    bad="cụm 1 chấm 9 tiêu chí, cụm 2 chấm 8 tiêu chí",
    good="hai cụm cùng danh mục chấm cùng các cột",
)
SENDER_UNKNOWN = Code(
    "KT-525",
    WARNING,
    "Chưa rõ gửi phiếu cho ai",
    "Tệp có {count} nội dung cần sửa nhưng chưa rõ của cụm, đơn vị nào nên chưa lập được phiếu đề nghị.",
    "kiểm tra riêng tệp này để xem từng nội dung, rồi báo trực tiếp cho nơi đã gửi.",
    bad="tệp hỏng, không đọc được tên cụm",
    good="sổ ghi rõ cụm và đơn vị",
)
UNIT_SHEET_TWICE = Code(
    "KT-528",
    ERROR,
    "Hai tệp khác nhau cho một đơn vị",
    "Tệp này và {other} cùng là phiếu của {unit} kỳ {period} nhưng nội dung khác nhau.",
    "so hai bản, giữ bản đơn vị xác nhận, chuyển bản kia ra khỏi thư mục.",
    bad="an-binh.xlsx và an-binh (sửa).xlsx",
    good="một tệp đơn vị xác nhận",
)
VERSIONS_EQUAL = Code(
    "KT-529",
    NOTE,
    "Hai bản giống hệt nhau",
    "Tệp giống hệt bản trước ({other}); không có gì thay đổi.",
    "kiểm tra xem có chọn nhầm, hoặc nơi gửi có gửi nhầm bản chưa sửa không.",
    bad="gửi lại đúng tệp chưa sửa",
    good="gửi lại tệp đã sửa",
)
UNASKED_CHANGE = Code(
    "KT-530",
    WARNING,
    "Thay đổi ngoài yêu cầu",
    "{what}: trước là {before}, nay là {after}; không có vấn đề nào yêu cầu sửa chỗ này.",
    "hỏi nơi gửi lý do sửa và ghi lại; nếu sửa nhầm, đề nghị trả lại giá trị cũ.",
    bad="sửa ô được yêu cầu và nâng luôn điểm một ô khác",
    good="chỉ sửa các ô được yêu cầu",
)
OTHER_SENDER = Code(
    "KT-531",
    WARNING,
    "Hai bản không cùng một nơi gửi",
    "Tệp này và bản trước ({other}) ghi kỳ, cụm hoặc đơn vị khác nhau nên không xét từng thay đổi.",
    "kiểm tra lại đã chọn đúng hai bản của cùng một nơi chưa.",
    bad="so sổ cụm 5 với sổ cụm 6",
    good="so hai bản của sổ cụm 5",
)
OLDER_VERSION = Code(
    "KT-532",
    WARNING,
    "Bản sau được lưu trước bản trước",
    "Bản sau lưu lúc {time}, sớm hơn bản trước ({other}, lưu lúc {other_time}); giờ UTC ghi trong tệp.",
    "kiểm tra lại đâu là bản mới; đổi thứ tự hai tệp nếu chọn ngược.",
    bad="chọn ngược bản mới và bản cũ",
    good="bản sau lưu sau bản trước",
)
UNKNOWN_ANSWER = Code(
    "KT-535",
    ERROR,
    "Trả lời ngoài các lựa chọn",
    "Cột “{column}”: “{text}” không phải một trong các trả lời ({allowed}); câu hỏi vẫn để chờ.",
    "chọn một trả lời trong danh sách của ô.",
    bad="trả lời “tuỳ”",
    good="trả lời “Giữ đồng hạng”",
)
RULING_INCOMPLETE = Code(
    "KT-536",
    ERROR,
    "Quyết định ghi chưa đủ",
    "Dòng quyết định còn trống {columns}; câu hỏi vẫn để chờ.",
    "ghi đủ trả lời, người quyết định, ngày và căn cứ.",
    bad="có trả lời, không ghi ai quyết định",
    good="Hội đồng TĐ-KT, 12/01/2024, biên bản số 05",
)
RULING_WITHOUT_QUESTION = Code(
    "KT-537",
    NOTE,
    "Quyết định không còn câu hỏi",
    "Câu hỏi {code} ({question}) không còn; trả lời “{text}” được giữ lại nhưng không áp dụng.",
    "xem lại nếu số liệu đã đổi sau khi quyết định; không cần thì xoá dòng.",
    bad="đã phân định đồng hạng, sau đó điểm sửa lại nên hết đồng hạng",
    good="câu hỏi còn nguyên như lúc quyết định",
)
RULINGS_UNREADABLE = Code(
    "KT-538",
    ERROR,
    "Không đọc được các quyết định đã ghi",
    "Không đọc được “{path}”; nếu ghi đè, các quyết định ghi trong đó sẽ mất.",
    "đóng tệp trong Excel và lưu lại, hoặc chuyển tệp đi nơi khác, rồi chạy lại.",
    bad="tong-hop-huyen.xlsx lần trước đã hỏng hoặc có mật khẩu",
    good="tệp mở được bình thường",
)
RULING_AHEAD = Code(
    "KT-546",
    ERROR,
    "Quyết định ghi ngày sau hôm nay",
    "Cột “{column}” ghi {found}, sau hôm nay ({today}); câu hỏi vẫn để chờ.",
    "ghi lại đúng ngày quyết định; nếu ngày ấy đúng thì xem lại ngày giờ của máy.",
    bad="hôm nay 15/01/2024, ngày quyết định ghi 12/01/2042",
    good="12/01/2024",
)
NOT_READY_TO_FREEZE = Code(
    "KT-540",
    ERROR,
    "Chưa chốt được cụm",
    "{cluster}: {reason}.",
    "xử lý xong lỗi và các việc chờ quyết định của cụm rồi chốt.",
    bad="chốt cụm khi còn một đơn vị có hai phiếu",
    good="mọi phiếu đã nhận đều xếp hạng được",
)
FROZEN_CHANGED = Code(
    "KT-544",
    ERROR,
    "Số liệu của cụm đã chốt bị thay đổi",
    "{cluster} đã chốt ngày {day} ({who}): {reason}. Kết quả giữ như lúc chốt.",
    "xem thay đổi bằng tdkt what-if TỆP --folder THƯ_MỤC --decisions tong-hop-huyen.xlsx; muốn tính lại thì "
    "mở chốt bằng tdkt unfreeze rồi tổng hợp lại.",
    bad="cụm gửi lại sổ sau khi chốt",
    good="sổ đúng như lúc chốt",
)
NOT_A_CORRECTION = Code(
    "KT-541",
    ERROR,
    "Không phải tệp sửa của bài đã nhận",
    "“{path}”: {reason}.",
    "chọn sổ cụm, hoặc phiếu của một đơn vị, sửa từ bài đã có trong thư mục.",
    bad="tdkt what-if bien-ban.xlsx --folder nhan",
    good='tdkt what-if "cum-03 (sửa).xlsx" --folder nhan',
)
UNIT_NOT_IN_RESULT = Code(
    "KT-542",
    ERROR,
    "Đơn vị không có trong kết quả",
    "Trang Xếp hạng không có đơn vị “{text}”.{suggestion}",
    "ghi mã hoặc tên đơn vị đúng như trang Xếp hạng.",
    bad="tdkt trace X-99999 --in ket-qua",
    good="tdkt trace X-26188 --in ket-qua",
)
CRITERION_NOT_IN_RESULT = Code(
    "KT-543",
    ERROR,
    "Tiêu chí không có trong kết quả",
    "{unit} không có điểm của tiêu chí “{path}”.",
    "ghi đường dẫn như cột Tiêu chí của trang Điểm chi tiết, ví dụ I.2.a.",
    bad="tdkt trace X-26188 9.9 --in ket-qua",
    good="tdkt trace X-26188 I.2 --in ket-qua",
)
RULING_APPLIED = Code(
    "KT-539",
    NOTE,
    "Đã xử lý theo quyết định",
    "{question} Quyết định: {answer} ({who}, {day}: {reason}).",
    "không cần làm gì; quyết định được ghi cùng kết quả.",
    bad="(không áp dụng)",
    good="đồng hạng 2, hội đồng xếp đơn vị A trên",
)
CHANGED_DURING_RUN = Code(
    "KT-545",
    WARNING,
    "Bài nộp đổi trong khi chạy",
    "Tệp đã được lưu lại trong khi lượt này đang chạy; kết quả theo nội dung lúc đọc.",
    "chạy lại để tính theo nội dung mới.",
    bad="vừa tổng hợp vừa sửa sổ cụm",
    good="lưu và đóng mọi sổ rồi mới tổng hợp",
)
