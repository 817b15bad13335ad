"""Read the answers of the sheet "Chờ quyết định" back, and match them with the questions of this run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tdkt_xl.domain.decisions import Answered, Question, Ruling
from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import between_files as codes
from tdkt_xl.findings.codes import cells, machine
from tdkt_xl.readers.result_book import read_result_sheets
from tdkt_xl.tables.cells import find_choice
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.list_sheet import ListRow, read_rows
from tdkt_xl.tables.locate import find_table
from tdkt_xl.tasks.result_files import LARGE_NAME, SMALL_NAME
from tdkt_xl.writers.decisions_sheet import APPLIED, GONE, INVALID, STATES, WAITING, DecisionRow, places_of

LAYOUT = load_layout("tong-hop-huyen")
SHEET = LAYOUT.sheet("decisions")
_SHOWN = ("kind", "cluster", "unit_code", "unit", "path", "question", "choices", "file", "sheet", "row")
TYPED = ("answer", "who", "day", "why")
_ABOUT_ANSWERS = frozenset(
    code.id for code in (codes.UNKNOWN_ANSWER, codes.RULING_INCOMPLETE, codes.RULING_AHEAD, cells.BAD_DATE)
)
_NAMED = 10


@dataclass
class Rulings:
    """The rulings of a run: what was typed, what it answers, and what is wrong with it."""

    typed: Mapping[str, Ruling] = field(default_factory=dict)
    today: date | None = None
    """A ruling of a later day is a slip; None where the day of the run is not known."""
    answered: dict[str, Answered] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def match(self, questions: Iterable[Question]) -> list[Answered]:
        """Answers to these questions, each asked once; may report KT-535, KT-536, KT-546 at the cell."""
        found = []
        for question in questions:
            if question.id in self.asked:
                continue
            self.asked[question.id] = question
            ruling = self.typed.get(question.id)
            answered = self._check(question, ruling) if ruling and not ruling.is_blank else None
            if answered:
                self.answered[question.id] = answered
                found.append(answered)
        return found

    def forget_moot(self, questions: Iterable[Question]) -> None:
        """Ask no more what an answer to another question has settled: it is none of these."""
        still = {question.id for question in questions}
        for code in [code for code in self.asked if code not in self.answered and code not in still]:
            del self.asked[code]

    def _check(self, question: Question, ruling: Ruling) -> Answered | None:
        column = {name: SHEET.column(name).heading for name in TYPED}
        given = {"answer": ruling.answer, "who": ruling.who, "day": ruling.day, "why": ruling.why}
        missing = [name for name in TYPED if not given[name]]
        if missing:
            if not (missing == ["day"] and ruling.typed_day):  # a day that is none was reported in reading
                self.findings.append(
                    codes.RULING_INCOMPLETE.at(
                        ruling.places[missing[0]], columns=[f"“{column[name]}”" for name in missing]
                    )
                )
            return None
        answer = find_choice(ruling.answer, question.answers)
        if answer is None:
            self.findings.append(
                codes.UNKNOWN_ANSWER.at(
                    ruling.places["answer"],
                    column=column["answer"],
                    text=ruling.answer,
                    allowed=question.answers,
                )
            )
            return None
        assert ruling.day is not None
        if self.today and ruling.day > self.today:
            self.findings.append(
                codes.RULING_AHEAD.at(
                    ruling.places["day"], column=column["day"], found=ruling.day, today=self.today
                )
            )
            return None
        return Answered(question, ruling, answer, ruling.day)

    def rows(self) -> list[DecisionRow]:
        """Everything asked and everything typed, what waits first; for the sheet "Chờ quyết định"."""
        made = [self._row(question) for question in self.asked.values()]
        made += [DecisionRow(GONE, None, ruling) for ruling in self.orphans]
        return sorted(made, key=lambda row: STATES.index(row.state))

    def _row(self, question: Question) -> DecisionRow:
        ruling = self.typed.get(question.id)
        if question.id in self.answered:
            return DecisionRow(APPLIED, question, ruling)
        return DecisionRow(INVALID if ruling and not ruling.is_blank else WAITING, question, ruling)

    def waiting(self, cluster: str) -> list[str]:
        """Codes of the questions about a cluster without an answer that counts."""
        return [
            code for code, item in self.asked.items() if item.cluster == cluster and code not in self.answered
        ]

    def unread(self, cluster: str) -> list[Ruling]:
        """Rulings on questions of a cluster that say something but cannot count yet."""
        rows = map(self._row, self.asked.values())
        return [
            row.ruling
            for row in rows
            if row.state == INVALID and row.ruling and row.question and row.question.cluster == cluster
        ]

    @property
    def orphans(self) -> list[Ruling]:
        """Rulings whose question is no longer asked: kept and listed, in their old order."""
        return [item for item in self.typed.values() if item.id not in self.asked and not item.is_blank]

    def about_orphans(self) -> list[Finding]:
        """Say which answers answer nothing any more (KT-537)."""
        return [
            codes.RULING_WITHOUT_QUESTION.at(
                item.places["answer"], code=item.id, question=item.shown.get("question", ""), text=item.answer
            )
            for item in self.orphans
        ]


@dataclass(frozen=True, slots=True)
class NotApplied:
    """Answers that say something but cannot count yet, and the cells to mend in the workbook ``file``."""

    count: int
    file: str
    cells: tuple[str, ...]

    @property
    def words(self) -> str:
        """What to do about them, in one sentence; "" when there are none."""
        if not self.count:
            return ""
        more = len(self.cells) - _NAMED
        cells = ", ".join(self.cells[:_NAMED]) + (f" và {more} ô nữa" if more > 0 else "")
        return (
            f"{self.count} câu trả lời chưa hợp lệ nên chưa áp dụng: sửa ô {cells} ở trang “{SHEET.name}” "
            f"của {self.file}, lưu rồi làm lại."
        )


def not_applied(rows: Iterable[DecisionRow], findings: Iterable[Finding]) -> NotApplied:
    """Return the answers of these rows that do not count, with the cells their findings point at."""
    count = sum(row.state == INVALID for row in rows)
    places = [
        item.place for item in findings if item.code.id in _ABOUT_ANSWERS and item.place.sheet == SHEET.name
    ]
    cells = dict.fromkeys(place.cell or "" for place in places)
    return NotApplied(count, places[0].file if places else "", tuple(cells))


def follow(
    findings: Iterable[Finding], rows: Sequence[DecisionRow], decisions: Path | None, written: Path
) -> list[Finding]:
    """The findings about answers, at the cells of the workbook that the next run reads them from.

    That is the one written now, unless they came from a file of their own (``decisions``).
    """
    if decisions is not None and decisions.resolve() != written.resolve():
        return list(findings)
    moved = places_of(load_layout(written.stem), rows, written.name)
    return [replace(item, place=moved.get(item.place, item.place)) for item in findings]


def about_other_answers(out: Path, first: str, decisions: Path | None) -> list[Finding]:
    """Say which workbook the answers were read from where two lie side by side (KT-865)."""
    both = (out / LARGE_NAME).is_file() and (out / SMALL_NAME).is_file()
    if decisions is not None or not both:
        return []
    other = SMALL_NAME if first == LARGE_NAME else LARGE_NAME
    return [machine.OTHER_ANSWERS.at(Place(first), file=first, other=other)]


def read_rulings(path: Path, *, must_exist: bool, today: date | None = None) -> Rulings:
    """Rulings typed into a consolidated workbook; none when it holds no such sheet yet.

    Raises TdktError KT-801 (no such file, when there must be one) and KT-538 when the file is there
    but cannot be read: going on would lose what was typed. May report KT-223 at the cell.
    """
    if not path.is_file():
        if must_exist:
            raise TdktError(machine.PATH_MISSING, path=str(path))
        return Rulings(today=today)
    try:
        grid = read_result_sheets(path, [SHEET.name]).get(SHEET.name)
    except TdktError as fault:
        raise TdktError(codes.RULINGS_UNREADABLE, path=str(path)) from fault
    table = find_table(grid, [SHEET]).value if grid else None
    if table is None:
        if must_exist:
            raise TdktError(
                machine.NOT_CONSOLIDATED_BOOK, path=str(path), reason=f": thiếu trang {SHEET.name}"
            )
        return Rulings(today=today)
    findings: list[Finding] = []
    rows = read_rows(table, LAYOUT.choices, findings)
    typed = {row.text("code"): _ruling(row) for row in rows if row.text("code")}
    return Rulings(typed, today, findings=findings)


def _ruling(row: ListRow) -> Ruling:
    day = row.values.get("day")
    return Ruling(
        row.text("code"),
        row.text("answer"),
        row.text("who"),
        day if isinstance(day, date) else None,
        row.text("why"),
        {name: row.table.text(row.row, name) for name in _SHOWN},
        {name: row.place(name) for name in TYPED},
        "" if day else row.table.text(row.row, "day"),
    )
