"""Check one received workbook against itself, its cluster and the master data, and rank it."""

from dataclasses import replace

from tdkt_xl.domain.criteria import band_of
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.ranking import comparable, rank_totals
from tdkt_xl.domain.scores import SummaryRow
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.domain.units import Unit
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import between_files, between_sheets, nominations
from tdkt_xl.findings.codes import master as master_codes
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.standings import Totals, build_standings, find_summary_row, on_full_scale
from tdkt_xl.tasks.submissions import SCORES, SUMMARY, Kind, Submission
from tdkt_xl.tasks.totals import check_caps, check_sheet_totals, check_summary_row, check_wide_row
from tdkt_xl.vietnamese.text import comparison_key


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
    if submission.kind is Kind.UNIT_SHEET:
        return standings
    findings += _check_membership(submission, standings)
    findings += _check_summary(submission, standings)
    findings += _check_ranks(standings)
    findings += _ties(standings)
    findings += _check_proposals(submission, standings, master)
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


def _check_ranks(standings: ClusterStandings) -> list[Finding]:
    """Compare typed ranks with the ranks by the cluster's own totals.

    Skipped while a unit of the book cannot be totalled: its rank, and the others', are open.
    """
    present = [item for item in standings.standings if item.state is not State.MISSING]
    open_states = {State.INCOMPLETE, State.DOUBLED, State.UNKNOWN}
    if not present or any(item.state in open_states for item in present):
        return []
    ranked = [item for item in present if item.state is State.RANKED]
    if any(
        item.cluster_total is None for item in ranked
    ):  # scores left to the rule: no total of the cluster's
        return []
    totals = {
        item.unit_code or item.unit_name: item.cluster_total
        for item in ranked
        if item.cluster_total is not None
    }
    bases = {item.unit_code or item.unit_name: item.base for item in ranked}
    ranks = rank_totals(comparable(totals, bases))
    findings: list[Finding] = []
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
            total=group[0].total,
            rank=rank,
        )
        for rank, group in groups.items()
    ]


def _check_proposals(submission: Submission, standings: ClusterStandings, master: Master) -> list[Finding]:
    if not submission.proposals:
        asked = submission.kind is Kind.CLUSTER_BOOK
        return [nominations.NO_PROPOSALS.at(submission.place)] if asked else []
    scored = {item.unit_code for item in standings.standings if item.state is not State.MISSING}
    scored |= _likely(submission)
    findings: list[Finding] = []
    seen: dict[tuple[str, str, str], ListRow] = {}
    for row in submission.proposals:
        findings += _check_award(row, submission)
        unit = proposal_unit(row, master)
        if row.text("unit") and unit is None:
            near = master.register.suggest(row.text("unit"))
            suggestion = f" Có phải ý ông/bà là “{near}”?" if near else ""
            findings.append(
                master_codes.UNKNOWN_UNIT.at(row.place("unit"), text=row.text("unit"), suggestion=suggestion)
            )
        elif unit is not None and submission.cluster is not None and unit.code not in scored:
            findings.append(
                between_sheets.NOMINATION_WITHOUT_SCORES.at(
                    row.place("unit"), subject=row.text("subject"), unit=unit.name
                )
            )
        key = (
            comparison_key(row.text("subject")),
            unit.code if unit else comparison_key(row.text("unit")),
            comparison_key(row.text("award")),
        )
        twin = seen.setdefault(key, row)
        if twin is not row:
            findings.append(
                nominations.PROPOSED_TWICE.at(
                    row.place("subject"),
                    subject=row.text("subject"),
                    award=row.text("award"),
                    other=str(replace(twin.place("subject"), file="")),
                )
            )
    return findings


def proposal_unit(row: ListRow, master: Master) -> Unit | None:
    """The unit a proposal belongs to, recognised by code, name or alias."""
    known = master.register.find(row.text("unit"))
    return known.unit if known else None


def _check_award(row: ListRow, submission: Submission) -> list[Finding]:
    text, period = row.text("award"), submission.period
    if not text or period is None:
        return []
    from tdkt_xl.rules.packs import load_packs  # most checks need no law

    pack = load_packs().find_on(period.end)
    if pack is None or pack.find_award(text):
        return []
    return [nominations.UNKNOWN_AWARD.at(row.place("award"), text=text, suggestion="")]
