"""Aggregate the leaf scores of a round with pandas and rank each cluster."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from tdkt_xl.domain.criteria import band_of
from tdkt_xl.domain.ranking import rank_totals
from tdkt_xl.domain.scores import ScoreSheet, SummaryRow, WideRow, sum_cells
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.domain.units import Unit
from tdkt_xl.findings import Place
from tdkt_xl.tasks.submissions import Submission
from tdkt_xl.vietnamese.collation import sort_key
from tdkt_xl.vietnamese.text import comparison_key

Totals = dict[Hashable, dict[str, Decimal | None]]


def sheet_totals(submissions: Sequence[Submission], refused: frozenset[Place] = frozenset()) -> Totals:
    """Total every scoring sheet: (file, sheet) → self, cluster and final totals.

    ``refused`` are scores with an error, such as one above its maximum. A total is None when any leaf
    of it is blank, unreadable or refused. Sums are exact: the columns hold
    Decimals.
    """
    records = [
        (
            sheet.place.file,
            sheet.place.sheet,
            *(
                None if cell.place in refused else cell.value
                for cell in (line.self_score, line.cluster_score, line.final)
            ),
        )
        for submission in submissions
        for sheet in submission.sheets
        for line in sheet.lines
    ]
    if not records:
        return {}
    frame = pd.DataFrame(records, columns=["file", "sheet", "self", "cluster", "final"], dtype=object)
    columns = ["self", "cluster", "final"]
    keys = [frame["file"], frame["sheet"]]
    complete = frame[columns].notna().groupby(keys, sort=False).all()
    sums = frame[columns].map(_or_zero).groupby(keys, sort=False).sum()
    return {
        key: {name: (row[name] if complete.at[key, name] else None) for name in columns}
        for key, row in sums.to_dict(orient="index").items()
    }


def _or_zero(value: Decimal | None) -> Decimal:
    return Decimal(0) if value is None else value


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
    sums = totals.get((sheet.place.file, sheet.place.sheet), {}) if counts else {}
    total = sums.get("final")
    row = find_summary_row(sheet, submission.summary)
    return Standing(
        sheet.unit.code if sheet.unit else "",
        sheet.unit_name,
        _state(sheet.unit, submission, total),
        sheet.unit_place,
        total,
        sums.get("self"),
        sums.get("cluster"),
        typed_total=row.cluster_total if row else None,
        typed_rank=row.rank if row else None,
        sheet=sheet,
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
    ranks = rank_totals(totals)
    bands = submission.catalogue.bands if submission.catalogue else ()
    ranked = []
    for item in standings:
        place = ranks.get(_identity(item)) if item.state is State.RANKED else None
        if place is None or item.total is None:
            ranked.append(item)
            continue
        band = band_of(item.total, bands)
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
