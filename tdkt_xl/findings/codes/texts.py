"""KT-24x: how the letters of a cell were typed."""

from tdkt_xl.findings.code import NOTE, WARNING, Code

TCVN3_TEXT = Code(
    "KT-240",
    WARNING,
    "Chữ gõ bằng bảng mã TCVN3 (ABC)",
    "“{text}” gõ bằng bảng mã TCVN3 ({reason}). Có phải “{meant}”? Ô đã được đọc theo cách này.",
    "chuyển ô sang Unicode, phông Times New Roman; Sửa an toàn làm giúp trên một bản sao.",
    bad="“X· Phó Lý”, phông .VnTime",
    good="“Xã Phú Lý”, phông Times New Roman",
    fixable=True,
)
VNI_TEXT = Code(
    "KT-241",
    WARNING,
    "Chữ gõ bằng bảng mã VNI",
    "“{text}” gõ bằng bảng mã VNI ({reason}). Có phải “{meant}”? Ô đã được đọc theo cách này.",
    "chuyển ô sang Unicode, phông Times New Roman; Sửa an toàn làm giúp trên một bản sao.",
    bad="“Xaõ Phuù Lyù”, phông VNI-Times",
    good="“Xã Phú Lý”, phông Times New Roman",
    fixable=True,
)
MISREAD_TEXT = Code(
    "KT-242",
    WARNING,
    "Chữ bị mở sai bảng mã",
    "“{text}” là chữ Unicode bị mở sai bảng mã. Có phải “{meant}”? Ô đã được đọc theo cách này.",
    "gõ lại nội dung ô; Sửa an toàn làm giúp trên một bản sao.",
    bad="“XÃ£ Phú Lý”",
    good="“Xã Phú Lý”",
    fixable=True,
)
LOST_LETTERS = Code(
    "KT-243",
    WARNING,
    "Chữ đã bị mất",
    "“{text}” có ký tự �: chữ ở chỗ đó đã mất khi chuyển tệp, không thể đoán lại.",
    "gõ lại nội dung ô theo bản giấy hoặc tệp gốc.",
    bad="“X� Phú Lý”",
    good="“Xã Phú Lý”",
)
NAME_WITHOUT_MARKS = Code(
    "KT-244",
    WARNING,
    "Tên đơn vị gõ không dấu",
    "“{text}” gõ không dấu. Có phải “{meant}”? Đơn vị được nhận ra theo mã.",
    "ghi tên chính thức “{meant}”.",
    bad="Xa Phu Ly",
    good="Xã Phú Lý",
    fixable=True,
)
LOOK_ALIKE_LETTERS = Code(
    "KT-245",
    WARNING,
    "Chữ trông giống nhưng khác mã",
    "“{text}” có chữ trông giống mà khác mã ({letters}). Có phải “{meant}”? Ô đã được so khớp theo cách này.",
    "gõ lại các chữ đó; Sửa an toàn làm giúp trên một bản sao.",
    bad="“Ðồng Nai” với chữ Ð của tiếng Iceland",
    good="“Đồng Nai”",
    fixable=True,
)
STRAY_CHARACTERS = Code(
    "KT-246",
    NOTE,
    "Ký tự thừa trong ô",
    "“{text}” có {reason}; đã so khớp sau khi bỏ phần thừa.",
    "không bắt buộc sửa; Sửa an toàn bỏ phần thừa trên một bản sao.",
    bad="“Xã Phú Lý ” có khoảng trắng ở cuối",
    good="“Xã Phú Lý”",
    fixable=True,
)
MANY_OLD_TEXTS = Code(
    "KT-247",
    WARNING,
    "Nhiều ô cần chuyển mã chữ",
    "{count} ô của trang: {kind} ({cells}). Ví dụ “{text}”, có phải “{meant}”? Các ô đã được đọc theo cách "
    "này.",
    "xem mã {code}; Sửa an toàn liệt kê từng ô và sửa giúp trên một bản sao.",
    bad="cả trang gõ bằng phông .VnTime",
    good="cả trang gõ bằng Unicode",
)
MANY_LOOSE_TEXTS = Code(
    "KT-248",
    NOTE,
    "Nhiều ô có chữ tổ hợp, ký tự thừa",
    "{count} ô của trang: {kind} ({cells}), ví dụ “{text}”; đã so khớp đúng.",
    "không bắt buộc sửa, xem mã {code}; Sửa an toàn liệt kê từng ô và sửa giúp trên một bản sao.",
    bad="cả cột tên có khoảng trắng ở cuối",
    good="tên không có phần thừa",
)
DOUBTFUL_TEXT = Code(
    "KT-249",
    WARNING,
    "Chữ đọc được hai cách",
    "“{text}” có thể gõ bằng bảng mã {encoding} ({reason}). Có phải “{meant}”? Chưa rõ nên đọc như đã gõ.",
    "gõ lại ô bằng Unicode, phông Times New Roman.",
    bad="“Phó Lý”, phông .VnTime, không có ô nào khác để so",
    good="“Phú Lý”, phông Times New Roman",
)
