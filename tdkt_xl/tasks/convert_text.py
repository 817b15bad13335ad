"""Convert the texts of a selection from TCVN3 or VNI to Unicode: a preview first, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from tdkt_xl.tables.grid import CellValue
from tdkt_xl.vietnamese.restoring import restore_texts
from tdkt_xl.vietnamese.text import nfc


@dataclass(frozen=True, slots=True)
class Conversion:
    """One text that changes. ``index`` counts the given values from 0, row by row as they were given.

    ``encoding`` is its name for people; not ``certain``: it makes sense as typed too, so that a person
    should look at it before it is changed.
    """

    index: int
    before: str
    after: str
    encoding: str
    certain: bool


def preview_conversion(values: Sequence[CellValue], fonts: Sequence[str] | None = None) -> list[Conversion]:
    """List the texts in an old encoding, or misread, among the values of a selection.

    ``fonts`` names the font of each cell ("" when unknown); without it the letters alone decide. What is
    no text, or is Unicode already, is left out, and texts beside each other settle each other's doubts:
    give the whole selection at once. Nothing is written.
    """
    texts = [value if isinstance(value, str) else "" for value in values]
    readings = restore_texts(texts, fonts if fonts is not None else [""] * len(texts))
    return [
        Conversion(
            index,
            text,
            nfc(reading.text),
            reading.encoding.value if reading.encoding else "UTF-8 mở sai bảng mã",
            reading.certain,
        )
        for index, (text, reading) in enumerate(zip(texts, readings, strict=True))
        if reading is not None
    ]
