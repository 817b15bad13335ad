"""The words of a mark: what its note says, and how the former look of the cell is written into it.

The former fill stands in the last line of the note, so that it travels with the cell when rows are
inserted or sorted, and when another program saves the workbook.
"""

import re
from collections.abc import Sequence

from tdkt_xl.findings import Finding, Severity
from tdkt_xl.findings.render import fix, message
from tdkt_xl.writers.own_marks import PREFIX
from tdkt_xl.writers.patch_styles import MARK_STYLES, Fill, Look

_ABSENT = "(ô chưa có định dạng)"
_FORMER = re.compile(
    rf"(?P<absent>{re.escape(_ABSENT)}\n)?(?:\(kiểu cũ: (?P<style>[^\n]*)\)\n)?"
    r"\(màu cũ: (?:(?P<none>không)|(?P<kept>giữ nguyên)|RGB (?P<red>\d+) (?P<green>\d+) (?P<blue>\d+)"
    r"|chủ đề (?P<theme>\d+) (?P<tint>-?[\d.e-]+))\)\s*$"
)
_NORMAL = "Normal"


def worst(findings: Sequence[Finding]) -> Severity:
    """The gravest level among findings."""
    levels = {finding.severity for finding in findings}
    return next(level for level in (Severity.ERROR, Severity.WARNING, Severity.NOTE) if level in levels)


def note_text(findings: Sequence[Finding], look: Look) -> str:
    """The note of a cell: every finding with its repair, then its former look."""
    lines = [
        f"{item.severity.label} {item.code.id}: {message(item)} Cách sửa: {fix(item)}" for item in findings
    ]
    if look.absent:
        lines.append(_ABSENT)
    if look.style not in {"", _NORMAL}:
        lines.append(f"(kiểu cũ: {look.style})")
    return f"{PREFIX} " + "\n".join([*lines, f"(màu cũ: {_in_words(look.fill)})"])


def _in_words(fill: Fill) -> str:
    if fill.kind == "none":
        return "không"
    if fill.kind != "solid":
        return "giữ nguyên"
    if fill.theme >= 0:
        return f"chủ đề {fill.theme + 1} {fill.tint!r}"  # Excel's own macros count theme colours from 1
    return "RGB {} {} {}".format(*bytes.fromhex(fill.rgb))


def former_look(text: str) -> Look | None:
    """The former fill and cell style a note tells; None when that line is gone."""
    found = _FORMER.search(text.replace("\r", ""))
    if found is None:
        return None
    return Look(_fill_from(found), found["style"] or _NORMAL, bool(found["absent"]))


def _fill_from(found: re.Match[str]) -> Fill:
    if found["none"]:
        return Fill("none")
    if found["kept"]:
        return Fill("other")
    if found["theme"]:
        return Fill("solid", theme=int(found["theme"]) - 1, tint=float(found["tint"]))
    return Fill("solid", rgb="".join(f"{int(found[name]) & 255:02X}" for name in ("red", "green", "blue")))


def is_mark(fill: Fill) -> bool:
    """Tell a fill of ours; one that somebody changed since is not."""
    return fill.rgb in {style.colour for style in MARK_STYLES.values()}
