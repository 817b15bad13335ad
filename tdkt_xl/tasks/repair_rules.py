"""What may be repaired without asking: per code, the value a cell gets; everything else is left to people."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from tdkt_xl.findings import Code, Finding
from tdkt_xl.findings.codes import cells, files, intake, master, texts
from tdkt_xl.vietnamese.cleaning import without_look_alikes, without_stray
from tdkt_xl.vietnamese.concealed import without_concealed
from tdkt_xl.vietnamese.text import comparison_key, nfc, tidy

_DIGITS = re.compile("[0-9]+")

Rule = Callable[[Finding, str], str | Decimal | None]
"""From a finding and the text of its cell to the value meant; None when this cell must be left alone."""


def _as_read(finding: Finding, text: str) -> str:
    """The text was read as meant before anything else looked at it."""
    return text


def _as_number(finding: Finding, text: str) -> Decimal | None:
    value = finding.params["value"]
    return value if isinstance(value, Decimal) else None


def _official_heading(finding: Finding, text: str) -> str | None:
    """The heading of the form, unless the finding put two cells together to understand it."""
    same = comparison_key(text) == comparison_key(str(finding.params["found"]))
    return str(finding.params["column"]) if same else None


def _official_name(text: str, typed: object, official: object) -> str | None:
    """The official name in place of a typed one, alone in the cell or after its label."""
    label, colon, rest = text.partition(":")
    if comparison_key(text) == comparison_key(str(typed)):
        return str(official)
    if colon and comparison_key(rest) == comparison_key(str(typed)):
        return f"{label}: {official}"
    return None


def _for_alias(finding: Finding, text: str) -> str | None:
    return _official_name(text, finding.params["text"], finding.params["unit"])


def _with_marks(finding: Finding, text: str) -> str | None:
    return _official_name(text, finding.params["text"], finding.params["meant"])


def _whole_text(finding: Finding, text: str) -> str | None:
    """What the whole cell should say."""
    return str(finding.params["expected"]) if tidy(text) == finding.params["text"] else None


def _day(finding: Finding, text: str) -> str | None:
    """The day with its zeros, inside the text that names a place too."""
    typed, right = str(finding.params["text"]), str(finding.params["expected"])
    if typed not in text:
        return None
    return text.replace(typed, typed[:1] + right[1:], 1)


def _running_number(finding: Finding, text: str) -> str:
    """The number that goes on from the row above, with the point or bracket typed after it."""
    return _DIGITS.sub(str(finding.params["expected"]), text, count=1)


RULES: Mapping[Code, Rule] = {
    texts.TCVN3_TEXT: _as_read,
    texts.VNI_TEXT: _as_read,
    texts.MISREAD_TEXT: _as_read,
    cells.NOT_NFC: lambda finding, text: nfc(text),
    texts.LOOK_ALIKE_LETTERS: lambda finding, text: without_look_alikes(text),
    intake.REVERSING_CHARACTERS: lambda finding, text: without_concealed(text),
    intake.HIDDEN_CHARACTERS: lambda finding, text: without_concealed(text),
    intake.CONTROL_CHARACTERS: lambda finding, text: without_concealed(text),
    texts.STRAY_CHARACTERS: lambda finding, text: without_stray(text),
    files.COLUMN_SYNONYM: _official_heading,
    master.ALIAS_USED: _for_alias,
    texts.NAME_WITHOUT_MARKS: _with_marks,
    files.NATION_OR_MOTTO: _whole_text,
    cells.SIGNING_FOR: _whole_text,
    cells.DAY_WITHOUT_ZERO: _day,
    files.NUMBER_ORDER: _running_number,
    cells.NUMBER_AS_TEXT: _as_number,
}
"""For cells with text, in the order in which they are applied to one cell."""

NUMBERS: Mapping[Code, Callable[[Finding], Decimal]] = {
    cells.FLOAT_NOISE: lambda finding: Decimal(str(finding.params["value"])),
    files.NUMBER_ORDER: lambda finding: Decimal(str(finding.params["expected"])),
}
"""For cells with a number. A test holds both against ``Code.fixable``."""
