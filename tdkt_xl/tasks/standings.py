"""Add up the leaf scores of a round and rank each cluster."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tdkt_xl.domain.criteria import Catalogue, band_of
from tdkt_xl.domain.ranking import comparable, rank_totals
from tdkt_xl.domain.scores import ScoreLine, ScoreSheet, SummaryRow, WideRow, sum_cells
from tdkt_xl.domain.scoring.totals import base_of, share_of
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.domain.units import Unit
from tdkt_xl.findings import Place
from tdkt_xl.tasks.submissions import Submission
from tdkt_xl.tasks.totals import excess_of
from tdkt_xl.vietnamese.collation import sort_key
from tdkt_xl.vietnamese.text import comparison_key

Totals = dict[Hashable, dict[str, Decimal | None]]
TOTAL_FIELDS = {"self": "self_score", "cluster": "cluster_score", "final": "final"}
"""Total → field of a line it adds up."""


def sheet_totals(submissions: Sequence[Submission], refused: frozenset[Place] = frozenset()) -> Totals:
    """Total every scoring sheet: its place → self, cluster and final totals.

    ``refused`` are cells with an error: a score above its maximum, a target of 0. A total is None when
    any leaf of it is blank, unreadable or refused; criteria that do not apply to the unit are left out.
    Sums are exact. Points beyond the caps of bonus and penalty groups do not
    count.
    """
    totals: Totals = {}
    for submission in submissions:
        for sheet in submission.sheets:
            for line in sheet.lines:
                if line.applies or _stands_refused(line, refused):
                    sums = totals.setdefault(sheet.place, dict.fromkeys(TOTAL_FIELDS, Decimal(0)))
                    _add(sums, _points(line, refused))
    _cap(totals, submissions)
    return totals


def _add(sums: dict[str, Decimal | None], points: Iterable[Decimal | None]) -> None:
    """Add the points of a line, in the order of TOTAL_FIELDS; a sum that misses one is None for good."""
    for (name, total), value in zip(sums.items(), points, strict=True):
        sums[name] = None if total is None or value is None else total + value


def _points(line: ScoreLine, refused: frozenset[Place]) -> tuple[Decimal | None, ...]:
    typed = (None if cell.place in refused else cell.value for cell in (line.self_score, line.cluster_score))
    return (*typed, None if _stands_refused(line, refused) else line.final.value)


def _stands_refused(line: ScoreLine, refused: frozenset[Place]) -> bool:
    """Tell whether the score that counts rests on a cell in error; the council's word stands above."""
    if line.settled:
        return False
    resting = {line.final.place, line.target.place, line.result.place}
    if not line.applies:
        resting |= {line.self_score.place, line.cluster_score.place, line.appraised_score.place}
    return not refused.isdisjoint(resting)


def _cap(totals: Totals, submissions: Sequence[Submission]) -> None:
    """Take the points beyond the caps out of each total."""
    for submission in submissions:
        for sheet in submission.sheets:
            sums = totals.get(sheet.place, {})
            for name, total in sums.items():
                beyond = excess_of(sheet, TOTAL_FIELDS[str(name)])
                if total is not None and beyond:
                    sums[name] = total - sum((item.points for item in beyond), Decimal(0))


def build_standings(submission: Submission, totals: Totals) -> ClusterStandings:
    """Rank the units of one cluster book or wide table."""
    if submission.wide_rows:
        standings = [_from_wide(row, submission) for row in submission.wide_rows]
    else:
        standings = [_from_sheet(sheet, submission, totals) for sheet in submission.sheets]
    standings = _mark_doubled(standings)
    standings = _rank(standings, submission)
    standings += _missing(standings, submission)
    cluster = submission.cluster
    return ClusterStandings(
        cluster.code if cluster else submission.cluster_text or submission.name,
        cluster.name if cluster else submission.cluster_text or submission.name,
        submission.period,
        cluster,
        submission.catalogue,
        submission.name,
        tuple(sorted(standings, key=_order)),
    )


def on_full_scale(total: Decimal, standing: Standing, catalogue: Catalogue | None) -> Decimal | Fraction:
    """A total brought to the full scale, so that a unit with a smaller base has the band of its share."""
    if catalogue is None or standing.base is None:
        return total
    full = base_of(catalogue, ())
    share = share_of(total, standing.base)
    return total if full == standing.base or share is None else share * Fraction(full)


def _order(standing: Standing) -> tuple[object, ...]:
    return (standing.rank is None, standing.rank or 0, sort_key(standing.unit_name))


def _state(unit: Unit | None, submission: Submission, total: Decimal | None) -> State:
    if submission.cluster is not None:
        if unit is None:
            return State.UNKNOWN
        if unit.code not in submission.cluster.members:
            return State.FOREIGN
    return State.INCOMPLETE if total is None else State.RANKED


def _from_sheet(sheet: ScoreSheet, submission: Submission, totals: Totals) -> Standing:
    counts = sheet.whole and not sheet.misplaced
    sums = totals.get(sheet.place, {}) if counts else {}
    total = sums.get("final")
    dropped = [line.criterion.path for line in sheet.lines if not line.applies]
    row = find_summary_row(sheet, submission.summary)
    return Standing(
        sheet.unit.code if sheet.unit else "",
        sheet.unit_name,
        _state(sheet.unit, submission, total),
        sheet.unit_place,
        total,
        sums.get("self"),
        sums.get("cluster"),
        base_of(sheet.catalogue, dropped) if sheet.catalogue else None,
        typed_total=row.cluster_total if row else None,
        typed_rank=row.rank if row else None,
        sheet=sheet,
        excess=tuple(excess_of(sheet, "final")) if total is not None else (),
    )


def find_summary_row(sheet: ScoreSheet, summary: Sequence[SummaryRow]) -> SummaryRow | None:
    """The summary row of a sheet's unit, by unit, else by the name as written."""
    for row in summary:
        if row.unit is not None and row.unit == sheet.unit:
            return row
        same_text = comparison_key(row.unit_text) == comparison_key(sheet.unit_text)
        if sheet.unit is None and row.unit is None and same_text:
            return row
    return None


def _from_wide(row: WideRow, submission: Submission) -> Standing:
    total = sum_cells([cell for _, cell in row.cells])
    return Standing(
        row.unit.code if row.unit else "",
        row.unit.name if row.unit else row.unit_text,
        _state(row.unit, submission, total),
        row.place,
        total,
        None,
        total,
        typed_total=row.total,
        typed_rank=row.rank,
        wide=row,
    )


def _identity(standing: Standing) -> str:
    return standing.unit_code or comparison_key(standing.unit_name)


def _mark_doubled(standings: list[Standing]) -> list[Standing]:
    keys = [_identity(standing) for standing in standings]
    return [
        replace(standing, state=State.DOUBLED) if keys.count(_identity(standing)) > 1 else standing
        for standing in standings
    ]


def _rank(standings: list[Standing], submission: Submission) -> list[Standing]:
    totals = {
        _identity(item): item.total
        for item in standings
        if item.state is State.RANKED and item.total is not None
    }
    ranks = rank_totals(comparable(totals, {_identity(item): item.base for item in standings}))
    bands = submission.catalogue.bands if submission.catalogue else ()
    ranked = []
    for item in standings:
        place = ranks.get(_identity(item)) if item.state is State.RANKED else None
        if place is None or item.total is None:
            ranked.append(item)
            continue
        band = band_of(on_full_scale(item.total, item, submission.catalogue), bands)
        ranked.append(replace(item, rank=place.rank, tied=place.tied, band=band.name if band else ""))
    return ranked


def _missing(standings: list[Standing], submission: Submission) -> list[Standing]:
    if submission.cluster is None:
        return []
    present = {standing.unit_code for standing in standings}
    return [
        Standing(code, code, State.MISSING, submission.place)
        for code in submission.cluster.members
        if code not in present
    ]
