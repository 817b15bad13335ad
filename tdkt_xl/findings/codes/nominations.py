"""KT-7xx: nominations: facts, quotas, eligibility, decisions to take."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

FACT_MISSING = Code(
    "KT-703",
    WARNING,
    "Chưa đủ thông tin để xét",
    "{subject} · {award}: thiếu {facts}.",
    "bổ sung {facts} ở trang đề nghị rồi xét lại.",
    bad="không ghi số tháng công tác",
    good="đủ xếp loại, tháng công tác, sáng kiến",
)
UNCONFIRMED_RULE = Code(
    "KT-704",
    WARNING,
    "Quy định chưa có nguồn xác nhận",
    "{rules} chưa có văn bản nguồn; {count} đề nghị {awards} kết luận dựa trên đó: {subjects}.",
    "đối chiếu văn bản gốc; đúng thì ghi mã, “Áp dụng” ở trang Quy định của tỉnh của danh-muc.xlsx.",
    bad="trình theo điều khoản nhớ lại",
    good="trình theo điều khoản đã đối chiếu",
)
UNKNOWN_AWARD = Code(
    "KT-705",
    ERROR,
    "Danh hiệu không có trong gói quy tắc",
    "“{text}” không phải danh hiệu hoặc hình thức khen thưởng đã khai.{suggestion}",
    "chọn trong danh sách của mẫu.",
    bad="CSTDXX",
    good="CSTĐCS",
)
PROPOSED_TWICE = Code(
    "KT-706",
    ERROR,
    "Đề nghị trùng",
    "{subject} được đề nghị {award} hai lần, ở đây và {other}.",
    "giữ một dòng đề nghị.",
    bad="một người hai dòng CSTĐCS",
    good="mỗi người một dòng mỗi danh hiệu",
)
LEADER_TIED = Code(
    "KT-707",
    WARNING,
    "Chưa xác định đơn vị dẫn đầu",
    "{cluster}: {units} cùng hạng 1; chưa đề nghị đơn vị nào.",
    "cụm bình xét, ghi biên bản chọn đơn vị dẫn đầu rồi chạy lại.",
    bad="tự chọn một trong hai đơn vị",
    good="biên bản cụm chọn một đơn vị",
)
WRONG_KIND = Code(
    "KT-708",
    ERROR,
    "Danh hiệu không dành cho đối tượng này",
    "{award} dành cho {expected}, không dành cho {kind}.",
    "sửa danh hiệu, hoặc chuyển sang đúng trang đề nghị; ở sổ hồ sơ thì sửa mã cá nhân, tập thể.",
    bad="TTLĐTT cho cá nhân",
    good="LĐTT cho cá nhân",
)
NOT_ELIGIBLE = Code(
    "KT-709",
    WARNING,
    "Chưa đủ điều kiện",
    "{subject} · {award}: {reasons}.",
    "bỏ đề nghị, hoặc bổ sung hồ sơ nếu dữ kiện ghi sai.",
    bad="LĐTT cho người mới làm việc 8 tháng",
    good="LĐTT cho người đủ 10 tháng",
)
NEEDS_PROVINCE_RULE = Code(
    "KT-710",
    WARNING,
    "Cần quy định của tỉnh",
    "{reasons}; {count} đề nghị {awards} chờ: {subjects}.",
    "nhập quy định của tỉnh vào danh-muc.xlsx hoặc xin ý kiến Ban Thi đua – Khen thưởng tỉnh.",
    bad="tự đặt số cờ mỗi cụm",
    good="số cờ theo quyết định của tỉnh",
)
CLUSTER_NOT_READY = Code(
    "KT-711",
    WARNING,
    "Cụm chưa đủ để chọn đơn vị dẫn đầu",
    "{cluster} còn {missing} đơn vị chưa có điểm; đơn vị dẫn đầu có thể thay đổi.",
    "đôn đốc đủ phiếu rồi tổng hợp lại trước khi trình.",
    bad="chọn dẫn đầu khi thiếu một đơn vị",
    good="chọn dẫn đầu khi đủ phiếu",
)
NO_PROPOSALS = Code(
    "KT-712",
    NOTE,
    "Cụm không có danh sách đề nghị",
    "Sổ không có dòng đề nghị khen thưởng nào.",
    "nếu cụm có đề nghị, ghi vào trang Đề nghị tập thể, Đề nghị cá nhân.",
    bad="quên trang đề nghị",
    good="trang đề nghị đã ghi, hoặc cụm không đề nghị ai",
)
HOMONYM = Code(
    "KT-770",
    NOTE,
    "Trùng họ tên ở hai đơn vị",
    "{subject} có ở {unit} và ở {other}; được hiểu là hai người.",
    "không cần sửa nếu là hai người; nếu là một người, giữ một dòng.",
    bad="Nguyễn Thị Hoa ở hai trường",
    good="mỗi người một đơn vị",
)
NEAR_NAME = Code(
    "KT-771",
    WARNING,
    "Hai tên gần giống nhau trong một đơn vị",
    "“{text}” gần giống “{found}” ở {other}, cùng {unit}; có thể là một người.",
    "hỏi lại đơn vị; nếu là một người, giữ một dòng với tên đúng.",
    bad="Nguyễn Thị Thuý Hằng và Nguyễn Thị Thúy Hăng",
    good="mỗi người một dòng, tên viết như trong hồ sơ",
)
AWARD_SPELLED = Code(
    "KT-772",
    NOTE,
    "Danh hiệu viết khác tên chuẩn",
    "“{text}” được hiểu là {award}.",
    "không cần sửa; nên chọn tên viết tắt trong danh sách của mẫu.",
    bad="CSTĐ cơ sở",
    good="CSTĐCS",
)
AWARD_ENDED = Code(
    "KT-713",
    ERROR,
    "Danh hiệu không có trong quy định của ngày xét",
    "“{text}” chỉ có trong quy định {current}, không có trong quy định ngày {day}.",
    "chọn danh hiệu, hình thức có trong quy định ngày {day}, hoặc kiểm tra lại ngày quyết định.",
    bad="GK huyện, quyết định ngày 15/12/2025",
    good="GK xã, quyết định ngày 15/12/2025",
)
NEEDS_TEXT = Code(
    "KT-714",
    WARNING,
    "Cần văn bản quy định",
    "{award}, {count} đề nghị: {reasons}. Gồm: {subjects}.",
    "tìm toàn văn, báo nhóm phát triển; chưa có văn bản thì chưa kết luận.",
    bad="xét theo dự thảo luật",
    good="xét khi đã có luật và nghị định",
)
CRITERIA_OF_ANOTHER_DAY = Code(
    "KT-724",
    WARNING,
    "Thành tích và quyết định ở hai chế độ quy định",
    "Kỳ {period} thuộc {text}, ngày quyết định {day} thuộc {current}; "
    "đang xét tiêu chuẩn của ngày quyết định.",
    "theo hướng dẫn của tỉnh, nhập “Ngày chọn quy định về tiêu chuẩn” ở trang Quy định của tỉnh.",
    bad="thành tích 2023, ký tháng 3/2024, không hỏi tỉnh",
    good="thành tích 2023, ký tháng 3/2024, theo hướng dẫn đã nhập",
)
WORK_FIELD_BLANK = Code(
    "KT-727",
    NOTE,
    "Chưa có lĩnh vực hoạt động",
    "{count} dòng của tệp xuất để trống “Lĩnh vực hoạt động”, vì danh mục chưa ghi cho: {units}.",
    "ghi ở cột Lĩnh vực hoạt động, trang Đơn vị của danh-muc.xlsx rồi xuất lại, hoặc chọn khi nhập.",
    bad="để phần mềm của tỉnh tự điền lĩnh vực",
    good="lĩnh vực ghi ở trang Đơn vị",
)
TAKEN_AS_HOUSEHOLD = Code(
    "KT-728",
    NOTE,
    "Hiểu là hộ gia đình",
    "“{subject}” ở trang Đề nghị tập thể được xét {award} như hộ gia đình.",
    "không cần sửa; nếu là tập thể, ghi tên không bắt đầu bằng “Hộ”, “Gia đình”.",
    bad="Hộ ông Lê Văn Ba tính là tập thể",
    good="Hộ ông Lê Văn Ba ở danh sách hộ gia đình",
)
LEFT_OPEN = Code(
    "KT-729",
    WARNING,
    "Chưa đủ căn cứ để kết luận",
    "{subject} · {award}: {reasons}.",
    "bổ sung hồ sơ; quy tắc chưa có nguồn thì đối chiếu, ghi mã và “Áp dụng” ở trang Quy định của tỉnh.",
    bad="loại theo điều khoản nhớ lại",
    good="kết luận khi đã đối chiếu văn bản gốc",
)
NOT_IN_HISTORY = Code(
    "KT-740",
    NOTE,
    "Chưa có hồ sơ",
    "{subject} ({unit}) chưa có trong sổ hồ sơ; chỉ xét theo những gì ghi ở trang đề nghị.{suggestion}",
    "thêm vào sổ hồ sơ, hoặc ghi tên, đơn vị như sổ hồ sơ; "
    "hồ sơ ở đơn vị khác thì ghi mã trong ngoặc sau tên.",
    bad="người được đề nghị không có hồ sơ",
    good="có hồ sơ, có xếp loại các năm",
)
SEVERAL_IN_HISTORY = Code(
    "KT-741",
    WARNING,
    "Nhiều người trùng tên",
    "{subject} ({unit}) có thể là: {codes}; chưa đối chiếu hồ sơ.",
    "ghi mã hoặc ngày sinh trong ngoặc sau tên, ví dụ {subject} ({code}).",
    bad="đề nghị “Lê Văn Nam”, đơn vị có hai người",
    good="đề nghị “Lê Văn Nam (CN-0012)”",
)
FACT_CONTRADICTS = Code(
    "KT-742",
    WARNING,
    "Đề nghị ghi khác hồ sơ",
    "{subject} · {column}: đề nghị ghi “{text}”, theo hồ sơ là “{current}” (ô {other}); "
    "chưa dùng giá trị nào.",
    "đối chiếu văn bản, sửa nơi ghi sai rồi xét lại.",
    bad="đề nghị ghi HTXSNV, hồ sơ ghi HTTNV",
    good="hai nơi cùng HTXSNV",
)
IN_TWO_LISTS = Code(
    "KT-743",
    ERROR,
    "Một người ở hai danh sách",
    "{subject} được đề nghị {award} ở hai danh sách, ở đây và {other}.",
    "giữ đề nghị của đơn vị đang quản lý người này.",
    bad="cụm 1 và cụm 4 cùng đề nghị một người",
    good="một người, một danh sách",
)
TWO_COMMENDATIONS = Code(
    "KT-744",
    WARNING,
    "Nhiều hình thức khen có thể cho một thành tích",
    "{subject} được đề nghị {awards} cùng kỳ; một thành tích chỉ khen một hình thức.",
    "giữ một hình thức, hoặc ghi rõ trong biên bản mỗi hình thức cho thành tích nào.",
    bad="GK huyện và BK tỉnh cho cùng thành tích năm 2023",
    good="mỗi thành tích một hình thức",
)
TITLE_AND_COMMENDATION = Code(
    "KT-745",
    NOTE,
    "Danh hiệu và hình thức khen cùng kỳ",
    "{subject} được đề nghị danh hiệu {titles} và hình thức khen {awards} cùng kỳ.",
    "hội đồng xác định hình thức khen dựa trên thành tích nào ngoài danh hiệu năm.",
    bad="CSTĐCS và GK huyện cho cùng công việc",
    good="biên bản nêu thành tích của từng hình thức",
)
ALREADY_GIVEN = Code(
    "KT-746",
    ERROR,
    "Đã được tặng cho kỳ này",
    "{subject} đã được tặng {award} năm {year} theo {text} (ô {other}).",
    "bỏ đề nghị; nếu hồ sơ ghi nhầm thì sửa sổ hồ sơ rồi xét lại.",
    bad="đề nghị lại LĐTT 2023 đã có quyết định",
    good="mỗi kỳ một lần",
)
NOT_THE_AUTHOR = Code(
    "KT-747",
    ERROR,
    "Không phải tác giả của sáng kiến",
    "{subject}: sáng kiến “{text}” theo hồ sơ là của {name} (ô {other}).",
    "ghi sáng kiến của chính người này, hoặc bổ sung đồng tác giả theo quyết định công nhận.",
    bad="ghi quyết định công nhận của đồng nghiệp",
    good="ghi quyết định có tên mình",
)
INITIATIVE_REUSED = Code(
    "KT-748",
    WARNING,
    "Sáng kiến đã dùng để xét",
    "{subject}: sáng kiến “{text}” đã dùng để xét {award} năm {year} (ô {other}).",
    "dùng sáng kiến khác, hoặc xin ý kiến cấp có thẩm quyền về việc dùng lại.",
    bad="một sáng kiến cho CSTĐCS 2022 và 2023",
    good="mỗi năm một sáng kiến",
)
MEMBERS_CONTRADICT = Code(
    "KT-753",
    WARNING,
    "Số liệu thành viên khác hồ sơ",
    "{unit} · {column}: đề nghị ghi {text}, hồ sơ đã có {count} người ({names}).",
    "đối chiếu danh sách thành viên, sửa nơi ghi sai.",
    bad="ghi không ai bị kỷ luật, hồ sơ có một người bị cảnh cáo",
    good="hai nơi cùng số",
)
UNKNOWN_SUPPOSITION = Code(
    "KT-755",
    ERROR,
    "Không hiểu giả định",
    "Giả định “{text}”: {reason}.",
    "ghi dạng Tên: thông tin=giá trị, ví dụ Trần Văn An: Mức xếp loại=HTXSNV.",
    bad="Trần Văn An HTXSNV",
    good="Trần Văn An: Mức xếp loại=HTXSNV",
)
EXPORT_LEFT_OUT = Code(
    "KT-756",
    NOTE,
    "Đề nghị không có trong tệp xuất",
    "{count} đề nghị chưa đủ điều kiện không có trong tệp nhập phần mềm của tỉnh: {names}.",
    "không cần sửa; nếu vẫn trình, bổ sung căn cứ rồi xét lại.",
    bad="xuất cả người chưa đủ điều kiện",
    good="tệp xuất chỉ có người được trình",
)
PEOPLE_UNUSABLE = Code(
    "KT-757",
    ERROR,
    "Sổ hồ sơ còn lỗi",
    "Sổ hồ sơ {path} còn {count} lỗi nên chưa dùng để xét. Lỗi đầu tiên: {first}",
    "chạy tdkt people check với sổ này, sửa hết lỗi rồi xét lại.",
    bad="xét bằng sổ hồ sơ có hai mức xếp loại một năm",
    good="sổ hồ sơ không còn lỗi",
)
UNKNOWN_CHOICE = Code(
    "KT-758",
    ERROR,
    "Lựa chọn không có",
    "Không có {label} “{text}”.",
    "ghi {expected}.",
    bad="--award LDTTX",
    good="--award LĐTT",
)
MORE_THAN_MEMBERS = Code(
    "KT-759",
    ERROR,
    "Số thành viên vượt tổng số",
    "“{column}” ghi {count}, nhiều hơn “Tổng số thành viên” ghi {total} (ô {other}).",
    "đối chiếu danh sách thành viên, sửa ô ghi sai; tỷ lệ không thể quá 100%.",
    bad="25 người đạt LĐTT trong 20 thành viên",
    good="15 người đạt LĐTT trong 20 thành viên",
)
