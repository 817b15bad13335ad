"""KT-2xx: single cells and rows."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

NUMBER_AS_TEXT = Code(
    "KT-201",
    WARNING,
    "Số nhập dạng chữ",
    "Cột “{column}”: ô ghi chữ “{text}”, đã đọc là {value}. Excel không cộng ô dạng chữ.",
    "nhập lại {value} dạng số (chọn ô, gõ lại số rồi Enter).",
    bad="“25,67” nhập dạng chữ",
    good="25,67 nhập dạng số",
    fixable=True,
)
AMBIGUOUS_NUMBER = Code(
    "KT-202",
    ERROR,
    "Số đọc được hai cách",
    "Cột “{column}”: “{text}” có thể là {readings}; chưa tính ô này.",
    "nhập lại số dạng số, không dùng dấu phân cách hàng nghìn.",
    bad="“1.234” trong cột không có điểm tối đa",
    good="1234 hoặc 1,234 nhập dạng số",
)
NOT_A_NUMBER = Code(
    "KT-203",
    ERROR,
    "Điểm không phải là số",
    "Cột “{column}”: ô chứa “{text}”, không phải là số.",
    "nhập bằng chữ số, ví dụ 10 hoặc 9,5.",
    bad="“mười”, “Đạt”, “x”",
    good="10",
)
DATE_FOR_NUMBER = Code(
    "KT-204",
    ERROR,
    "Điểm bị Excel đổi thành ngày",
    "Cột “{column}”: ô chứa ngày {date}; có thể ý ông/bà là {likely}.",
    "định dạng ô là Số rồi nhập lại điểm.",
    bad="gõ 9/5, Excel đổi thành 09/05/2023",
    good="9,5",
)
ERROR_VALUE = Code(
    "KT-205",
    ERROR,
    "Ô có lỗi công thức",
    "Cột “{column}”: công thức trả về {error}.",
    "sửa công thức hoặc nhập lại số.",
    bad="#REF!",
    good="công thức cho ra số",
)
FORMULA_WITHOUT_VALUE = Code(
    "KT-206",
    ERROR,
    "Công thức chưa có kết quả",
    "Cột “{column}”: ô có công thức nhưng chưa có kết quả lưu kèm; không thể coi là trống hay 0.",
    "mở tệp bằng Excel, lưu lại rồi gửi.",
    bad="tệp xuất từ phần mềm khác, chưa mở bằng Excel",
    good="tệp đã lưu bằng Excel",
)
BLANK_SCORE = Code(
    "KT-207",
    ERROR,
    "Chưa chấm điểm",
    "Cột “{column}”: tiêu chí {path} để trống.",
    "nhập điểm; nếu không đạt, nhập 0 và ghi lý do.",
    bad="bỏ trống điểm tiêu chí I.2",
    good="0 kèm lý do, hoặc điểm đã chấm",
)
NEGATIVE_SCORE = Code(
    "KT-208",
    ERROR,
    "Điểm âm",
    "Cột “{column}”: tiêu chí {path} có điểm {value} nhỏ hơn 0.",
    "nhập điểm từ 0 đến {maximum}; điểm trừ ghi ở mục Điểm trừ.",
    bad="-2 ở tiêu chí thường",
    good="0",
)
ABOVE_MAXIMUM = Code(
    "KT-209",
    ERROR,
    "Điểm vượt điểm tối đa",
    "Cột “{column}”: tiêu chí {path} có điểm {value}, vượt điểm tối đa {maximum}.",
    "sửa lại điểm, hoặc nếu điểm tối đa đã đổi thì cập nhật danh mục tiêu chí.",
    bad="45 khi tối đa 40",
    good="40",
    waivable=True,
)
OFF_STEP = Code(
    "KT-210",
    WARNING,
    "Điểm lẻ không theo bước",
    "Cột “{column}”: tiêu chí {path} có điểm {value}, không theo bước {step}.",
    "nhập điểm là bội số của {step}; phần mềm không tự làm tròn.",
    bad="3,3 khi bước 0,25",
    good="3,25",
    waivable=True,
)
NOT_PASS_OR_FAIL = Code(
    "KT-211",
    ERROR,
    "Tiêu chí đạt/không đạt có điểm lưng chừng",
    "Cột “{column}”: tiêu chí {path} chỉ nhận 0 hoặc {maximum}, ô ghi {value}.",
    "nhập {maximum} nếu đạt, 0 nếu không đạt.",
    bad="3 khi tối đa 6, đạt/không đạt",
    good="6 hoặc 0",
)
PENALTY_SIGN = Code(
    "KT-212",
    ERROR,
    "Điểm trừ sai dấu hoặc quá mức",
    "Cột “{column}”: điểm trừ {path} ghi {value}; chỉ nhận từ {minimum} đến 0.",
    "nhập số âm không quá {minimum}, hoặc 0 nếu không bị trừ.",
    bad="2 ở mục Điểm trừ",
    good="-2",
)
APPRAISAL_WITHOUT_REASON = Code(
    "KT-213",
    WARNING,
    "Điểm thẩm định khác mà không ghi lý do",
    "Tiêu chí {path}: điểm thẩm định {appraised} khác điểm cụm chấm {cluster} nhưng cột “{column}” trống.",
    "ghi lý do điều chỉnh vào cột “{column}”.",
    bad="cụm chấm 5, thẩm định 3, không lý do",
    good="cụm chấm 5, thẩm định 3, lý do: báo cáo nộp muộn",
)
EVIDENCE_MISSING = Code(
    "KT-214",
    WARNING,
    "Thiếu minh chứng",
    "Tiêu chí {path} có điểm {value} nhưng cột “{column}” trống, trong khi danh mục yêu cầu minh chứng.",
    "ghi số, ký hiệu văn bản minh chứng.",
    bad="điểm thưởng 2, không có minh chứng",
    good="điểm thưởng 2, minh chứng QĐ 123/QĐ-UBND",
)
NOT_NFC = Code(
    "KT-220",
    NOTE,
    "Chữ gõ bằng bảng mã tổ hợp",
    "“{text}” gõ bằng Unicode tổ hợp; đã so khớp theo Unicode dựng sẵn.",
    "không cần sửa ngay; nên chọn bảng mã Unicode dựng sẵn trong bộ gõ.",
    bad="tên gõ bằng Unicode tổ hợp",
    good="tên gõ bằng Unicode dựng sẵn",
    fixable=True,
)
VALUE_NOT_IN_LIST = Code(
    "KT-221",
    ERROR,
    "Giá trị ngoài danh sách",
    "Cột “{column}”: “{text}” không có trong danh sách cho phép ({allowed}).",
    "chọn một giá trị trong danh sách.",
    bad="Xếp loại “Tốt lắm”",
    good="HTTNV",
)
REQUIRED_TEXT_MISSING = Code(
    "KT-222",
    ERROR,
    "Thiếu nội dung bắt buộc",
    "Cột “{column}” để trống.",
    "ghi nội dung cột “{column}”.",
    bad="đề nghị khen thưởng không ghi tên",
    good="đủ họ tên, đơn vị, danh hiệu",
)
BAD_DATE = Code(
    "KT-223",
    ERROR,
    "Ngày không hợp lệ",
    "Cột “{column}”: “{text}” không phải một ngày có thật viết dạng ngày/tháng/năm.",
    "nhập ngày có thật, dạng 31/12/2023.",
    bad="31/02/2023",
    good="28/02/2023",
)
REPEATED_VALUE = Code(
    "KT-224",
    ERROR,
    "Trùng dòng",
    "Cột “{column}”: “{text}” đã có ở ô {other}.",
    "giữ một dòng, xoá hoặc sửa dòng còn lại.",
    bad="một mã đơn vị khai hai lần",
    good="mỗi mã một dòng",
)
NOT_POSITIVE_WHOLE = Code(
    "KT-225",
    ERROR,
    "Phải là số nguyên không âm",
    "Cột “{column}”: {value} không phải số nguyên từ 0 trở lên.",
    "nhập số nguyên, ví dụ 12.",
    bad="số tháng công tác 10,5",
    good="10",
)
MONTHS_BEYOND_YEAR = Code(
    "KT-228",
    ERROR,
    "Số tháng nhiều hơn một năm",
    "Cột “{column}”: {value} tháng; năm xét chỉ có {limit} tháng.",
    "ghi số tháng công tác trong năm xét, từ 0 đến {limit}.",
    bad="15 tháng công tác",
    good="12",
)
PERSON_WITHOUT_MARKS = Code(
    "KT-239",
    WARNING,
    "Họ tên gõ không dấu",
    "Họ tên “{text}” gõ không dấu.",
    "ghi họ tên có dấu như trong hồ sơ, để in đúng trên quyết định.",
    bad="Vo Xuan Mai",
    good="Võ Xuân Mai",
)
COMPUTED_TAKEN = Code(
    "KT-238",
    NOTE,
    "Ô điểm trống được tính theo cách chấm",
    "Cột “{column}”: {count} ô trống, lấy điểm tính từ chỉ tiêu và kết quả: {items}.",
    "không cần sửa nếu đúng; nên ghi điểm để mọi người cùng thấy.",
    bad="ô điểm trống, chỉ tiêu 600, kết quả 550",
    good="ô điểm ghi 5,5",
)
TARGET_ZERO = Code(
    "KT-250",
    ERROR,
    "Chỉ tiêu bằng 0",
    "Cột “{column}”: tiêu chí {path} có chỉ tiêu 0, không chia được nên chưa tính được điểm.",
    "ghi chỉ tiêu lớn hơn 0; nếu không giao chỉ tiêu thì để trống ô này.",
    bad="chỉ tiêu 0, kết quả 12",
    good="chỉ tiêu trống, kết quả 12",
)
RESULT_NOT_COMPARED = Code(
    "KT-251",
    WARNING,
    "Chưa đối chiếu được điểm với kết quả",
    "Cột “{column}”: tiêu chí {path}, ô ghi “{text}”: {reason}; điểm đã ghi chưa được đối chiếu.",
    "ghi {expected}; xem trang hướng dẫn “Cách chấm điểm”.",
    bad="kết quả ghi “gần đạt”, cụm chấm 4",
    good="kết quả ghi 87%",
)
RESULT_NOT_COMPUTED = Code(
    "KT-252",
    ERROR,
    "Chưa tính được điểm",
    "Cột “{column}”: tiêu chí {path}, ô ghi “{text}”: {reason}; chưa tính được điểm.",
    "nhập điểm, hoặc ghi {expected}; xem trang hướng dẫn “Cách chấm điểm”.",
    bad="kết quả ghi “gần đạt”, chưa nhập điểm",
    good="kết quả ghi 87%",
)
COMPUTED_DIFFERS = Code(
    "KT-253",
    ERROR,
    "Điểm ghi khác điểm tính theo cách chấm",
    "Cột “{column}”: tiêu chí {path} ghi {typed}, cách chấm cho {computed} ({words}).",
    "sửa điểm hoặc sửa chỉ tiêu, kết quả; hội đồng có thể quyết định lấy điểm nào.",
    bad="8 trên 10, tối đa 5, ghi 2,5",
    good="8 trên 10, tối đa 5, ghi 2",
    waivable=True,
)
LEADER_OPEN = Code(
    "KT-254",
    WARNING,
    "Điểm theo đơn vị dẫn đầu còn tạm tính",
    "Tiêu chí {path} tính theo kết quả của cả cụm, còn thiếu kết quả của {units}; điểm tính là tạm tính.",
    "bổ sung kết quả của các đơn vị còn thiếu rồi tổng hợp lại trước khi xếp hạng.",
    bad="7 trên 8 đơn vị có kết quả",
    good="đủ 8 đơn vị",
)
NOT_APPLICABLE_UNPLANNED = Code(
    "KT-255",
    ERROR,
    "Ghi không áp dụng ngoài quy định",
    "Cột “{column}”: tiêu chí {path} ghi “{text}”, danh mục không cho phép bỏ tiêu chí này.",
    "chấm điểm tiêu chí, hoặc xin hội đồng quyết định không áp dụng.",
    bad="tự ghi Không áp dụng ở tiêu chí ai cũng phải chấm",
    good="danh mục đánh dấu x ở cột Có thể không áp dụng",
    waivable=True,
)
NOT_APPLICABLE_WITH_POINTS = Code(
    "KT-256",
    ERROR,
    "Không áp dụng mà vẫn có điểm",
    "Cột “{column}”: tiêu chí {path} ghi không áp dụng nhưng có {value} điểm.",
    "xoá điểm, hoặc xoá chữ không áp dụng.",
    bad="Không áp dụng, cụm chấm 3",
    good="Không áp dụng, ô điểm để trống",
)
NEEDS_ROUNDING = Code(
    "KT-258",
    ERROR,
    "Điểm tính cần quy tắc làm tròn",
    "Tiêu chí {path}: cách chấm cho {computed}, không viết hết được bằng số thập phân.",
    "ghi hai tham số về làm tròn điểm tính ở trang Tham số của danh-muc.xlsx, kèm văn bản quy định.",
    bad="100/150 của 10 điểm, chưa có quy tắc làm tròn",
    good="làm tròn đến 0,01 gần nhất: 6,67",
)
BELOW_LOWEST = Code(
    "KT-259",
    ERROR,
    "Điểm dưới mức thấp nhất",
    "Cột “{column}”: tiêu chí {path} có điểm {value}, dưới mức thấp nhất {minimum}.",
    "nhập điểm từ {minimum} đến {maximum}.",
    bad="-5 khi thấp nhất là -3",
    good="-3",
)
SHARE_OUT_OF_RANGE = Code(
    "KT-260",
    ERROR,
    "Tỷ lệ đóng góp không hợp lệ",
    "Cột “{column}”: tỷ lệ {value}% phải lớn hơn 0% và không quá 100%.",
    "đối chiếu quyết định công nhận, ghi lại tỷ lệ của tác giả này.",
    bad="120",
    good="60",
)
SHARES_OVER = Code(
    "KT-261",
    ERROR,
    "Tổng tỷ lệ đóng góp vượt 100%",
    "Sáng kiến {work}: các tác giả cộng lại {total}%, vượt 100%.",
    "đối chiếu quyết định công nhận, ghi lại tỷ lệ của từng tác giả.",
    bad="60% và 50%",
    good="60% và 40%",
)
SHARES_UNDER = Code(
    "KT-262",
    WARNING,
    "Tổng tỷ lệ đóng góp chưa đủ 100%",
    "Sáng kiến {work}: các tác giả cộng lại {total}%, chưa đủ 100%.",
    "bổ sung tác giả còn thiếu hoặc ghi lại tỷ lệ.",
    bad="60% và 30%",
    good="60% và 40%",
)
DECISION_TOO_EARLY = Code(
    "KT-263",
    ERROR,
    "Quyết định trước khi có thành tích",
    "Cột “{column}”: ngày {day} trước khi kỳ {period} bắt đầu ({start}).",
    "kiểm tra lại ngày quyết định và năm được khen.",
    bad="khen năm 2022, quyết định ngày 10/02/2021",
    good="khen năm 2022, quyết định ngày 10/02/2023",
)
YEARS_REVERSED = Code(
    "KT-264",
    ERROR,
    "Năm thành tích ngược",
    "Thành tích từ năm {start} đến năm {end}, được khen năm {period}: {reason}.",
    "sửa lại năm bắt đầu, năm kết thúc thành tích.",
    bad="từ 2022 đến 2018",
    good="từ 2018 đến 2022",
)
BORN_TOO_LATE = Code(
    "KT-265",
    ERROR,
    "Ngày sinh không khớp hồ sơ",
    "{name} sinh ngày {day}, nhưng hồ sơ có việc từ năm {period} (ô {other}), khi chưa đủ {age} tuổi.",
    "kiểm tra lại ngày sinh, hoặc mã cá nhân ở dòng kia.",
    bad="sinh năm 2015, được khen năm 2020",
    good="sinh năm 1985, được khen năm 2020",
)
BAD_USE = Code(
    "KT-266",
    ERROR,
    "Không đọc được việc đã dùng sáng kiến",
    "Cột “{column}”: “{text}” không phải danh hiệu kèm năm.",
    "ghi danh hiệu và năm, cách nhau bằng dấu chấm phẩy, ví dụ CSTĐCS 2022; BK tỉnh 2023.",
    bad="“đã dùng”",
    good="“CSTĐCS 2022”",
)
FORMULA_IN_INPUT = Code(
    "KT-226",
    WARNING,
    "Công thức ở ô nhập điểm",
    "Cột “{column}”: ô này để nhập số nhưng đang chứa công thức{formula}; đã lấy kết quả {value}.",
    "nhập lại {value} dạng số, để điểm không đổi theo ô khác.",
    bad="=4+0,5 ở ô điểm tự chấm",
    good="4,5",
)
CONSTANT_FOR_FORMULA = Code(
    "KT-227",
    WARNING,
    "Số gõ tay đè lên công thức",
    "Cột “{column}”: ô cộng {path} gõ số {typed} đè lên công thức của mẫu; nay còn đúng nhưng sẽ "
    "không đổi khi sửa điểm.",
    "chép lại công thức cộng từ mẫu.",
    bad="ô TỔNG CỘNG gõ 95,5",
    good="ô TỔNG CỘNG là công thức SUM của mẫu",
)
FLOAT_NOISE = Code(
    "KT-233",
    NOTE,
    "Sai số thập phân của máy tính",
    "Cột “{column}”: trong tệp lưu {stored}, đã đọc là {value} như Excel hiển thị.",
    "không cần sửa; nếu muốn sạch, gõ lại {value}.",
    bad="4,3500000000000005 do dán kết quả phép tính",
    good="4,35",
    fixable=True,
)
DAY_WITHOUT_ZERO = Code(
    "KT-234",
    WARNING,
    "Ngày, tháng thiếu số 0",
    "“{text}”: ngày nhỏ hơn 10 và tháng 1, tháng 2 phải có số 0 ở trước (Nghị định 30/2020/NĐ-CP).",
    "ghi “{expected}”.",
    bad="ngày 5 tháng 1 năm 2024",
    good="ngày 05 tháng 01 năm 2024",
    fixable=True,
)
SIGNING_FOR = Code(
    "KT-235",
    WARNING,
    "Chữ viết tắt trước chức vụ người ký sai",
    "“{text}”: quyền hạn người ký viết tắt chưa đúng (Nghị định 30/2020/NĐ-CP).",
    "ghi “{expected}”.",
    bad="K/T CHỦ TỊCH",
    good="KT. CHỦ TỊCH",
    fixable=True,
)
DRAGGED_TEXT = Code(
    "KT-236",
    ERROR,
    "Điểm dạng chữ do kéo ô",
    "Cột “{column}”: “{text}” nằm trong dãy chữ kéo từ ô {cell}; có thể là {readings}; chưa tính ô này.",
    "nhập lại điểm đúng dạng số.",
    bad="5.8, 5.9, 5.10 do kéo ô chữ",
    good="5,8 · 5,9 · 6 nhập dạng số",
)
ZERO_WITHOUT_REASON = Code(
    "KT-230",
    WARNING,
    "Điểm 0 không giải trình",
    "Tiêu chí {path} được 0 điểm nhưng không ghi giải trình ở cột “{column}”.",
    "ghi lý do được 0 điểm; nếu tiêu chí không áp dụng cho đơn vị, ghi rõ như vậy.",
    bad="0 điểm, không biết là không đạt hay không áp dụng",
    good="0 điểm, ghi: không có chỉ tiêu giao trong năm",
)
GAP_WITHOUT_REASON = Code(
    "KT-231",
    WARNING,
    "Chấm lệch nhiều so với tự chấm",
    "Tiêu chí {path}: chấm {value}, đơn vị tự chấm {typed}, lệch quá {limit} điểm nhưng cột "
    "“{column}” trống.",
    "ghi lý do ở cột “{column}”, hoặc trao đổi lại với đơn vị.",
    bad="tự chấm 8, chấm 3, không lý do",
    good="tự chấm 8, chấm 3, lý do: hồ sơ trễ hạn 40%",
)
OUTLIER = Code(
    "KT-232",
    NOTE,
    "Điểm khác hẳn cả cụm",
    "Tiêu chí {path}: {unit} được {value}, trong khi mức giữa của cụm là {median}.",
    "không cần sửa nếu đúng; nên xem lại ô này có gõ nhầm không.",
    bad="cả cụm 7 đến 8 điểm, một đơn vị 0,8",
    good="các đơn vị trong khoảng gần nhau",
)
UNIT_FROM_SECTION = Code(
    "KT-237",
    NOTE,
    "Đơn vị lấy từ dòng nhóm",
    "Cột “{column}”: {count} dòng để trống bên dưới được hiểu là “{text}” theo dòng nhóm này.",
    "không cần sửa nếu đúng; nên ghi đơn vị ở từng dòng.",
    bad="dòng “I. Xã An Bình” rồi các cá nhân không ghi đơn vị",
    good="mỗi cá nhân ghi đơn vị của mình",
)
