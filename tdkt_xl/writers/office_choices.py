"""Drop-downs of the sheet "Quy định của tỉnh": each line offers what its own rule may hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from tdkt_xl.rules.packs import load_packs
from tdkt_xl.rules.parameters import Parameter, ParameterType
from tdkt_xl.tables.layout import SheetLayout
from tdkt_xl.writers.book import header_row
from tdkt_xl.writers.list_sheet import choice_list, fit_a_choice_list

_NUMBERS: dict[ParameterType, tuple[str, float, float]] = {
    ParameterType.PERCENT: ("decimal", 0, 100),
    ParameterType.INTEGER: ("integer", 1, 9999),
    ParameterType.MONEY: ("decimal", 0, 10**13),
}


def offer_office_choices(
    sheet: Any,
    layout: SheetLayout,
    rows: Sequence[Mapping[str, object]],
    clusters: Sequence[str],
    spare_rows: int,
) -> None:
    """Add the drop-downs below the headings: values line by line; awards and clusters as suggestions."""
    packs = load_packs()
    first = header_row(layout) + 1
    last = first + len(rows) + spare_rows - 1
    for at, row in enumerate(rows, start=first):
        parameter = packs.parameters.get(str(row.get("key")))
        rule = _rule(parameter) if parameter else None
        if rule:
            column = layout.position("value") - 1
            sheet.data_validation(at, column, at, column, rule)
    awards = dict.fromkeys(award.abbreviation for pack in packs.packs for award in pack.awards)
    for field, texts in (("award", list(awards)), ("scope", clusters)):
        if texts and fit_a_choice_list(texts):  # a province has more clusters than a list holds
            column = layout.position(field) - 1
            offered = choice_list(texts, layout.column(field).heading)
            sheet.data_validation(first, column, last, column, {**offered, "show_error": False})


def _rule(parameter: Parameter) -> dict[str, object] | None:
    """What a value cell accepts; nothing is refused in a cell of free text."""
    if parameter.type is ParameterType.CHOICE:
        return choice_list(parameter.choices.values(), parameter.name)
    limits = _NUMBERS.get(parameter.type)
    if limits is None:
        return None
    kind, least, most = limits
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "error_title": "Giá trị không hợp lệ",
        "error_message": f"“{parameter.name}” cần {parameter.expects}."[:255],
    }
