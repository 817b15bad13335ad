"""Scores that look odd beside those of the cluster: one far from the others, a sheet like another's."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tdkt_xl.domain.scores import ScoreLine, ScoreSheet
from tdkt_xl.domain.statistics import far_from_others, median
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import between_sheets
from tdkt_xl.findings.codes import cells as codes

_TELLING_SCORES = 3
"""Scores neither nothing nor everything that two sheets must share to look copied."""


def check_likeness(sheets: Sequence[ScoreSheet]) -> list[Finding]:
    """Compare the sheets of one cluster book (KT-232, KT-415); a doubtful score is left out."""
    recognised = [sheet for sheet in sheets if sheet.unit is not None and sheet.catalogue is not None]
    return [*_outliers(recognised), *_copies(recognised)]


def _outliers(sheets: Sequence[ScoreSheet]) -> Iterator[Finding]:
    lines: dict[str, list[tuple[ScoreSheet, ScoreLine, Decimal]]] = {}
    for sheet in sheets:
        for line in sheet.lines:
            value = line.cluster_score.value
            if value is not None and line.criterion.lower <= value <= line.criterion.upper:
                lines.setdefault(line.criterion.path, []).append((sheet, line, value))
    for path, found in lines.items():
        values = [value for _, _, value in found]
        for index in far_from_others(found[0][1].criterion, values):
            sheet, line, value = found[index]
            yield codes.OUTLIER.at(
                line.cluster_score.place, path=path, unit=sheet.unit_name, value=value, median=median(values)
            )


def _copies(sheets: Sequence[ScoreSheet]) -> Iterator[Finding]:
    first: dict[tuple[object, ...], ScoreSheet] = {}
    for sheet in sheets:
        scores = tuple((line.self_score.value, line.cluster_score.value) for line in sheet.lines)
        telling = sum(
            line.self_score.value not in {None, Decimal(0), line.criterion.upper} for line in sheet.lines
        )
        if telling < _TELLING_SCORES:
            continue
        twin = first.setdefault(scores, sheet)
        if twin is not sheet and twin.unit != sheet.unit:
            yield between_sheets.COPIED_SHEET.at(
                sheet.unit_place, unit=sheet.unit_name, other=f"{twin.unit_name} (trang “{twin.place.sheet}”)"
            )
