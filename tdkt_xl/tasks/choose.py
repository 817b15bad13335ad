"""tdkt choose: versions of a cluster's book or a unit's sheet side by side, and the choice on record.

The choice is a ruling like any other: it is typed into the sheet "Chờ quyết định" of tong-hop-huyen.xlsx,
with who, when and why, and the next consolidation applies it and says so (KT-539). It depends on the content
of every version: when another one comes in, the question is asked anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tdkt_xl.domain.decisions import WAIT, Question, QuestionKind
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.scores import ScoreCell, ScoreSheet
from tdkt_xl.findings import Finding, Place, Severity, TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import as_records, say
from tdkt_xl.readers.result_book import read_result_sheets
from tdkt_xl.readers.saved_time import Saved
from tdkt_xl.tables.cells import find_choice
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tasks.book_forms import SCORES
from tdkt_xl.tasks.compare import compare_versions
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.kept_files import KeptFiles
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.tasks.questions import ask, version_names
from tdkt_xl.tasks.result_files import LARGE_NAME, result_in
from tdkt_xl.tasks.round import Progress, Round, check_round
from tdkt_xl.tasks.rulings import SHEET
from tdkt_xl.tasks.submissions import Kind
from tdkt_xl.tasks.validate import source_paths
from tdkt_xl.tasks.versions import Version, read_version
from tdkt_xl.writers.patching import open_patch
from tdkt_xl.writers.publish import publish
from tdkt_xl.writers.versions_book import build_versions_book

_DOUBLES = frozenset({QuestionKind.DOUBLE, QuestionKind.CLUSTER_TWICE})
_SCORES = ("self_score", "cluster_score", "appraised_score")
_DAY_ZERO = date(1899, 12, 30)
"""Excel counts days from here."""


@dataclass(frozen=True)
class Candidate:
    """One version: how it is called in the question, and what its file says of itself."""

    name: str
    saved: Saved
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a version differs from the first."""

    about: str
    first: str
    first_value: str
    second: str
    second_value: str


@dataclass(frozen=True)
class Double:
    """One cluster or unit with several versions."""

    question: Question
    candidates: tuple[Candidate, ...]
    differences: tuple[Difference, ...]

    @property
    def newest(self) -> str:
        """The version saved last by its own content; "" when the files do not tell."""
        times = {item.name: item.saved.time for item in self.candidates}
        known = {name: time for name, time in times.items() if time is not None}
        if len(known) < len(times) or len(set(known.values())) < len(known):
            return ""
        return max(known, key=lambda name: known[name])


@dataclass(frozen=True)
class Choice:
    """Which version counts, by whom, on which day, and why."""

    version: str
    who: str
    day: date
    why: str


@dataclass(frozen=True)
class Doubles:
    """Everything received twice, what was chosen now, and the files written."""

    doubles: tuple[Double, ...]
    chosen: Question | None
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...]

    def lines(self) -> list[str]:
        """The summary for a console."""
        if not self.doubles:
            return ["Không có cụm, đơn vị nào gửi nhiều bản khác nhau."]
        shown = []
        for item in self.doubles:
            if self.chosen not in {None, item.question}:
                continue
            shown.append(f"{item.question.text} ({len(item.differences)} chỗ khác nhau)")
            for one in item.candidates:
                when = (
                    f"lưu {one.saved.time:%d/%m/%Y %H:%M} giờ UTC" if one.saved.time else "không ghi lúc lưu"
                )
                newest = ", sau cùng" if one.name == item.newest else ""
                shown.append(f"  • {one.name}: {when}{newest}; {one.errors} lỗi, {one.warnings} cảnh báo")
        if self.chosen:
            shown.append("Đã ghi lựa chọn. Chạy lại tdkt consolidate vào cùng thư mục kết quả để áp dụng.")
        return shown

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt choose --json``."""
        return {
            "doubles": [
                {
                    "question": item.question.text,
                    "code": item.question.id,
                    "newest": item.newest or None,
                    "versions": [
                        {
                            "name": one.name,
                            "saved": one.saved.time.isoformat() if one.saved.time else None,
                            "saved_by": one.saved.by or None,
                            "errors": one.errors,
                            "warnings": one.warnings,
                        }
                        for one in item.candidates
                    ],
                    "differences": len(item.differences),
                }
                for item in self.doubles
            ],
            "chosen": self.chosen.id if self.chosen else None,
            "findings": as_records(self.findings),
            "outputs": [str(path) for path in self.outputs],
        }


def choose(
    folder: Path,
    master: Master,
    out: Path,
    choice: Choice | None = None,
    progress: Progress | None = None,
    kept: KeptFiles | None = None,
    *,
    today: date | None = None,
) -> Doubles:
    """Show what was received twice in chon-ban.xlsx; with a choice, record it in the result.

    A result that has no such question yet is consolidated first. Raises TdktError KT-801, KT-803, KT-804,
    KT-813 (no such version), KT-814 (the result is open in Excel), KT-871 (a large result, which does not
    list the question).
    """
    if folder.is_file():
        raise TdktError(machine.NOT_A_FOLDER, path=str(folder))
    checked = check_round([folder], master, progress, kept=kept)
    doubles = tuple(_doubles(checked, source_paths([folder]), master))
    content = build_versions_book(
        [row for item in doubles for row in _version_rows(item)],
        [row for item in doubles for row in _difference_rows(item)],
        organisation_of(master),
    )
    written, notes = publish(content, out / load_layout("chon-ban").file_name)
    if choice is None:
        return Doubles(doubles, None, tuple(notes), (written,))
    question, answer = _wanted(doubles, choice.version)
    result = result_in(out)
    row = _row_of(result, question)
    made: tuple[Path, ...] = ()
    if row is None:
        if result.name == LARGE_NAME:
            raise TdktError(machine.QUESTION_NOT_LISTED, path=result.name, unit=question.unit)
        made = consolidate(folder, master, out, kept=kept, today=today).written
        row = _row_of(result, question)
    assert row is not None  # the folder was read a moment ago, so the question is asked
    _record(result, row, answer, choice)
    return Doubles(doubles, question, tuple(notes), (written, *made) if made else (written, result))


def _wanted(doubles: Sequence[Double], text: str) -> tuple[Question, str]:
    found = [
        (item.question, answer)
        for item in doubles
        if (answer := find_choice(text, [name for name in item.question.answers if name != WAIT]))
    ]
    if len(found) != 1:
        allowed = [one.name for item in doubles for one in item.candidates] or ["không có"]
        raise TdktError(machine.CHOICE_UNKNOWN, text=text, allowed=allowed)
    return found[0]


# ---- side by side


def _doubles(checked: Round, sources: dict[str, Path], master: Master) -> Iterator[Double]:
    versions: dict[str, Version] = {}

    def version(file: str) -> Version:
        if file not in versions:
            versions[file] = read_version(sources[file], master)
        return versions[file]

    for question in ask(checked.checked):
        if question.kind not in _DOUBLES:
            continue
        names = [name for name in question.answers if name != WAIT]
        if question.kind is QuestionKind.CLUSTER_TWICE:
            books = [version(name) for name in names]
            candidates = tuple(_candidate(name, book, "") for name, book in zip(names, books, strict=True))
            yield Double(question, candidates, tuple(_between_books(names, books)))
        else:
            sheets = _sheets_of(question, checked)
            homes = [version(sheet.place.file) for sheet in sheets]
            named = list(zip(names, homes, sheets, strict=True))
            candidates = tuple(_candidate(name, home, sheet.place.sheet) for name, home, sheet in named)
            yield Double(question, candidates, tuple(_between_sheets(names, sheets)))


def _candidate(name: str, version: Version, sheet: str) -> Candidate:
    own = [item for item in version.findings if not sheet or item.place.sheet == sheet]
    errors, warnings = (
        sum(item.severity is level for item in own) for level in (Severity.ERROR, Severity.WARNING)
    )
    return Candidate(name, version.saved, errors, warnings)


def _between_books(names: Sequence[str], books: Sequence[Version]) -> Iterator[Difference]:
    for name, book in zip(names[1:], books[1:], strict=True):
        for change in compare_versions(books[0], book).changes:
            place = change.new or change.old or Place()
            where = str(Place("", place.sheet, place.row, place.column))
            about = " · ".join(part for part in (where, change.words) if part)
            yield Difference(about, names[0], change.before, name, change.after)


def _sheets_of(question: Question, checked: Round) -> list[ScoreSheet]:
    """The sheets a question about a unit is about, in the order of its answers."""
    sheets = [
        sheet
        for file in checked.checked
        if file.submission and file.submission.kind is Kind.CLUSTER_BOOK
        for sheet in file.submission.sheets
        if sheet.unit and sheet.unit.code == question.unit_code
    ]
    names = version_names(sheets)
    return [sheet for name, sheet in zip(names, sheets, strict=True) if name in question.answers]


def _between_sheets(names: Sequence[str], sheets: Sequence[ScoreSheet]) -> Iterator[Difference]:
    first = {line.criterion.path: line for line in sheets[0].lines}
    for name, sheet in zip(names[1:], sheets[1:], strict=True):
        for line in sheet.lines:
            other = first.get(line.criterion.path)
            for field in _SCORES if other else ():
                before, after = (_said(getattr(item, field)) for item in (other, line))
                if before != after:
                    about = f"{line.criterion.path} {line.criterion.text} · {SCORES.column(field).heading}"
                    yield Difference(about, names[0], before, name, after)


def _said(cell: ScoreCell) -> str:
    return cell.text if cell.value is None else say(cell.value)


def _version_rows(item: Double) -> Iterator[dict[str, object]]:
    for one in item.candidates:
        yield {
            "whose": item.question.unit,
            "version": one.name,
            "saved": f"{one.saved.time:%d/%m/%Y %H:%M}" if one.saved.time else "tệp không ghi",
            "by": one.saved.by,
            "errors": one.errors,
            "warnings": one.warnings,
            "remark": "lưu sau cùng theo nội dung tệp" if one.name == item.newest else "",
        }


def _difference_rows(item: Double) -> Iterator[dict[str, object]]:
    for one in item.differences:
        yield {
            "whose": item.question.unit,
            "about": one.about,
            "first": one.first,
            "first_value": one.first_value or "(trống)",
            "second": one.second,
            "second_value": one.second_value or "(trống)",
        }


# ---- on record


def _row_of(result: Path, question: Question) -> dict[str, Place] | None:
    """The cells to type the answer to a question into; None when the result does not ask it."""
    if not result.is_file():
        return None
    grid = read_result_sheets(result, [SHEET.name]).get(SHEET.name)
    table = find_table(grid, [SHEET]).value if grid else None
    for row in table.rows() if table else ():
        if table and table.text(row, "code") == question.id:
            return {name: table.place(row, name) for name in ("answer", "who", "day", "why")}
    return None


def _record(result: Path, row: dict[str, Place], answer: str, choice: Choice) -> None:
    """Type a ruling into the result and leave everything else in it as it is."""
    opened = open_patch(result.read_bytes(), result.name)
    if opened.value is None:
        raise _refused(opened.findings)
    days = (choice.day - _DAY_ZERO).days
    typed: dict[str, str | int] = {"answer": answer, "who": choice.who, "day": days, "why": choice.why}
    for name, value in typed.items():
        opened.value.set_value(row[name], value)
    finished = opened.value.finish()
    if finished.value is None or finished.findings:
        raise _refused(finished.findings)
    written, _ = publish(finished.value, result)
    if written != result:
        written.unlink(missing_ok=True)
        raise TdktError(machine.DECISIONS_OPEN, path=str(result))


def _refused(findings: Sequence[Finding]) -> TdktError:
    first = findings[0]
    return TdktError(first.code, first.place, **first.params)
