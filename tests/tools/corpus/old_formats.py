"""Two faulty books and one odd one, for which the same findings are wanted in the older formats.

``tests/workbooks/old_formats`` holds them as .xls and .ods. They were saved by LibreOffice 7.4 from what
``python -m tests.tools.corpus.old_formats FOLDER`` writes, with ``soffice --headless --convert-to xls`` (and
``ods``); it never writes the same bytes twice, so these files are kept as they came out.
"""

import sys
from pathlib import Path

from tdkt_xl.tables.grid import SheetState
from tdkt_xl.vietnamese.legacy import Encoding
from tests.tools.corpus.case import bytes_of, cluster, on, put, unit
from tests.tools.forms import BookDraft
from tests.tools.grids import Draft
from tests.tools.legacy_text import typed

_DIVIDED = (14, 6)


def books() -> dict[str, BookDraft]:
    """The books by name, as drafts."""
    sheet = unit(put("An Bình", F13=6, F15=None, F17="7,5", F19="mười", G17=None))
    book = cluster(
        put("An Bình", H11="Cụm chấm", H13=4.6, B14="Y tế đạt chuẩn"),
        put("Tổng hợp", A11=5, E9=18.9, F11=1, G11="Tốt"),
        put("Đề nghị cá nhân", E9="CSTDXX", F9="Tốt lắm"),
    )
    odd = cluster(
        on("An Bình", _hidden_parts),
        on("Bình Hòa", _formulas_and_fonts),
        lambda one: setattr(one["Cẩm Sơn"], "state", SheetState.HIDDEN),
        put("Tổng hợp", E10="16,0"),
        put("Đề nghị cá nhân", D9="Xã  An Bình "),
    )
    return {"phieu-cham-diem": sheet, "so-cum": book, "so-cum-la": odd}


def _hidden_parts(page: Draft) -> None:
    page.hidden_rows.add(14)
    page.hidden_columns.add(7)
    page.page = None


def _formulas_and_fonts(page: Draft) -> None:
    page.protected = False
    page.put_error("F14", "#DIV/0!")
    page.formula_texts[_DIVIDED] = "1/0"
    page.put_formula("H17", "6+0.5", 6.5)
    page.put_formula("H20", "SUM(H20:H20)", -0.5)
    page.put("B14", typed("Đạt chuẩn về y tế", Encoding.TCVN3)).in_font(".VnTime", "B14")


if __name__ == "__main__":
    for name, draft in books().items():
        (Path(sys.argv[1]) / f"{name}.xlsx").write_bytes(bytes_of(draft))
