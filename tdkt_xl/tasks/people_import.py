"""tdkt people import: take a unit's own list into the workbook of people, nothing overwritten silently."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_xl.domain.people import Person, Subject
from tdkt_xl.domain.periods import find_period
from tdkt_xl.domain.units import Register
from tdkt_xl.findings import Finding, Place, Severity, has_errors
from tdkt_xl.findings.codes import files as file_codes
from tdkt_xl.findings.codes import master as codes
from tdkt_xl.readers.received import open_received
from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tables.cells import plain_text
from tdkt_xl.tables.grid import CellValue
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.people_book import LAYOUT, PeopleBook, load_people
from tdkt_xl.tasks.people_rows import find_unit
from tdkt_xl.tasks.people_safety import own_parts
from tdkt_xl.tasks.standard_book import Rows, read_sheets
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.book import Organisation
from tdkt_xl.writers.people_book import build_people_book
from tdkt_xl.writers.publish import publish

Values = dict[str, object]
_SUBJECT_SHEETS = ("people", "collectives")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "people": ("code",),
    "collectives": ("code",),
    "ratings": ("subject", "period"),
    "awards": ("subject", "award", "period", "merit"),
    "initiatives": ("work", "subject"),
    "penalties": ("subject", "level", "start"),
    "stretches": ("subject", "kind", "start"),
}
"""What makes two rows of a sheet the same record."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change an import would make; ``kind``: thêm | bổ sung | thay."""

    kind: str
    sheet: str
    subject: str
    what: str
    place: Place


@dataclass
class Line:
    """A row of the workbook to be, and the row it came from; ``imported`` tells a list from the workbook."""

    values: Values
    origin: ListRow
    imported: bool


@dataclass(frozen=True)
class Import:
    """What an import would change, what was found, and the files written."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Tell whether an error keeps the new version from being written."""
        return has_errors(self.findings)


@dataclass
class _Merge:
    register: Register
    update: bool
    tables: dict[str, list[Line]]
    subjects: list[Subject]
    findings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = AwardNames(load_packs().packs)
        self.index: dict[str, dict[tuple[str, ...], Line]] = {
            sheet: {self.key(sheet, line.values): line for line in lines}
            for sheet, lines in self.tables.items()
        }

    def key(self, sheet: str, values: Mapping[str, object]) -> tuple[str, ...]:
        """The key of a record: awards by code whatever they were called, periods however written."""
        return tuple(self._part(name, values.get(name)) for name in _KEYS[sheet])

    def _part(self, name: str, value: object) -> str:
        text = _plain(value)
        if name == "award":
            award = self.names.find(text)
            return award.code if award else comparison_key(text)
        if name == "period":
            period = find_period(text)
            return period.key if period else text
        if name == "merit":
            return comparison_key(text or "Thường xuyên")
        return comparison_key(text)


def import_people(
    paths: Sequence[Path],
    book: Path,
    register: Register,
    organisation: Organisation,
    *,
    update: bool = False,
    apply: bool = False,
) -> Import:
    """Merge lists into the workbook ``book`` (made when it is not there); ``apply`` writes the new version.

    A record the workbook has not yet is added; a blank of it is filled; a value that differs is reported
    (KT-346) and changed only with ``update``. Findings stand at the cells of the lists. With an error among
    them nothing is written. May report what ``read_people`` does, KT-344, KT-346 … KT-348.
    """
    current = load_people(book, register) if book.is_file() else None
    findings = (
        [] if current is None else [item for item in current.findings if item.severity is Severity.ERROR]
    )
    if current is not None and current.value is not None:
        findings += own_parts(current.value)
    if findings:
        return Import((), tuple(findings))
    known = current.value if current else None
    merge = _Merge(register, update, _tables(known), [] if known is None else list(known.records.subjects))
    for path in paths:
        _take_in(path, merge)
    merge.findings += _check_result(merge, current.findings if current else ())
    result = Import(tuple(merge.changes), tuple(merge.findings))
    if not apply or result.is_refused or not merge.changes:
        return result
    written, notes = publish(_content(merge, organisation), book)
    return replace(result, findings=(*result.findings, *notes), outputs=(written,))


def _tables(book: PeopleBook | None) -> dict[str, list[Line]]:
    rows: Rows = book.rows if book else {}
    return {
        sheet.id: [Line(dict(row.values), row, imported=False) for row in rows.get(sheet.id, ())]
        for sheet in LAYOUT.sheets
    }


def _content(merge: _Merge, organisation: Organisation) -> bytes:
    tables = {sheet: [line.values for line in lines] for sheet, lines in merge.tables.items()}
    return build_people_book(tables, organisation)


def _take_in(path: Path, merge: _Merge) -> None:
    received = open_received(path, path.name)
    merge.findings += received.findings
    if received.value is None:
        return
    rows = read_sheets(received.value, LAYOUT, merge.findings)
    if not rows:
        merge.findings.append(file_codes.SHEET_MISSING.at(Place(path.name), expected=LAYOUT.sheets[0].name))
    for sheet in _SUBJECT_SHEETS:
        for row in rows.get(sheet, ()):
            _take_subject(sheet, row, merge)
    for sheet, items in rows.items():
        if sheet not in _SUBJECT_SHEETS:
            for row in items:
                _take_record(sheet, row, merge)


# ---- whose row it is


def _take_subject(sheet: str, row: ListRow, merge: _Merge) -> None:
    name = row.text("name")
    unit = find_unit(row, merge.register, merge.findings)
    if not name or unit is None:
        return
    values: Values = {**row.values, "unit": unit.code}
    code = row.text("code")
    if not code:
        found = [
            item for item in _named(name, sheet, merge) if item.unit_code == unit.code and _may_be(item, row)
        ]
        if len(found) > 1:
            merge.findings.append(_ambiguous(row, name, unit.name, found))
            return
        code = found[0].code if found else _next_code(sheet, merge)
    values["code"] = code
    if code not in {item.code for item in merge.subjects}:
        birth = row.values.get("birth")
        merge.subjects.append(Person(code, name, unit.code, birth))  # type: ignore[arg-type]  # a date or None
    _put(sheet, values, row, name, merge)


def _may_be(item: Subject, row: ListRow) -> bool:
    birth, given = getattr(item, "birth", None), row.values.get("birth")
    return birth is None or given is None or birth == given


def _named(name: str, sheet: str, merge: _Merge) -> list[Subject]:
    prefix = _prefix(sheet)
    wanted = comparison_key(name)
    return [
        item
        for item in merge.subjects
        if comparison_key(item.name) == wanted and (not prefix or item.code.startswith(prefix) or sheet == "")
    ]


def _prefix(sheet: str) -> str:
    return {"people": "CN-", "collectives": "TT-"}.get(sheet, "")


def _next_code(sheet: str, merge: _Merge) -> str:
    prefix = _prefix(sheet)
    numbers = [
        int(item.code.removeprefix(prefix))
        for item in merge.subjects
        if item.code.startswith(prefix) and item.code.removeprefix(prefix).isdecimal()
    ]
    return f"{prefix}{max(numbers, default=0) + 1:04d}"


def _take_record(sheet: str, row: ListRow, merge: _Merge) -> None:
    values: Values = dict(row.values)
    name, code = row.text("name"), row.text("subject")
    if not code:
        found = _named(name, "", merge) if name else []
        if len(found) > 1:
            merge.findings.append(_ambiguous(row, name, "các đơn vị", found))
            return
        if not found:
            merge.findings.append(codes.IMPORT_UNKNOWN.at(row.place("name"), name=name or "(trống)"))
            return
        code = found[0].code
    values["subject"] = code
    if "unit" in row.values:
        unit = find_unit(row, merge.register, merge.findings)
        values["unit"] = unit.code if unit else row.text("unit")
    shown = name or next((item.name for item in merge.subjects if item.code == code), code)
    _put(sheet, values, row, shown, merge)


def _ambiguous(row: ListRow, name: str, unit: str, found: Sequence[Subject]) -> Finding:
    shown = ", ".join(item.code for item in found)
    return codes.IMPORT_AMBIGUOUS.at(row.place("name"), name=name, unit=unit, count=len(found), codes=shown)


# ---- what changes


def _put(sheet: str, values: Values, row: ListRow, name: str, merge: _Merge) -> None:
    layout = LAYOUT.sheet(sheet)
    key = merge.key(sheet, values)
    there = merge.index.setdefault(sheet, {}).get(key)
    if there is None:
        line = Line(values, row, imported=True)
        merge.tables[sheet].append(line)
        merge.index[sheet][key] = line
        merge.changes.append(Change("thêm", layout.name, name, _gist(sheet, values), row.place("name")))
        return
    for column in layout.columns:
        given, had = values.get(column.field), there.values.get(column.field)
        if given is None or column.field in {"note", *_KEYS[sheet]} or _same(given, had):
            continue
        kind = "bổ sung" if had is None else "thay"
        if had is not None:
            merge.findings.append(_differs(row, column.field, name, given, there))
            if not merge.update:
                continue
        there.values[column.field] = given
        what = f"{column.heading}: {_plain(had) or '(trống)'} → {_plain(given)}"
        merge.changes.append(Change(kind, layout.name, name, what, row.place(column.field)))


def _differs(row: ListRow, name: str, subject: str, given: object, there: Line) -> Finding:
    had = there.values.get(name)
    other = str(there.origin.place(name))
    return codes.IMPORT_DIFFERS.at(
        row.place(name),
        name=subject,
        column=row.table.heading(name),
        text=_plain(given),
        current=_plain(had),
        other=other,
    )


def _same(given: object, had: object) -> bool:
    if isinstance(given, str) and isinstance(had, str):
        return comparison_key(given) == comparison_key(had)
    return given == had


def _gist(sheet: str, values: Mapping[str, object]) -> str:
    names = [
        name
        for name in ("code", "period", "rating", "award", "title", "level", "kind", "start")
        if values.get(name)
    ]
    return " · ".join(_plain(values[name]) for name in names) or LAYOUT.sheet(sheet).name


def _plain(value: object) -> str:
    if value is None or isinstance(value, (str, int, float, bool)):
        return plain_text(value)
    return plain_text(value) if isinstance(value, CellValue) else f"{value}"


# ---- the workbook to be, checked in full


def _check_result(merge: _Merge, known: Collection[Finding]) -> Iterable[Finding]:
    """Read the merged workbook with every check; each finding points at the row its record came from.

    ``known`` was found in the workbook before, and is not said again.
    """
    if not merge.changes:
        return
    told = {(item.place, item.code.id) for item in (*merge.findings, *known)}
    with TemporaryDirectory(prefix="tdkt-") as folder:
        path = Path(folder) / LAYOUT.file_name
        path.write_bytes(_content(merge, Organisation()))
        outcome = load_people(path, merge.register)
    if outcome.value is None:
        yield from outcome.findings
        return
    came_from = {
        (row.table.grid.sheet, row.row): (row, line)
        for sheet, rows in outcome.value.rows.items()
        for row, line in zip(rows, merge.tables[sheet], strict=True)
    }
    for finding in outcome.findings:
        found = came_from.get((finding.place.sheet, finding.place.row))
        if found:
            row, line = found
            fields = {column: name for name, column in row.table.columns.items()}
            place = line.origin.place(fields.get(finding.place.column, ""))
            if (place, finding.code.id) not in told:
                yield replace(finding, place=place)
