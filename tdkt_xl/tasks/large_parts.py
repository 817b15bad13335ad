"""The parts of a large round together: the files without scores, and which parts to work on once more."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from tdkt_xl.domain.decisions import Answered, QuestionKind
from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import machine
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.tasks.checked_files import CheckedFile
from tdkt_xl.tasks.deciding import dropped_sheets, refused_books
from tdkt_xl.tasks.freezing import Held
from tdkt_xl.tasks.round import Progress
from tdkt_xl.tasks.shared_work import Batch, Job, Part, Task, parts_of, run_parts
from tdkt_xl.writers.part_files import WrittenPart, keep_files
from tdkt_xl.writers.score_parts import PROPOSALS, SCORES

T = TypeVar("T")
_NOBODY: frozenset[str] = frozenset()
_POINTS = ("total", "self_total", "cluster_total", "base")


@dataclass
class LargeParts:
    """The parts of a round, what is known of each file, and where their scores are written."""

    job: Job
    executor: Executor
    ahead: int
    progress: Progress | None = None
    tasks: dict[int, Task] = field(default_factory=dict)
    written: dict[int, Mapping[str, WrittenPart]] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)
    _batches: list[Batch] = field(default_factory=list)
    _same: dict[object, Any] = field(default_factory=dict)
    """One object for each value that many units have, instead of the copies of every part."""

    def check(self, received: Sequence[ReceivedFile], master: Master) -> list[CheckedFile]:
        """Check every file for the first time, without any ruling."""
        self.tasks = {task.number: task for task in parts_of(received)}
        checked: list[CheckedFile] = []
        for part in self._run(self.tasks.values()):
            checked += (self._slim(file, master) for file in part.files)
            self.notes += part.findings
        return checked

    def take_frozen(self, held: Held) -> None:
        """Write the scores of the kept copies of frozen clusters in the place of what came since."""
        copies = {name: ReceivedFile(path, name) for name, path in held.sources.items()}
        homes = self.homes
        again = {homes[name] for name in copies if name in homes}
        for number in again:
            files = tuple(copies.get(file.name, file) for file in self.tasks[number].files)
            self.tasks[number] = replace(self.tasks[number], files=files)
        gone = tuple(file for name, file in copies.items() if name not in homes)
        if gone:
            number = max(self.tasks) + 1
            self.tasks[number] = Task(number, gone)
            again.add(number)
        list(self._again(self.tasks[number] for number in sorted(again)))  # what copies say is known already

    def decide(
        self, checked: Sequence[CheckedFile], answers: Sequence[Answered], master: Master
    ) -> list[CheckedFile]:
        """The files as they stand after these rulings and all before; their parts are read again."""
        self._batches.append(Batch(tuple(answers), dropped_sheets(checked, answers)))
        touched = {name for batch in self._batches for name in _files_of(batch)}
        homes = self.homes
        numbers = sorted({homes[name] for name in _files_of(self._batches[-1])})
        decided = {
            file.name: self._slim(file, master)
            for part in self._again(self._with_rulings(self.tasks[number]) for number in numbers)
            for file in part.files
            if file.name in touched
        }
        return [decided.get(file.name, file) for file in checked]

    def tables(self, kept: Iterable[str]) -> list[WrittenPart]:
        """The tables of scores and proposals, holding those of the ``kept`` books only."""
        wanted = frozenset(kept)
        made = []
        for table in (SCORES, PROPOSALS):
            for number in sorted(self.written):
                part = self.written[number].get(table)
                if part and any(file.name not in wanted for file in self.tasks[number].files):
                    part = keep_files(self.job.out, part, wanted)
                made += [part] if part else []
        return made

    def paths(self, table: str, files: Collection[str] | None = None) -> list[Path]:
        """Where a table lies, in the order of its parts; with ``files``, only the parts these are in."""
        homes = self.homes
        numbers = sorted(self.written if files is None else {homes[name] for name in files})
        parts = (self.written[number].get(table) for number in numbers)
        return [self.job.out / part.path for part in parts if part]

    def _run(self, tasks: Iterable[Task]) -> Iterator[Part]:
        listed, done = list(tasks), 0
        total = sum(len(task.files) for task in listed)
        for part in run_parts(self.job, listed, self.executor, self.ahead):
            self.written[part.number] = part.written
            done += len(part.files)
            if self.progress:
                self.progress(done, total, part.files[-1].name)
            yield part

    def _again(self, tasks: Iterable[Task]) -> Iterator[Part]:
        """Run parts once more: of what is found, only a process that died is new."""
        for part in self._run(tasks):
            self.notes += (item for item in part.findings if item.code is machine.PART_DONE_HERE)
            yield part

    def _slim(self, file: CheckedFile, master: Master) -> CheckedFile:
        """The file with what other files, or the master data, hold as well held once."""
        file = _with_master(file, master)
        if file.standings is None:
            return file
        units = master.register.units
        items = tuple(
            replace(
                item,
                unit_name=_same_text(units[item.unit_code].name, item.unit_name)
                if item.unit_code in units
                else item.unit_name,
                band=self._once(item.band),
                **{name: self._once(getattr(item, name)) for name in _POINTS},
            )
            for item in file.standings.standings
        )
        return replace(file, standings=replace(file.standings, standings=items))

    def _once(self, value: T) -> T:
        """The first object of this value; 9 and 9.00 are equal but not written alike."""
        known: T = self._same.setdefault((value, str(value)), value)
        return known

    @property
    def homes(self) -> dict[str, int]:
        """File → number of its part."""
        return {file.name: number for number, task in self.tasks.items() for file in task.files}

    def _with_rulings(self, task: Task) -> Task:
        names = {file.name for file in task.files}
        return replace(task, batches=tuple(_about(batch, names) for batch in self._batches))


def _same_text(known: str, text: str) -> str:
    return known if known == text else text


def _about(batch: Batch, names: set[str]) -> Batch:
    """What of a batch concerns these files."""
    return Batch(
        tuple(
            item
            for item in batch.answers
            if item.question.place.file in names or refused_books([item]) & names
        ),
        frozenset(place for place in batch.dropped if place.file in names),
    )


def _files_of(batch: Batch) -> set[str]:
    about = {
        item.question.place.file for item in batch.answers if item.question.kind is not QuestionKind.DOUBLE
    }
    return about | {place.file for place in batch.dropped} | refused_books(batch.answers)


def _with_master(file: CheckedFile, master: Master) -> CheckedFile:
    """The file with the cluster, units and catalogue of the master data instead of copies of them."""
    cluster = file.submission.cluster if file.submission else None
    if file.submission is None or cluster is None:
        return file
    catalogue, units = master.catalogue_of(cluster), master.register.units
    period = cluster.period
    known = master.find_cluster(cluster.code, cluster.period)
    cluster = known if known == cluster else cluster
    standings = replace(file.standings, catalogue=catalogue, cluster=cluster) if file.standings else None
    sheets = tuple(
        replace(
            sheet, unit=units.get(sheet.unit.code, sheet.unit), period=period, likely=sheet.likely or _NOBODY
        )
        if sheet.unit and sheet.period == period
        else sheet
        for sheet in file.submission.sheets
    )
    submission = replace(file.submission, catalogue=catalogue, cluster=cluster, sheets=sheets)
    return replace(file, submission=submission, standings=standings)
