"""Read a consolidated result: the leading units of the clusters and every proposal, with their facts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import FACT_LABELS, Candidate, Fact
from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.readers.received import open_received
from tdkt_xl.rules.model import Award, RulePack
from tdkt_xl.tables.grid import Grid
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow, read_rows
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tasks.large_lists import listed_sheets
from tdkt_xl.tasks.large_rows import read_large
from tdkt_xl.tasks.office_rules import unknown_award
from tdkt_xl.tasks.result_files import result_book
from tdkt_xl.vietnamese.text import comparison_key

LAYOUT = load_layout("tong-hop-huyen")
BOOK = load_layout("so-cum")
_SHEETS = ("overview", "ranking", "collectives", "individuals")
_KINDS = {"collectives": SubjectKind.COLLECTIVE, "individuals": SubjectKind.INDIVIDUAL}
_REACH = {
    comparison_key(text): code
    for text, code in (("Cơ sở", "co_so"), ("Tỉnh", "tinh"), ("Toàn quốc", "toan_quoc"))
}

_HOUSEHOLD_NAMES = tuple(comparison_key(word) + " " for word in ("Hộ", "Gia đình"))
"""How the name of a household begins: Hộ ông …, Hộ gia đình …, Gia đình bà …"""

Rows = Mapping[str, Sequence[ListRow]]


def read_consolidated(path: Path) -> Rows:
    """Return the rows to judge by sheet identifier; ``path`` is the workbook or its folder.

    Of a large round they come from the tables beside its workbook. Raises TdktError KT-801, KT-806, of a
    large result also KT-862, KT-870.
    """
    target = result_book(path)
    large = read_large(target)
    if large:
        return _read_sheets(list(listed_sheets(large)))
    if not target.exists():
        raise TdktError(machine.PATH_MISSING, path=str(target))
    received = open_received(target, target.name)
    if received.value is None:
        raise TdktError(machine.NOT_CONSOLIDATED_BOOK, path=str(target), reason=": tệp không đọc được")
    rows = _read_sheets(received.value.grids)
    missing = [LAYOUT.sheet(name).name for name in _SHEETS if name not in rows]
    if missing:
        raise TdktError(
            machine.NOT_CONSOLIDATED_BOOK, path=str(target), reason=f": thiếu trang {', '.join(missing)}"
        )
    return rows


def _read_sheets(grids: Sequence[Grid]) -> dict[str, list[ListRow]]:
    """Rows by sheet id. Our own output: a value that cannot be read any more is simply not known."""
    moot: list[Finding] = []
    found = {}
    for sheet in (LAYOUT.sheet(name) for name in _SHEETS):
        grid = next(
            (grid for grid in grids if comparison_key(grid.sheet) == comparison_key(sheet.name)), None
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


def find_leaders(rows: Rows, findings: list[Finding]) -> list[ListRow]:
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


def leader_candidates(
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


def _kind_of(row: ListRow, kind: SubjectKind, award: Award) -> SubjectKind:
    """A row of the sheet of collectives may propose a household: by its award, else by its name."""
    if kind is not SubjectKind.COLLECTIVE or SubjectKind.HOUSEHOLD not in award.kinds:
        return kind
    named = comparison_key(row.text("subject")).startswith(_HOUSEHOLD_NAMES)
    return SubjectKind.HOUSEHOLD if named or kind not in award.kinds else kind


def proposed_candidates(
    rows: Rows,
    leaders: Iterable[ListRow],
    leader_award: str,
    pack: RulePack,
    on: date,
    findings: list[Finding],
) -> list[tuple[Candidate, bool]]:
    """One candidate per proposal. May report KT-705, KT-708, KT-713 and KT-728."""
    leading = {comparison_key(row.text("unit")): row for row in leaders}
    found = []
    for sheet, listed in _KINDS.items():
        for row in rows[sheet]:
            award = pack.find_award(row.text("award"))
            if award is None:
                findings.append(unknown_award(row.text("award"), _source(row, "award"), on))
                continue
            kind = _kind_of(row, listed, award)
            if kind is not listed:
                subject, place = row.text("subject"), _source(row, "subject")
                findings.append(codes.TAKEN_AS_HOUSEHOLD.at(place, subject=subject, award=award.abbreviation))
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
