"""Scores that look odd beside those of the cluster: one far from the others, a sheet like another's."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tdkt_xl.domain.criteria import RowKind, ScoringRule
from tdkt_xl.domain.scores import ScoreLine, ScoreSheet
from tdkt_xl.domain.statistics import median, outlying
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import between_sheets
from tdkt_xl.findings.codes import cells as codes

_SHARE_OF_MAXIMUM = Decimal("0.5")
"""A score must also lie more than half of the maximum from the middle: small cluster, small differences."""
_TELLING_SCORES = 3
"""Scores neither nothing nor everything that two sheets must share to look copied."""


def check_likeness(sheets: Sequence[ScoreSheet]) -> list[Finding]:
    """Compare the sheets of one cluster book (KT-232, KT-415); a doubtful score is left out."""
    recognised = [sheet for sheet in sheets if sheet.unit is not None and sheet.catalogue is not None]
    return [*_outliers(recognised), *_copies(recognised)]


def _outliers(sheets: Sequence[ScoreSheet]) -> Iterator[Finding]:
    lines: dict[str, list[tuple[ScoreSheet, ScoreLine]]] = {}
    for sheet in sheets:
        for line in sheet.lines:
            if _is_graded(line):
                lines.setdefault(line.criterion.path, []).append((sheet, line))
    for path, found in lines.items():
        values = [line.cluster_score.value for _, line in found if line.cluster_score.value is not None]
        for index in outlying(values):
            sheet, line = found[index]
            centre = median(values)
            if abs(values[index] - centre) > line.criterion.maximum * _SHARE_OF_MAXIMUM:
                yield codes.OUTLIER.at(
                    line.cluster_score.place,
                    path=path,
                    unit=sheet.unit_name,
                    value=values[index],
                    median=centre,
                )


def _is_graded(line: ScoreLine) -> bool:
    """A score within its bounds that people judge: computed ones differ as far as the results do."""
    criterion, value = line.criterion, line.cluster_score.value
    graded = criterion.kind is RowKind.CRITERION and criterion.rule is ScoringRule.DIRECT
    return graded and value is not None and criterion.lower <= value <= criterion.upper


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
