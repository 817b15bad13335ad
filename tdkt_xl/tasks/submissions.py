"""Interpret a received workbook: whose it is, for which kỳ, and what its sheets say."""

from dataclasses import dataclass, field, replace
from enum import Enum

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.periods import Period, find_period
from tdkt_xl.domain.scores import CellState, ScoreCell, ScoreSheet, SummaryRow, WideRow
from tdkt_xl.domain.units import Cluster, Unit
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import between_files, between_sheets, catalogues, cells, files, texts
from tdkt_xl.findings.codes import master as master_codes
from tdkt_xl.tables.cells import read_score
from tdkt_xl.tables.grid import ReceivedBook
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow, read_rows
from tdkt_xl.tables.locate import Table, find_stamp
from tdkt_xl.tables.score_sheet import SheetBody, read_body
from tdkt_xl.tables.wide import read_wide_rows
from tdkt_xl.tasks.book_forms import BOOK, SUMMARY, Forms, Heading, find_forms, is_unfilled
from tdkt_xl.vietnamese.text import comparison_key

_OUTPUT_FORMS = frozenset(
    sheet.form
    for name in (
        "tong-hop-huyen",
        "tong-hop-lon",
        "danh-sach-de-nghi",
        "ket-qua-kiem-tra",
        "phieu-tra-lai",
        "so-sanh",
        "chon-ban",
        "sua-an-toan",
    )
    for sheet in load_layout(name).sheets
    if sheet.form
)


class Kind(Enum):
    """What a received workbook is; the value is the word shown to people."""

    CLUSTER_BOOK = "sổ cụm"
    WIDE_TABLE = "bảng điểm dạng ngang"
    UNIT_SHEET = "phiếu của một đơn vị"
    BLANK = "mẫu trống"


@dataclass(frozen=True)
class Submission:
    """One received workbook, interpreted."""

    name: str
    sha256: str
    kind: Kind
    place: Place
    cluster_text: str
    cluster: Cluster | None
    period: Period | None
    catalogue: Catalogue | None
    sheets: tuple[ScoreSheet, ...] = ()
    summary: tuple[SummaryRow, ...] = ()
    wide_rows: tuple[WideRow, ...] = ()
    proposals: tuple[ListRow, ...] = ()
    consolidable: bool = True
    """False when an error says the whole file must wait (other kỳ, kỳ without catalogue)."""


def is_own_output(book: ReceivedBook) -> bool:
    """Tell a result workbook of ours by the version stamp of its sheets."""
    stamps = [stamp for grid in book.grids if (stamp := find_stamp(grid, 4))]
    return any(form in _OUTPUT_FORMS for form, _, _ in stamps)


def interpret(book: ReceivedBook, master: Master, findings: list[Finding]) -> Submission | None:
    """Recognise the forms of a workbook and read them; None when it holds none of ours.

    May report KT-110 … KT-129, KT-2xx, KT-301 … KT-305, KT-412, KT-414, KT-506 and KT-601.
    """
    found: list[Finding] = []
    forms = find_forms(book, found)
    if not (forms.scores or forms.summary or forms.wide or forms.lists):
        findings.append(files.UNKNOWN_FORM.at(Place(book.name)))
        return None
    if is_unfilled(forms):
        findings.append(files.BLANK_FORM.at(Place(book.name)))
        return Submission(book.name, book.sha256, Kind.BLANK, Place(book.name), "", None, None, None)
    findings += found
    head = Heading.of(forms, findings)
    submission = _place_in_round(book, forms, head, master, findings)
    return _read_sheets(submission, forms, master, findings)


def _place_in_round(
    book: ReceivedBook, forms: Forms, head: Heading, master: Master, findings: list[Finding]
) -> Submission:
    """Decide kind, kỳ, cluster and catalogue of the workbook."""
    place = Place(book.name)
    kind = Kind.CLUSTER_BOOK if forms.summary or len(forms.scores) != 1 or forms.lists else Kind.UNIT_SHEET
    kind = Kind.WIDE_TABLE if forms.wide else kind
    text = head.cluster.text if head.cluster else ""
    period = find_period(head.period.text) if head.period else None
    base = Submission(book.name, book.sha256, kind, place, text, None, period, None)
    if kind is Kind.CLUSTER_BOOK and forms.summary is None and SUMMARY.id not in forms.unread:
        findings.append(files.SHEET_MISSING.at(place, expected=SUMMARY.name))
    if head.period and period is None:
        findings.append(files.PERIOD_UNREADABLE.at(head.period.place, text=head.period.text))
        return replace(base, consolidable=False)
    if period is not None and head.period and not master.clusters_of(period):
        findings.append(catalogues.NO_CATALOGUE.at(head.period.place, period=period.key))
        # A wide table can be added up and ranked without a catalogue; a scoring sheet cannot be read.
        return replace(base, consolidable=kind is Kind.WIDE_TABLE)
    cluster = master.find_cluster(text, period)
    if cluster is None:
        if head.cluster or kind is Kind.WIDE_TABLE:
            table = forms.wide[0].grid.place if forms.wide else place
            where = head.cluster.place if head.cluster else table
            findings.append(
                master_codes.UNKNOWN_CLUSTER.at(
                    where, text=text or "(không ghi)", period=period.key if period else "(không ghi)"
                )
            )
        return base
    active = master.parameters.active_periods
    if period not in active and head.period:
        findings.append(
            between_files.OTHER_PERIOD.at(
                head.period.place, found=cluster.period.key, current=[item.key for item in active]
            )
        )
        return replace(base, cluster=cluster, catalogue=master.catalogue_of(cluster), consolidable=False)
    return replace(base, cluster=cluster, catalogue=master.catalogue_of(cluster))


def _read_sheets(base: Submission, forms: Forms, master: Master, findings: list[Finding]) -> Submission:
    finder = _UnitFinder(master, base.cluster, base.period, findings)
    wide_rows = [row for table in forms.wide for row in read_wide_rows(table, findings)]
    return replace(
        base,
        wide_rows=tuple(replace(row, unit=finder.find("", row.unit_text, row.place)) for row in wide_rows),
        sheets=tuple(_read_score_sheet(table, base, finder, findings) for table in forms.scores),
        summary=tuple(_read_summary(forms.summary, finder, findings) if forms.summary else ()),
        proposals=tuple(row for table in forms.lists for row in read_rows(table, BOOK.choices, findings)),
    )


@dataclass
class _UnitFinder:
    """Recognise units for one workbook; silent when the cluster itself is unknown."""

    master: Master
    cluster: Cluster | None
    period: Period | None
    findings: list[Finding]
    reported: set[str] = field(default_factory=set)

    def find(self, code: str, name: str, place: Place, code_place: Place | None = None) -> Unit | None:
        by_code = self.master.register.find(code) if code else None
        by_name = self.master.register.find(name) if name else None
        if self.cluster is None:
            return by_code.unit if by_code else (by_name.unit if by_name else None)
        if by_code and by_name and by_code.unit != by_name.unit:
            self.findings.append(
                between_sheets.CODE_AND_NAME_DIFFER.at(
                    code_place or place, code=code, expected=by_code.unit.name, text=name
                )
            )
            return None
        known = by_code or by_name
        if known is None:
            self._unknown(name or code, place)
            return None
        if by_name is None and name:
            self._other_name(code, name, known.unit, place)
        elif by_code is None and code:
            self._other_code(code, known.unit, code_place or place)
        self._remark(known.unit, name, by_alias=bool(by_name and by_name.by_alias), place=place)
        return known.unit

    def likely(self, code: str, name: str) -> frozenset[str]:
        """Codes of the units that a wrong code and name point to."""
        register = self.master.register
        texts = [text for text in (code, name, register.suggest(name) or "") if text]
        return frozenset(known.unit.code for text in texts if (known := register.find(text)))

    def _unknown(self, text: str, place: Place) -> None:
        if comparison_key(text) in self.reported:
            return
        self.reported.add(comparison_key(text))
        near = self.master.register.suggest(text)
        suggestion = f" Có phải ý ông/bà là “{near}”?" if near else ""
        self.findings.append(master_codes.UNKNOWN_UNIT.at(place, text=text, suggestion=suggestion))

    def _other_name(self, code: str, name: str, unit: Unit, place: Place) -> None:
        if comparison_key(name) in self.reported:
            return
        self.reported.add(comparison_key(name))
        if self.master.register.is_without_marks(name, unit):
            self.findings.append(texts.NAME_WITHOUT_MARKS.at(place, text=name, meant=unit.name))
        else:
            self.findings.append(
                master_codes.NAME_NOT_OF_CODE.at(place, code=code, expected=unit.name, text=name)
            )

    def _other_code(self, code: str, unit: Unit, place: Place) -> None:
        if comparison_key(code) not in self.reported:
            self.reported.add(comparison_key(code))
            self.findings.append(
                master_codes.CODE_NOT_IN_MASTER.at(place, text=code, unit=unit.name, expected=unit.code)
            )

    def _remark(self, unit: Unit, name: str, *, by_alias: bool, place: Place) -> None:
        if by_alias and comparison_key(name) not in self.reported:
            self.reported.add(comparison_key(name))
            self.findings.append(master_codes.ALIAS_USED.at(place, text=name, unit=unit.name))
        if unit.code in self.reported:
            return
        self.reported.add(unit.code)
        if self.period and not unit.valid_during(self.period):
            self.findings.append(
                master_codes.UNIT_NOT_VALID.at(place, unit=unit.name, period=self.period.key)
            )


def _read_score_sheet(
    table: Table, base: Submission, finder: _UnitFinder, findings: list[Finding]
) -> ScoreSheet:
    name, code = table.identity.get("unit"), table.identity.get("unit_code")
    place = name.place if name else (code.place if code else table.grid.place)
    unit = None
    if name or code:
        unit = finder.find(
            code.text if code else "", name.text if name else "", place, code.place if code else None
        )
    body = SheetBody((), (), ())
    if base.catalogue is not None:
        outcome = read_body(table, base.catalogue)
        findings += outcome.findings
        body = outcome.value or body
    own_part = table.top > 1
    return ScoreSheet(
        table.grid.place.at(table.header_row, 0) if own_part else table.grid.place,
        name.text if name else "",
        unit,
        base.cluster_text,
        base.period,
        base.catalogue,
        body.lines,
        body.typed_totals,
        body.foreign_rows,
        place,
        finder.likely(code.text if code else "", name.text if name else "") if unit is None else frozenset(),
        _is_misplaced(table, base),
        table.stamped,
    )


def _is_misplaced(table: Table, base: Submission) -> bool:
    """Tell whether a sheet names another kỳ or cluster than its book (reported as KT-412)."""
    period, cluster = table.identity.get("period"), table.identity.get("cluster")
    other_period = period is not None and base.period is not None and find_period(period.text) != base.period
    other_cluster = cluster is not None and comparison_key(cluster.text) != comparison_key(base.cluster_text)
    return other_period or other_cluster


def _read_summary(table: Table, finder: _UnitFinder, findings: list[Finding]) -> list[SummaryRow]:
    rows = []
    for row in table.rows():
        name, code = table.text(row, "unit"), table.text(row, "unit_code")
        unit = finder.find(code, name, table.place(row, "unit"), table.place(row, "unit_code"))
        scores = {
            name_: _summary_cell(table, row, name_, findings)
            for name_ in ("self_total", "cluster_total", "rank")
        }
        rows.append(
            SummaryRow(
                table.place(row, "unit"),
                name,
                unit,
                scores["self_total"],
                scores["cluster_total"],
                scores["rank"],
                table.text(row, "band"),
                table.place(row, "band"),
            )
        )
    return rows


def _summary_cell(table: Table, row: int, name: str, findings: list[Finding]) -> ScoreCell:
    column = table.columns.get(name, 0)
    if not column:
        return ScoreCell(table.grid.place.at(row, 0))
    cell = read_score(table.grid, row, column, table.heading(name), None, findings)
    if cell.state is CellState.BLANK:
        findings.append(cells.REQUIRED_TEXT_MISSING.at(cell.place, column=table.heading(name)))
    return cell
