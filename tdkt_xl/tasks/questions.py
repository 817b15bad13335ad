"""Ask what the software must not settle by itself: doubles, blanks, zeros, hidden cells, waivers, ties."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tdkt_xl.domain import decisions as say_what
from tdkt_xl.domain.criteria import RowKind
from tdkt_xl.domain.decisions import Question, QuestionKind
from tdkt_xl.domain.scores import CellState, Origin, ScoreLine, ScoreSheet
from tdkt_xl.domain.standings import ClusterStandings, Standing, level_in_words
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import between_files, cells, files
from tdkt_xl.findings.render import message, say
from tdkt_xl.tasks.checked_files import Asked, CheckedFile
from tdkt_xl.tasks.submissions import Kind, Submission

_HIDDEN = frozenset({files.HIDDEN_ROW, files.HIDDEN_COLUMN, files.HIDDEN_SHEET})
_ASKED_ABOUT = frozenset({Kind.CLUSTER_BOOK, Kind.WIDE_TABLE})
_YES_NO = (say_what.ACCEPT, say_what.REFUSE)
_Version = tuple[Submission, ScoreSheet, CheckedFile, int]
"""A sheet of a unit: its book, itself, the file, and which of the file's sheets it is."""


def ask(checked: Sequence[CheckedFile]) -> list[Question]:
    """Questions about the received books as they stand, before any ruling; ties come later.

    In the order of the files, each sheet from top to bottom.
    """
    questions = _doubled_clusters(checked)
    questions += _doubled_units(checked)
    for file in checked:
        if _is_asked_about(file):
            questions += asked_of(file).questions
    return questions


def asked_of(file: CheckedFile) -> Asked:
    """What is asked about a file alone, worked out from its scores unless that was done before."""
    submission = file.submission
    if file.asked or submission is None or submission.kind not in _ASKED_ABOUT:
        return file.asked or Asked((), ())
    if submission.kind is Kind.WIDE_TABLE:
        return Asked(tuple(_about_wide_table(submission)), ())
    questions = [
        item for sheet in submission.sheets for item in _about_sheet(submission, sheet, file.findings)
    ]
    return Asked(tuple(questions), tuple(_total(sheet) for sheet in submission.sheets))


def _is_asked_about(file: CheckedFile) -> bool:
    book = file.submission
    return book is not None and book.kind in _ASKED_ABOUT and book.consolidable


def _about_wide_table(submission: Submission) -> Iterator[Question]:
    """Ask about every blank of a wide table; without the scale nothing can be taken out of a base."""
    for row in submission.wide_rows:
        for path, cell in row.cells:
            if cell.state is CellState.BLANK:
                yield Question(
                    QuestionKind.BLANK,
                    _cluster_code(submission),
                    row.unit.code if row.unit else "",
                    row.unit.name if row.unit else row.unit_text,
                    path,
                    f"Tiêu chí {path} chưa có điểm.",
                    (say_what.ZERO_POINTS, say_what.NOT_YET),
                    cell.place,
                    code=cells.BLANK_SCORE.id,
                )


def _about_sheet(
    submission: Submission, sheet: ScoreSheet, findings: Iterable[Finding]
) -> Iterator[Question]:
    own: dict[Place, list[Finding]] = {}
    for finding in findings:
        if finding.place.sheet == sheet.place.sheet:
            own.setdefault(finding.place, []).append(finding)
    base = Question(
        QuestionKind.BLANK,
        _cluster_code(submission),
        sheet.unit.code if sheet.unit else "",
        sheet.unit_name,
        "",
        "",
        (),
        sheet.unit_place,
    )
    for place, found in own.items():
        for finding in found:
            whole = finding.code in _HIDDEN and not any(place.row == line.place.row for line in sheet.lines)
            if whole:
                yield _hidden(base, finding, sheet)
    for line in sheet.lines:
        yield from _about_line(replace(base, path=line.criterion.path), line, sheet, own)


def _hidden(base: Question, finding: Finding, sheet: ScoreSheet) -> Question:
    """Ask about what is hidden; other numbers there, under whatever file name, are another question."""
    place = finding.place
    return replace(
        base,
        kind=QuestionKind.HIDDEN,
        text=message(finding),
        answers=(say_what.COUNT, say_what.DO_NOT_COUNT),
        place=place,
        subject=(finding.code.id, str(replace(place, file="")), *_hidden_words(finding, sheet)),
        code=finding.code.id,
    )


def _hidden_words(finding: Finding, sheet: ScoreSheet) -> Iterator[str]:
    """What stands in the hidden sheet, column or row, cell by cell."""
    hidden = finding.place
    for place, words in _words_of(sheet):
        inside = {
            files.HIDDEN_ROW: place.row == hidden.row,
            files.HIDDEN_COLUMN: place.column == hidden.column,
        }
        if words and inside.get(finding.code, True):
            yield f"{place.row}.{place.column}={words}"


def _words_of(sheet: ScoreSheet) -> Iterator[tuple[Place, str]]:
    """Every cell of a sheet beside the text of its criteria, with what it says."""
    for line in sheet.lines:
        for score in (line.self_score, line.cluster_score, line.appraised_score):
            yield score.place, _value_or(score.text, score.value)
        for amount in (line.target, line.result):
            yield amount.place, "; ".join(map(say, amount.numbers)) or amount.text
        for text in (line.evidence, line.reason):
            yield text.place, text.text
    for total in sheet.typed_totals:
        yield total.cell.place, _value_or(total.cell.text, total.cell.value)
    for row in sheet.foreign_rows:
        yield row.place, "; ".join(f"{field} {say(points)}" for field, points in row.points.items())


def _value_or(text: str, value: Decimal | None) -> str:
    return text if value is None else say(value)


def _about_line(
    base: Question, line: ScoreLine, sheet: ScoreSheet, own: dict[Place, list[Finding]]
) -> Iterator[Question]:
    final = line.final
    found = [
        finding
        for place in dict.fromkeys((line.place, final.place, line.target.place, line.result.place))
        for finding in own.get(place, ())
    ]
    for finding in found:
        if finding.code is files.HIDDEN_ROW:
            asked = _hidden(base, finding, sheet)
            yield replace(asked, subject=(*asked.subject, say(final.value)))
        elif finding.code in {cells.ABOVE_MAXIMUM, cells.OFF_STEP}:
            yield _waiver(base, finding, QuestionKind.WAIVER, _YES_NO, say(final.value))
        elif finding.code is cells.COMPUTED_DIFFERS:
            computed = line.computed.points if line.computed else None
            answers = (say_what.TYPED, say_what.COMPUTED) if computed is not None else (say_what.TYPED,)
            about = f"{say(final.value)}/{say(finding.params['computed'])}"
            yield _waiver(base, finding, QuestionKind.DIFFERENCE, answers, about)
        elif finding.code is cells.NOT_APPLICABLE_UNPLANNED:
            answers = (say_what.NOT_APPLICABLE, say_what.MUST_SCORE)
            yield _waiver(base, finding, QuestionKind.FREE, answers, str(finding.params["text"]))
    only_blank = all(finding.code is cells.BLANK_SCORE for finding in found)
    if line.origin is Origin.NONE and only_blank and line.cluster_score.state is CellState.BLANK:
        yield replace(
            base,
            kind=QuestionKind.BLANK,
            text=f"Tiêu chí {base.path} chưa có điểm.",
            answers=(say_what.ZERO_POINTS, say_what.NOT_APPLICABLE, say_what.NOT_YET),
            place=line.cluster_score.place,
            code=cells.BLANK_SCORE.id,
        )
    elif _is_bare_zero(line):
        yield replace(
            base,
            kind=QuestionKind.ZERO,
            text=f"Tiêu chí {base.path} được 0 điểm, không có minh chứng hay lý do.",
            answers=(say_what.ZERO_POINTS, say_what.NOT_APPLICABLE, say_what.NOT_YET),
            place=final.place,
        )


def _waiver(
    base: Question, finding: Finding, kind: QuestionKind, answers: tuple[str, ...], about: str
) -> Question:
    return replace(
        base,
        kind=kind,
        text=message(finding),
        answers=answers,
        place=finding.place,
        subject=(finding.code.id, about),
        code=finding.code.id,
    )


def _is_bare_zero(line: ScoreLine) -> bool:
    """A typed zero on the scale itself with nothing beside it that explains it."""
    typed = line.origin in {Origin.CLUSTER, Origin.APPRAISED} and line.final.value == 0
    explained = line.evidence.text or line.reason.text or line.result.text or line.target.text
    return typed and line.criterion.kind is RowKind.CRITERION and not explained


def _cluster_code(submission: Submission) -> str:
    return submission.cluster.code if submission.cluster else submission.cluster_text


def _total(sheet: ScoreSheet) -> str:
    """What tells two versions of a sheet apart: their scores."""
    return "+".join(say(line.final.value) for line in sheet.lines)


def _doubled_units(checked: Sequence[CheckedFile]) -> list[Question]:
    """One question per unit with more than one sheet, in one book or in several."""
    homes: dict[str, list[_Version]] = {}
    for file in checked:
        submission = file.submission
        if submission is None or not _is_asked_about(file):
            continue
        for at, sheet in enumerate(submission.sheets):
            member = submission.cluster is None or (
                sheet.unit and sheet.unit.code in submission.cluster.members
            )
            if sheet.unit and member:
                homes.setdefault(sheet.unit.code, []).append((submission, sheet, file, at))
    return [
        _which_sheet(code, versions)
        for code, versions in homes.items()
        if len(versions) > 1 and not _settled_by_book(versions)
    ]


def _settled_by_book(versions: Sequence[_Version]) -> bool:
    """Tell sheets that stand once in each of several books of one cluster: the book is asked about."""
    clusters = {book.cluster.code if book.cluster else book.name for book, *_ in versions}
    return len(clusters) == 1 and len({book.name for book, *_ in versions}) == len(versions)


def _which_sheet(code: str, versions: Sequence[_Version]) -> Question:
    names = version_names([sheet for _, sheet, *_ in versions])
    submission, last, *_ = versions[-1]
    return Question(
        QuestionKind.DOUBLE,
        _cluster_code(submission),
        code,
        last.unit_name,
        "",
        f"{last.unit_name} có {len(versions)} phiếu; lấy phiếu nào?",
        (*names, say_what.WAIT),
        last.unit_place,
        tuple(
            f"{name}:{asked_of(file).versions[at]}"
            for name, (_, _, file, at) in zip(names, versions, strict=True)
        ),
    )


def version_names(sheets: Sequence[ScoreSheet]) -> list[str]:
    """How the versions of a unit's sheet are called in a question: by sheet, by file where files differ."""
    one_file = len({sheet.place.file for sheet in sheets}) == 1
    return [sheet.place.sheet if one_file else f"[{sheet.place.file}]{sheet.place.sheet}" for sheet in sheets]


def _doubled_clusters(checked: Sequence[CheckedFile]) -> list[Question]:
    books = [
        file.submission
        for file in checked
        if file.submission and file.submission.cluster and file.submission.consolidable
        and file.submission.kind is not Kind.UNIT_SHEET
    ]  # fmt: skip
    count = Counter(book.cluster.code for book in books if book.cluster)
    questions = []
    for code in (code for code, number in count.items() if number > 1):
        twins = [book for book in books if book.cluster and book.cluster.code == code]
        name = twins[0].cluster.name if twins[0].cluster else code
        questions.append(
            Question(
                QuestionKind.CLUSTER_TWICE,
                code,
                "",
                name,
                "",
                f"{name} có {len(twins)} sổ khác nhau; lấy sổ nào?",
                (*(book.name for book in twins), say_what.WAIT),
                twins[-1].place,
                tuple(f"{book.name}:{book.sha256}" for book in twins),
                between_files.CLUSTER_TWICE.id,
            )
        )
    return questions


def ask_tie(cluster: ClusterStandings, group: Sequence[Standing]) -> Question:
    """Ask which of the units level at one rank stands above the others."""
    names = [item.unit_name for item in group]
    first = group[0]
    totals = sorted({say(item.total) for item in group})
    return Question(
        QuestionKind.TIE,
        cluster.code,
        "",
        ", ".join(names),
        "",
        f"{', '.join(names)} cùng hạng {first.rank} ({level_in_words(group)}); đơn vị nào xếp trên?",
        (say_what.KEEP_TIE, *names),
        first.typed_rank.place if first.typed_rank else first.place,
        (*totals, *sorted(item.unit_code or item.unit_name for item in group)),
    )
