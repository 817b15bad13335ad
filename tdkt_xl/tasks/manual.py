"""Pages of the manual made from the catalogue of codes and the layouts, so that they cannot drift.

``python -m tdkt_xl.tasks.manual`` rewrites them in ``tdkt_xl/manual``.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType

from tdkt_xl.findings import Code
from tdkt_xl.findings.codes import (
    FAMILIES,
    between_files,
    between_sheets,
    catalogues,
    cells,
    copies,
    files,
    intake,
    machine,
    master,
    nominations,
    ours,
    outputs,
    quotas,
    rows,
    texts,
)
from tdkt_xl.tables.layout import LAYOUT_IDS, Column, SheetLayout, WorkbookLayout, load_layout
from tdkt_xl.tasks.check_table import checks_page
from tdkt_xl.tasks.parameter_words import with_words
from tdkt_xl.tasks.rulebook import rules_page
from tdkt_xl.tasks.table_page import table_parts

MANUAL = Path(__file__).resolve().parent.parent / "manual"


FAMILY_TITLES: Mapping[ModuleType, str] = {
    files: "1xx · Tệp, trang, tên cột, dòng của mẫu",
    intake: "16x · Đọc tệp trong tiến trình riêng, nội dung khó thấy",
    copies: "18x · Sửa, đánh dấu trong bản sao",
    rows: "151 … 159 · Cách đánh số dòng, xếp bảng trong trang",
    cells: "2xx · Từng ô, từng dòng",
    texts: "24x · Bảng mã, mặt chữ của ô",
    master: "3xx · So với danh mục dùng chung",
    between_sheets: "4xx · Giữa các trang trong một sổ",
    between_files: "5xx · Giữa các tệp, các cụm",
    catalogues: "6xx · Danh mục tiêu chí, gói quy tắc",
    nominations: "7xx · Đề nghị khen thưởng",
    quotas: "7xx · Tỷ lệ, số lượng, tiền thưởng",
    machine: "8xx · Đường dẫn, tệp kết quả, lệnh",
    outputs: "84x, 85x · Tệp kết quả và hồ sơ chạy",
    ours: "9xx · Lỗi của phần mềm",
}

TYPE_WORDS: Mapping[str, str] = {
    "text": "chữ",
    "code": "mã (chữ)",
    "score": "điểm",
    "number": "số",
    "integer": "số nguyên",
    "money": "tiền (đồng)",
    "date": "ngày",
    "flag": "có/không",
    "award": "danh hiệu",
}

_GENERATED = "<!-- Trang này do phần mềm lập: python -m tdkt_xl.tasks.manual. Không sửa tay. -->"

_CODES_INTRODUCTION = """# Mã trong bảng kết quả

Mỗi vấn đề phần mềm nêu ra có một mã cố định. Chữ trong dấu « » được thay bằng số liệu của tệp.

- **Lỗi**: phải sửa trước khi trình; mã 8xx thì lệnh dừng lại.
- **Cảnh báo**: cần xem lại.
- **Ghi chú**: để biết, không bắt buộc sửa.

Xem một mã ngay trên máy, không cần mạng: `tdkt explain KT-201`."""

_COLUMNS_INTRODUCTION = """# Cột dữ liệu của các mẫu chuẩn

Phần mềm tìm cột theo tên cột hoặc tên gọi khác ghi dưới đây, không theo vị trí; không phân biệt chữ hoa,
chữ thường và cách đặt dấu (hòa = hoà).

- **Cột phải có**: thiếu cột thì báo lỗi KT-115.
- **Ô phải ghi**: ô trống ở dòng có số liệu là thiếu nội dung.
- **Không trùng**: mỗi giá trị chỉ ghi một lần trong cột."""


def codes_page() -> str:
    """The page ``ma-loi.md``: every code with its sentence, repair and examples, family by family."""
    parts = [_GENERATED, _CODES_INTRODUCTION]
    for family in FAMILIES:
        codes = sorted(
            (value for value in vars(family).values() if isinstance(value, Code)), key=lambda code: code.id
        )
        parts += [f"## {FAMILY_TITLES[family]}", *map(_code_section, codes)]
    return _page(parts)


def _code_section(code: Code) -> str:
    return "\n".join(
        (
            f"### {code.id} · {code.title}",
            "",
            f"- Mức: {code.severity.label.lower()}",
            f"- Câu báo: {with_words(code.message)}",
            f"- Cách sửa: {with_words(code.fix)}",
            f"- Chưa đúng: {code.bad}",
            f"- Đúng: {code.good}",
        )
    )


def columns_page() -> str:
    """The page ``cot-du-lieu.md``: every sheet and column of the standard workbooks, and of large tables."""
    parts = [_GENERATED, _COLUMNS_INTRODUCTION]
    told: dict[str, str] = {}
    for layout in map(load_layout, LAYOUT_IDS):
        parts.append(f"## {layout.title} (`{layout.file_name}`)")
        for sheet in layout.sheets:
            parts.append(_sheet_heading(sheet))
            if sheet.form in told:
                parts.append(f"Giống trang {sheet.form} của `{told[sheet.form]}` ở trên.")
            else:
                parts += _sheet_parts(sheet, layout)
                told[sheet.form] = layout.file_name
    return _page([*parts, *table_parts()])


def _sheet_heading(sheet: SheetLayout) -> str:
    return f"### {sheet.form} · Trang “{sheet.name}” (phiên bản {sheet.version})"


def _sheet_parts(sheet: SheetLayout, layout: WorkbookLayout) -> list[str]:
    parts = []
    if sheet.identity:
        lines = [
            f"- {item.label} (`{item.field}`, {'phải ghi' if item.required else 'không bắt buộc'})"
            f"{_or_also(item.synonyms)}"
            for item in sheet.identity
        ]
        parts += ["Thông tin ghi ở đầu trang, cạnh nhãn:", "\n".join(lines)]
    heads = ("Tên cột", "Trường", "Kiểu", "Yêu cầu", "Giá trị cho phép", "Tên gọi khác", "Hướng dẫn")
    rows = [heads, ("---",) * len(heads), *(_column_row(column, layout) for column in sheet.columns)]
    return [*parts, "\n".join(f"| {' | '.join(_escaped(row))} |" for row in rows)]


def _column_row(column: Column, layout: WorkbookLayout) -> tuple[str, ...]:
    demands = {"cột phải có": column.required, "ô phải ghi": column.filled, "không trùng": column.unique}
    return (
        column.heading,
        f"`{column.field}`",
        TYPE_WORDS.get(column.type, column.type),
        ", ".join(words for words, wanted in demands.items() if wanted),
        "; ".join(layout.choices[column.choices]) if column.choices else "",
        "; ".join(column.synonyms),
        column.help,
    )


def _or_also(synonyms: Iterable[str]) -> str:
    words = "; ".join(synonyms)
    return f"; cũng nhận: {words}" if words else ""


def _escaped(cells: Iterable[str]) -> list[str]:
    return [cell.replace("|", "\\|") for cell in cells]


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "ma-loi.md": codes_page,
    "cot-du-lieu.md": columns_page,
    "quy-tac.md": lambda: rules_page(_GENERATED),
    "danh-muc-kiem-tra.md": lambda: checks_page(_GENERATED),
}
"""File name → function that makes the page."""


def write_pages(folder: Path = MANUAL) -> list[Path]:
    """Write the generated pages into a folder and return their paths."""
    paths = []
    for name, make in PAGES.items():
        path = folder / name
        path.write_text(make(), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


if __name__ == "__main__":
    write_pages()
