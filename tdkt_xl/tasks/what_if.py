"""tdkt what-if: what a corrected file would move, before anything is accepted; nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tdkt_xl.domain.frozen import Frozen
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.scores import CellState, ScoreLine, ScoreSheet
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.findings.codes import between_files as codes
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import as_records, say, sentence
from tdkt_xl.tasks.checked_files import CheckedFile, judge
from tdkt_xl.tasks.consolidate import apply_rulings, decimal_string
from tdkt_xl.tasks.freezing import hold, is_frozen_as, read_frozen
from tdkt_xl.tasks.kept_files import KeptFiles
from tdkt_xl.tasks.round import Progress, Round, check_round, combine
from tdkt_xl.tasks.rulings import Rulings, read_rulings
from tdkt_xl.tasks.slim_files import decide_whole, slim_unless
from tdkt_xl.tasks.submissions import Kind


@dataclass(frozen=True)
class ScoreMove:
    """One score that would change; ``why`` says whether the unit's own data or another unit moved it."""

    path: str
    before: Decimal | None
    after: Decimal | None
    why: str


@dataclass(frozen=True)
class UnitMove:
    """A unit before and after; None where it is not there."""

    name: str
    before: Standing | None
    after: Standing | None
    scores: tuple[ScoreMove, ...] = ()

    @property
    def is_still(self) -> bool:
        """Tell whether nothing about the unit changes."""
        return not self.scores and _facts(self.before) == _facts(self.after)


@dataclass(frozen=True)
class WhatIf:
    """What the correction moves in its cluster; ``findings`` are those only the corrected file has."""

    cluster: str
    replaced: str
    file: str
    moves: tuple[UnitMove, ...]
    leaders_before: tuple[str, ...]
    leaders_after: tuple[str, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Finding, ...] = ()
    """About answers that could not be applied on either side."""
    frozen: Frozen | None = None
    """The freeze of the cluster, which keeps its result as it is until it is opened."""

    def lines(self) -> Iterator[str]:
        """The answer in words, the units that move most first."""
        moving = [move for move in self.moves if not move.is_still]
        ranks = sum(_rank(move.before) != _rank(move.after) for move in moving)
        yield f"{self.cluster}: thay {self.replaced} bằng {self.file}"
        if self.frozen:
            said = f"ngày {say(self.frozen.day)} ({self.frozen.who})"
            yield f"  Cụm đã chốt {said}: sổ sửa chỉ được tính sau khi mở chốt (tdkt unfreeze)."
        yield f"  {len(moving)} đơn vị thay đổi, {ranks} đổi hạng; {len(self.moves) - len(moving)} không đổi"
        before, after = ", ".join(self.leaders_before) or "—", ", ".join(self.leaders_after) or "—"
        yield f"  Dẫn đầu: {before}" + (" (không đổi)" if before == after else f" → {after}")
        for move in moving:
            yield f"  {move.name}: {_told(move)}"
            for score in move.scores:
                yield f"      {score.path}: {_points(score.before)} → {_points(score.after)} ({score.why})"
        if self.findings:
            yield f"  Vấn đề chỉ có trong {self.file}:"
            for finding in self.findings:
                yield f"    {sentence(finding)}"
        if self.unread:
            yield "  Câu trả lời chưa áp dụng được ở cả hai bên:"
            for finding in self.unread:
                yield f"    {sentence(finding)}"

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt what-if --json``."""
        return {
            "cluster": self.cluster,
            "replaced": self.replaced,
            "file": self.file,
            "frozen": self.frozen.day.isoformat() if self.frozen else None,
            "leaders": {"before": list(self.leaders_before), "after": list(self.leaders_after)},
            "units": [
                {
                    "name": move.name,
                    "before": _record(move.before),
                    "after": _record(move.after),
                    "scores": [
                        {
                            "criterion": score.path,
                            "before": None if score.before is None else decimal_string(score.before),
                            "after": None if score.after is None else decimal_string(score.after),
                            "why": score.why,
                        }
                        for score in move.scores
                    ],
                }
                for move in self.moves
                if not move.is_still
            ],
            "findings": as_records((*self.findings, *self.unread)),
        }


def what_if(
    file: Path,
    folder: Path,
    master: Master,
    decisions: Path | None = None,
    progress: Progress | None = None,
    *,
    today: date | None = None,
    kept: KeptFiles | None = None,
) -> WhatIf:
    """Compare the round as received with the round in which ``file`` takes the place of its book.

    ``file`` is a cluster's corrected book, or one unit's corrected sheet: then it takes the place of the
    sheet in its book, the cluster's scores staying where the sheet gives none. ``decisions``: a
    consolidated workbook with rulings, applied on both sides; clusters frozen beside it count as they
    were frozen. Raises TdktError KT-541 when the file is neither, or the very book it would replace,
    KT-538, KT-801, KT-804.
    """
    if folder.is_file():
        raise TdktError(machine.NOT_A_FOLDER, path=str(folder))
    if not file.is_file():
        raise TdktError(machine.PATH_MISSING, path=str(file))
    new = _correction(file, master)
    slim = slim_unless(lambda item: _is_book_about(item, new))
    received = check_round([folder], master, progress, kept=kept, slim=slim)
    frozen = read_frozen(decisions.parent) if decisions else []
    if decisions:
        received = hold(received, frozen, decisions.parent, master, slim).round
    rulings = read_rulings(decisions, must_exist=True, today=today) if decisions else Rulings()
    old = _replaced(file, new, received, rulings, master)
    if _is_same(new, old) and file.resolve().is_relative_to(folder.resolve()):
        reason = "tệp này là bài đang được tính trong thư mục, không có gì để so"
        raise TdktError(codes.NOT_A_CORRECTION, path=str(file), reason=reason)
    swapped = _swapped(new, old, master)
    others = [item for item in received.checked if item is not old and not _is_book_about(item, new)]
    rounds = [combine(sorted([one, *others], key=_named), received.found) for one in (old, swapped)]
    before = _cluster_of(old, _ranked(rounds[0], rulings, master))
    after = _cluster_of(swapped, _ranked(rounds[1], Rulings(rulings.typed, today), master))
    known = {(finding.code.id, finding.place.sheet, finding.place.cell) for finding in old.findings}
    odd = tuple(
        finding
        for finding in (*swapped.opening, *swapped.findings)
        if (finding.code.id, finding.place.sheet, finding.place.cell) not in known
    )
    return WhatIf(
        after.name,
        old.name,
        file.name,
        tuple(_moves(before, after)),
        tuple(item.unit_name for item in before.leaders),
        tuple(item.unit_name for item in after.leaders),
        odd,
        tuple(rulings.findings),
        next((item for item in frozen if is_frozen_as(after, item)), None),
    )


def _correction(file: Path, master: Master) -> CheckedFile:
    """The corrected file."""
    checked = check_round([file], master).checked
    new = next((item for item in checked if item.submission and item.standings), None)
    if new is None:
        raise TdktError(codes.NOT_A_CORRECTION, path=str(file), reason="không đọc được sổ cụm hay phiếu nào")
    return new


def _replaced(file: Path, new: CheckedFile, received: Round, rulings: Rulings, master: Master) -> CheckedFile:
    """The received book the corrected file is about: of several the chosen one, or the only other one."""
    books = [item for item in received.checked if _is_book_about(item, new)]
    if not books:
        reason = "trong thư mục không có sổ cụm tương ứng"
        raise TdktError(codes.NOT_A_CORRECTION, path=str(file), reason=reason)
    if len(books) == 1:
        return books[0]
    counted = {item.file for item in _ranked(received, Rulings(rulings.typed, rulings.today), master)}
    chosen = [item for item in books if item.name in counted]
    left = chosen or [item for item in books if not _is_same(new, item)]
    if len(left) > 1:
        names = ", ".join(item.name for item in left)
        reason = f"thư mục có nhiều sổ tương ứng mà chưa chọn ({names}); xin chọn bằng tdkt choose"
        raise TdktError(codes.NOT_A_CORRECTION, path=str(file), reason=reason)
    return left[0]


def _is_book_about(item: CheckedFile, new: CheckedFile) -> bool:
    book = item.submission
    is_counted = book is not None and book.consolidable and book.kind is not Kind.UNIT_SHEET
    return is_counted and _is_about(item, new)


def _is_same(new: CheckedFile, old: CheckedFile) -> bool:
    return bool(new.submission and old.submission and new.submission.sha256 == old.submission.sha256)


def _is_about(book: CheckedFile, new: CheckedFile) -> bool:
    assert book.submission is not None
    assert new.submission is not None
    mine, other = book.submission, new.submission
    if other.kind is Kind.UNIT_SHEET:
        unit = other.sheets[0].unit
        is_member = unit is not None and (mine.cluster is None or unit.code in mine.cluster.members)
        return is_member and any(sheet.unit == unit for sheet in mine.sheets)
    return mine.cluster is not None and mine.cluster == other.cluster


def _swapped(new: CheckedFile, old: CheckedFile, master: Master) -> CheckedFile:
    """What stands in place of the old book: the new one, or the old one with one sheet exchanged."""
    assert new.submission is not None
    assert old.submission is not None
    if new.submission.kind is not Kind.UNIT_SHEET:
        return new
    sheet = new.submission.sheets[0]
    sheets = tuple(
        _merged(item, sheet) if item.unit == sheet.unit else item for item in old.submission.sheets
    )
    (judged,), _ = judge([replace(old.submission, sheets=sheets)], master)
    own = tuple(finding for finding in judged.findings if finding.place.sheet == sheet.place.sheet)
    return replace(old, submission=judged.submission, standings=judged.standings, findings=own)


def _merged(old: ScoreSheet, new: ScoreSheet) -> ScoreSheet:
    """The corrected sheet with the cluster's and the appraised scores it leaves blank."""
    kept = {line.criterion.path: line for line in old.lines}
    lines = tuple(_merged_line(kept.get(line.criterion.path), line) for line in new.lines)
    return replace(old, lines=lines)


def _merged_line(old: ScoreLine | None, new: ScoreLine) -> ScoreLine:
    if old is None:
        return new
    blank = CellState.BLANK
    return replace(
        new,
        cluster_score=old.cluster_score if new.cluster_score.state is blank else new.cluster_score,
        appraised_score=old.appraised_score if new.appraised_score.state is blank else new.appraised_score,
    )


def _ranked(checked: Round, rulings: Rulings, master: Master) -> list[ClusterStandings]:
    _, clusters, _ = apply_rulings(checked, rulings, master, decide_whole)
    return clusters


def _named(file: CheckedFile) -> str:
    return file.name


def _cluster_of(file: CheckedFile, clusters: Sequence[ClusterStandings]) -> ClusterStandings:
    found = next((cluster for cluster in clusters if cluster.file == file.name), file.standings)
    assert found is not None
    return found


def _moves(before: ClusterStandings, after: ClusterStandings) -> Iterator[UnitMove]:
    """One move per unit, in the order of the ranking after; units that are gone come last."""
    old = {_name(item): item for item in before.standings}
    new = {_name(item): item for item in after.standings}
    for name in dict.fromkeys((*new, *old)):
        yield UnitMove(name, old.get(name), new.get(name), tuple(_score_moves(old.get(name), new.get(name))))


def _name(item: Standing) -> str:
    return item.unit_name


def _score_moves(before: Standing | None, after: Standing | None) -> Iterator[ScoreMove]:
    old = _lines(before)
    for path, line in _lines(after).items():
        was = old.get(path)
        if was is None or was.final.value == line.final.value:
            continue
        yield ScoreMove(path, was.final.value, line.final.value, _why(was, line))


def _lines(item: Standing | None) -> dict[str, ScoreLine]:
    return {line.criterion.path: line for line in item.sheet.lines} if item and item.sheet else {}


def _why(before: ScoreLine, after: ScoreLine) -> str:
    if _given(before) != _given(after):
        return "số liệu của đơn vị sửa"
    leader = after.computed.leans_on if after.computed else ""
    return f"tính lại theo {leader}" if leader else "tính lại"


def _given(line: ScoreLine) -> tuple[object, ...]:
    cells = (line.cluster_score.value, line.appraised_score.value)
    return (*cells, line.target.numbers, line.result.numbers, line.target.text, line.result.text)


def _facts(item: Standing | None) -> tuple[object, ...]:
    return () if item is None else (item.state, item.total, item.base, item.rank, item.tied, item.band)


def _rank(item: Standing | None) -> int | None:
    return item.rank if item else None


def _points(value: Decimal | None) -> str:
    return "—" if value is None else say(value)


def _told(move: UnitMove) -> str:
    before, after = move.before, move.after
    if before is None or after is None:
        return "thêm vào" if before is None else "không còn"
    parts = [_points(before.total)]
    if before.total != after.total:
        parts = [f"{_points(before.total)} → {_points(after.total)}"]
        if before.total is not None and after.total is not None:
            change = after.total - before.total
            parts[0] += f" ({'+' if change > 0 else '−'}{say(abs(change))})"
    if before.base != after.base:
        parts.append(f"thang {_points(before.base)} → {_points(after.base)}")
    if before.rank != after.rank:
        parts.append(f"hạng {before.rank or '—'} → {after.rank or '—'}")
    if before.band != after.band:
        parts.append(f"xếp loại {before.band or '—'} → {after.band or '—'}")
    if before.tied != after.tied:
        parts.append("thành đồng hạng" if after.tied else "hết đồng hạng")
    if before.state is not after.state and after.state is not State.RANKED:
        parts.append(after.state.value)
    return " · ".join(parts)


def _record(item: Standing | None) -> dict[str, object] | None:
    if item is None:
        return None
    return {
        "total": None if item.total is None else decimal_string(item.total),
        "base": None if item.base is None else decimal_string(item.base),
        "rank": item.rank,
        "tied": item.tied,
        "band": item.band,
        "state": item.state.value,
    }
