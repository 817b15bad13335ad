"""What a worksheet part says beside its cells: protection, filter, page, and the text of its formulas.

Only warnings rest on these facts, so that patterns over the bytes of a part already proven well-formed
are enough; what is written in an unusual way is not known, never wrong.
"""

import re
from collections.abc import Container
from itertools import islice
from math import isfinite

from tdkt_xl.readers.reference import cell_of, merged_range
from tdkt_xl.tables.grid import FormulaText, PageSetup, Position, SheetSetup

_TAGS = (b"sheetProtection", b"autoFilter", b"pageMargins", b"pageSetup", b"pageSetUpPr", b"filterColumn")
_TAG = re.compile(rb"<(?:[A-Za-z0-9]+:)?(" + rb"|".join(_TAGS) + rb")((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(rb'([A-Za-z]+)\s*=\s*["\']([^"\'<>]*)["\']')
_FORMULA = re.compile(rb"<f( [^<>]*)?(?:/>|>([^<]*)</f>)")
_CELL = re.compile(rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"')
_SIDES = ("left", "right", "top", "bottom")
_FORMULA_LENGTH = 500
"""Bytes of a formula worth comparing with the template's; longer ones are nobody's plain sum."""
_FORMULAS = 20_000
_TRUE = frozenset({"1", "true"})


def sheet_setup(data: bytes, formulas: Container[Position]) -> SheetSetup:
    """Protection, filter, page and formula texts of a worksheet part with these formula cells."""
    start, end = data.find(b"sheetData"), data.rfind(b"sheetData")
    around = data if start < 0 else data[:start] + data[end:]
    tags: dict[str, dict[str, str]] = {}
    for name, rest in _TAG.findall(around):
        tags.setdefault(name.decode(), _attributes(rest))
    area = tags.get("autoFilter", {}).get("ref", "") if "filterColumn" in tags else ""
    return SheetSetup(
        _formulas(data, formulas) if formulas else {},
        merged_range(area),
        tags.get("sheetProtection", {}).get("sheet") in _TRUE,
        _page(tags),
    )


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(tag)}


def _page(tags: dict[str, dict[str, str]]) -> PageSetup:
    setup = tags.get("pageSetup", {})
    paper = setup.get("paperSize", "")
    fits = tags.get("pageSetUpPr", {}).get("fitToPage") in _TRUE
    return PageSetup(
        int(paper) if paper.isascii() and paper.isdecimal() and len(paper) < 5 else None,
        setup.get("orientation") == "landscape",
        _margins(tags.get("pageMargins", {})),
        fits and setup.get("fitToWidth", "1") == "1",
    )


def _margins(given: dict[str, str]) -> tuple[float, float, float, float] | None:
    try:
        left, right, top, bottom = (float(given[side]) for side in _SIDES)
    except (KeyError, ValueError):
        return None
    return (left, right, top, bottom) if all(map(isfinite, (left, right, top, bottom))) else None


def _formulas(data: bytes, places: Container[Position]) -> dict[Position, FormulaText]:
    shared: dict[str, FormulaText] = {}
    found: dict[Position, FormulaText] = {}
    for match in islice(_FORMULA.finditer(data), _FORMULAS):
        cell = _CELL.match(data, max(data.rfind(b"<c ", 0, match.start()), 0))
        place = cell_of(cell[1].decode()) if cell else None
        if place is None or place not in places:
            continue
        formula = _formula(place, match[2] or b"", _attributes(match[1] or b"").get("si", ""), shared)
        if formula is not None:
            found[place] = formula
    return found


def _formula(place: Position, text: bytes, group: str, shared: dict[str, FormulaText]) -> FormulaText | None:
    """The formula of a cell, or the one it shares; None when it is too long to matter."""
    if not text:
        return shared.get(group)
    if len(text) > _FORMULA_LENGTH:
        return None
    formula = FormulaText(_unescaped(text.decode("utf-8", "replace")), place)
    if group:
        shared.setdefault(group, formula)
    return formula


def _unescaped(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text
