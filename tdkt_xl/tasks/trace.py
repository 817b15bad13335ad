"""tdkt trace: how a number of the consolidated workbook came about, down to the cells of received files.

Everything comes from the lineage a run left beside tong-hop-huyen.xlsx, or from that workbook alone when
somebody has changed it since; of a large round from the tables beside tong-hop-lon.xlsx. No package that a
consolidation needs is loaded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_xl.findings import Place, TdktError
from tdkt_xl.findings.render import say
from tdkt_xl.tasks.lineage import LineageRows, Row, read_lineage
from tdkt_xl.tasks.result_files import SMALL_NAME, result_book
from tdkt_xl.vietnamese.numbers import read_number, round_half_up
from tdkt_xl.vietnamese.text import comparison_key

if TYPE_CHECKING:
    from tdkt_xl.tasks.large_rows import LargeRows
    from tdkt_xl.tasks.result_rows import BookRows

    ResultRows = LineageRows | BookRows | LargeRows

_APPLIED = "Đã áp dụng"
_NOT_APPLICABLE = "Không áp dụng"
_BELOW_A_THOUSAND = Decimal(999)
_BEYOND_CAP = "KT-430"
_CAP = re.compile(r": nhóm (?P<group>\S+) cộng được (?P<computed>\S+), vượt trần (?P<limit>\S+);")
"""Results keep of a cap that was passed only the sentence of KT-430."""


@dataclass(frozen=True)
class TracedScore:
    """One score and everything it rests on; numbers are written for readers, "" when there is none."""

    path: str
    text: str
    values: Row
    place: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cap:
    """A bonus or penalty group whose scores add up to more than its cap."""

    group: str
    computed: Decimal
    limit: Decimal

    @property
    def beyond(self) -> Decimal:
        """The points that do not count; negative for penalties."""
        return self.computed - self.limit


@dataclass(frozen=True)
class TracedUnit:
    """A unit's row of the ranking with the scores asked for."""

    ranking: Row
    others: tuple[Row, ...]
    """The rows of its cluster, best first."""
    scores: tuple[TracedScore, ...]
    groups: tuple[tuple[str, Decimal], ...]
    added: Decimal
    """What the single scores add up to; the total is less when bonus points go beyond a cap."""
    caps: tuple[Cap, ...]
    decisions: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class Trace:
    """The answer of ``tdkt trace``."""

    units: tuple[TracedUnit, ...]
    criterion: str

    def lines(self) -> Iterator[str]:
        """The trace in words."""
        for unit in self.units:
            yield from _unit_lines(unit, self.criterion)

    def summary(self) -> Iterator[str]:
        """How rank and total came about, in words, without the single criteria."""
        for unit in self.units:
            yield from _head_lines(unit)
            yield from _cluster_lines(unit)

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt trace --json``; numbers are as shown."""
        return {
            "units": [
                {
                    "ranking": unit.ranking,
                    "sha256": unit.digest or None,
                    "scores": [
                        {"path": item.path, "text": item.text, "source": item.place, **item.values}
                        | {"remarks": list(item.remarks)}
                        for item in unit.scores
                    ],
                    "caps": [
                        {"group": cap.group, "computed": say(cap.computed), "limit": say(cap.limit)}
                        for cap in unit.caps
                    ],
                    "decisions": list(unit.decisions),
                }
                for unit in self.units
            ]
        }


def trace(result: Path, unit: str, criterion: str = "") -> Trace:
    """Trace a unit's rank and total, a score or a group of scores, from a result (or its folder).

    ``unit`` is a code or a name as the ranking shows it; ``criterion`` a path such as I.2.a or I. Raises
    TdktError KT-801, KT-806 (no consolidated workbook), KT-542 (no such unit), KT-543 (no such
    criterion), of a large result also KT-862, KT-870.
    """
    result = result_book(result)
    source = read_lineage(result) or _read_result(result)
    wanted = comparison_key(unit)
    ranking = list(source.rows("ranking", {wanted}))
    own = [
        row for row in ranking if wanted in {comparison_key(row["unit_code"]), comparison_key(row["unit"])}
    ]
    if not own:
        raise _no_such_unit(unit, wanted, ranking)
    scores = [row for row in source.rows("scores", {row["unit"] for row in own}) if _same_sheet(row, own)]
    if criterion and not any(_is_of(row["path"], criterion) for row in scores):
        from tdkt_xl.findings.codes.between_files import CRITERION_NOT_IN_RESULT

        raise TdktError(CRITERION_NOT_IN_RESULT, path=criterion, unit=own[0]["unit"])
    return Trace(tuple(_traced(row, ranking, scores, criterion, source) for row in own), criterion)


def _read_result(result: Path) -> "BookRows | LargeRows":
    from tdkt_xl.tasks.large_rows import read_large  # only where the lineage does not do
    from tdkt_xl.tasks.result_rows import read_rows

    return read_large(result) or read_rows(result)


def _no_such_unit(unit: str, wanted: str, ranking: Sequence[Row]) -> TdktError:
    from tdkt_xl.findings.codes.between_files import UNIT_NOT_IN_RESULT

    near = [row["unit"] for row in ranking if wanted and wanted in comparison_key(row["unit"])]
    return TdktError(UNIT_NOT_IN_RESULT, text=unit, suggestion=_suggested(near))


def _suggested(names: Sequence[str]) -> str:
    return f" Có phải ý ông/bà là “{names[0]}”?" if names else ""


def _same_sheet(row: Row, own: Sequence[Row]) -> bool:
    return any(
        (row["file"], row["sheet"]) == (item["file"], item["sheet"]) and row["unit"] == item["unit"]
        for item in own
    )


def _traced(
    own: Row, ranking: Sequence[Row], scores: Sequence[Row], criterion: str, source: "ResultRows"
) -> TracedUnit:
    mine = [row for row in scores if _same_sheet(row, [own])]
    wanted = [row for row in mine if not criterion or _is_of(row["path"], criterion)]
    remarks = _remarks(source, own)
    groups: dict[str, Decimal] = {}
    for row in mine:
        top = row["path"].replace("/", ".").split(".")[0]
        groups[top] = groups.get(top, Decimal(0)) + _number(row["final"])
    return TracedUnit(
        own,
        tuple(
            sorted((row for row in ranking if row["cluster"] == own["cluster"] and row["rank"]), key=_by_rank)
        ),
        tuple(
            TracedScore(row["path"], row["text"], row, _place(row), tuple(remarks.get(row["row"], ())))
            for row in wanted
        ),
        tuple(groups.items()),
        sum(groups.values(), Decimal(0)),
        tuple(_caps(source, own)),
        tuple(_decisions(source, own, criterion)),
        next(
            (row["sha256"] for row in source.rows("sources", {own["file"]}) if row["path"] == own["file"]), ""
        ),
    )


def _is_of(path: str, criterion: str) -> bool:
    """Tell whether a path is the criterion asked about, or stands below the group asked about."""
    return comparison_key(path) == comparison_key(criterion) or _is_below(path, criterion)


def _is_below(path: str, group: str) -> bool:
    return comparison_key(path).startswith(tuple(comparison_key(group) + mark for mark in "./"))


def _by_rank(row: Row) -> Decimal:
    return _number(row["rank"])


def _number(text: str) -> Decimal:
    """A number as ``_shown`` wrote it; it writes no thousands marks, so 27,125 is below a thousand."""
    value = read_number(text, limit=_BELOW_A_THOUSAND).value if text else Decimal(0)
    if value is None:
        from tdkt_xl.findings.codes.machine import NOT_CONSOLIDATED_BOOK

        reason = f": ô điểm hoặc hạng ghi “{text}”, không phải số"
        raise TdktError(NOT_CONSOLIDATED_BOOK, path=SMALL_NAME, reason=reason)
    return value


def _place(row: Row) -> str:
    cell = row.get("cell") or (f"dòng {row['row']}" if row["row"] else "")
    place = Place(row["file"], row["sheet"])
    return f"{place}!{cell}" if cell else str(place)


def _remarks(source: "ResultRows", own: Row) -> dict[str, list[str]]:
    """Findings of the unit's sheet by row number."""
    found: dict[str, list[str]] = {}
    for row in source.rows("findings", {own["sheet"]}):
        if (row["file"], row["sheet"]) == (own["file"], own["sheet"]):
            line = "".join(letter for letter in row["cell"] if letter.isdigit())
            found.setdefault(line, []).append(f"{row['code']} ở ô {row['cell']}: {row['message']}")
    return found


def _caps(source: "ResultRows", own: Row) -> Iterator[Cap]:
    """The caps the unit's scores go beyond."""
    for row in source.rows("findings", {own["sheet"]}):
        found = _CAP.search(row["message"]) if row["code"] == _BEYOND_CAP else None
        if found and (row["file"], row["sheet"]) == (own["file"], own["sheet"]):
            yield Cap(found["group"], _number(found["computed"]), _number(found["limit"]))


def _decisions(source: "ResultRows", own: Row, criterion: str) -> Iterator[str]:
    """Rulings applied to the unit, or to a tie it stands in."""
    for row in source.rows("decisions", {own["cluster"]}):
        about = (
            row["unit_code"] == own["unit_code"]
            if row["unit_code"]
            else own["unit"] in row["unit"].split(", ")
        )
        if row["state"] != _APPLIED or not about or row["cluster"] != own["cluster"]:
            continue
        if not criterion or not row["path"] or _is_of(row["path"], criterion):
            yield f"{row['question']} Quyết định: {row['answer']} ({row['who']}, {row['day']}: {row['why']})."


def _head_lines(unit: TracedUnit) -> Iterator[str]:
    row = unit.ranking
    code = f" ({row['unit_code']})" if row["unit_code"] else ""
    yield f"{row['unit']}{code} · {row['cluster_name']} · kỳ {row['period']} · {row['state']}"
    if row["total"]:
        base = f" trên {row['base']} ({_percent(row)}%)" if row["base"] else ""
        rank = (
            f"hạng {row['rank']}{', ' + row['tied'] if row['tied'] else ''}"
            if row["rank"]
            else "chưa xếp hạng"
        )
        yield f"  Tổng {row['total']}{base} · {rank} · {row['band'] or 'chưa xếp loại'}"
        yield f"  = {' + '.join(f'{name} {say(points)}' for name, points in unit.groups)} = {say(unit.added)}"
        for cap in unit.caps:
            yield f"  {_cap_line(cap)}"
        left = unit.added - sum((cap.beyond for cap in unit.caps), Decimal(0))
        if unit.caps:
            yield f"  = {say(unit.added)} {' '.join(map(_less, unit.caps))} = {say(left)}"
        if left != _number(row["total"]):
            yield f"  Tổng trong kết quả là {row['total']}: cụm đã chốt giữ số lúc chốt, hoặc sổ đã bị sửa."
    yield f"  Nguồn: [{row['file']}]{row['sheet']}" + (
        f" · SHA-256 {unit.digest[:16]}…" if unit.digest else ""
    )
    for text in unit.decisions:
        yield f"  Quyết định · {text}"


def _cap_line(cap: Cap) -> str:
    head = f"Phần vượt trần không tính ({_BEYOND_CAP}): nhóm {cap.group}"
    return f"{head} cộng {say(cap.computed)}, trần {say(cap.limit)}: {_less(cap)}"


def _less(cap: Cap) -> str:
    return f"− {say(cap.beyond)}" if cap.beyond > 0 else f"+ {say(-cap.beyond)}"


def _unit_lines(unit: TracedUnit, criterion: str) -> Iterator[str]:
    yield from _head_lines(unit)
    if criterion and all(_is_below(score.path, criterion) for score in unit.scores):
        yield from _group_lines(unit, criterion)
        return
    if criterion:
        for score in unit.scores:
            yield from _score_lines(score)
        return
    yield from _cluster_lines(unit)
    yield "  Từng tiêu chí (xem một tiêu chí, một nhóm: thêm mã, ví dụ I.2):"
    yield from map(_listed, unit.scores)


def _listed(score: TracedScore) -> str:
    values = score.values
    points = f"{values['final'] or '—':>6} / {values['maximum']:<5}"
    return f"    {score.path:<8} {points} {values['origin']} · {score.place}"


def _group_lines(unit: TracedUnit, group: str) -> Iterator[str]:
    """A group: its scores, their sum, and what each cap within it or around it takes away."""
    first = unit.scores[0].path
    yield f"  Nhóm {group}: {len(unit.scores)} tiêu chí (xem một tiêu chí: thêm mã, ví dụ {first})"
    yield from map(_listed, unit.scores)
    known = [_number(score.values["final"]) for score in unit.scores if score.values["final"]]
    added = sum(known, Decimal(0))
    yield f"    Cộng: {' + '.join(map(say, known)) or '—'} = {say(added)}"
    open_ = [score.path for score in unit.scores if not _is_settled(score)]
    if open_:
        yield f"    Chưa có điểm: {', '.join(open_)}"
    inside = [cap for cap in unit.caps if _is_of(cap.group, group)]
    for cap in inside:
        yield f"    {_cap_line(cap)}"
    if inside:
        left = added - sum((cap.beyond for cap in inside), Decimal(0))
        yield f"    Điểm của nhóm: {say(added)} {' '.join(map(_less, inside))} = {say(left)}"
    for cap in unit.caps:
        if _is_below(group, cap.group):
            yield f"    Nhóm này nằm trong nhóm {cap.group}. {_cap_line(cap)}"


def _is_settled(score: TracedScore) -> bool:
    return bool(score.values["final"]) or score.values["origin"] == _NOT_APPLICABLE


def _percent(row: Row) -> str:
    return say(round_half_up(_number(row["percent"]), 2))


def _cluster_lines(unit: TracedUnit) -> Iterator[str]:
    bases = {row["base"] for row in unit.others}
    basis = "tỷ lệ điểm trên thang áp dụng, vì các đơn vị khác thang điểm" if len(bases) > 1 else "tổng điểm"
    yield f"  Xếp hạng trong cụm theo {basis}:"
    for row in unit.others:
        mark = "→" if row["unit"] == unit.ranking["unit"] else " "
        share = f" · {_percent(row)}% của {row['base']}" if len(bases) > 1 else ""
        tied = f" · {row['tied']}" if row["tied"] else ""
        yield f"   {mark} {row['rank']}. {row['unit']}: {row['total']}{share}{tied}"


def _score_lines(score: TracedScore) -> Iterator[str]:
    values = score.values
    yield f"  {score.path} · {score.text} (tối đa {values['maximum']})"
    yield f"    Điểm tính: {values['final'] or '—'} · nguồn: {values['origin']} · ô {score.place}"
    if values["typed"]:
        yield f"    Ô ghi: {values['typed']}"
    yield (
        f"    Tự chấm {values['self_score'] or '—'} · cụm chấm {values['cluster_score'] or '—'} · "
        f"thẩm định {values['appraised_score'] or '—'} · theo cách chấm {values['computed'] or '—'}"
    )
    if values["reason"]:
        yield f"    Lý do: {values['reason']}"
    yield f"    Cách chấm: {values['rule'] or 'Chấm thẳng'}"
    if values["target"] or values["result"]:
        yield f"    Chỉ tiêu {values['target'] or '—'} · kết quả {values['result'] or '—'}"
    if values["origin"] == _NOT_APPLICABLE:
        yield f"    Không áp dụng: {values['maximum']} điểm tối đa bỏ khỏi cả điểm và thang điểm của đơn vị"
    if values["words"]:
        yield f"    Cách tính: {values['words']}"
    if values["decision"]:
        yield f"    Quyết định: {values['decision']}"
    for remark in score.remarks:
        yield f"    Kết quả kiểm tra: {remark}"
