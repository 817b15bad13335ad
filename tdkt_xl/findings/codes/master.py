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
    fixable=True,
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
    "sửa lại ngày bắt đầu hoặc ngày kết thúc.",
    bad="từ 01/01/2024 đến 31/12/2023",
    good="từ 01/01/2023 đến 31/12/2023",
)
PARAMETER_MISSING = Code(
    "KT-308",
    ERROR,
    "Thiếu tham số",
    "Trang Tham số thiếu “{name}”.",
    "ghi giá trị “{name}” ở trang Tham số của danh-muc.xlsx; chưa có dòng này thì thêm theo mẫu.",
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
NAME_NOT_OF_CODE = Code(
    "KT-313",
    WARNING,
    "Tên đơn vị khác danh mục",
    "Mã {code} là {expected}; tên ghi “{text}” không có trong danh mục. Đơn vị được nhận theo mã.",
    "ghi đúng tên “{expected}”; nếu mã sai, ghi lại đúng mã.",
    bad="mã X-26197 với tên Xã Bình Hào",
    good="mã X-26197 với tên Xã Bình Hòa",
)
CODE_NOT_IN_MASTER = Code(
    "KT-314",
    WARNING,
    "Mã đơn vị không có trong danh mục",
    "Mã “{text}” không có trong danh mục đơn vị; đơn vị được nhận theo tên {unit}.",
    "ghi đúng mã {expected}; nếu tên sai, ghi lại đúng tên.",
    bad="mã X-26198, tên Xã Bình Hòa",
    good="mã X-26197, tên Xã Bình Hòa",
)
UNIT_WITHOUT_CLUSTER = Code(
    "KT-315",
    WARNING,
    "Đơn vị chưa vào cụm nào",
    "Đơn vị {unit} còn hiệu lực nhưng không thuộc cụm nào của kỳ đang làm.",
    "thêm đơn vị vào trang Thành viên, hoặc ghi ngày hết hiệu lực ở trang Đơn vị.",
    bad="đơn vị mới thành lập chưa được xếp cụm",
    good="mỗi đơn vị thuộc một cụm",
)
UNKNOWN_SUBJECT = Code(
    "KT-325",
    ERROR,
    "Mã cá nhân, tập thể chưa khai",
    "Cột “{column}”: mã “{text}” không có ở trang Cá nhân, trang Tập thể, hộ.{suggestion}",
    "sửa mã, hoặc khai cá nhân, tập thể đó trước.",
    bad="dòng khen thưởng ghi mã CN-999 chưa khai",
    good="mã đã khai ở trang Cá nhân",
)
NAME_OF_ANOTHER = Code(
    "KT-326",
    ERROR,
    "Tên không khớp mã",
    "Dòng ghi “{text}” nhưng mã {code} là của {name}.",
    "ghi đúng mã của người này, hoặc sửa tên.",
    bad="mã của ông An, tên của bà Bình",
    good="mã và tên cùng một người",
)
HOMONYM = Code(
    "KT-327",
    NOTE,
    "Trùng tên, khác người",
    "“{name}” có ở hai mã: {first} và {second}.",
    "không cần sửa nếu là hai người; khi đề nghị, ghi mã sau tên: {name} ({code}).",
    bad="hai giáo viên cùng tên, không phân biệt",
    good="đề nghị ghi “Lê Văn Nam (CN-0012)”",
)
NEAR_NAME = Code(
    "KT-328",
    WARNING,
    "Hai tên gần giống nhau",
    "“{name}” gần giống “{text}” (ô {other}): {reason}.",
    "nếu là một người, ghi thống nhất một tên dưới một mã; nếu là hai người, để nguyên. "
    "Phần mềm không tự gộp.",
    bad="“Nguyễn Thi Hoa” và “Nguyễn Thị Hoa” cùng ngày sinh",
    good="một người một tên, một mã",
)
PERSON_TWICE = Code(
    "KT-329",
    WARNING,
    "Có thể một người hai mã",
    "{name} trùng tên và ngày sinh với mã {first} (ô {other}).",
    "nếu là một người, chuyển các dòng của mã thừa về một mã rồi xoá mã thừa; phần mềm không tự gộp.",
    bad="một người chuyển đơn vị được cấp mã mới",
    good="một người một mã, đổi đơn vị thì sửa dòng",
)
RATED_TWICE = Code(
    "KT-330",
    ERROR,
    "Hai mức xếp loại trong một năm",
    "{name} đã có xếp loại năm {year} ở ô {other}.",
    "giữ một dòng đúng với quyết định đánh giá; nếu chuyển đơn vị, giữ đánh giá của cả năm.",
    bad="năm 2022 vừa HTTNV vừa HTXSNV",
    good="mỗi năm một mức",
)
AWARD_WITHOUT_RATING = Code(
    "KT-331",
    WARNING,
    "Có danh hiệu nhưng thiếu xếp loại năm đó",
    "{name} đạt {award} năm {year} nhưng trang Xếp loại không có năm {year}.",
    "bổ sung xếp loại năm {year}, hoặc kiểm tra lại năm của danh hiệu.",
    bad="CSTĐCS 2021 không có xếp loại 2021",
    good="CSTĐCS 2021, xếp loại 2021 HTTNV",
)
AWARD_AGAINST_HISTORY = Code(
    "KT-332",
    ERROR,
    "Hồ sơ mâu thuẫn với danh hiệu đã nhận",
    "{name} được tặng {award} năm {year}, nhưng theo hồ sơ: {reasons}.",
    "kiểm tra lại quyết định, xếp loại và các danh hiệu trước đó; sửa dòng ghi sai.",
    bad="LĐTT 2022, xếp loại 2022 HTNV",
    good="LĐTT 2022, xếp loại 2022 HTTNV",
)
TWO_UNITS = Code(
    "KT-334",
    ERROR,
    "Một người ở hai đơn vị cùng lúc",
    "{name} làm việc ở {first} và ở {second} (ô {other}) trong cùng thời gian.",
    "ghi ngày kết thúc ở đơn vị trước; nếu biệt phái, giữ một đơn vị quản lý.",
    bad="CQ-08 đến nay và CQ-09 từ 01/3/2023",
    good="CQ-08 đến 28/02/2023, CQ-09 từ 01/3/2023",
)
UNIT_DIFFERS = Code(
    "KT-335",
    WARNING,
    "Đơn vị hiện nay không khớp",
    "{name}: trang Cá nhân ghi {first}, thời gian công tác gần nhất (ô {other}) ở {second}.",
    "cập nhật đơn vị ở trang Cá nhân, hoặc thêm dòng chuyển công tác.",
    bad="đã chuyển đi nhưng trang Cá nhân chưa sửa",
    good="hai trang cùng một đơn vị",
)
AWARD_DID_NOT_EXIST = Code(
    "KT-336",
    ERROR,
    "Danh hiệu không có vào ngày quyết định",
    "Ngày {day} chưa có hoặc không còn {award}.",
    "kiểm tra lại ngày quyết định và tên danh hiệu lúc đó.",
    bad="quyết định trước ngày luật đặt ra danh hiệu",
    good="quyết định sau ngày luật đặt ra danh hiệu",
)
WORK_DIFFERS = Code(
    "KT-337",
    ERROR,
    "Các dòng của một sáng kiến khác nhau",
    "Sáng kiến {work}: cột “{column}” khác dòng đầu của sáng kiến này (ô {other}).",
    "ghi cùng tên, loại, phạm vi, năm, quyết định cho mọi tác giả; sáng kiến khác thì dùng mã khác.",
    bad="hai tác giả, hai phạm vi ảnh hưởng",
    good="mọi dòng của một sáng kiến như nhau",
)
USED_WITHOUT_AWARD = Code(
    "KT-338",
    WARNING,
    "Sáng kiến ghi đã dùng nhưng không có danh hiệu",
    "{name}: sáng kiến ghi đã dùng để xét {award} năm {year}, hồ sơ không có danh hiệu này.",
    "bổ sung danh hiệu vào trang Khen thưởng, hoặc bỏ phần đã dùng nếu không được công nhận.",
    bad="đã dùng CSTĐCS 2022, năm 2022 chỉ có LĐTT",
    good="đã dùng CSTĐCS 2022, có CSTĐCS 2022",
)
AUTHOR_TWICE = Code(
    "KT-339",
    ERROR,
    "Một tác giả ghi hai lần",
    "{name} đã là tác giả của sáng kiến {work} ở ô {other}.",
    "giữ một dòng cho mỗi tác giả.",
    bad="một người hai dòng trong một sáng kiến",
    good="mỗi tác giả một dòng",
)
AWARD_TWICE = Code(
    "KT-341",
    ERROR,
    "Một danh hiệu ghi hai lần",
    "{name} đã có {award} năm {year} ở ô {other}.",
    "giữ một dòng; nếu là hai thành tích khác nhau, ghi rõ loại hình và thành tích từ năm, đến năm.",
    bad="hai dòng CSTĐCS 2022",
    good="một dòng CSTĐCS 2022",
)
RATING_GAP = Code(
    "KT-342",
    WARNING,
    "Thiếu xếp loại của năm đã ghi đủ",
    "{name}: hồ sơ ghi đủ các năm {since}-{end} nhưng không có xếp loại năm {years}.",
    "bổ sung xếp loại các năm này, hoặc sửa cột “Hồ sơ đủ từ năm”, “Hồ sơ đủ đến năm”.",
    bad="có 2020 và 2022, thiếu 2021",
    good="đủ 2020, 2021, 2022",
)
CANNOT_REWRITE = Code(
    "KT-344",
    ERROR,
    "Sổ có phần phần mềm không ghi lại được",
    "Sổ {parts}; ghi phiên bản mới sẽ làm mất phần này nên phần mềm dừng.",
    "chuyển phần này sang sổ khác; sổ hồ sơ chỉ giữ các trang, cột của mẫu, không công thức.",
    bad="thêm trang Theo dõi riêng vào sổ hồ sơ",
    good="sổ hồ sơ đúng mẫu",
)
IMPORT_DIFFERS = Code(
    "KT-346",
    WARNING,
    "Danh sách khác hồ sơ đang có",
    "{name} · {column}: danh sách ghi “{text}”, hồ sơ ghi “{current}” (ô {other}).",
    "đối chiếu văn bản; nếu danh sách đúng, sửa trong sổ hồ sơ hoặc nhập lại với --update.",
    bad="danh sách ghi HTXSNV, hồ sơ ghi HTTNV",
    good="hai nơi cùng một mức",
)
IMPORT_AMBIGUOUS = Code(
    "KT-347",
    ERROR,
    "Chưa rõ là người nào",
    "“{name}” ở {unit} có {count} mã: {codes}; dòng này chưa được nhập.",
    "ghi mã đúng vào cột mã của dòng này rồi nhập lại.",
    bad="chỉ ghi tên, đơn vị có hai người cùng tên",
    good="ghi cả mã cá nhân",
)
IMPORT_UNKNOWN = Code(
    "KT-348",
    ERROR,
    "Người trong danh sách chưa có hồ sơ",
    "“{name}” chưa có ở trang Cá nhân, Tập thể của sổ hồ sơ hoặc của danh sách; dòng này chưa được nhập.",
    "thêm người này vào trang Cá nhân của danh sách rồi nhập lại.",
    bad="chỉ có dòng xếp loại của người mới",
    good="có dòng ở trang Cá nhân, rồi dòng xếp loại",
)
SAMPLE_PEOPLE = Code(
    "KT-349",
    WARNING,
    "Sổ hồ sơ đang dùng số liệu ví dụ",
    "Sổ hồ sơ còn {count} dòng ghi “ví dụ” ({sheets}); kết quả chỉ để làm quen.",
    "xoá các dòng ví dụ, nhập hồ sơ thật của địa phương.",
    bad="hồ sơ của nhân vật hư cấu",
    good="hồ sơ nhập từ danh sách của đơn vị",
)
