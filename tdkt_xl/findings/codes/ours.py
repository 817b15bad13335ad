"""KT-9xx: our own faults."""

from tdkt_xl.findings.code import ERROR, Code

UNEXPECTED_CHECK_RESULT = Code(
    "KT-901",
    ERROR,
    "Bộ kiểm tra trả kết quả lạ",
    "Bộ kiểm tra cột “{column}” trả kết quả không lường trước ({reason}).",
    "gửi tệp này cho nhóm phát triển; các kiểm tra khác vẫn có giá trị.",
    bad="(lỗi phần mềm)",
    good="(không áp dụng)",
)
INTERNAL = Code(
    "KT-999",
    ERROR,
    "Lỗi phần mềm",
    "Phần mềm gặp lỗi chưa lường trước ({kind}). Tệp nhận được không bị thay đổi.",
    "gửi tệp nhật ký {log} cho nhóm phát triển.",
    bad="(lỗi phần mềm)",
    good="(không áp dụng)",
)
