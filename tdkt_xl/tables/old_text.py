"""Texts in an old encoding: read as Unicode before anything is looked for, and told cell by cell."""

from dataclasses import replace

from tdkt_xl.findings import Code, Finding
from tdkt_xl.findings.codes import texts as codes
from tdkt_xl.tables.grid import Grid, Position, ReceivedBook
from tdkt_xl.vietnamese.legacy import Encoding, legacy_font
from tdkt_xl.vietnamese.mojibake import LOST
from tdkt_xl.vietnamese.restoring import Restored, restore_texts
from tdkt_xl.vietnamese.text import tidy

_CODES: dict[Encoding | None, Code] = {
    Encoding.TCVN3: codes.TCVN3_TEXT,
    Encoding.VNI: codes.VNI_TEXT,
    None: codes.MISREAD_TEXT,
}
_SHOWN = 100


def shown_text(text: str) -> str:
    """The start of a text, tidied, for a sentence."""
    whole = tidy(text)
    return whole if len(whole) <= _SHOWN else f"{whole[: _SHOWN - 1]}…"


def restore_book(book: ReceivedBook, findings: list[Finding]) -> ReceivedBook:
    """Read every text of a workbook that is in an old encoding as Unicode; the originals stay beside it.

    Reports each such cell (KT-240 TCVN3, KT-241 VNI, KT-242 misread UTF-8), each that makes sense both
    ways and is left as typed (KT-249), and each that has lost letters (KT-243).
    """
    return replace(book, grids=tuple(_restore_grid(grid, findings) for grid in book.grids))


def _restore_grid(grid: Grid, findings: list[Finding]) -> Grid:
    texts = {
        (row, column): cell
        for row, cells in enumerate(grid.rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if type(cell) is str and not cell.isascii()
    }
    readings = restore_texts(list(texts.values()), [grid.fonts.get(place, "") for place in texts])
    restored: dict[Position, str] = {}
    for (place, text), reading in zip(texts.items(), readings, strict=True):
        if LOST in text:
            findings.append(codes.LOST_LETTERS.at(grid.place.at(*place), text=shown_text(text)))
        if reading is not None:
            findings.append(_told(grid, place, text, reading))
            if reading.certain:
                restored[place] = reading.text
    if not restored:
        return grid
    return replace(grid.with_values(restored), originals={place: texts[place] for place in restored})


def _told(grid: Grid, place: Position, text: str, reading: Restored) -> Finding:
    font = grid.fonts.get(place, "")
    told = legacy_font(font) if font else None
    by_font = told is not None and told.encoding is reading.encoding
    given: dict[str, object] = {"text": shown_text(text), "meant": shown_text(reading.text)}
    if reading.encoding is not None:
        given["reason"] = f"phông {font}" if by_font else "nhận ra theo mặt chữ"
    if reading.certain:
        return _CODES[reading.encoding].at(grid.place.at(*place), **given)
    encoding = reading.encoding.value if reading.encoding else "UTF-8"
    return codes.DOUBTFUL_TEXT.at(grid.place.at(*place), encoding=encoding, **given)
