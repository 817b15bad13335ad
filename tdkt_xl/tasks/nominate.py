"""tdkt nominate: judge the leading and the proposed subjects by the law of the day, and list them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import FACT_LABELS, Candidate, Fact
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.people import History
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import NOWHERE, Finding, Place, TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.findings.render import as_records
from tdkt_xl.readers.received import open_received
from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.rules.evidence import Answer
from tdkt_xl.rules.judging import Judgement, Outcome, judge
from tdkt_xl.rules.model import RulePack
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow, read_rows
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tasks.build_workbooks import organisation_of
from tdkt_xl.tasks.conflicts import check_conflicts
from tdkt_xl.tasks.judging_together import judge_together
from tdkt_xl.tasks.known_past import KnownPast, Proposal
from tdkt_xl.tasks.list_checks import check_quotas, needs_text
from tdkt_xl.tasks.office_rules import criteria_packs, missing_rules, office_of, unknown_award
from tdkt_xl.tasks.suppositions import (
    Move,
    Supposition,
    check_supposition,
    moves,
    suppose_facts,
    suppose_records,
)
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.export_list import FILE_NAME as EXPORT_NAME
from tdkt_xl.writers.export_list import build_export, exported
from tdkt_xl.writers.nomination import Nomination
from tdkt_xl.writers.nominations_book import build_nominations_book
from tdkt_xl.writers.publish import publish

LAYOUT = load_layout("tong-hop-huyen")
BOOK = load_layout("so-cum")
_SHEETS = ("overview", "ranking", "collectives", "individuals")
_KINDS = {"collectives": SubjectKind.COLLECTIVE, "individuals": SubjectKind.INDIVIDUAL}
_REACH = {
    comparison_key(text): code
    for text, code in (("Cơ sở", "co_so"), ("Tỉnh", "tinh"), ("Toàn quốc", "toan_quoc"))
}

Rows = Mapping[str, Sequence[ListRow]]


@dataclass(frozen=True)
class Judged:
    """The judged nominations, before anything is written; ``regime`` names the law of the day."""

    nominations: tuple[Nomination, ...]
    findings: tuple[Finding, ...]
    regime: str


@dataclass(frozen=True)
class Nominating:
    """The judged nominations and the outputs written."""

    nominations: tuple[Nomination, ...]
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...]

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt nominate --json``."""
        return {
            "nominations": [
                {
                    "subject": item.candidate.subject,
                    "kind": item.candidate.kind.value,
                    "award": item.award_name,
                    "outcome": item.judgement.outcome.value,
                    "reasons": [
                        {"rule": reason.rule, "citation": reason.citation, "text": reason.text}
                        for reason in item.judgement.reasons
                    ],
                    "sources": [str(place) for place in item.places],
                }
                for item in self.nominations
            ],
            "findings": as_records(self.findings),
            "outputs": [str(path) for path in self.outputs],
        }


def nominate(
    consolidated: Path,
    master: Master,
    on: date,
    out: Path,
    history: History | None = None,
    *,
    export: bool = False,
) -> Nominating:
    """Judge every cluster leader and every proposal of a consolidated workbook; write the lists.

    ``consolidated`` is tong-hop-huyen.xlsx or the folder holding it; ``on`` the day of the award
    decision, which selects the law; ``history`` what is recorded of people and collectives;
    ``export`` also writes the nine columns that provincial software imports. Raises TdktError KT-611 (no
    rules for the day), KT-801, KT-806.
    """
    judged = judge_consolidated(consolidated, master, on, history)
    layout = load_layout("danh-sach-de-nghi")
    content = build_nominations_book(judged.nominations, judged.regime, on, organisation_of(master))
    written, notes = publish(content, out / layout.file_name)
    outputs = [written]
    if export:
        written, more = publish(build_export(judged.nominations), out / EXPORT_NAME)
        outputs.append(written)
        notes = [*notes, *more, *_left_out(judged.nominations)]
    return Nominating(judged.nominations, (*judged.findings, *notes), tuple(outputs))


def suppose(
    consolidated: Path,
    master: Master,
    on: date,
    history: History | None,
    suppositions: Sequence[Supposition],
) -> list[Move]:
    """Tell which conclusions move when facts are as supposed; writes nothing.

    Raises TdktError KT-755 for a supposition about nobody who is proposed or recorded, and as ``nominate``.
    """
    before = judge_consolidated(consolidated, master, on, history).nominations
    for item in suppositions:
        check_supposition(item, before)
    after = judge_consolidated(consolidated, master, on, history, suppositions).nominations
    return moves(before, after)


def _left_out(nominations: Sequence[Nomination]) -> list[Finding]:
    kept = exported(nominations)
    names = [item.candidate.subject for item in nominations if item not in kept]
    return [codes.EXPORT_LEFT_OUT.at(count=len(names), names=names)] if names else []


def judge_consolidated(
    consolidated: Path,
    master: Master,
    on: date,
    history: History | None = None,
    suppositions: Sequence[Supposition] = (),
) -> Judged:
    """Judge what ``nominate`` lists, and write nothing. Raises as ``nominate`` does.

    ``suppositions`` are put in place of what is stated or recorded (``tasks.suppositions``).
    """
    packs = load_packs()
    pack, office = packs.on(on), office_of(master, on, packs)
    rows = _read(consolidated)
    findings: list[Finding] = [*master.remarks, *pack.pending(on)]
    leaders = _leaders(rows, findings)
    leader_award = master.parameters.get("leader_award")
    award = pack.find_award(leader_award)
    if award is None and leaders:
        findings.append(unknown_award(leader_award, NOWHERE, on))
    leader_award = award.code if award else leader_award
    candidates = [
        *_leader_candidates(leaders, rows, leader_award),
        *_proposed(rows, leaders, leader_award, pack, on, findings),
    ]
    findings += missing_rules(pack, office, on, {candidate.award for candidate, _ in candidates})
    proposals = _with_history(candidates, master, on, history, suppositions, findings)
    criteria = criteria_packs(master, on, findings)
    nominations = judge_together(
        proposals,
        lambda item: judge(
            item.candidate, criteria.get(item.candidate.cluster_code, pack), office, item.past
        ),
        pack,
    )
    findings += check_conflicts(nominations, pack)
    findings += [finding for item in nominations for finding in _findings_of(item)]
    findings += needs_text(nominations)
    findings += check_quotas(nominations, pack, office)
    return Judged(tuple(nominations), tuple(findings), pack.name)


def _read(path: Path) -> Rows:
    target = path / LAYOUT.file_name if path.is_dir() else path
    if not target.exists():
        raise TdktError(machine.PATH_MISSING, path=str(target))
    received = open_received(target, target.name)
    if received.value is None:
        raise TdktError(machine.NOT_CONSOLIDATED_BOOK, path=str(target), reason=": tệp không đọc được")
    rows = _read_sheets(received.value)
    missing = [LAYOUT.sheet(name).name for name in _SHEETS if name not in rows]
    if missing:
        raise TdktError(
            machine.NOT_CONSOLIDATED_BOOK, path=str(target), reason=f": thiếu trang {', '.join(missing)}"
        )
    return rows


def _read_sheets(book: ReceivedBook) -> dict[str, list[ListRow]]:
    """Rows by sheet id. Our own output: a value that cannot be read any more is simply not known."""
    moot: list[Finding] = []
    found = {}
    for sheet in (LAYOUT.sheet(name) for name in _SHEETS):
        grid = next(
            (grid for grid in book.grids if comparison_key(grid.sheet) == comparison_key(sheet.name)), None
        )
        table = find_table(grid, [sheet]).value if grid else None
        if table:
            found[sheet.id] = read_rows(table, BOOK.choices, moot)
    return found


def _source(row: ListRow, field: str = "") -> Place:
    """The cell of a received file a value came from: its row, and its column when recorded."""
    number = row.values.get("row")
    text = number if isinstance(number, str) else str(number or "")
    line = int(text) if text.isdigit() else 0
    columns = dict(part.split("=", 1) for part in row.text("source_columns").split() if "=" in part)
    letters = columns.get(field, "")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return Place(row.text("file"), row.text("sheet"), line, column)


def _leaders(rows: Rows, findings: list[Finding]) -> list[ListRow]:
    """The unit at rank 1 of each cluster; none where it is tied (KT-707)."""
    first: dict[str, list[ListRow]] = {}
    for row in rows["ranking"]:
        if row.values.get("rank") == 1:
            first.setdefault(row.text("cluster"), []).append(row)
    incomplete = {row.text("cluster"): row for row in rows["overview"] if row.text("state") not in {"", "Đủ"}}
    leaders = []
    for cluster, tops in first.items():
        name = tops[0].text("cluster_name")
        if len(tops) > 1:
            units = [row.text("unit") for row in tops]
            findings.append(codes.LEADER_TIED.at(_source(tops[0]), cluster=name, units=units))
            continue
        if cluster in incomplete:
            state = incomplete[cluster]
            members, ranked = state.values.get("members"), state.values.get("ranked")
            lacking = members - ranked if isinstance(members, int) and isinstance(ranked, int) else 0
            findings.append(codes.CLUSTER_NOT_READY.at(_source(tops[0]), cluster=name, missing=lacking))
        leaders.append(tops[0])
    return leaders


def _leader_candidates(
    leaders: Iterable[ListRow], rows: Rows, leader_award: str
) -> list[tuple[Candidate, bool]]:
    """One candidate per cluster leader, with the facts its cluster gave for the whole unit, if any."""
    own = {
        row.text("unit_code"): row
        for row in rows["collectives"]
        if comparison_key(row.text("subject")) == comparison_key(row.text("unit"))
    }
    found = []
    for leader in leaders:
        given = own.get(leader.text("unit_code"))
        facts = _facts(given) if given else {}
        facts["leads_cluster"] = Fact(True, _source(leader))
        found.append(
            (
                Candidate(
                    leader.text("unit"),
                    SubjectKind.COLLECTIVE,
                    leader.text("unit_code"),
                    leader.text("unit"),
                    leader.text("cluster"),
                    leader_award,
                    "",
                    _source(leader),
                    facts,
                ),
                True,
            )
        )
    return found


def _proposed(
    rows: Rows,
    leaders: Iterable[ListRow],
    leader_award: str,
    pack: RulePack,
    on: date,
    findings: list[Finding],
) -> list[tuple[Candidate, bool]]:
    leading = {comparison_key(row.text("unit")): row for row in leaders}
    found = []
    for sheet, kind in _KINDS.items():
        for row in rows[sheet]:
            award = pack.find_award(row.text("award"))
            if award is None:
                findings.append(unknown_award(row.text("award"), _source(row, "award"), on))
                continue
            if kind not in award.kinds:
                expected = [item.label for item in award.kinds]
                findings.append(
                    codes.WRONG_KIND.at(
                        _source(row, "award"), award=award.abbreviation, expected=expected, kind=kind.label
                    )
                )
                continue
            facts = _facts(row)
            leader = leading.get(comparison_key(row.text("subject")))
            if leader is not None and award.code == leader_award:
                continue  # stands in the list of leaders already, with the facts of this row
            if kind is SubjectKind.COLLECTIVE:
                facts["leads_cluster"] = Fact(leader is not None, _source(leader or row))
            found.append((_candidate(row, kind, award.code, facts), False))
    return found


def _candidate(row: ListRow, kind: SubjectKind, award: str, facts: Mapping[str, Fact[object]]) -> Candidate:
    return Candidate(
        row.text("subject"),
        kind,
        row.text("unit_code"),
        row.text("unit"),
        row.text("cluster"),
        award,
        row.text("position"),
        _source(row, "subject"),
        facts,
    )


def _facts(row: ListRow) -> dict[str, Fact[object]]:
    """Facts of a proposal with the source cell of each; a blank or unreadable cell is "not known"."""
    facts: dict[str, Fact[object]] = {}
    for name in FACT_LABELS.keys() & row.table.columns.keys():
        facts[name] = Fact(_fact_value(name, row.values.get(name)), _source(row, name))
    return facts


def _fact_value(name: str, value: object) -> object:
    if name in {"united", "under_verification"}:
        return {"có": True, "không": False}.get(comparison_key(value)) if isinstance(value, str) else None
    if not isinstance(value, str):
        return value
    if name == "rating":
        return next((item for item in Rating if comparison_key(item.code) == comparison_key(value)), None)
    if name == "discipline":
        return next(
            (item for item in Discipline if comparison_key(item.label) == comparison_key(value)), None
        )
    if name == "initiative_reach":
        return _REACH.get(comparison_key(value))
    return value


def _with_history(
    candidates: Iterable[tuple[Candidate, bool]],
    master: Master,
    on: date,
    history: History | None,
    suppositions: Sequence[Supposition],
    findings: list[Finding],
) -> list[Proposal]:
    """Join the candidates with their history, if there is one, and with what is supposed."""
    periods = {cluster.code: cluster.period for cluster in reversed(master.active_clusters)}
    proposals = [
        Proposal(candidate, periods.get(candidate.cluster_code, _year_of(on)), leads)
        for candidate, leads in candidates
    ]
    if history is not None:
        known = KnownPast(suppose_records(history, suppositions, on), AwardNames(load_packs().packs), on)
        proposals = known.join(proposals)
        findings += [*history.remarks, *known.findings]
    return suppose_facts(proposals, suppositions)


def _year_of(day: date) -> Period:
    """The period of a proposal whose cluster the master data no longer has."""
    return Period(day.year, day.year)


def _because(judgement: Judgement) -> str:
    return "; ".join(reason.text for reason in judgement.deciding)


def _findings_of(item: Nomination) -> list[Finding]:
    subject, place, judgement = item.candidate.subject, item.candidate.place, item.judgement
    award = item.award_name
    if judgement.outcome is Outcome.NOT_ELIGIBLE:
        return [codes.NOT_ELIGIBLE.at(place, subject=subject, award=award, reasons=_because(judgement))]
    if judgement.outcome is Outcome.UNCONFIRMED:
        rules = [f"{reason.rule} ({reason.citation})" for reason in judgement.deciding]
        return [codes.UNCONFIRMED_RULE.at(place, subject=subject, award=award, rules=rules)]
    if judgement.outcome is not Outcome.CANNOT_TELL or award == item.candidate.award:
        return []  # an award called by its code is one the day does not know: KT-713 has said so
    findings = []
    if judgement.missing:
        facts = [f"“{FACT_LABELS[name]}”" for name in judgement.missing]
        findings.append(codes.FACT_MISSING.at(place, subject=subject, award=award, facts=facts))
    texts = [reason.text for reason in judgement.reasons if reason.verdict is Answer.NEEDS_TEXT]
    province = [reason.text for reason in judgement.reasons if reason.verdict is Answer.NEEDS_PROVINCE]
    if province or not (judgement.missing or texts):
        reasons = "; ".join(province) or _because(judgement)
        findings.append(codes.NEEDS_PROVINCE_RULE.at(place, subject=subject, award=award, reasons=reasons))
    return findings
