"""Check one received workbook against itself, its cluster and the master data, and rank it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tdkt_xl.domain.criteria import band_of
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.ranking import Rank, comparable, rank_totals
from tdkt_xl.domain.scores import SummaryRow
from tdkt_xl.domain.standings import ClusterStandings, Standing, State, level_in_words
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import between_files, between_sheets
from tdkt_xl.findings.codes import master as master_codes
from tdkt_xl.tasks.book_forms import SCORES, SUMMARY
from tdkt_xl.tasks.likeness import check_likeness
from tdkt_xl.tasks.proposal_checks import check_proposals
from tdkt_xl.tasks.reasons import check_reasons
from tdkt_xl.tasks.standings import Totals, build_standings, find_summary_row, on_full_scale
from tdkt_xl.tasks.submissions import Kind, Submission
from tdkt_xl.tasks.totals import check_caps, check_sheet_totals, check_summary_row, check_wide_row
from tdkt_xl.vietnamese.text import comparison_key

_LEAST_RANKED = 3
"""Two units ranked the wrong way round are two wrong ranks; three begin to be a system."""


def check_book(
    submission: Submission, totals: Totals, master: Master, findings: list[Finding]
) -> ClusterStandings:
    """Check one workbook against itself and its cluster, and rank it."""
    standings = build_standings(submission, totals)
    standings = replace(standings, standings=tuple(_named(item, master) for item in standings.standings))
    for sheet in submission.sheets:
        if sheet.catalogue is not None:
            findings += check_sheet_totals(sheet, sheet.catalogue, SCORES)
            findings += check_caps(sheet)
    for row in submission.wide_rows:
        findings += check_wide_row(row, master.parameters.rounding_tolerance)
    findings += check_reasons(submission, master.parameters)
    if submission.kind is Kind.UNIT_SHEET:
        return standings
    findings += _check_membership(submission, standings)
    findings += _check_summary(submission, standings)
    findings += _check_ranks(submission, standings)
    findings += _ties(standings)
    scored = {item.unit_code for item in standings.standings if item.state is not State.MISSING}
    findings += check_proposals(submission, scored | _likely(submission), master)
    findings += check_likeness(submission.sheets)
    return standings


def _named(standing: Standing, master: Master) -> Standing:
    unit = master.register.units.get(standing.unit_code)
    return replace(standing, unit_name=unit.name) if unit else standing


def _check_membership(submission: Submission, standings: ClusterStandings) -> list[Finding]:
    cluster, findings = submission.cluster, []
    first: dict[str, Standing] = {}
    for item in standings.standings:
        if item.state is State.DOUBLED:
            other = first.setdefault(item.unit_code or item.unit_name, item)
            if other is not item:
                late, early = sorted((item, other), key=lambda one: one.place)[::-1]
                findings.append(
                    between_sheets.UNIT_TWICE_IN_BOOK.at(
                        late.place, unit=item.unit_name, other=str(replace(early.place, file=""))
                    )
                )
        if cluster is None:
            continue
        if item.state is State.FOREIGN:
            findings.append(
                master_codes.FOREIGN_UNIT.at(
                    item.place, unit=item.unit_name, cluster=cluster.name, period=cluster.period.key
                )
            )
        if item.state is State.MISSING and item.unit_code not in _likely(submission):
            in_summary = [row for row in submission.summary if row.unit and row.unit.code == item.unit_code]
            findings.append(
                between_sheets.SUMMARY_ROW_WITHOUT_SHEET.at(in_summary[0].place, unit=item.unit_name)
                if in_summary
                else between_files.UNIT_MISSING.at(
                    item.place, unit=item.unit_name, cluster=cluster.name, period=cluster.period.key
                )
            )
    return findings


def _likely(submission: Submission) -> set[str]:
    """Units that sheets with a wrong code or name probably are: reported there, not again as missing."""
    return {code for sheet in submission.sheets if sheet.unit is None for code in sheet.likely}


def _check_summary(submission: Submission, standings: ClusterStandings) -> list[Finding]:
    if not submission.summary:
        return []
    findings: list[Finding] = []
    seen: dict[str, SummaryRow] = {}
    for row in submission.summary:
        key = row.unit.code if row.unit else comparison_key(row.unit_text)
        twin = seen.setdefault(key, row)
        if twin is not row:
            findings.append(
                between_sheets.UNIT_TWICE_IN_BOOK.at(
                    row.place, unit=row.unit_text, other=str(replace(twin.place, file=""))
                )
            )
    for item in standings.standings:
        if item.sheet is None or item.state is State.DOUBLED:
            continue
        found = find_summary_row(item.sheet, submission.summary)
        if found is None:
            if item.state not in {State.UNKNOWN, State.FOREIGN}:  # reported as such
                findings.append(
                    between_sheets.SHEET_WITHOUT_SUMMARY_ROW.at(
                        item.place, unit=item.unit_name, sheet=item.sheet.place.sheet
                    )
                )
            continue
        findings += check_summary_row(found, item.sheet, SUMMARY)
        findings += _check_band(found, item, standings)
    return findings


def _check_band(row: SummaryRow, item: Standing, standings: ClusterStandings) -> list[Finding]:
    if not row.band or item.cluster_total is None or standings.catalogue is None:
        return []
    total = on_full_scale(item.cluster_total, item, standings.catalogue)
    band = band_of(total, standings.catalogue.bands)
    if band is None or comparison_key(band.name) == comparison_key(row.band):
        return []
    return [
        between_sheets.BAND_WRONG.at(
            row.band_place, unit=item.unit_name, typed=row.band, total=item.cluster_total, computed=band.name
        )
    ]


def _check_ranks(submission: Submission, standings: ClusterStandings) -> list[Finding]:
    """Compare typed ranks with the ranks by the cluster's own totals.

    Skipped while a unit the cluster ranked cannot be totalled: its rank, and the others', are open.
    """
    open_states = {State.INCOMPLETE, State.DOUBLED, State.UNKNOWN}
    missing = {item.unit_code for item in standings.standings if item.state is State.MISSING}
    unproven = any(row.unit and row.unit.code in missing and row.rank for row in submission.summary)
    if unproven or any(item.state in open_states for item in standings.standings):
        return []
    ranked = [item for item in standings.standings if item.state is State.RANKED]
    # A score left to the rule means that the cluster gave no total of its own.
    if any(item.cluster_total is None for item in ranked):
        return []
    totals = {
        item.unit_code or item.unit_name: item.cluster_total
        for item in ranked
        if item.cluster_total is not None
    }
    bases = {item.unit_code or item.unit_name: item.base for item in ranked}
    ranks = rank_totals(comparable(totals, bases))
    findings = _reversed_ranks(ranked, ranks)
    if findings:
        return findings
    for item in ranked:
        rank = ranks[item.unit_code or item.unit_name]
        typed = item.typed_rank
        if typed and typed.value is not None and typed.value != rank.rank:
            findings.append(
                between_sheets.RANK_WRONG.at(
                    typed.place, unit=item.unit_name, typed=typed.value, computed=rank.rank
                )
            )
    return findings


def _reversed_ranks(ranked: Sequence[Standing], ranks: Mapping[str, Rank]) -> list[Finding]:
    """One finding where every rank counts from the lowest total, as RANK does with a third argument."""
    typed = {item.unit_code or item.unit_name: item.typed_rank for item in ranked}
    given = {key: cell.value for key, cell in typed.items() if cell is not None}
    backward = {key: 1 + sum(other.rank > own.rank for other in ranks.values()) for key, own in ranks.items()}
    forward = {key: own.rank for key, own in ranks.items()}
    if len(given) < _LEAST_RANKED or given != backward or backward == forward:
        return []
    first = min(cell.place for cell in typed.values() if cell is not None)
    column = SUMMARY.column("rank").heading
    return [between_sheets.RANK_REVERSED.at(first, column=column, count=len(given))]


def _ties(standings: ClusterStandings) -> list[Finding]:
    """Report every tie once: breaking it is for the meeting that votes."""
    groups: dict[int, list[Standing]] = {}
    for item in standings.ranked:
        if item.tied and item.rank is not None:
            groups.setdefault(item.rank, []).append(item)
    return [
        between_sheets.TIE.at(
            (group[0].typed_rank.place if group[0].typed_rank else group[0].place),
            units=[item.unit_name for item in group],
            level=level_in_words(group),
            rank=rank,
        )
        for rank, group in groups.items()
    ]
