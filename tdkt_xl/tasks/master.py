"""Load the master data from its standard workbook, checked by the same stages as received files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.domain.master import Master, Parameters
from tdkt_xl.domain.periods import Period, find_period
from tdkt_xl.domain.units import Cluster, Register, Unit
from tdkt_xl.findings import Finding, Outcome, Place, Severity, TdktError, has_errors
from tdkt_xl.findings.codes import files, machine
from tdkt_xl.findings.codes import master as codes
from tdkt_xl.findings.render import message
from tdkt_xl.readers.received import open_received
from tdkt_xl.tables.cells import find_day
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tables.old_text import restore_book
from tdkt_xl.tasks.catalogues import read_catalogues
from tdkt_xl.tasks.folding import fold_repeated
from tdkt_xl.tasks.office_rules import check_moved, read_office_rules
from tdkt_xl.tasks.scoring_terms import read_rounding
from tdkt_xl.tasks.standard_book import Rows, check_references, read_period, read_sheets
from tdkt_xl.vietnamese.numbers import read_number
from tdkt_xl.vietnamese.text import comparison_key

LAYOUT = load_layout("danh-muc")
_YES_NO = {"Có": True, "Không": False}
_CATALOGUE_SHEETS = frozenset({"criteria", "catalogues", "bands"})
_OPTIONAL = frozenset({"office_rules"})
"""A book without this sheet has entered nothing of its own; what is missing is listed with every result."""


def load_master(path: Path) -> Master:
    """Load master data that must be usable; raises TdktError KT-805 naming the first error."""
    if not path.is_file():
        raise TdktError(machine.PATH_MISSING, path=str(path))
    received = open_received(path, path.name)
    if received.value is None:
        raise _unusable(path, received.findings)
    old_texts: list[Finding] = []
    outcome = read_master(restore_book(received.value, old_texts))
    if outcome.value is None or has_errors(outcome.findings):
        raise _unusable(path, outcome.findings)
    remarks = (*outcome.value.remarks, *fold_repeated(old_texts))
    return replace(outcome.value, remarks=remarks)


def _unusable(path: Path, findings: Iterable[Finding]) -> TdktError:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    first = f"{errors[0].place}: {message(errors[0])}" if errors else ""
    return TdktError(machine.MASTER_UNUSABLE, path=str(path), count=len(errors), first=first)


def read_master(book: ReceivedBook) -> Outcome[Master]:
    """Read and check a master-data workbook.

    A workbook with only the catalogue sheets (Tiêu chí, Danh mục, Mức xếp loại) is checked as a
    catalogue and gives no Master. May report KT-114, KT-115, KT-2xx, KT-306 … KT-312, KT-602 … KT-609,
    KT-613 … KT-629 and KT-641 … KT-647.
    """
    findings: list[Finding] = []
    rows = read_sheets(book, LAYOUT, findings)
    catalogues = read_catalogues(rows, Place(book.name), findings)
    only_catalogue = rows.keys() <= _CATALOGUE_SHEETS
    missing = [sheet for sheet in LAYOUT.sheets if sheet.id not in {*rows, *_OPTIONAL}]
    if not only_catalogue:
        findings += [files.SHEET_MISSING.at(Place(book.name), expected=sheet.name) for sheet in missing]
    if missing:
        return Outcome(None, tuple(findings))
    register = _register(rows, findings)
    clusters = _clusters(rows, register, catalogues, findings)
    parameters = _parameters(rows["parameters"], Place(book.name, "Tham số"), findings)
    office_rules = read_office_rules(rows.get("office_rules", ()), register, clusters, findings)
    findings += check_moved(rows["parameters"])
    findings += _without_cluster(rows["units"], register, clusters, parameters, findings)
    _warn_of_samples(rows, Place(book.name), findings)
    remarks = tuple(finding for finding in findings if finding.severity is Severity.WARNING)
    master = Master(register, clusters, catalogues, parameters, remarks, office_rules, book.sha256)
    return Outcome(master, tuple(findings))


def _without_cluster(
    rows: Iterable[ListRow],
    register: Register,
    clusters: Iterable[Cluster],
    parameters: Parameters,
    findings: Iterable[Finding],
) -> list[Finding]:
    """Warn of units that exist in a period now worked on but are in none of its clusters (KT-315)."""
    active = parameters.active_periods
    if any(finding.code is codes.UNKNOWN_REFERENCE for finding in findings):
        return []  # the unit may be the one a wrong code means
    homes = {code for cluster in clusters if cluster.period in active for code in cluster.members}
    return [
        codes.UNIT_WITHOUT_CLUSTER.at(row.place("name"), unit=unit.name)
        for row in rows
        if (unit := register.units.get(row.text("code"))) is not None
        and unit.code
        and unit.code not in homes
        and any(unit.valid_during(period) for period in active)
    ]


def _register(rows: Rows, findings: list[Finding]) -> Register:
    units = []
    for row in rows["units"]:
        start, end = row.values.get("valid_from"), row.values.get("valid_to")
        unit = Unit(
            row.text("code"),
            row.text("name"),
            row.text("short_name"),
            row.text("kind"),
            row.text("gso_code"),
            start,  # type: ignore[arg-type]  # read by column type: date or None
            end,  # type: ignore[arg-type]
            row.text("work_field"),
        )
        if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            findings.append(
                codes.DATES_REVERSED.at(row.place("valid_from"), start=unit.valid_from, end=unit.valid_to)
            )
        units.append(unit)
    check_references(rows["aliases"], "unit", (unit.code for unit in units), "Đơn vị", findings)
    _check_names(rows, units, findings)
    return Register.build(units, [(row.text("alias"), row.text("unit")) for row in rows["aliases"]])


def _check_names(rows: Rows, units: list[Unit], findings: list[Finding]) -> None:
    """One text must lead to one unit, whether name, short name or alias."""
    owners: dict[str, str] = {}
    named = [(row, field, row.text("code")) for row in rows["units"] for field in ("name", "short_name")]
    named += [(row, "alias", row.text("unit")) for row in rows["aliases"]]
    names = {unit.code: unit.name for unit in units}
    for row, field, code in named:
        text = row.text(field)
        if not text:
            continue
        owner = owners.setdefault(comparison_key(text), code)
        if owner != code:
            findings.append(
                codes.ALIAS_CONFLICT.at(
                    row.place(field), text=text, first=names.get(owner, owner), second=names.get(code, code)
                )
            )


def _clusters(
    rows: Rows, register: Register, catalogues: Mapping[str, Catalogue], findings: list[Finding]
) -> tuple[Cluster, ...]:
    members: dict[tuple[Period, str], list[str]] = {}
    homes: dict[tuple[Period, str], str] = {}
    for row in rows["members"]:
        period, cluster, unit = read_period(row, findings), row.text("cluster"), row.text("unit")
        if period is None or not unit:
            continue
        home = homes.setdefault((period, unit), cluster)
        if home != cluster:
            findings.append(
                codes.UNIT_IN_TWO_CLUSTERS.at(
                    row.place("unit"), unit=unit, first=home, second=cluster, period=period.key
                )
            )
            continue
        members.setdefault((period, cluster), []).append(unit)
    check_references(rows["members"], "unit", register.units, "Đơn vị", findings)
    check_references(
        rows["members"], "cluster", (row.text("code") for row in rows["clusters"]), "Cụm thi đua", findings
    )
    check_references(rows["clusters"], "catalogue", catalogues, "Danh mục", findings)
    for role in ("leader", "deputy"):
        check_references(rows["clusters"], role, register.units, "Đơn vị", findings)
    clusters = []
    for row in rows["clusters"]:
        period = read_period(row, findings)
        if period is not None:
            code = row.text("code")
            clusters.append(
                Cluster(
                    period,
                    code,
                    row.text("name"),
                    row.text("description"),
                    row.text("catalogue"),
                    row.text("leader"),
                    row.text("deputy"),
                    tuple(members.get((period, code), ())),
                )
            )
    return tuple(clusters)


def _parameters(rows: list[ListRow], place: Place, findings: list[Finding]) -> Parameters:
    by_key = {row.text("key"): row for row in rows}
    values = {key: row.text("value") for key, row in by_key.items()}

    def read(key: str, name: str, parse: Callable[[str], object], reason: str) -> object:
        row = by_key.get(key)
        if row is None:
            findings.append(codes.PARAMETER_MISSING.at(place, name=name))
            return None
        parsed = parse(values[key])
        if not parsed and parsed != Decimal(0):
            findings.append(
                codes.PARAMETER_INVALID.at(
                    row.place("value"), name=row.text("name"), text=values[key], reason=reason
                )
            )
        return parsed

    periods = read(
        "active_periods", "Kỳ đang làm", _read_periods, "cần năm hoặc năm học, cách nhau bằng dấu ;"
    )
    tolerance = read(
        "rounding_tolerance", "Dung sai làm tròn", lambda text: read_number(text).value, "cần một số"
    )
    return Parameters(
        periods if isinstance(periods, tuple) else (),
        tolerance if isinstance(tolerance, Decimal) else Decimal(0),
        values,
        read_rounding(by_key, findings),
        **_asked_of_senders(by_key, findings),
    )


def _asked_of_senders(by_key: Mapping[str, ListRow], findings: list[Finding]) -> dict[str, Any]:
    """The parameters on how sheets are filled; blank or absent: not asked."""
    parsers: dict[str, tuple[str, Callable[[str], object], str]] = {
        "deadline": ("deadline", find_day, "cần ngày dạng 31/12/2023"),
        "zero_needs_reason": ("explains_zero", _YES_NO.get, "cần Có hoặc Không"),
        "gap_needs_reason": ("largest_gap", lambda text: read_number(text).value, "cần một số điểm"),
    }
    found: dict[str, object] = {}
    for key, (field, parse, reason) in parsers.items():
        text = by_key[key].text("value") if key in by_key else ""
        value = parse(text) if text else None
        if value is not None:
            found[field] = value
        elif text:
            row = by_key[key]
            findings.append(
                codes.PARAMETER_INVALID.at(
                    row.place("value"), name=row.text("name"), text=text, reason=reason
                )
            )
    return found


def _read_periods(text: str) -> tuple[Period, ...]:
    periods = [find_period(part) for part in text.split(";") if part.strip()]
    return tuple(period for period in periods if period) if all(periods) else ()


def _warn_of_samples(rows: Rows, place: Place, findings: list[Finding]) -> None:
    marked = {
        items[0].table.layout.name: sum(row.text("note").startswith("ví dụ") for row in items)
        for items in rows.values()
        if items
    }
    sheets = [name for name, count in marked.items() if count]
    if sheets:
        findings.append(codes.SAMPLE_DATA.at(place, count=sum(marked.values()), sheets=sheets))
