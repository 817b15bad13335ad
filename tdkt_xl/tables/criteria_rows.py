"""Tell which row of a scoring sheet is which criterion: by its text, and by its place in the numbering."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tdkt_xl.domain.criteria import Catalogue, Criterion
from tdkt_xl.domain.numbering import Mark, Numbered, read_numbering, split_mark
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import files as codes
from tdkt_xl.findings.codes.rows import NUMBERING_BREAK
from tdkt_xl.tables.locate import Table
from tdkt_xl.vietnamese.text import comparison_key, tidy

Ordinals = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a scoring sheet; its number may stand before the text ("1.1. Kinh tế")."""

    row: int
    number: str
    text: str
    numeric: bool = False

    @property
    def key(self) -> str:
        """The text for comparison."""
        return comparison_key(self.text)

    @property
    def mark(self) -> Mark:
        """The number of the row."""
        return Mark(self.number, self.numeric) if self.number else Mark(split_mark(self.text)[0])


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that may be one of several criteria, and why."""

    entry: Entry
    criteria: tuple[Criterion, ...]
    reason: str


@dataclass(frozen=True)
class Matching:
    """The criteria with their rows, in the order of the sheet; rows of no criterion; rows to ask about."""

    rows: tuple[tuple[Criterion, int], ...]
    foreign: tuple[Entry, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def match_rows(
    table: Table, entries: Sequence[Entry], catalogue: Catalogue, findings: list[Finding]
) -> Matching:
    """Match the rows to the catalogue; may report KT-122, KT-123 and KT-152.

    A row is the criterion its text names. Where the text names none, or several, its number decides;
    where text and number name different criteria, or neither tells, the row is unclear.
    """
    wanted = [comparison_key(criterion.text) for criterion in catalogue.rows]
    known = frozenset(wanted)
    keys = [_key(entry, known) for entry in entries]
    if wanted == keys:
        pairs = tuple(zip(catalogue.rows, entries, strict=True))
        _report_breaks(table, pairs, entries, findings)
        return Matching(tuple((criterion, entry.row) for criterion, entry in pairs))
    matcher = _Matcher(catalogue, entries, wanted, keys)
    matcher.match()
    for criterion, entry in matcher.reworded:
        findings.append(
            codes.CRITERION_CHANGED.at(
                table.place(entry.row, "text"), path=criterion.path, text=entry.text, expected=criterion.text
            )
        )
    _report_missing(table, matcher, findings)
    pairs = tuple(sorted(matcher.pairs, key=lambda pair: pair[1].row))
    _report_breaks(table, pairs, entries, findings)
    return Matching(
        tuple((criterion, entry.row) for criterion, entry in pairs),
        tuple(matcher.foreign),
        tuple(matcher.unclear),
    )


def _key(entry: Entry, known: frozenset[str]) -> str:
    """The text of a row for comparison, without a number typed before it that no criterion's text has."""
    if entry.key in known:
        return entry.key
    return comparison_key(split_mark(entry.text)[1])


def catalogue_ordinals(catalogue: Catalogue) -> dict[str, Ordinals]:
    """The ordinals of each criterion whose number tells its place in the tree; the others are left out."""
    read = read_numbering([Mark(criterion.number) for criterion in catalogue.rows])
    found: dict[str, Ordinals] = {}
    for criterion, numbered in zip(catalogue.rows, read, strict=True):
        above = found.get(criterion.parent_path) if criterion.parent_path else ()
        if numbered.path and numbered.counted and above == numbered.path[:-1]:
            found[criterion.path] = numbered.path
    times = Counter(found.values())
    return {path: ordinals for path, ordinals in found.items() if times[ordinals] == 1}


class _Matcher:
    """Rows and criteria being paired; each pair leaves ``criteria`` and ``entries``."""

    def __init__(
        self, catalogue: Catalogue, entries: Sequence[Entry], wanted: list[str], keys: list[str]
    ) -> None:
        self.catalogue = catalogue
        self.criteria = {criterion.path: criterion for criterion in catalogue.rows}
        self.entries = {entry.row: entry for entry in entries}
        self.pairs: list[tuple[Criterion, Entry]] = []
        self.reworded: list[tuple[Criterion, Entry]] = []
        self.unclear: list[Unclear] = []
        self._wanted, self._keys = wanted, keys
        self._text_of = dict(zip((entry.row for entry in entries), keys, strict=True))
        self._by_text: dict[str, list[Criterion]] = {}
        for criterion, key in zip(catalogue.rows, wanted, strict=True):
            self._by_text.setdefault(key, []).append(criterion)
        self._ordinals = catalogue_ordinals(catalogue)
        self._by_ordinals = {ordinals: self.criteria[path] for path, ordinals in self._ordinals.items()}
        read = read_numbering([entry.mark for entry in entries])
        self._numbered = {entry.row: one for entry, one in zip(entries, read, strict=True)}
        self._row_at = {one.path: row for row, one in self._numbered.items() if one.path}
        self._times = Counter(one.path for one in read)
        self._criterion_of: dict[int, Criterion] = {}
        self._blocks: list[tuple[list[Criterion], list[Entry]]] = []

    @property
    def foreign(self) -> list[Entry]:
        """Rows left that are no criterion."""
        return list(self.entries.values())

    def match(self) -> None:
        """Pair by text in order, then by text and number wherever they stand, then by number alone."""
        self._in_order()
        self._by_text_anywhere()
        self._by_number()
        self._ask_about_rest()

    def _pair(self, criterion: Criterion, entry: Entry) -> None:
        self.pairs.append((criterion, entry))
        self._criterion_of[entry.row] = criterion
        del self.criteria[criterion.path], self.entries[entry.row]

    def _ask(self, entry: Entry, criteria: Iterable[Criterion], reason: str) -> None:
        self.unclear.append(Unclear(entry, tuple(criteria), reason))
        del self.entries[entry.row]

    def _in_order(self) -> None:
        rows, entries = self.catalogue.rows, list(self.entries.values())
        group = ""
        for tag, a, b, c, d in SequenceMatcher(None, self._wanted, self._keys, autojunk=False).get_opcodes():
            if tag != "equal":
                self._blocks.append((list(rows[a:b]), entries[c:d]))
                continue
            for criterion, entry in zip(rows[a:b], entries[c:d], strict=True):
                if self._is_certain(criterion, entry, group):
                    self._pair(criterion, entry)
                if criterion.kind.is_group and len(self._same_text(criterion)) == 1:
                    group = criterion.path

    def _same_text(self, criterion: Criterion) -> list[Criterion]:
        return self._by_text[comparison_key(criterion.text)]

    def _is_certain(self, criterion: Criterion, entry: Entry, group: str) -> bool:
        """A text that several criteria have names one only below its group, or with its number."""
        alike = self._same_text(criterion)
        if len(alike) == 1:
            return True
        numbered = self._named_by_number(entry)
        if numbered is not None:
            return numbered is criterion
        alone = sum(other.parent_path == criterion.parent_path for other in alike) == 1
        return alone and criterion.parent_path == group

    def _named_by_number(self, entry: Entry) -> Criterion | None:
        """The criterion a row's number names, below the one its group's row is; paired already or not."""
        numbered = self._numbered[entry.row]
        return self._at(numbered.path) if numbered.path and numbered.counted else None

    def _at(self, path: Ordinals) -> Criterion | None:
        """The criterion at a place of the sheet's numbering.

        A group known by its text need not bear the number the catalogue gives it.
        """
        if self._times[path] > 1:
            return None
        above = path[:-1]
        group = self._criterion_of.get(self._row_at.get(above, 0)) or (self._at(above) if above else None)
        if not above:
            return self._by_ordinals.get(path)
        if group is None or group.path not in self._ordinals:
            return None
        return self._by_ordinals.get((*self._ordinals[group.path], path[-1]))

    def _left_with_text(self, entry: Entry) -> list[Criterion]:
        alike = self._by_text.get(self._text_of[entry.row], [])
        return [criterion for criterion in alike if criterion.path in self.criteria]

    def _by_text_anywhere(self) -> None:
        """Rows that stand elsewhere, and rows of a repeated text that their number tells apart."""
        times = Counter(self._text_of[row] for row in self.entries)
        for entry in list(self.entries.values()):
            alike = self._left_with_text(entry)
            named = self._named_by_number(entry)
            if named is not None and named in alike:
                self._pair(named, entry)
            elif len(alike) == len(self._by_text.get(self._text_of[entry.row], [])) == 1:
                if times[self._text_of[entry.row]] > 1:
                    continue
                if named is None:
                    self._pair(alike[0], entry)
                else:
                    reason = f"nội dung là của {alike[0].path}, số thứ tự là của {named.path}"
                    self._ask(entry, (alike[0], named), reason)

    def _by_number(self) -> None:
        """Rows whose text no criterion has: their place in the numbering names one, else their number."""
        taken = Counter(
            named.path for entry in self.entries.values() if (named := self._named_by_number(entry))
        )
        for entry in list(self.entries.values()):
            named = self._named_by_number(entry)
            unknown = self._text_of[entry.row] not in self._by_text
            if named is not None and unknown and named.path in self.criteria and taken[named.path] == 1:
                self._reword(named, entry)
        for rows, entries in self._blocks:
            self._by_number_in(
                [one for one in rows if one.path in self.criteria],
                [one for one in entries if one.row in self.entries],
            )

    def _by_number_in(self, rows: list[Criterion], entries: list[Entry]) -> None:
        entries = [
            entry
            for entry in entries
            if self._numbered[entry.row].path is None and self._text_of[entry.row] not in self._by_text
        ]
        marks = {entry.row: _plain_mark(entry.mark.text) for entry in entries}
        times = Counter(marks.values())
        for entry in entries:
            mark = marks[entry.row]
            alike = [row for row in rows if mark and _plain_mark(row.number) == mark]
            if len(alike) == 1 and times[mark] == 1:
                self._reword(alike[0], entry)
            elif alike:
                self._ask(entry, alike, f"cùng số thứ tự “{entry.mark.text}”")

    def _reword(self, criterion: Criterion, entry: Entry) -> None:
        self._pair(criterion, entry)
        self.reworded.append((criterion, entry))

    def _ask_about_rest(self) -> None:
        """Rows of a repeated text that nothing tells apart."""
        for entry in list(self.entries.values()):
            alike = self._left_with_text(entry)
            if alike and len(self._by_text[self._text_of[entry.row]]) > 1:
                reason = "các tiêu chí này" if len(alike) > 1 else "tiêu chí khác"
                self._ask(entry, alike, f"{reason} cùng nội dung")


def _plain_mark(text: str) -> str:
    return comparison_key(text).strip("().:/ ")


def _report_missing(table: Table, matcher: _Matcher, findings: list[Finding]) -> None:
    """Each criterion without a row, where it should stand; one an unclear row may be is not missing."""
    asked = {criterion.path for item in matcher.unclear for criterion in item.criteria}
    row_of = {criterion.path: entry.row for criterion, entry in matcher.pairs}
    given = sorted({*row_of.values(), *matcher.entries, *(item.entry.row for item in matcher.unclear)})
    above = 0
    for criterion in matcher.catalogue.rows:
        above = row_of.get(criterion.path, above)
        if criterion.path in matcher.criteria and criterion.path not in asked:
            where = next((row for row in given if row > above), given[-1] + 1)
            findings.append(
                codes.CRITERION_MISSING.at(
                    table.place(where, "number"), path=criterion.path, text=criterion.text
                )
            )


def _report_breaks(
    table: Table,
    pairs: Iterable[tuple[Criterion, Entry]],
    entries: Sequence[Entry],
    findings: list[Finding],
) -> None:
    """Numbers that do not go on from the rows above; one written as in the catalogue is right."""
    renumbered = [entry for criterion, entry in pairs if entry.number and not _same_number(criterion, entry)]
    if not renumbered:
        return
    read: dict[int, Numbered] = dict(
        zip((entry.row for entry in entries), read_numbering([entry.mark for entry in entries]), strict=True)
    )
    findings.extend(
        NUMBERING_BREAK.at(
            table.place(entry.row, "number"),
            column=table.heading("number"),
            typed=tidy(entry.number),
            expected=read[entry.row].expected,
        )
        for entry in renumbered
        if read[entry.row].expected
    )


def _same_number(criterion: Criterion, entry: Entry) -> bool:
    return entry.number == criterion.number or _plain_mark(entry.number) == _plain_mark(criterion.number)
