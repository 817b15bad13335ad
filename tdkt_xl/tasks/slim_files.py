"""Checked files without their scores: all that a round needs of a file which is not looked into itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from tdkt_xl.domain.decisions import Answered
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.scores import ScoreCell, WideRow
from tdkt_xl.findings import NOWHERE, Place
from tdkt_xl.tasks.checked_files import CheckedFile
from tdkt_xl.tasks.deciding import decide, dropped_sheets, refused_books
from tdkt_xl.tasks.questions import asked_of

Slim = Callable[[CheckedFile], CheckedFile]
_NO_SCORE = ScoreCell(NOWHERE)


def slim_unless(wanted: Callable[[CheckedFile], bool]) -> Slim:
    """Leave the scores behind, but of the wanted files."""
    return lambda file: file if wanted(file) else without_scores(file)


def without_scores(file: CheckedFile) -> CheckedFile:
    """What the round as a whole needs: whose the file is, findings and questions, totals and ranks."""
    standings, submission = file.standings, file.submission
    asked = asked_of(file)
    if standings is not None:
        slim = [
            replace(item, sheet=None, wide=None, excess=(), typed_total=None) for item in standings.standings
        ]
        standings = replace(standings, standings=tuple(slim), catalogue=None)
    if submission is not None:
        sheets = [
            replace(sheet, catalogue=None, cluster_text="", lines=(), typed_totals=(), foreign_rows=())
            for sheet in submission.sheets
        ]
        submission = replace(
            submission,
            sheets=tuple(sheets),
            summary=(),
            wide_rows=tuple(map(_heading_of, submission.wide_rows[:1])),
            proposals=(),
            catalogue=None,
        )
    return replace(file, standings=standings, submission=submission, asked=asked)


def _heading_of(row: WideRow) -> WideRow:
    """A row of a wide table that only says which criteria the table has."""
    return replace(row, cells=tuple((path, _NO_SCORE) for path, _ in row.cells))


def decide_whole(
    checked: Sequence[CheckedFile], answers: Sequence[Answered], master: Master
) -> list[CheckedFile]:
    """Apply rulings to the files that have their scores; of the others only set aside what was not chosen."""
    dropped, refused = dropped_sheets(checked, answers), refused_books(answers)
    whole = iter(decide([file for file in checked if not file.asked], answers, master, dropped))
    return [_set_aside(file, dropped, refused) if file.asked else next(whole) for file in checked]


def _set_aside(file: CheckedFile, dropped: frozenset[Place], refused: frozenset[str]) -> CheckedFile:
    submission, asked, standings = file.submission, file.asked, file.standings
    if submission is None or asked is None or standings is None:
        return file
    left = [at for at, sheet in enumerate(submission.sheets) if sheet.place not in dropped]
    if len(left) == len(submission.sheets) and file.name not in refused:
        return file
    gone = {sheet.unit_place for sheet in submission.sheets if sheet.place in dropped}
    return replace(
        file,
        submission=replace(
            submission,
            sheets=tuple(submission.sheets[at] for at in left),
            consolidable=submission.consolidable and file.name not in refused,
        ),
        standings=replace(
            standings, standings=tuple(item for item in standings.standings if item.place not in gone)
        ),
        asked=replace(asked, versions=tuple(asked.versions[at] for at in left)),
    )
