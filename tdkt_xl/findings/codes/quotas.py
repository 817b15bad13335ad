"""KT-7xx: how many may be proposed, and what the rewards cost."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

QUOTA_EXCEEDED = Code(
    "KT-701",
    ERROR,
    "Vượt tỷ lệ",
    "{unit} đề nghị {count} {award}, vượt mức {limit} ({percent}% của {base} {base_award}).",
    "bình xét lại để còn không quá {limit}; phần mềm không tự chọn ai bị bớt.",
    bad="4 CSTĐCS khi có 20 LĐTT",
    good="3 CSTĐCS khi có 20 LĐTT",
)
QUOTA_NEEDS_RULE = Code(
    "KT-702",
    WARNING,
    "Tỷ lệ cần quy định làm tròn của tỉnh",
    "{unit} đề nghị {count} {award}; {percent}% của {base} {base_award} là {exact}, quy định trung ương "
    "không nói cách làm tròn.",
    "nhập “Làm tròn tỷ lệ” của tỉnh ở trang Quy định của tỉnh của danh-muc.xlsx.",
    bad="3 CSTĐCS khi 15% là 2,85",
    good="2 CSTĐCS khi 15% là 2,85",
)
REWARD_UNKNOWN = Code(
    "KT-715",
    WARNING,
    "Chưa tính được tiền thưởng",
    "{award} cho {kind} ({count} đề nghị): {reason}.",
    "tìm văn bản quy định mức thưởng; có thì {expected}.",
    bad="tự lấy mức của năm trước cho hộ gia đình",
    good="hệ số theo quyết định đã nhập",
)
REWARD_ROUNDED = Code(
    "KT-716",
    NOTE,
    "Các cách làm tròn cho kết quả khác nhau",
    "{award} cho {kind}: {exact} đồng, đang tính {value}; {text}.",
    "nếu cơ quan tài chính dùng cách khác, chọn ở “Làm tròn tiền thưởng”, trang Quy định của tỉnh.",
    bad="223.500 ghi 220.000 không nói vì sao",
    good="223.500 làm tròn lên 230.000 theo NĐ 91/2017, Điều 68 khoản 2",
)
FUND_EXCEEDED = Code(
    "KT-717",
    WARNING,
    "Vượt quỹ thi đua, khen thưởng",
    "Tiền thưởng {text} chi {total} đồng, quỹ {limit} đồng, thiếu {difference} đồng.",
    "bổ sung quỹ, hoặc bình xét lại trước khi trình.",
    bad="trình khi quỹ không đủ",
    good="dự toán trong quỹ",
)
PAID_ONCE = Code(
    "KT-719",
    NOTE,
    "Chỉ tính mức tiền thưởng cao nhất",
    "{subject} · {award}: {reason}; không tính {value} đồng.",
    "nếu là hai thành tích khác nhau, ghi rõ trong biên bản và sửa dự toán.",
    bad="một năm công tác nhận cả tiền LĐTT và CSTĐCS",
    good="chỉ nhận tiền CSTĐCS",
)
REWARD_UNCONFIRMED = Code(
    "KT-720",
    WARNING,
    "Mức tiền thưởng chưa có nguồn xác nhận",
    "{award} cho {kind}: hệ số {value} ghi theo {text}, chưa đối chiếu được với văn bản gốc.",
    "đối chiếu văn bản gốc rồi nhập “Áp dụng” cho mã {code} ở trang Quy định của tỉnh của danh-muc.xlsx.",
    bad="chi theo hệ số nhớ lại",
    good="chi theo hệ số đã đối chiếu",
)
QUOTA_UNKNOWN = Code(
    "KT-721",
    WARNING,
    "Chưa có tỷ lệ",
    "{units} đơn vị đề nghị {count} {award}; chưa nhập {name} ({text}).",
    "nhập tỷ lệ của tỉnh ở trang Quy định của tỉnh của danh-muc.xlsx rồi xét lại.",
    bad="năm 2024 dùng tỷ lệ 15% của quy định cũ",
    good="tỷ lệ theo quyết định của tỉnh",
)
LIMIT_EXCEEDED = Code(
    "KT-725",
    ERROR,
    "Vượt số lượng",
    "{unit} đề nghị {count} {award}, vượt số lượng {limit} theo {text}.",
    "bình xét lại để còn không quá {limit}; phần mềm không tự chọn ai bị bớt.",
    bad="2 Cờ thi đua tỉnh ở một cụm được 1",
    good="1 Cờ thi đua tỉnh ở một cụm được 1",
)
QUOTA_EXEMPT = Code(
    "KT-726",
    NOTE,
    "Không tính tỷ lệ, số lượng",
    "{count} đề nghị {award} của {units} không tính tỷ lệ, số lượng theo {text}.",
    "không cần sửa; nếu không phải, xoá dòng miễn ở trang Quy định của tỉnh của danh-muc.xlsx.",
    bad="miễn mà không ghi văn bản",
    good="miễn theo quyết định của tỉnh",
)
QUOTA_LINE = Code(
    "KT-749",
    NOTE,
    "Cần bình xét ở vạch tỷ lệ",
    "{unit} · {award}: được {limit}, đề nghị {count}. Xếp theo mức xếp loại: trên vạch: {inside}; "
    "ngang nhau ở vạch: {tied}; dưới vạch: {outside}.",
    "hội đồng chọn trong số người ngang nhau ở vạch, ghi biên bản; phần mềm không chọn thay.",
    bad="tự cắt theo thứ tự danh sách",
    good="biên bản bình xét chọn người",
)
