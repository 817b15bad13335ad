"""The part of ``cot-du-lieu.md`` on the tables of a large round, from the tables themselves."""

from collections.abc import Iterator, Mapping, Sequence

from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers import score_parts
from tdkt_xl.writers.score_parts import COLUMNS, POINTS, TEXT, WHOLE

_LISTED = {
    score_parts.SCORES: ("Điểm từng tiêu chí", ("scores",)),
    score_parts.RANKING: ("Tổng điểm, thứ hạng từng đơn vị", ("ranking",)),
    score_parts.PROPOSALS: ("Đề nghị tập thể, cá nhân", ("collectives", "individuals")),
    score_parts.CHANGES: ("So với kỳ trước (khi có `--last-round`)", ("changes",)),
    score_parts.FINDINGS: ("Kết quả kiểm tra", ("findings",)),
    score_parts.DECISIONS: ("Câu hỏi và quyết định", ("decisions",)),
    score_parts.SOURCES: ("Các tệp đã đọc", ("sources",)),
}
"""Table → what it holds, and the sheets of a small result that show the same."""
_OWN_WORDS = {
    "cell": "Ô nguồn",
    "decided": "Theo quyết định",
    "kind": "Tập thể hay cá nhân",
    "number": "Thứ tự trong sổ",
    "period": "Kỳ",
    "unit_typed": "Đơn vị như đã ghi",
    "key": "Số nhận ra đề nghị trùng",
}
_TYPES = {TEXT: "chữ", POINTS: "số thập phân đúng 15 chữ số", WHOLE: "số nguyên"}
_INTRODUCTION = (
    "Trên 400 tệp, `tdkt consolidate` ghi mỗi bảng vào một thư mục cùng tên cạnh `tong-hop-lon.xlsx`, chia\n"
    "thành các tệp `phan-00001.parquet`, `phan-00002.parquet` …; trang Tệp dữ liệu của sổ ghi mã SHA-256.\n"
    "Đồng hạng, theo quyết định: 1 là có, 0 là không."
)


def table_parts() -> Iterator[str]:
    """Yield the Markdown paragraphs on the tables, each with its columns."""
    yield "## Các bảng của quy mô lớn (parquet)"
    yield _INTRODUCTION
    for table, (title, sheets) in _LISTED.items():
        words = _words(sheets)
        lines = [f"| {words[name]} | `{name}` | {_TYPES[kind]} |" for name, kind in COLUMNS[table].items()]
        yield f"### Bảng `{table}` · {title}"
        yield "\n".join(["| Tên cột | Trường | Kiểu |", "| --- | --- | --- |", *lines])


def _words(sheets: Sequence[str]) -> Mapping[str, str]:
    """Field → its heading in the sheets, or a word of its own."""
    headings = {
        column.field: column.heading
        for sheet in sheets
        for column in load_layout("tong-hop-huyen").sheet(sheet).columns
    }
    return _OWN_WORDS | headings
