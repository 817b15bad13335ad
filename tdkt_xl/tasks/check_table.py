"""The page danh-muc-kiem-tra.md: every check of the catalogue of checks with the codes that report it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tdkt_xl.findings.codes import CATALOGUE


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what is looked for, the codes that say so, and what else a reader should know."""

    what: str
    codes: tuple[int, ...] = ()
    note: str = ""


GROUPS: Mapping[str, str] = {
    "F": "Tệp",
    "S": "Cấu trúc trang",
    "T": "Kiểu dữ liệu của ô",
    "E": "Bảng mã chữ",
    "R": "Miền giá trị của điểm",
    "C": "Cộng, xếp hạng, xếp loại",
    "X": "Giữa các trang trong một sổ",
    "Y": "Giữa các tệp",
    "D": "Trùng lặp",
    "M": "Danh mục",
    "N": "Đề nghị khen thưởng",
    "P": "In ấn",
}

CHECKS: Mapping[str, Check] = {
    "F01": Check("tệp hỏng, tải về dở dang", (101, 160, 161, 162)),
    "F02": Check("tệp có mật khẩu mở", (102,)),
    "F03": Check("đuôi tệp khác nội dung; trang web, CSV lưu thành .xls", (103, 104)),
    "F04": Check("tệp tạm, tệp 0 byte, tệp không phải bảng tính", (105, 106, 509)),
    "F05": Check("một tệp gửi hai lần", (501, 529)),
    "F06": Check("mẫu phiên bản cũ, không có dấu phiên bản", (111, 112)),
    "F07": Check("macro, liên kết ngoài, kết nối, tệp nhúng", (108,)),
    "F08": Check("cụm, đơn vị chưa gửi", (503, 504)),
    "F09": Check("hai tệp khác nhau cho một cụm", (502,)),
    "F10": Check("tệp của kỳ khác", (506, 601)),
    "F11": Check(
        "lưu sau hạn nộp",
        (511,),
        "Bằng chứng là ngày lưu cuối ghi trong tệp Excel; ngày nhận thật do văn thư ghi. Ngày của bản chép "
        "trên máy này không được dùng.",
    ),
    "F12": Check("tệp quá lớn, tệp tấn công", (107, 161, 162)),
    "S01": Check("thiếu trang bắt buộc, trang đổi tên", (113, 114)),
    "S02": Check("không thấy dòng tên cột, không nhận ra mẫu", (110, 133)),
    "S03": Check("thiếu, trùng cột; cột ngoài mẫu, không tên, khác thứ tự", (115, 116, 134, 135, 136)),
    "S04": Check("cột viết tên khác", (117,)),
    "S05": Check("chèn, xoá dòng so với bảng tiêu chí", (121, 122, 128)),
    "S06": Check("sửa nội dung, điểm tối đa của tiêu chí; dòng chưa rõ là tiêu chí nào", (123, 124, 151)),
    "S07": Check("gộp ô: điểm không bao giờ điền, chữ được hiểu cho mọi dòng", (125, 137, 237)),
    "S08": Check(
        "trang, dòng, cột ẩn có số liệu; nội dung bị gạch ngang, bị giấu khỏi mắt",
        (118, 119, 120, 192, 193),
        "Gạch ngang, chữ trắng, chữ quá nhỏ, định dạng ;;; đọc được ở .xlsx, .xlsm.",
    ),
    "S09": Check(
        "đang bật lọc",
        (138,),
        "Đọc được ở .xlsx, .xlsm, cả lọc trong bảng (Chèn › Bảng); ở .xlsb, .xls, .ods dòng bị lọc được báo "
        "như dòng ẩn.",
    ),
    "S10": Check("dòng trống giữa bảng, số ngoài bảng, trang ngoài mẫu", (130, 131, 139, 140, 154)),
    "S11": Check("trang theo mẫu đã bỏ khoá", (141,), "Đọc được ở .xlsx, .xlsm."),
    "S12": Check("số thứ tự không liên tục", (142, 152)),
    "T01": Check("số nhập dạng chữ", (201,)),
    "T02": Check("số đọc được hai cách, chữ kéo ô", (202, 236)),
    "T03": Check("ngày sai, điểm bị đổi thành ngày", (204, 223)),
    "T04": Check("ô có lỗi công thức", (205,)),
    "T05": Check("công thức chưa có kết quả", (132, 206)),
    "T06": Check("công thức ở ô nhập; số đè lên công thức", (226, 227), "Chỉ ở phiếu lập từ mẫu chuẩn."),
    "T07": Check("chữ ở ô điểm", (203,)),
    "T08": Check(
        "khoảng trắng, ký tự ẩn, xuống dòng thừa; ký tự đảo chiều chữ, chữ ẩn, ký tự điều khiển, ô quá dài",
        (246, 248, 188, 189, 190, 191),
        "Ký tự đảo chiều, chữ ẩn, ký tự điều khiển, ô quá dài được báo ở mọi trang, cả trang ngoài mẫu.",
    ),
    "E01": Check("chữ TCVN3 (ABC)", (240, 247, 249)),
    "E02": Check("chữ VNI", (241, 247, 249)),
    "E03": Check("Unicode tổ hợp", (220, 248)),
    "E04": Check("chữ mở sai bảng mã, chữ đã mất", (242, 243)),
    "E05": Check("tên gõ không dấu", (239, 244)),
    "E06": Check("đặt dấu kiểu cũ, kiểu mới (hòa, hoà)", note="Được coi là một khi so khớp; không báo."),
    "E07": Check("chữ trông giống nhưng khác mã", (245,)),
    "R01": Check("bỏ trống điểm; ô trống được tính theo cách chấm", (207, 238)),
    "R02": Check("điểm âm, vượt điểm tối đa, lưng chừng", (208, 209, 211, 259)),
    "R03": Check("điểm lẻ không theo bước", (210,)),
    "R04": Check("giá trị ngoài danh sách, số tháng, số người vô lý", (221, 225, 228, 705, 759)),
    "R05": Check("điểm thưởng, điểm trừ vượt trần, sai dấu", (212, 430)),
    "R06": Check(
        "thiếu minh chứng; điểm 0 không giải trình",
        (214, 230),
        "KT-230 bật bằng tham số “Điểm 0 phải giải trình”.",
    ),
    "R07": Check(
        "chấm khác mà không ghi lý do",
        (213, 231),
        "KT-231 bật bằng tham số “Chênh lệch với tự chấm phải ghi lý do (điểm)”.",
    ),
    "R08": Check("điểm khác hẳn cả cụm", (232,)),
    "R09": Check("chép phiếu của đơn vị khác", (415,)),
    "C01": Check("cộng nhóm sai", (401,)),
    "C02": Check("tổng cộng sai, bỏ sót ô dạng chữ", (402, 408)),
    "C03": Check("điểm tối đa cộng không bằng thang điểm", (602, 603)),
    "C04": Check("công thức SUM bỏ sót, cộng trùng", (416, 417), "Đọc được công thức ở .xlsx, .xlsm."),
    "C05": Check("sai số thập phân, lệch do làm tròn hiển thị", (233, 407)),
    "C06": Check("xếp hạng sai, xếp ngược, đồng hạng", (404, 406, 419)),
    "C07": Check("xếp loại không theo tổng điểm", (405,)),
    "X01": Check("trang tổng hợp khác phiếu", (403, 409, 410)),
    "X02": Check(
        "kỳ, cụm, mã và tên đơn vị không khớp giữa các trang",
        (126, 127, 313, 314, 412, 414),
        "Tên người ký chưa được so sánh: mẫu không có ô riêng cho người ký.",
    ),
    "X03": Check("đề nghị của đơn vị chưa có phiếu", (413,)),
    "Y01": Check("đơn vị ở hai cụm, hai tệp, không cụm nào", (303, 310, 315, 505)),
    "Y02": Check("số của sổ cụm khác phiếu đơn vị gửi", (403, 404, 512)),
    "Y03": Check("tiêu chí, điểm tối đa khác giữa các cụm cùng danh mục", (121, 122, 123, 124, 513)),
    "Y04": Check(
        "năm nay khác xa năm trước",
        note="Không báo khi kiểm tra: tệp nhận không mang điểm năm trước. Trang “Thay đổi” của "
        "tong-hop-huyen.xlsx so với kết quả lần trước khi chỉ ra tệp đó.",
    ),
    "Y05": Check("bản nộp lại: ô đã đổi", (529, 530, 531, 532), "Lệnh so sánh hai bản nộp."),
    "D01": Check("một đơn vị hai lần", (224, 411)),
    "D02": Check("một người, một danh hiệu đề nghị hai lần", (706,)),
    "D03": Check("trùng họ tên ở hai đơn vị", (327, 770)),
    "D04": Check("tên gần giống nhau", (328, 329, 771)),
    "M01": Check("đơn vị, cụm không có trong danh mục", (301, 304)),
    "M02": Check("đơn vị đã đổi tên, sáp nhập, hết hiệu lực", (302, 305)),
    "M03": Check("danh hiệu không dành cho đối tượng này", (708, 713), "Khi xét đề nghị."),
    "M04": Check("tên danh hiệu viết khác", (772,)),
    "N01": Check("chưa đủ điều kiện, thiếu thông tin", (703, 709, 710), "Khi xét đề nghị."),
    "N02": Check("vượt tỷ lệ", (701, 702, 721), "Khi xét đề nghị."),
    "N03": Check("đang bị kỷ luật, xem xét", (709,), "Là một lý do chưa đủ điều kiện."),
    "N04": Check("phiếu bầu dưới mức, thiếu thành viên dự họp", note="Khi tính kết quả bỏ phiếu."),
    "N05": Check("cần sáng kiến mà không có", (703, 709), "Là một lý do chưa đủ điều kiện."),
    "N06": Check("tỷ lệ người lao động trực tiếp", note="Nêu trong báo cáo đề nghị."),
    "N07": Check("tiền thưởng vượt quỹ", (715, 717)),
    "P01": Check("khổ giấy A4", (143,)),
    "P02": Check("lề trang", (144,)),
    "P03": Check("phông chữ Times New Roman", (153,), "Đọc được ở .xlsx, .xlsm."),
    "P04": Check("in vừa một trang ngang", (146,)),
    "P05": Check("lặp lại tên cột ở trang in sau", (147,)),
    "P06": Check("chỗ ký", (148,)),
    "P07": Check("quốc hiệu, tiêu ngữ", (149,)),
    "P08": Check("ngày có số 0 đứng trước; “KT.” đúng cách", (234, 235)),
}
"""Working name of a check → the check; the names never change."""

_INTRODUCTION = """# Danh mục kiểm tra

Phần mềm kiểm tra những điều dưới đây ở mỗi tệp nhận được. Cột “Mã” là mã trong bảng kết quả; gõ
`tdkt explain` kèm mã để xem giải thích và ví dụ. Các kiểm tra in ấn (P) chỉ áp dụng cho trang lập từ mẫu
chuẩn; điều mà dạng tệp không cho biết thì không báo."""


def checks_page(generated: str) -> str:
    """The page with one table for each group of checks."""
    parts = [generated, _INTRODUCTION]
    for letter, title in GROUPS.items():
        parts.append(f"## {letter} · {title}")
        rows = [_row(name, check) for name, check in CHECKS.items() if name[0] == letter]
        head = ["| Kiểm tra | Điều được tìm | Mã | Ghi chú |", "| --- | --- | --- | --- |"]
        parts.append("\n".join([*head, *rows]))
    return "\n\n".join(parts) + "\n"


def _row(name: str, check: Check) -> str:
    codes = [CATALOGUE[f"KT-{number}"] for number in check.codes]
    said = "<br>".join(f"{code.id} {code.title} ({code.severity.label.lower()})" for code in codes)
    return f"| {name} | {check.what} | {said or '–'} | {check.note} |"
