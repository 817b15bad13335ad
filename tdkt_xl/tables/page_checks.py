"""Whether a returned form can be printed and signed as it is: Nghị định 30/2020/NĐ-CP, phụ lục I."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import cells as cell_codes
from tdkt_xl.findings.codes import files as codes
from tdkt_xl.findings.codes import rows
from tdkt_xl.findings.render import say
from tdkt_xl.tables.cells import is_blank
from tdkt_xl.tables.grid import PageSetup
from tdkt_xl.tables.locate import Table
from tdkt_xl.tables.sheet_checks import Body
from tdkt_xl.vietnamese.legacy import legacy_font
from tdkt_xl.vietnamese.numbers import round_half_up
from tdkt_xl.vietnamese.text import fold_tone_placement, plain, tidy

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

_FONT = "times new roman"
_A4 = 9
_PAPERS = {1: "Letter", 3: "Tabloid", 5: "Legal", 7: "Executive", 8: "A3", 11: "A5", 13: "B5", 66: "A2"}
_SIDES = ("trái", "phải", "trên", "dưới")
_PORTRAIT = ((30, 35), (15, 20), (20, 25), (20, 25))
"""Margins in millimetres: left, right, top, bottom."""
_LANDSCAPE = ((15, 35),) * 4
"""A wide table may be printed across; the decree gives no margins for it, a printer needs some."""
_TOLERANCE = 0.5
_MILLIMETRES = 25.4
_ONE_PAGE_ROWS = 40
"""Rows that surely do not fit on one page of a form."""
_DAY = re.compile(r"ngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})", re.IGNORECASE)
_SIGNING = re.compile(r"(K ?/ ?T|T ?/ ?M|T ?/ ?L|T ?/ ?UQ|KT|TM|TL|TUQ)(?: ?[.:/] ?| )(?=[^\W\d_]{2})(.+)")
_LETTERS = re.compile(r"[^a-z]")


def check_page(table: Table) -> list[Finding]:
    """Report what stops a returned form from being printed and signed as it is.

    May report KT-143 … KT-149 and KT-153 on the standard form, KT-234 and KT-235 on any. A page the file says
    nothing about is left to the machine that prints it.
    """
    body = Body(table)
    found = [*_days(table, body), *_signing(table, body)]
    if not table.stamped or table.top > 1:
        return found
    found += [*_nation_and_motto(table), *_signatures(table, body)]
    font = table.grid.main_font
    if font and tidy(font).lower() != _FONT and not legacy_font(font):  # old fonts are told at their cells
        found.append(rows.OTHER_FONT.at(table.grid.place, found=font))
    if table.grid.setup.page is not None:
        found += _paper(table.grid.setup.page, table.grid.place)
        if not table.grid.setup.page.repeated_rows and len(body.rows) > _ONE_PAGE_ROWS:
            found.append(codes.HEADINGS_NOT_REPEATED.at(table.grid.place, count=len(body.rows)))
    return found


def _paper(page: PageSetup, place: Place) -> Iterator[Finding]:
    if page.paper not in {None, _A4}:
        yield codes.PAPER_NOT_A4.at(place, found=_PAPERS.get(page.paper or 0, f"khác (mã {page.paper})"))
    limits = _LANDSCAPE if page.landscape else _PORTRAIT
    outside = [
        f"lề {side} {say(round_half_up(Decimal(str(inches * _MILLIMETRES)), 1))} mm (từ {low} đến {high} mm)"
        for side, inches, (low, high) in zip(_SIDES, page.margins or (), limits, strict=False)
        if not low - _TOLERANCE <= inches * _MILLIMETRES <= high + _TOLERANCE
    ]
    if outside:
        yield codes.MARGINS_OUTSIDE.at(place, text=outside)
    if not page.one_page_wide:
        yield codes.NOT_ONE_PAGE_WIDE.at(place)


def _texts(table: Table, rows: range) -> Iterator[tuple[Place, str]]:
    for row in rows:
        for column, cell in enumerate(table.grid.row(row), start=1):
            if isinstance(cell, str) and not is_blank(cell):
                yield table.grid.place.at(row, column), tidy(cell)


def _around(table: Table, body: Body) -> Iterator[tuple[Place, str]]:
    yield from _texts(table, range(table.top, table.header_row))
    yield from _texts(table, range(body.ending, table.last_row + 1))


def _days(table: Table, body: Body) -> Iterator[Finding]:
    for place, text in _around(table, body):
        match = _DAY.search(text)
        if match is None:
            continue
        month = match[2].zfill(2) if int(match[2]) <= 2 else match[2]
        right = f"ngày {match[1].zfill(2)} tháng {month} năm {match[3]}"
        if match[0].lower() != right:
            yield cell_codes.DAY_WITHOUT_ZERO.at(place, text=match[0], expected=right)


def _signing(table: Table, body: Body) -> Iterator[Finding]:
    for place, text in _texts(table, range(body.ending, table.last_row + 1)):
        match = _SIGNING.fullmatch(text)
        if match is None or match[2] != match[2].upper():
            continue
        right = f"{re.sub('[ /]', '', match[1])}. {match[2].strip()}"
        if text != right:
            yield cell_codes.SIGNING_FOR.at(place, text=text, expected=right)


def _bare(text: str) -> str:
    return _LETTERS.sub("", plain(text).lower())


def _nation_and_motto(table: Table) -> Iterator[Finding]:
    texts = list(_texts(table, range(table.top, table.header_row)))
    for expected in (NATION, MOTTO):
        found = [(place, text) for place, text in texts if _bare(text) == _bare(expected)]
        if not found:
            yield codes.NATION_OR_MOTTO.at(table.grid.place, text="(không có)", expected=expected)
        for place, text in found:
            if fold_tone_placement(text.replace("–", "-")) != fold_tone_placement(expected):
                yield codes.NATION_OR_MOTTO.at(place, text=text, expected=expected)


def _signatures(table: Table, body: Body) -> Iterator[Finding]:
    """A form without any line below its table has no place to sign; who signs is the sender's affair."""
    below = range(body.ending, table.last_row + 1)
    texts = [text for place, text in _texts(table, below) if place.row > body.ending]
    if table.layout.signatures and not texts and not _ends_with_signature(table, body):
        yield codes.NO_SIGNATURE.at(table.grid.place, label=table.layout.signatures)


def _ends_with_signature(table: Table, body: Body) -> bool:
    """Tell whether the ending row itself is a signature line: it has no number in it."""
    cells = [cell for cell in table.grid.row(body.ending) if not is_blank(cell)]
    return bool(cells) and all(isinstance(cell, str) for cell in cells) and table.layout.id != "scores"
