"""KT-4xx: totals, ranks and bands; sheets of one workbook against each other."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

SUBTOTAL_WRONG = Code(
    "KT-401",
    ERROR,
    "Điểm nhóm cộng sai",
    "Cột “{column}”: nhóm {path} ghi {typed}, cộng các tiêu chí được {computed} (lệch {difference}).{cause}",
    "sửa ô cộng nhóm; dùng công thức SUM của mẫu.",
    bad="nhóm I ghi 28, các tiêu chí cộng 27,5",
    good="nhóm I = SUM các tiêu chí",
)
TOTAL_WRONG = Code(
    "KT-402",
    ERROR,
    "Tổng điểm cộng sai",
    "Cột “{column}”: ghi {typed}, cộng các ô điểm được {computed} (lệch {difference}).{cause}",
    "sửa tổng; tổng hợp huyện dùng số cộng lại {computed}.",
    bad="tổng ghi 95, các ô cộng 94,5",
    good="tổng đúng bằng các ô cộng lại",
)
SUMMARY_DIFFERS = Code(
    "KT-403",
    ERROR,
    "Trang tổng hợp khác phiếu",
    "Cột “{column}” của {unit}: trang tổng hợp ghi {typed}, phiếu “{sheet}” cộng được {computed} "
    "(lệch {difference}).",
    "sửa trang tổng hợp theo phiếu, hoặc sửa phiếu nếu phiếu sai.",
    bad="tổng hợp ghi 95, phiếu cộng 94,5",
    good="hai trang bằng nhau",
)
RANK_WRONG = Code(
    "KT-404",
    ERROR,
    "Xếp hạng sai",
    "{unit}: ghi hạng {typed}, theo tổng điểm cộng lại là hạng {computed}.",
    "sửa cột xếp hạng theo tổng điểm đúng.",
    bad="điểm cao thứ nhì ghi hạng 3",
    good="hạng theo tổng điểm giảm dần",
)
BAND_WRONG = Code(
    "KT-405",
    ERROR,
    "Xếp loại sai",
    "{unit}: ghi “{typed}”, tổng điểm {total} thuộc loại “{computed}”.",
    "sửa cột xếp loại.",
    bad="89 điểm ghi Xuất sắc khi cận dưới là 90",
    good="89 điểm ghi Tốt",
)
TIE = Code(
    "KT-406",
    WARNING,
    "Đồng hạng",
    "{units} cùng {level}, cùng hạng {rank}; phần mềm không tự phân định.",
    "đưa ra cuộc họp cụm hoặc Hội đồng quyết định thứ tự và ghi biên bản.",
    bad="hai đơn vị 95 điểm, tự xếp 1 và 2",
    good="hai đơn vị cùng hạng 1, đơn vị sau hạng 3",
    waivable=True,
)
ROUNDING_DRIFT = Code(
    "KT-407",
    NOTE,
    "Lệch do làm tròn hiển thị",
    "Cột “{column}”: ghi {typed}, cộng các ô đã làm tròn được {computed} (lệch {difference}, trong dung sai "
    "{tolerance}).",
    "không cần sửa; tổng hợp dùng số cộng lại {computed}.",
    bad="931,49 so với 931,54",
    good="tổng cộng từ chính các ô hiển thị",
)
TOTAL_OMITS_CELL = Code(
    "KT-408",
    ERROR,
    "Tổng bỏ sót ô dạng chữ",
    "Cột “{column}”: ghi {typed}, cộng đủ các ô được {computed}. Phần lệch {difference} đúng bằng ô "
    "{cell} (“{text}”) bị bỏ sót vì nhập dạng chữ{rounding}.",
    "nhập lại ô {cell} dạng số rồi cộng lại; tổng đúng là {computed}.",
    bad="ô “25,67” dạng chữ, tổng thiếu 25,67 điểm",
    good="mọi ô điểm là số",
)
SUMMARY_ROW_WITHOUT_SHEET = Code(
    "KT-409",
    ERROR,
    "Có trong tổng hợp nhưng thiếu phiếu",
    "{unit} có ở trang tổng hợp nhưng sổ không có phiếu chấm điểm.",
    "bổ sung phiếu chấm điểm của đơn vị.",
    bad="tổng hợp 12 đơn vị, sổ có 11 phiếu",
    good="mỗi đơn vị một phiếu",
)
SHEET_WITHOUT_SUMMARY_ROW = Code(
    "KT-410",
    ERROR,
    "Có phiếu nhưng thiếu ở tổng hợp",
    "{unit} có phiếu “{sheet}” nhưng không có ở trang tổng hợp.",
    "thêm dòng của đơn vị vào trang tổng hợp.",
    bad="sổ 12 phiếu, tổng hợp 11 dòng",
    good="mỗi phiếu một dòng tổng hợp",
)
UNIT_TWICE_IN_BOOK = Code(
    "KT-411",
    ERROR,
    "Một đơn vị hai lần trong sổ",
    "{unit} đã có ở {other}; chưa tính bản nào cho đến khi chọn.",
    "giữ một bản, xoá bản còn lại rồi gửi lại.",
    bad="hai phiếu của cùng một xã",
    good="mỗi đơn vị một phiếu",
)
IDENTITY_DIFFERS = Code(
    "KT-412",
    ERROR,
    "Thông tin đầu trang không khớp",
    "“{label}” ghi “{found}”, các trang khác của sổ ghi “{expected}”.",
    "ghi thống nhất “{label}” ở mọi trang; chưa thống nhất thì phiếu này chưa được xếp hạng.",
    bad="một phiếu ghi kỳ 2022, các phiếu khác 2023",
    good="mọi phiếu cùng kỳ",
)
NOMINATION_WITHOUT_SCORES = Code(
    "KT-413",
    WARNING,
    "Đề nghị của đơn vị chưa có điểm",
    "{subject} thuộc {unit}, đơn vị chưa có phiếu chấm điểm trong cụm.",
    "bổ sung phiếu của đơn vị hoặc kiểm tra lại cột đơn vị.",
    bad="đề nghị cá nhân của đơn vị không nộp phiếu",
    good="đơn vị đã nộp phiếu",
)
BEYOND_CAP = Code(
    "KT-430",
    WARNING,
    "Điểm thưởng, điểm trừ vượt trần",
    "{unit}: nhóm {path} cộng được {computed}, vượt trần {limit}; chỉ tính {limit}.",
    "kiểm tra lại các mục của nhóm {path}; trần của nhóm ghi ở danh mục tiêu chí.",
    bad="điểm thưởng cộng 6 khi trần 5",
    good="điểm thưởng cộng 5",
)
CODE_AND_NAME_DIFFER = Code(
    "KT-414",
    ERROR,
    "Mã và tên đơn vị không khớp",
    "Mã {code} là {expected}, nhưng tên ghi “{text}”.",
    "sửa mã hoặc tên cho khớp.",
    bad="mã DV-26188 với tên Xã Tân Bình",
    good="mã DV-26188 với tên Xã Thạnh Phú",
)
SUM_OMITS = Code(
    "KT-416",
    WARNING,
    "Công thức cộng bỏ sót ô",
    "Cột “{column}”: công thức {formula} không cộng ô {cell}.",
    "chép lại công thức cộng từ mẫu; nay kết quả còn đúng vì ô đó bằng 0 hoặc trống.",
    bad="=SUM(H13:H14) khi nhóm có ba dòng 13, 14, 15",
    good="=SUM(H13:H15)",
)
SUM_DOUBLES = Code(
    "KT-417",
    WARNING,
    "Công thức cộng trùng",
    "Cột “{column}”: công thức {formula} cộng cả ô {cell} hai lần hoặc cộng ô không thuộc phần này.",
    "chép lại công thức cộng từ mẫu; nay kết quả còn đúng vì ô đó bằng 0 hoặc trống.",
    bad="=SUM(H12:H20) cộng cả dòng nhóm lẫn các dòng con",
    good="cộng các dòng nhóm, hoặc cộng các dòng con",
)
COPIED_SHEET = Code(
    "KT-415",
    WARNING,
    "Phiếu giống hệt phiếu của đơn vị khác",
    "{unit} tự chấm và được chấm giống hệt {other} ở mọi tiêu chí.",
    "hỏi lại đơn vị; có thể đã chép phiếu của đơn vị khác mà quên sửa điểm.",
    bad="hai xã cùng điểm ở cả 38 tiêu chí",
    good="mỗi đơn vị chấm theo kết quả của mình",
)
RANK_REVERSED = Code(
    "KT-419",
    ERROR,
    "Xếp hạng ngược",
    "Cột “{column}” xếp điểm thấp nhất hạng 1; cả {count} đơn vị bị xếp ngược.",
    "nếu dùng hàm RANK, đổi tham số thứ ba thành 0 (điểm cao xếp trước).",
    bad="=RANK(E9;E$9:E$14;1)",
    good="=RANK(E9;E$9:E$14;0)",
)
