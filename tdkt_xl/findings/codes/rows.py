"""KT-151 … KT-159: rows and tables as people number and arrange them, and how the sheet is printed."""

from tdkt_xl.findings.code import ERROR, WARNING, Code

CRITERION_UNCLEAR = Code(
    "KT-151",
    ERROR,
    "Chưa rõ dòng là tiêu chí nào",
    "Dòng “{text}” có thể là tiêu chí {readings}: {reason}; điểm của dòng ({points}) không được tính.",
    "ghi lại nội dung và số thứ tự của dòng đúng như mẫu đã phát.",
    bad="dòng số 1 mang nội dung của tiêu chí số 2",
    good="số thứ tự và nội dung cùng chỉ một tiêu chí",
)
OTHER_FONT = Code(
    "KT-153",
    WARNING,
    "Phông chữ không phải Times New Roman",
    "Phần lớn chữ của trang dùng phông “{found}”, quy định là Times New Roman (Nghị định 30/2020/NĐ-CP).",
    "chọn cả trang (Ctrl+A), đổi phông sang Times New Roman.",
    bad="phiếu gõ bằng phông Calibri",
    good="phiếu gõ bằng phông Times New Roman",
)
FURTHER_TABLE = Code(
    "KT-154",
    ERROR,
    "Bảng phía dưới không được tính",
    "Bảng bắt đầu ở dòng này không được tính vì {reason}.",
    "chuyển bảng này sang một tệp riêng rồi gửi lại.",
    bad="dưới bảng điểm của cụm số 1 là bảng điểm của cụm số 2",
    good="mỗi cụm một tệp",
)
NUMBERING_BREAK = Code(
    "KT-152",
    WARNING,
    "Số thứ tự tiêu chí không liên tục",
    "Cột “{column}”: ghi “{typed}”, theo các dòng trên phải là “{expected}”.",
    "xem có dòng nào bị xoá hay chèn nhầm không, rồi đánh lại số thứ tự theo mẫu.",
    bad="a, b, d",
    good="a, b, c",
)
