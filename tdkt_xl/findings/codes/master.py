"""KT-3xx: received data against the master data."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

UNKNOWN_UNIT = Code(
    "KT-301",
    ERROR,
    "Đơn vị không có trong danh mục",
    "Đơn vị “{text}” không có trong danh mục đơn vị.{suggestion}",
    "ghi đúng tên hoặc mã đơn vị; nếu là đơn vị mới, thêm vào trang Đơn vị của danh-muc.xlsx.",
    bad="Xã Thạnh Phúc",
    good="Xã Thạnh Phú",
)
UNIT_NOT_VALID = Code(
    "KT-302",
    WARNING,
    "Đơn vị không còn hiệu lực trong kỳ",
    "Đơn vị {unit} không có hiệu lực trong kỳ {period}.",
    "kiểm tra việc sắp xếp, đổi tên đơn vị ở trang Đơn vị của danh-muc.xlsx.",
    bad="đơn vị đã sáp nhập từ năm trước",
    good="đơn vị đang hoạt động trong kỳ",
)
FOREIGN_UNIT = Code(
    "KT-303",
    ERROR,
    "Đơn vị không thuộc cụm",
    "{unit} không phải thành viên {cluster} kỳ {period}; điểm được liệt kê riêng, không xếp hạng trong cụm.",
    "chuyển phiếu về đúng cụm, hoặc sửa trang Thành viên của danh-muc.xlsx.",
    bad="phiếu của Trường THCS trong sổ cụm xã",
    good="phiếu của đúng thành viên cụm",
)
UNKNOWN_CLUSTER = Code(
    "KT-304",
    ERROR,
    "Không xác định được cụm",
    "Cụm “{text}” không có trong danh mục cụm kỳ {period}.",
    "ghi đúng tên hoặc mã cụm ở đầu trang; nếu là cụm mới, thêm vào trang Cụm thi đua của danh-muc.xlsx.",
    bad="Cụm thi đua số 11",
    good="Cụm thi đua số 1",
)
ALIAS_USED = Code(
    "KT-305",
    NOTE,
    "Tên gọi khác của đơn vị",
    "“{text}” được hiểu là {unit} theo trang Tên gọi khác.",
    "không cần sửa; nên ghi tên chính thức.",
    bad="TT Vĩnh An",
    good="Thị trấn Vĩnh An",
)
UNKNOWN_REFERENCE = Code(
    "KT-306",
    ERROR,
    "Mã không có trong danh mục",
    "Cột “{column}”: mã “{text}” không có trong trang “{sheet}”.",
    "sửa mã hoặc thêm dòng vào trang “{sheet}”.",
    bad="thành viên cụm có mã đơn vị lạ",
    good="mã đã khai ở trang Đơn vị",
)
DATES_REVERSED = Code(
    "KT-307",
    ERROR,
    "Ngày hiệu lực ngược",
    "Ngày bắt đầu {start} sau ngày kết thúc {end}.",
    "sửa lại hai ngày hiệu lực.",
    bad="từ 01/01/2024 đến 31/12/2023",
    good="từ 01/01/2023 đến 31/12/2023",
)
PARAMETER_MISSING = Code(
    "KT-308",
    ERROR,
    "Thiếu tham số",
    "Trang Tham số thiếu “{name}”.",
    "thêm dòng tham số “{name}” theo mẫu danh-muc.xlsx.",
    bad="xoá dòng Kỳ đang làm",
    good="đủ các tham số",
)
PARAMETER_INVALID = Code(
    "KT-309",
    ERROR,
    "Tham số không hợp lệ",
    "Tham số “{name}” ghi “{text}”: {reason}.",
    "sửa giá trị tham số “{name}”.",
    bad="Dung sai làm tròn: một ít",
    good="Dung sai làm tròn: 0,3",
)
UNIT_IN_TWO_CLUSTERS = Code(
    "KT-310",
    ERROR,
    "Một đơn vị ở hai cụm",
    "Đơn vị {unit} khai ở hai cụm {first} và {second} trong kỳ {period}.",
    "giữ đơn vị ở một cụm.",
    bad="một xã vừa ở cụm 1 vừa ở cụm 2",
    good="mỗi đơn vị một cụm",
)
ALIAS_CONFLICT = Code(
    "KT-311",
    ERROR,
    "Tên trùng giữa hai đơn vị",
    "Tên “{text}” chỉ cả {first} và {second}.",
    "ghi tên đủ phân biệt, hoặc bỏ tên gọi khác bị trùng.",
    bad="“Tân Bình” chỉ cả xã và trường",
    good="“Trường Tiểu học Tân Bình”",
)
SAMPLE_DATA = Code(
    "KT-312",
    WARNING,
    "Đang dùng số liệu ví dụ",
    "Danh mục còn {count} dòng ghi “ví dụ” ({sheets}); kết quả chỉ để làm quen.",
    "thay bằng quyết định về cụm, tiêu chí, đơn vị của địa phương trong danh-muc.xlsx.",
    bad="danh mục tiêu chí ghi “ví dụ”",
    good="danh mục tiêu chí theo quyết định của huyện",
)
