"""OpenDocument spreadsheets (.ods): repeats and spaces are counted before anyone expands them."""

from collections.abc import Mapping

from tdkt_xl.findings.codes.files import PASSWORD
from tdkt_xl.readers import limits
from tdkt_xl.readers.facts import SheetFacts, check_totals
from tdkt_xl.readers.ods_fonts import TextLengths, legacy_styles
from tdkt_xl.readers.refusal import RefusedError, broken, unsafe
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes
from tdkt_xl.readers.zip_gate import Package, pack
from tdkt_xl.tables.grid import Range

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})
_VALUES = frozenset({"office:value", "office:date-value", "office:time-value", "office:boolean-value"})


class _ManifestScan(PartScan):
    """Refuse an encrypted document."""

    part = "phần danh mục bên trong"

    def element(self, name: str, pairs: Attributes) -> None:
        if name.endswith("encryption-data"):
            raise RefusedError(PASSWORD)


class _ContentScan(PartScan):
    """Collect the facts of each sheet."""

    part = "phần nội dung"

    def __init__(self, fonts: Mapping[str, str]) -> None:
        super().__init__()
        self.sheets: list[SheetFacts] = []
        self._fonts = fonts
        self._lengths = TextLengths(fonts)
        self._defaults: list[tuple[int, str]] = []
        self._facts = SheetFacts()
        self._inside = False
        self._row = self._row_repeat = self._column = self._column_repeat = 0
        self._next_column = 1
        self._spans: list[tuple[int, int]] = []
        self._hidden: list[tuple[int, int]] = []
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []
        self._length = 0
        self._notes = 0

    def named(self, name: str) -> str:
        """Names with their prefix: the reader of values knows only the usual ones."""
        return name

    def _fault(self, *, reason: str) -> RefusedError:
        return unsafe(reason=reason, sheet=self._facts.name, row=self._row)

    def _count(self, text: str, largest: int) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= 9) or not 1 <= int(text) <= largest:
            raise self._fault(reason="số lần lặp lại dòng, cột hoặc dấu cách vượt khổ trang tính")
        return int(text)

    def element(self, name: str, pairs: Attributes) -> None:
        """See a table, row, column, cell or a part of a cell's text."""
        if name in _CELLS:
            self._start_cell(attributes(pairs))
        elif name == "table:table-row":
            self._start_row(attributes(pairs))
        elif name == "table:table-column":
            given = attributes(pairs)
            repeat = self._count(given.get("table:number-columns-repeated", "1"), limits.COLUMNS)
            if given.get("table:visibility") in _HIDDEN:
                self._spans.append((self._next_column, self._next_column + repeat - 1))
            self._next_column = min(self._next_column + repeat, limits.COLUMNS)
            if self._fonts:
                self._defaults.append((self._next_column, given.get("table:default-cell-style-name", "")))
        elif name == "table:table":
            self._start_table(attributes(pairs))
        elif name == "office:annotation":
            self._notes += 1
        elif name == "text:span":
            self._lengths.open(attributes(pairs).get("text:style-name", ""))
        elif name == "text:s" and self._cell is not None and not self._notes:
            self._length += self._count(attributes(pairs).get("text:c", "1"), limits.CELL_TEXT)

    def _start_table(self, given: dict[str, str]) -> None:
        if self._inside:
            raise broken(reason="trang có bảng lồng trong ô", sheet=self._facts.name)
        self._inside = True
        self._facts = SheetFacts(given.get("table:name", ""))
        self.sheets.append(self._facts)
        if len(self.sheets) > limits.SHEETS:
            raise unsafe(reason=f"sổ có quá nhiều trang (trên {limits.SHEETS})")
        self._row = self._row_repeat = 0
        self._next_column = 1
        self._spans, self._hidden, self._defaults = [], [], []

    def _start_row(self, given: dict[str, str]) -> None:
        self._row = min(self._row + max(self._row_repeat, 1) if self._row else 1, limits.ROWS)
        self._row_repeat = self._count(given.get("table:number-rows-repeated", "1"), limits.ROWS)
        self._column, self._column_repeat = 0, 1
        if given.get("table:visibility") in _HIDDEN:
            self._hidden.append((self._row, self._row + self._row_repeat - 1))

    def _start_cell(self, given: dict[str, str]) -> None:
        self._column = min(self._column + self._column_repeat if self._column else 1, limits.COLUMNS)
        self._column_repeat = self._count(given.get("table:number-columns-repeated", "1"), limits.COLUMNS)
        self._cell, self._text, self._length = given, [], 0
        self._lengths.clear()
        rows, columns = (
            given.get("table:number-rows-spanned", "1"),
            given.get("table:number-columns-spanned", "1"),
        )
        if rows != "1" or columns != "1":
            bottom = self._row + self._count(rows, limits.ROWS) - 1
            right = self._column + self._count(columns, limits.COLUMNS) - 1
            self._facts.merges.append(Range(self._row, self._column, bottom, right))
            if len(self._facts.merges) > limits.MERGES:
                raise self._fault(reason="trang có quá nhiều vùng gộp ô")

    def text(self, text: str) -> None:
        """Collect the start of a cell's text and count the rest."""
        if self._cell is not None and not self._notes:
            self._length += len(text)
            self._lengths.count(len(text))
            if len(self._text) < 100:
                self._text.append(text)

    def closed(self, name: str) -> None:
        """See an element end."""
        if name in _CELLS:
            self._end_cell()
        elif name == "text:span":
            self._lengths.close()
        elif name == "office:annotation":
            self._notes -= 1
        elif name == "table:table":
            self._end_table()

    def _end_cell(self) -> None:
        given, self._cell = self._cell, None
        if given is None or not ("office:value-type" in given or "table:formula" in given):
            return
        facts = self._facts
        times = self._row_repeat * self._column_repeat
        text = "".join(self._text).strip()
        facts.cells += times
        facts.bottom = max(facts.bottom, self._row + self._row_repeat - 1)
        facts.right = max(facts.right, self._column + self._column_repeat - 1)
        facts.check_box()
        if facts.cells > limits.CELLS:
            raise self._fault(reason="trang có quá nhiều ô")
        length = max(
            self._length, len(given.get("office:string-value", "")), len(given.get("table:formula", ""))
        )
        facts.text += times * length
        if facts.text > limits.TEXT_CHARACTERS:
            raise self._fault(reason="trang có quá nhiều chữ")
        self._judge_value(given, text, times)

    def _judge_value(self, given: dict[str, str], text: str, times: int) -> None:
        facts = self._facts
        places = [
            (self._row + down, self._column + along)
            for down in range(self._row_repeat)
            for along in range(self._column_repeat)
        ]
        if "table:formula" in given:
            facts.formulas.update(places)
            if "office:value-type" not in given:
                facts.uncached.update(places)
        # LibreOffice stores an error as an empty text, with the error only in what is shown.
        if given.get("calcext:value-type") == "error":
            facts.errors.update(dict.fromkeys(places, text))
            facts.doubtful += times
        elif not _VALUES.isdisjoint(given):
            self._check_number(given.get("office:value", "0"))
            facts.filled += times
        elif given.get("office:string-value", text).strip():
            facts.filled += times
            font = self._lengths.main_font(self._fonts.get(self._style(given), "")) if self._fonts else ""
            if font:
                facts.fonts.update(dict.fromkeys(places, font))
        else:
            facts.doubtful += times

    def _style(self, given: dict[str, str]) -> str:
        """Style of the current cell: its own, else that of its column."""
        by_column = next((style for end, style in self._defaults if self._column < end), "")
        return given.get("table:style-name", by_column)

    def _check_number(self, value: str) -> None:
        try:
            good = abs(float(value)) < float("inf") and "_" not in value
        except ValueError:
            good = False
        if not good:
            raise broken(
                reason=f"ô kiểu số nhưng ghi “{value[:20]}”",
                sheet=self._facts.name,
                row=self._row,
                column=self._column,
            )

    def _end_table(self) -> None:
        self._inside = False
        facts = self._facts
        facts.hide_columns(self._spans)
        for first, last in self._hidden:
            facts.hidden_rows.update(range(first, min(last, facts.bottom) + 1))


def check_ods(package: Package) -> tuple[bytes, list[SheetFacts]]:
    """Scan an .ods package; return what may be read and the facts of each sheet."""
    manifest, content = package.read("meta-inf/manifest.xml"), package.read("content.xml")
    if manifest is None or content is None:
        raise broken(reason="tệp không có phần nội dung")
    _ManifestScan().scan(manifest)
    scan = _ContentScan(legacy_styles(package.read("styles.xml") or b"", content))
    scan.scan(content)
    names = {facts.name for facts in scan.sheets}
    if not names:
        raise broken(reason="sổ không có trang nào")
    if len(names) != len(scan.sheets):
        raise broken(reason="sổ có hai trang trùng tên")
    check_totals(scan.sheets)
    parts = {"mimetype": _MIMETYPE, "META-INF/manifest.xml": manifest, "content.xml": content}
    return pack(parts), scan.sheets
