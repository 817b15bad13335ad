"""KT-6xx: criteria catalogues, standard workbooks and rule packs."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

NO_CATALOGUE = Code(
    "KT-601",
    ERROR,
    "Kỳ chưa có danh mục",
    "Kỳ {period} chưa khai cụm và danh mục tiêu chí.",
    "khai kỳ {period} ở các trang Cụm thi đua, Thành viên và Danh mục của danh-muc.xlsx rồi chạy lại.",
    bad="sổ kỳ 2025 khi danh mục chỉ có 2023",
    good="danh mục có kỳ của sổ",
)
GROUP_SUM = Code(
    "KT-602",
    ERROR,
    "Điểm nhóm khác tổng điểm con",
    "Danh mục {catalogue}, nhóm {path}: điểm tối đa ghi {declared}, các mục con cộng {computed}.",
    "thống nhất lại điểm của nhóm {path} trước khi phát mẫu.",
    bad="nhóm 4 ghi 10, các mục con cộng 12",
    good="nhóm 4 ghi 12, các mục con cộng 12",
)
CATALOGUE_SUM = Code(
    "KT-603",
    ERROR,
    "Tổng thang điểm không đúng",
    "Danh mục {catalogue}: thang điểm khai {declared}, các tiêu chí cộng {computed}.",
    "thống nhất lại thang điểm trước khi phát mẫu.",
    bad="thang 100, các tiêu chí cộng 102",
    good="thang 100, các tiêu chí cộng 100",
)
PATH_TWICE = Code(
    "KT-604",
    ERROR,
    "Trùng đường dẫn tiêu chí",
    "Danh mục {catalogue}: đường dẫn {path} có hai dòng, ở đây và {other}.",
    "đánh số lại để mỗi tiêu chí một đường dẫn.",
    bad="hai dòng I.2",
    good="I.2 và I.3",
)
PARENT_MISSING = Code(
    "KT-605",
    ERROR,
    "Tiêu chí không có nhóm",
    "Danh mục {catalogue}: {path} thuộc nhóm {parent} nhưng không có dòng nhóm đó.",
    "thêm dòng nhóm {parent} hoặc sửa đường dẫn.",
    bad="có III.1 nhưng không có III",
    good="đủ nhóm III",
)
BAND_ORDER = Code(
    "KT-606",
    ERROR,
    "Mức xếp loại không hợp lệ",
    "Danh mục {catalogue}: mức “{band}” có cận dưới {bound}: {reason}.",
    "mỗi mức ghi một cận dưới, giảm dần, mức thấp nhất từ 0.",
    bad="mức Tốt 80–89,99",
    good="mức Tốt từ 80",
)
BAD_STEP = Code(
    "KT-607",
    ERROR,
    "Bước điểm không hợp lệ",
    "Danh mục {catalogue}: {path} có điểm tối đa {maximum} không chia hết cho bước {step}.",
    "sửa bước điểm hoặc điểm tối đa.",
    bad="tối đa 5, bước 0,3",
    good="tối đa 5, bước 0,25",
)
EMPTY_CATALOGUE = Code(
    "KT-608",
    ERROR,
    "Danh mục tiêu chí trống",
    "Danh mục {catalogue} không có tiêu chí nào.",
    "nhập tiêu chí vào trang Tiêu chí của danh-muc.xlsx.",
    bad="khai danh mục XA nhưng không có dòng tiêu chí",
    good="danh mục có tiêu chí",
)
GROUP_WITHOUT_CRITERIA = Code(
    "KT-609",
    ERROR,
    "Nhóm không có tiêu chí",
    "Danh mục {catalogue}: nhóm {path} không có tiêu chí con.",
    "thêm tiêu chí vào nhóm hoặc đổi loại dòng thành tiêu chí.",
    bad="nhóm IV không có dòng con",
    good="nhóm IV có tiêu chí 1, 2",
)
BAD_PACK = Code(
    "KT-610",
    ERROR,
    "Gói quy tắc lỗi",
    "Tệp quy tắc {file}, dòng {line}: {reason}.",
    "báo nhóm phát triển; không tự sửa gói quy tắc.",
    bad="quy tắc không dẫn điều luật",
    good="quy tắc có văn bản, điều, ngày hiệu lực",
)
NO_PACK = Code(
    "KT-611",
    ERROR,
    "Ngày chưa có gói quy tắc",
    "Ngày {day} chưa có gói quy tắc; đang có: {available}.",
    "chọn ngày quyết định trong thời gian có gói quy tắc, hoặc cập nhật phần mềm.",
    bad="--on 2030-01-01",
    good="--on 2023-12-15",
)
PENDING_CHANGE = Code(
    "KT-612",
    WARNING,
    "Sắp đổi quy định",
    "Từ {day} quy định thay đổi: {change}.",
    "nếu ngày quyết định lùi quá {day}, hãy xét lại theo quy định mới.",
    bad="xét ngày 29/12/2023, ký sau 01/01/2024",
    good="xét và ký cùng một chế độ quy định",
)
CATALOGUE_READ = Code(
    "KT-613",
    NOTE,
    "Danh mục tiêu chí hợp lệ",
    "Danh mục {catalogue}: {leaves} tiêu chí, tổng {total} điểm, cộng khớp ở mọi nhóm.",
    "không cần làm gì.",
    bad="(không áp dụng)",
    good="176 tiêu chí, 1000 điểm",
)
RULE_BLANK = Code(
    "KT-614",
    ERROR,
    "Chưa ghi cách chấm",
    "Danh mục {catalogue}, mục {path}: cột “Cách chấm” để trống.",
    "chọn cách chấm trong danh sách; điểm do người chấm ghi thì chọn “Chấm thẳng”.",
    bad="dòng Tiêu chí để trống Cách chấm",
    good="dòng Tiêu chí, Cách chấm ghi “Chấm thẳng”",
)
ITEM_ABOVE_CAP = Code(
    "KT-615",
    WARNING,
    "Mục lớn hơn trần của nhóm",
    "Danh mục {catalogue}, nhóm {path}: trần {limit}, nhưng điểm tối đa của {items} vượt trần.",
    "sửa điểm tối đa của mục hoặc trần của nhóm; mục thưởng ngoài trần thì đánh dấu x ở cột Ngoài trần.",
    bad="mục thưởng tối đa 3 trong nhóm có trần 2",
    good="mục thưởng tối đa 2 trong nhóm có trần 2",
)
CAP_OF_NOTHING = Code(
    "KT-616",
    ERROR,
    "Trần của nhóm bằng 0",
    "Danh mục {catalogue}, nhóm {path}: trần ghi 0 nên không mục nào trong nhóm được tính điểm.",
    "ghi trần của nhóm, nhóm điểm trừ ghi số âm; hoặc bỏ nhóm này.",
    bad="nhóm điểm thưởng có mục 2 điểm, trần 0",
    good="nhóm điểm thưởng có mục 2 điểm, trần 2",
)
CAP_OUT_OF_REACH = Code(
    "KT-617",
    NOTE,
    "Trần của nhóm không bao giờ đạt tới",
    "Danh mục {catalogue}, nhóm {path}: trần {limit}, các mục tính vào trần chỉ cộng được {computed}.",
    "đối chiếu với văn bản: có thể thiếu mục, hoặc trần ghi nhầm; đúng rồi thì không cần làm gì.",
    bad="trần 10, các mục cộng 5",
    good="trần 5, các mục cộng 6",
)
NUMBER_OFF_PATH = Code(
    "KT-618",
    WARNING,
    "Số thứ tự khác đường dẫn",
    "Danh mục {catalogue}, mục {path}: cột STT ghi “{typed}”, không phải phần cuối của đường dẫn.",
    "sửa STT hoặc đường dẫn cho khớp, ví dụ đường dẫn I.2.a thì STT là a.",
    bad="đường dẫn I.2, STT 3",
    good="đường dẫn I.2, STT 2",
)
NO_BANDS = Code(
    "KT-619",
    NOTE,
    "Chưa có mức xếp loại",
    "Danh mục {catalogue} chưa có mức xếp loại: các đơn vị được xếp hạng, không được xếp loại.",
    "nhập các mức ở trang Mức xếp loại của danh-muc.xlsx; không xếp loại thì không cần làm gì.",
    bad="trang Mức xếp loại không có dòng của danh mục",
    good="Tốt từ 80, Khá từ 65, Yếu từ 0",
)
NOT_A_GROUP = Code(
    "KT-630",
    ERROR,
    "Dòng có mục con nhưng không phải nhóm",
    "Danh mục {catalogue}, mục {path}: loại dòng ghi “{kind}” nhưng có mục con {items}.",
    "đổi Loại dòng thành nhóm, hoặc sửa đường dẫn của các mục con.",
    bad="dòng I ghi loại Tiêu chí, bên dưới có I.1",
    good="dòng I ghi loại Nhóm, bên dưới có I.1",
)
TERM_MISSING = Code(
    "KT-620",
    ERROR,
    "Cách chấm thiếu tham số",
    "Danh mục {catalogue}, mục {path}: cách chấm “{rule}” cần cột “{column}”, ô để trống.",
    "ghi cột “{column}”, hoặc đổi cách chấm thành “Chấm thẳng” nếu điểm do người chấm.",
    bad="Trừ dần nhưng không ghi mỗi lần trừ bao nhiêu",
    good="Trừ dần, mỗi lần trừ 0,5",
)
TERM_NOT_USED = Code(
    "KT-621",
    WARNING,
    "Tham số không dùng đến",
    "Danh mục {catalogue}, mục {path}: cột “{column}” có giá trị nhưng cách chấm “{rule}” không dùng đến.",
    "xoá giá trị, hoặc chọn cách chấm có dùng cột “{column}”.",
    bad="Chấm thẳng mà ghi mỗi lần trừ 0,5",
    good="Trừ dần, mỗi lần trừ 0,5",
)
BAD_TERM = Code(
    "KT-622",
    ERROR,
    "Tham số cách chấm không hợp lệ",
    "Danh mục {catalogue}, mục {path}, cột “{column}”: {reason}.",
    "sửa ô này; cách ghi từng tham số xem trang hướng dẫn “Cách chấm điểm”.",
    bad="bậc 95 được 8 điểm, bậc 85 được 10 điểm",
    good="95: 10; 85: 8; 0: 5",
)
RULE_ON_WRONG_ROW = Code(
    "KT-623",
    ERROR,
    "Cách chấm không dùng cho loại dòng này",
    "Danh mục {catalogue}, mục {path}: cách chấm “{rule}” không dùng cho dòng “{kind}”.",
    "chọn cách chấm khác, hoặc sửa loại dòng.",
    bad="dòng Điểm trừ chấm “Định lượng”",
    good="dòng Điểm trừ chấm “Trừ dần”",
)
WRONG_SIGN = Code(
    "KT-624",
    ERROR,
    "Điểm tối đa sai dấu",
    "Danh mục {catalogue}, mục {path}: dòng “{kind}” ghi {maximum}; điểm tối đa phải {expected}.",
    "sửa dấu: điểm trừ ghi số âm, còn lại ghi số dương.",
    bad="dòng Điểm trừ ghi 2",
    good="dòng Điểm trừ ghi -2",
)
OFFICE_RULES_MISSING = Code(
    "KT-640",
    WARNING,
    "Còn thiếu quy định của tỉnh, của cơ quan",
    "Ngày {day}, các danh hiệu được đề nghị còn thiếu {count} quy định chưa nhập: {names}.",
    "nhập giá trị, văn bản, điều, ngày ở trang Quy định của tỉnh của danh-muc.xlsx; xem từng mục bằng "
    "tdkt rules missing.",
    bad="chưa nhập cách làm tròn tỷ lệ",
    good="đã nhập theo quyết định của tỉnh",
)
UNKNOWN_OFFICE_RULE = Code(
    "KT-641",
    ERROR,
    "Mã quy định không có",
    "“{text}” không phải mã của trang Quy định của tỉnh, cũng không phải mã quy tắc.",
    "ghi mã hoặc tên như mẫu danh-muc.xlsx, ví dụ cstdcs_percent, hoặc mã QT-… in ở danh sách đề nghị.",
    bad="ty_le_cstdcs",
    good="cstdcs_percent",
)
BAD_OFFICE_VALUE = Code(
    "KT-642",
    ERROR,
    "Giá trị quy định không hợp lệ",
    "“{name}” ghi “{text}”, cần {expected}.",
    "ghi lại {expected}; để trống khi chưa có quy định.",
    bad="mười lăm phần trăm",
    good="15",
)
ABOVE_NATIONAL = Code(
    "KT-643",
    ERROR,
    "Tỷ lệ cao hơn mức trung ương",
    "“{name}” ghi {value}%, cao hơn mức {limit}% của {text}.",
    "ghi tỷ lệ không quá {limit}%, hoặc sửa cột Từ ngày nếu tỷ lệ này áp dụng cho thời gian sau.",
    bad="18% cho năm 2023",
    good="12% cho năm 2023",
)
OFFICE_RULE_UNCITED = Code(
    "KT-644",
    ERROR,
    "Quy định thiếu căn cứ",
    "Dòng “{name}” thiếu: {columns}.",
    "ghi đủ giá trị, văn bản, điều và ngày bắt đầu áp dụng; để trống cả dòng khi chưa có quy định.",
    bad="15% không ghi văn bản",
    good="15%, QĐ 08/2021/QĐ-UBND, Điều 12, từ 01/03/2021",
)
OFFICE_RULE_TWICE = Code(
    "KT-645",
    ERROR,
    "Quy định ghi hai lần",
    "“{name}” có hai dòng cùng áp dụng từ {date}: dòng này và ô {other}.",
    "giữ một dòng cho mỗi ngày bắt đầu.",
    bad="hai tỷ lệ cùng từ 01/01/2024",
    good="một tỷ lệ từ 01/01/2024, một từ 01/07/2025",
)
RULE_NOT_OPEN = Code(
    "KT-646",
    ERROR,
    "Quy tắc đã có nguồn, không đổi được",
    "{code} căn cứ {text}, đã đối chiếu văn bản; cơ quan không xác nhận hay đổi ở đây.",
    "xoá dòng này; thấy quy tắc sai thì báo nhóm phát triển.",
    bad="QT-102 · Không áp dụng",
    good="QT-122 · Áp dụng",
)
PARAMETER_MOVED = Code(
    "KT-647",
    WARNING,
    "Tham số đã chuyển trang",
    "“{name}” ghi “{text}” ở trang Tham số; phần mềm chỉ đọc ở trang Quy định của tỉnh, kèm văn bản.",
    "chuyển giá trị sang trang Quy định của tỉnh, ghi văn bản, điều, ngày.",
    bad="quota_rounding ở trang Tham số",
    good="quota_rounding ở trang Quy định của tỉnh",
)
OFFICE_SCOPE_UNKNOWN = Code(
    "KT-626",
    ERROR,
    "Cụm, đơn vị của quy định không có",
    "“{text}” không phải mã cụm đang làm, mã hay tên đơn vị.{suggestion}",
    "ghi mã cụm, mã đơn vị như ở trang Cụm thi đua, Đơn vị; để trống nếu áp dụng cho tất cả.",
    bad="Cụm xã phía Nam",
    good="C01",
)
OFFICE_SCOPE_REFUSED = Code(
    "KT-627",
    ERROR,
    "Quy định không ghi riêng cho nơi này",
    "“{name}” ghi riêng cho {kind} “{text}”; quy định này {expected}.",
    "xoá ô này, hoặc dùng dòng quy định đúng loại.",
    bad="Làm tròn tỷ lệ, chỉ cho C01",
    good="Tỷ lệ CSTĐCS (%), chỉ cho C01",
)
OFFICE_RULE_INCOMPLETE = Code(
    "KT-628",
    ERROR,
    "Quy định chưa nói cho danh hiệu, nơi nào",
    "Dòng “{name}” thiếu: {columns}.",
    "ghi danh hiệu, hình thức và cụm, đơn vị mà quy định này dành cho; mỗi trường hợp một dòng.",
    bad="Số lượng tối đa của mỗi cụm: 1, không ghi danh hiệu",
    good="Số lượng tối đa của mỗi cụm: 1, chỉ cho Cờ thi đua tỉnh",
)
EXEMPT_FROM_NATIONAL = Code(
    "KT-629",
    ERROR,
    "Không miễn được mức trung ương",
    "Dòng này miễn tỷ lệ {award} cho “{text}”, nhưng mức {limit}% do {current} đặt ra cho mọi nơi.",
    "xoá dòng này, hoặc sửa cột Từ ngày nếu việc miễn chỉ có từ khi mức đó hết áp dụng.",
    bad="miễn tỷ lệ CSTĐCS năm 2023",
    good="miễn tỷ lệ CSTĐCS từ 01/01/2024",
)
UNKNOWN_STATEMENT = Code(
    "KT-648",
    ERROR,
    "Không có quy tắc này",
    "“{text}” không phải mã quy tắc, danh hiệu hay hình thức khen thưởng.",
    "gõ mã in trong danh sách, ví dụ tdkt rules show QT-102, hoặc tên danh hiệu trong dấu ngoặc kép.",
    bad="tdkt rules show QT-9999",
    good='tdkt rules show "CSTĐ cơ sở"',
)
RULE_WITHOUT_SOURCE = Code(
    "KT-625",
    NOTE,
    "Cách chấm chưa có nguồn",
    "Danh mục {catalogue}: cách chấm {rule} ({codes}) dùng công thức thông dụng, chưa có văn bản làm căn cứ.",
    "đối chiếu công thức ở trang hướng dẫn “Cách chấm điểm” với quy định chấm điểm của địa phương.",
    bad="Theo tỷ lệ, chưa có quy định của huyện",
    good="quy chế chấm điểm của huyện ghi đúng công thức",
)
