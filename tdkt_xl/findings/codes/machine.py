"""KT-8xx: folders, outputs and the machine; these stop the command (exit code 2)."""

from tdkt_xl.findings.code import ERROR, NOTE, WARNING, Code

PATH_MISSING = Code(
    "KT-801",
    ERROR,
    "Không có tệp hoặc thư mục",
    "Không tìm thấy “{path}”.",
    "kiểm tra lại đường dẫn; khi gõ lệnh, đặt đường dẫn có dấu cách trong dấu ngoặc kép.",
    bad="tdkt validate D:\\Cum thi dua",
    good='tdkt validate "D:\\Cum thi dua"',
)
OUTPUT_LOCKED = Code(
    "KT-802",
    WARNING,
    "Tệp kết quả đang mở",
    "“{path}” đang mở hoặc bị khoá; kết quả mới lưu ở “{saved}”.",
    "đóng tệp cũ trong Excel; dùng tệp mới.",
    bad="đang mở ket-qua-kiem-tra.xlsx khi chạy",
    good="đóng tệp kết quả trước khi chạy",
)
CANNOT_WRITE = Code(
    "KT-803",
    ERROR,
    "Không ghi được kết quả",
    "Không ghi được vào “{path}”: {reason}. Tệp cũ, nếu có, vẫn nguyên vẹn.",
    "chọn thư mục khác để ghi kết quả, hoặc giải phóng ổ đĩa, rồi làm lại.",
    bad="ổ đĩa đầy",
    good="thư mục ghi được, còn chỗ trống",
)
NOT_A_FOLDER = Code(
    "KT-804",
    ERROR,
    "Không phải thư mục",
    "“{path}” là tệp, lệnh này cần một thư mục.",
    "chỉ thư mục chứa các sổ đã nhận.",
    bad="tdkt consolidate cum-01.xlsx",
    good="tdkt consolidate thu-muc-so-cum",
)
MASTER_UNUSABLE = Code(
    "KT-805",
    ERROR,
    "Danh mục dùng chung có lỗi",
    "Danh mục “{path}” có {count} lỗi nên chưa dùng được. Lỗi đầu tiên: {first}",
    "kiểm tra tệp danh mục như một sổ đã nhận để xem hết lỗi, sửa rồi làm lại.",
    bad="danh-muc.xlsx thiếu trang Đơn vị",
    good="danh-muc.xlsx kiểm tra không lỗi",
)
NOT_CONSOLIDATED_BOOK = Code(
    "KT-806",
    ERROR,
    "Không phải sổ tổng hợp huyện",
    "“{path}” không phải sổ tổng hợp huyện do phần mềm lập{reason}.",
    "tổng hợp các cụm trước, rồi chọn tệp tong-hop-huyen.xlsx vừa lập.",
    bad="tdkt nominate cum-01.xlsx",
    good="tdkt nominate ket-qua/tong-hop-huyen.xlsx",
)
UNKNOWN_CODE = Code(
    "KT-807",
    ERROR,
    "Không có mã này",
    "Không có mã “{text}”.{suggestion}",
    "ghi mã như trong bảng kết quả, ví dụ KT-201.",
    bad="tdkt explain KT-999999",
    good="tdkt explain KT-201",
)
BAD_DAY = Code(
    "KT-808",
    ERROR,
    "Ngày không đúng dạng",
    "“{text}” không phải ngày dạng năm-tháng-ngày.",
    "ghi ngày dạng 2023-12-15.",
    bad="--on 15/12/2023",
    good="--on 2023-12-15",
)
DATA_FILE_MISSING = Code(
    "KT-809",
    ERROR,
    "Thiếu tệp đi kèm phần mềm",
    "Bản cài thiếu “{path}”.",
    "cài lại phần mềm từ bản đầy đủ.",
    bad="xoá thư mục workbooks",
    good="bản cài đầy đủ",
)
EXCEL_RUNNING = Code(
    "KT-820",
    ERROR,
    "Excel đang mở",
    "Excel đang mở nên chưa cài hoặc gỡ được thẻ Thi đua.",
    "lưu tệp, đóng hết Excel rồi chạy lại.",
    bad="chạy tdkt install khi còn một tệp Excel đang mở",
    good="đóng hết Excel rồi chạy tdkt install",
)
MACRO_POLICY = Code(
    "KT-821",
    WARNING,
    "Chính sách macro của máy",
    "Máy có thiết lập có thể chặn macro của thẻ Thi đua: {reason}.",
    "nếu thẻ Thi đua không hiện, nhờ người quản trị máy cho phép macro trong thư mục XLSTART; "
    "trong lúc chờ, dùng lệnh tdkt ngoài Excel.",
    bad="VBAWarnings = 4 (tắt mọi macro)",
    good="macro trong thư mục XLSTART được phép chạy",
)
CHILD_PROCESS_BLOCKED = Code(
    "KT-822",
    ERROR,
    "Máy cấm Excel chạy chương trình khác",
    "Chính sách Defender (ASR) cấm Office chạy chương trình khác, nên các nút không gọi được công cụ.",
    "dùng lệnh tdkt ngoài Excel, hoặc nhờ người quản trị máy thêm ngoại lệ cho Excel.",
    bad="quy tắc ASR d4f940ab-401b-4efc-aadc-ad5f3c50688a ở mức chặn",
    good="quy tắc này tắt, hoặc có ngoại lệ cho Excel",
)
PYTHON_PATH_NOT_ASCII = Code(
    "KT-823",
    WARNING,
    "Đường dẫn Python có dấu",
    "Đường dẫn “{path}” có dấu tiếng Việt và ổ đĩa không có tên ngắn 8.3.",
    "nếu nút không chạy được, cài lại vào thư mục không dấu, ví dụ C:\\tdkt.",
    bad="C:\\Người dùng\\tdkt\\python.exe",
    good="C:\\tdkt\\python.exe",
)
ADDIN_OUT_OF_DATE = Code(
    "KT-824",
    ERROR,
    "Thẻ Thi đua chưa cài đúng",
    "Thẻ Thi đua trong Excel chưa dùng được: {reason}.",
    "đóng Excel rồi chạy tdkt install.",
    bad="cập nhật phần mềm mà không chạy lại tdkt install",
    good="chạy tdkt install sau mỗi lần cập nhật",
)
MARK_OF_THE_WEB = Code(
    "KT-825",
    ERROR,
    "Phần bổ trợ mang dấu tải từ mạng",
    "“{path}” mang dấu tải từ mạng nên Excel chặn macro của tệp này.",
    "đóng Excel rồi chạy tdkt install; đừng chép tệp .xlam nhận qua thư điện tử.",
    bad="chép tdkt.xlam từ thư điện tử vào XLSTART",
    good="cài bằng tdkt install",
)
OLD_ADDIN_KEY = Code(
    "KT-826",
    WARNING,
    "Excel còn nạp bản cũ",
    "Excel còn được đặt để nạp “{path}”, thẻ Thi đua hoặc hàm TDKT có thể bị nạp hai lần.",
    "đóng Excel rồi chạy tdkt install để xoá khoá cũ.",
    bad="bản cũ từng được đánh dấu trong hộp thoại Add-ins",
    good="chỉ còn tdkt.xlam trong thư mục XLSTART",
)
NOT_WINDOWS = Code(
    "KT-827",
    ERROR,
    "Không phải Windows",
    "Thẻ Thi đua chỉ cài được trên Windows có Excel; máy này chạy {name}.",
    "trên máy này dùng lệnh tdkt với các tệp.",
    bad="chạy tdkt install trên máy chủ Linux",
    good="chạy tdkt install trên máy Windows có Excel",
)
SIGNATURE_REQUIRED = Code(
    "KT-828",
    ERROR,
    "Máy chỉ nhận add-in có chữ ký số",
    "Chính sách của máy không nhận add-in chưa ký số: {reason}.",
    "nhờ người quản trị máy ký số tdkt.xlam hoặc cho phép; trong lúc chờ, dùng lệnh tdkt ngoài Excel.",
    bad="RequireAddinSig = 1",
    good="không có thiết lập RequireAddinSig",
)
ADDIN_DISABLED = Code(
    "KT-829",
    ERROR,
    "Excel đã tắt phần bổ trợ",
    "Excel đã tự tắt {name} sau một lần treo ({value}).",
    "vào File > Options > Add-ins, ở ô Manage chọn Disabled Items, bấm Go rồi bật lại {name}.",
    bad="tdkt.xlam nằm trong Disabled Items",
    good="Disabled Items không có tdkt.xlam",
)
USER_ONLY_PACKAGE = Code(
    "KT-830",
    ERROR,
    "Phần mềm cài ở chỗ nút không thấy",
    "Phần mềm nằm ở “{path}” (cài bằng pip --user); nút trong Excel không đọc chỗ đó.",
    "cài lại không dùng --user, tốt nhất vào môi trường riêng (venv), rồi chạy tdkt install.",
    bad="pip install --user tdkt-xl",
    good="py -m venv C:\\tdkt rồi C:\\tdkt\\Scripts\\pip install tdkt-xl",
)
BUILD_TOOL_MISSING = Code(
    "KT-831",
    ERROR,
    "Thiếu gói để dựng add-in",
    "Dựng tdkt.xlam cần gói {name}.",
    "cài các gói của người phát triển (pip install -e .[dev]); người dùng chỉ cần chạy tdkt install.",
    bad="chạy tdkt addin build trên máy người dùng",
    good="chạy trong môi trường có các gói dev",
)
FUNCTIONS_OUT_OF_DATE = Code(
    "KT-832",
    WARNING,
    "Hàm trang tính chưa cài đúng",
    "Các hàm TDKT trong Excel chưa dùng được: {reason}.",
    "đóng Excel rồi chạy tdkt install --functions.",
    bad="cập nhật phần mềm mà không cài lại tdkt-ham.xlam",
    good="chạy tdkt install sau mỗi lần cập nhật",
)
FUNCTIONS_DLL_MISSING = Code(
    "KT-833",
    WARNING,
    "Thiếu thư viện của hàm trang tính",
    "Các hàm TDKT cần “{file}” của gói xlwings cạnh Python, ở “{folder}”, nhưng không thấy.",
    "cài lại phần mềm vào môi trường riêng (venv), không dùng --user hay --target, "
    "rồi chạy tdkt install --functions.",
    bad="phần mềm diệt vi-rút đã xoá xlwings64-0.37.8.dll",
    good="xlwings64-0.37.8.dll nằm trong thư mục của môi trường",
)
OUTPUT_AMONG_INPUTS = Code(
    "KT-810",
    WARNING,
    "Kết quả để chung với bài nộp",
    "Kết quả được ghi vào chính thư mục bài nộp “{path}”.",
    "chọn thư mục khác để ghi kết quả, để bài nộp và kết quả không lẫn nhau.",
    bad="tdkt consolidate so-cum --out so-cum",
    good="tdkt consolidate so-cum --out ket-qua",
)
CHANGED_MEANWHILE = Code(
    "KT-811",
    ERROR,
    "Tệp thay đổi trong lúc làm",
    "Tệp đã thay đổi từ lúc được kiểm tra; chưa ghi bản sao nào của tệp này.",
    "lưu và đóng tệp trong Excel rồi chạy lại.",
    bad="đang sửa cum-03.xlsx khi chạy",
    good="đóng tệp trước khi chạy",
)
OUT_NEEDED = Code(
    "KT-812",
    ERROR,
    "Chưa chỉ thư mục ghi",
    "Chưa biết ghi bản sao có đánh dấu vào đâu.",
    "thêm --out và tên thư mục.",
    bad="tdkt validate so-cum --annotate",
    good="tdkt validate so-cum --annotate --out ket-qua",
)
PART_DONE_HERE = Code(
    "KT-860",
    NOTE,
    "Tiến trình phụ dừng giữa chừng",
    "Tiến trình đang làm phần {number} ({count} tệp) dừng đột ngột; phần này đã được làm lại đầy đủ.",
    "không cần làm gì; nếu gặp thường xuyên, giảm số tiến trình bằng --workers.",
    bad="Máy hết bộ nhớ, hệ thống tắt một tiến trình phụ",
    good="Mọi tiến trình chạy đến hết",
)
MASTER_CHANGED = Code(
    "KT-861",
    ERROR,
    "Danh mục thay đổi trong lúc tổng hợp",
    "Danh mục dùng chung “{path}” không còn là bản lúc bắt đầu tổng hợp.",
    "lưu và đóng danh mục trong Excel rồi chạy lại; các máy cùng làm phải dùng chung một bản.",
    bad="Lưu danh-muc.xlsx trong lúc đang tổng hợp",
    good="Danh mục không đổi cho đến khi tổng hợp xong",
)
CLUSTER_PACKAGES_MISSING = Code(
    "KT-862",
    ERROR,
    "Thiếu gói cho tổng hợp quy mô lớn",
    "Máy chưa có gói “{package}”, cần khi tổng hợp trên {count} tệp hoặc trên nhiều máy, "
    "và khi xem kết quả ấy.",
    "máy cần có mạng; mở PowerShell (Windows) hoặc cửa sổ lệnh ở thư mục phần mềm, chạy: "
    '.venv\\Scripts\\python -m pip install ".[cluster]" (máy Linux, macOS: .venv/bin/python), rồi làm lại.',
    bad=".venv\\Scripts\\python -m pip install .",
    good='.venv\\Scripts\\python -m pip install ".[cluster]"',
)
SCHEDULER_UNREACHABLE = Code(
    "KT-863",
    ERROR,
    "Không kết nối được bộ điều phối",
    "Không kết nối được bộ điều phối “{address}”.",
    "kiểm tra địa chỉ (ví dụ tcp://may-chu:8786), mạng và bộ điều phối đã chạy chưa.",
    bad="tdkt consolidate so-tinh --out ket-qua --scheduler tcp://khong-co:8786",
    good="tdkt consolidate so-tinh --out ket-qua --scheduler tcp://may-chu:8786",
)
CHOICE_UNKNOWN = Code(
    "KT-813",
    ERROR,
    "Bản được chọn không có trong các bản chờ chọn",
    "“{text}” không phải một trong các bản đang chờ chọn: {allowed}.",
    "chạy tdkt choose không có --use để xem các bản, rồi ghi đúng tên một bản.",
    bad='tdkt choose so-cum --out ket-qua --use "cum-06 cu.xlsx" (không có tệp này)',
    good='tdkt choose so-cum --out ket-qua --use "cum-06 (sua).xlsx"',
)
DECISIONS_OPEN = Code(
    "KT-814",
    ERROR,
    "Sổ tổng hợp đang mở nên chưa ghi được lựa chọn",
    "“{path}” đang mở hoặc bị khoá; lựa chọn chưa được ghi.",
    "đóng tệp trong Excel rồi chọn lại.",
    bad="đang mở tong-hop-huyen.xlsx khi chọn",
    good="đóng tong-hop-huyen.xlsx trước khi chọn",
)
CHOICE_INCOMPLETE = Code(
    "KT-815",
    ERROR,
    "Lựa chọn ghi chưa đủ",
    "Chọn một bản thì phải ghi người quyết định và căn cứ.",
    "thêm --by và --reason.",
    bad='tdkt choose so-cum --out ket-qua --use "cum-06 (sua).xlsx"',
    good='thêm --by "Nguyễn Thị Mẫu" --reason "cụm trưởng xác nhận qua điện thoại"',
)
OTHER_ANSWERS = Code(
    "KT-865",
    NOTE,
    "Hai sổ có trang “Chờ quyết định”",
    "Các câu trả lời được đọc từ “{file}”; câu trả lời ở “{other}” cùng thư mục không được đọc.",
    "cần dùng các câu trả lời ở sổ kia thì chạy lại với --decisions và tên sổ ấy.",
    bad="tong-hop-huyen.xlsx và tong-hop-lon.xlsx nằm cùng thư mục kết quả",
    good="mỗi đợt tổng hợp một thư mục kết quả",
)
QUESTIONS_NOT_SHOWN = Code(
    "KT-866",
    WARNING,
    "Còn câu hỏi chưa nêu ở trang “Chờ quyết định”",
    "Trang “Chờ quyết định” nêu {shown} dòng; còn {count} câu hỏi chưa nêu.",
    "trả lời các câu đã nêu rồi chạy lại để thấy tiếp, hoặc tổng hợp từng huyện; đủ ở bảng quyet-dinh.",
    bad="tổng hợp 10.000 sổ còn nhiều ô trống",
    good="các huyện chấm đủ trước khi gửi",
)
NOT_IN_LARGE_ROUND = Code(
    "KT-869",
    ERROR,
    "Tuỳ chọn không dùng được khi tổng hợp quy mô lớn",
    "Không dùng “{text}” khi tổng hợp quy mô lớn: {reason}.",
    "bỏ tuỳ chọn ấy, hoặc tổng hợp từng huyện, không dùng --workers, --scheduler.",
    bad="tdkt consolidate so-tinh --out ket-qua --scheduler tcp://may-chu:8786 --password",
    good="tdkt consolidate so-tinh --out ket-qua --workers 2 --password",
)
RESULT_TABLE_CHANGED = Code(
    "KT-870",
    ERROR,
    "Tệp dữ liệu của kết quả không như lúc tổng hợp",
    "“{path}” {reason}, nên không tin được số liệu của kết quả này.",
    "tổng hợp lại vào cùng thư mục; chuyển kết quả đi thì chuyển trọn thư mục.",
    bad="chép riêng tong-hop-lon.xlsx sang máy khác rồi truy nguồn",
    good="chép trọn thư mục kết quả",
)
QUESTION_NOT_LISTED = Code(
    "KT-871",
    ERROR,
    "Sổ quy mô lớn chưa nêu câu hỏi này",
    "Trang “Chờ quyết định” của “{path}” chưa nêu câu hỏi về {unit}; lựa chọn chưa được ghi.",
    "chạy lại tdkt consolidate vào cùng thư mục để sổ nêu câu hỏi ấy, rồi chọn.",
    bad="chọn bản vừa nhận thêm khi tong-hop-lon.xlsx lập từ hôm trước",
    good="tổng hợp lại, rồi chọn",
)
ALREADY_FROZEN = Code(
    "KT-880",
    ERROR,
    "Cụm đã chốt từ trước",
    "{cluster} đã chốt ngày {day} ({who}).",
    "không cần chốt nữa; muốn chốt lại thì mở chốt bằng tdkt unfreeze trước.",
    bad="tdkt freeze C01 hai lần",
    good="mở chốt C01, tổng hợp lại, rồi chốt",
)
NO_BOOK_TO_FREEZE = Code(
    "KT-881",
    ERROR,
    "Không có sổ của cụm cần chốt",
    "Trong thư mục không có sổ của cụm mã “{cluster}”.",
    "ghi mã cụm như ở danh-muc.xlsx, ví dụ C01, hoặc bổ sung sổ của cụm rồi chốt.",
    bad="tdkt freeze C09, không có cụm C09",
    good="tdkt freeze C01",
)
NOT_FROZEN = Code(
    "KT-882",
    ERROR,
    "Cụm chưa chốt",
    "Cụm mã “{cluster}” chưa được chốt nên không có gì để mở.",
    "kiểm tra lại mã cụm và thư mục kết quả.",
    bad="tdkt unfreeze C02 khi chỉ chốt C01",
    good="tdkt unfreeze C01",
)
PACKAGE_MISSING = Code(
    "KT-885",
    ERROR,
    "Phần mềm cài chưa xong",
    "Phần mềm cài chưa xong: Python ở “{path}” thiếu gói {names}. Tệp nhận được không bị thay đổi.",
    "máy cần có mạng; mở PowerShell (Windows) hoặc cửa sổ lệnh, chạy: {command} (xong thì làm lại việc vừa "
    "làm).",
    bad="cập nhật mã nguồn mà không chạy lại lệnh cài",
    good="sau mỗi lần cập nhật chạy lại .venv\\Scripts\\python -m pip install .",
)
DAY_AHEAD = Code(
    "KT-895",
    ERROR,
    "Ngày quyết định ở sau hôm nay",
    "--on ghi {found}, sau hôm nay ({today}); chưa làm gì.",
    "ghi lại đúng ngày quyết định; nếu ngày ấy đúng thì xem lại ngày giờ của máy.",
    bad="tdkt freeze C01 … --on 2042-01-12",
    good="tdkt freeze C01 … --on 2024-01-12",
)
OPENED_TOO_EARLY = Code(
    "KT-896",
    ERROR,
    "Ngày mở chốt trước ngày chốt",
    "{cluster} chốt ngày {day} ({who}) nên không thể mở chốt ngày {found}; cụm vẫn chốt.",
    "ghi lại đúng ngày mở chốt.",
    bad="chốt ngày 12/01/2024, mở chốt ngày 20/01/2023",
    good="mở chốt ngày 20/01/2024",
)
WORD_BLANK = Code(
    "KT-890",
    ERROR,
    "Chưa ghi người hoặc căn cứ",
    "Chốt, mở chốt phải ghi người quyết định và căn cứ; {names} còn trống.",
    'ghi ví dụ --who "Hội đồng TĐ-KT" --why "Biên bản số 05/BB".',
    bad='tdkt freeze C01 … --who " "',
    good='tdkt freeze C01 … --who "Hội đồng TĐ-KT"',
)
NO_SUCH_CLUSTER = Code(
    "KT-892",
    ERROR,
    "Không có cụm này trong kỳ đang làm",
    "Không có cụm “{cluster}” trong kỳ đang làm; đang có: {names}.",
    "ghi mã cụm như trang Cụm thi đua của danh-muc.xlsx; kỳ đang làm ghi ở trang Tham số.",
    bad="tdkt forms C77",
    good="tdkt forms C01",
)
FORM_NOT_MADE = Code(
    "KT-893",
    ERROR,
    "Chưa lập được sổ của cụm",
    "Cụm {cluster}, kỳ {period}: danh mục dùng chung chưa có {items}, chưa lập được sổ.",
    "bổ sung ở trang Cụm thi đua, Thành viên, Danh mục của danh-muc.xlsx rồi chạy lại.",
    bad="cụm C11 chưa có đơn vị nào ở trang Thành viên",
    good="cụm C11 có đủ đơn vị và danh mục tiêu chí",
)
FORM_IS_THERE = Code(
    "KT-894",
    ERROR,
    "Đã có sổ mang tên này",
    "“{path}” đã có và không phải sổ trống do phần mềm lập còn nguyên; tệp được giữ, sổ mới chưa ghi.",
    "chọn thư mục khác bằng --out, hoặc chuyển tệp này đi rồi chạy lại.",
    bad="lập sổ trống vào thư mục sổ cụm đã nhận",
    good="lập sổ trống vào một thư mục mới",
)
