"""Freeze a cluster before its ranking is used: keep its file and its result, report what changes later."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.domain.frozen import Frozen, FrozenUnit
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings, Standing, State
from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import between_files as codes
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import say
from tdkt_xl.tasks.checked_files import CheckedFile
from tdkt_xl.tasks.round import Round, check_round, combine
from tdkt_xl.tasks.rulings import Rulings
from tdkt_xl.tasks.submissions import Kind
from tdkt_xl.writers.file_names import safe_file_name
from tdkt_xl.writers.publish import publish

FOLDER = ".chot-so"
"""Hidden, so that the kept copies are never taken for received files."""
_OPENED = "da-mo"
_OPEN_STATES = frozenset({State.INCOMPLETE, State.DOUBLED, State.UNKNOWN})


@dataclass(frozen=True)
class Held:
    """A round with the frozen files in their places."""

    round: Round
    findings: tuple[Finding, ...]
    sources: Mapping[str, Path]
    """Shown name → path of the kept copies that were read."""


def read_frozen(out: Path) -> list[Frozen]:
    """The clusters frozen in a folder of results, by code. Raises TdktError KT-538 for a damaged record."""
    found = []
    for path in sorted((out / FOLDER).glob("*.json")):
        try:
            found.append(_from_json(json.loads(path.read_text("utf-8"))))
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as fault:
            raise TdktError(codes.RULINGS_UNREADABLE, path=str(path)) from fault
    return found


def hold(
    checked: Round,
    frozen: Sequence[Frozen],
    out: Path,
    master: Master,
    slim: Callable[[CheckedFile], CheckedFile] = lambda file: file,
) -> Held:
    """Put the kept copy in the place of a frozen cluster's file that changed or is gone (KT-544).

    A book that was set aside when the cluster was frozen is left out without a word. ``slim`` leaves of a
    kept copy what the round needs.
    """
    files = list(checked.checked)
    findings: list[Finding] = []
    sources: dict[str, Path] = {}
    moved = False
    for record in frozen:
        current = [item for item in files if _is_book_of(item, record)]
        same = next((item for item in current if _digest(item) == record.sha256), None)
        if same and len(current) == 1:
            continue
        copy = copy_of(out, record)
        kept = same or slim(_read_copy(copy, record, master))
        if not same:
            sources[record.file] = copy
        names = [item.name for item in current if item is not kept and _digest(item) not in record.aside]
        if names or not same:
            told = [f"{name} khác lúc chốt" if name == record.file else f"nhận thêm {name}" for name in names]
            reason = ", ".join(told) or f"không còn {record.file} trong thư mục"
            findings.append(_changed(record, Place(names[0] if names else record.file), reason))
        files = [item for item in files if item not in current]
        files.append(kept)
        moved = True
    if not moved:
        return Held(checked, (), {})
    held = combine(sorted(files, key=lambda item: item.name), checked.found)
    return Held(replace(held, unchanged=checked.unchanged), tuple(findings), sources)


def _digest(item: CheckedFile) -> str:
    return item.submission.sha256 if item.submission else ""


def _is_book_of(item: CheckedFile, record: Frozen) -> bool:
    book = item.submission
    return (
        book is not None
        and book.cluster is not None
        and book.kind is not Kind.UNIT_SHEET
        and item.standings is not None
        and (book.cluster.code, book.cluster.period.key) == (record.cluster, record.period)
    )


def is_frozen_as(cluster: ClusterStandings, record: Frozen) -> bool:
    """Tell whether a record is of this cluster in this round."""
    period = cluster.period.key if cluster.period else ""
    return (cluster.code, period) == (record.cluster, record.period)


def _read_copy(copy: Path, record: Frozen, master: Master) -> CheckedFile:
    """The frozen cluster's file as it was, under the name it had."""
    if not copy.is_file() or hashlib.sha256(copy.read_bytes()).hexdigest() != record.sha256:
        raise TdktError(codes.RULINGS_UNREADABLE, path=str(copy))
    home = copy
    for _ in Path(record.file).parts:  # read from where its name begins, as it was received
        home = home.parent
    return next(item for item in check_round([home], master).checked if item.name == record.file)


def keep_results(
    clusters: Sequence[ClusterStandings], frozen: Sequence[Frozen]
) -> tuple[list[ClusterStandings], list[Finding]]:
    """Show a frozen cluster as it was frozen, and say so where today's computation differs (KT-544)."""
    records = {(record.cluster, record.period): record for record in frozen}
    kept: list[ClusterStandings] = []
    findings: list[Finding] = []
    for cluster in clusters:
        record = records.get((cluster.code, cluster.period.key if cluster.period else ""))
        if record is None:
            kept.append(cluster)
            continue
        units = {unit.code or unit.name: unit for unit in record.units}
        standings = [
            _as_frozen(item, units.get(item.unit_code or item.unit_name)) for item in cluster.standings
        ]
        moved = [
            item.unit_name
            for item, now in zip(standings, cluster.standings, strict=True)
            if _unit_of(item) != _unit_of(now)
        ]
        if moved:
            reason = _why_moved(cluster, record, moved)
            findings.append(_changed(record, Place(cluster.file), reason))
        kept.append(replace(cluster, standings=tuple(sorted(standings, key=_by_rank))))
    return kept, findings


def _why_moved(cluster: ClusterStandings, record: Frozen, units: Sequence[str]) -> str:
    cause = "quyết định hoặc tham số đã đổi"
    if cluster.catalogue is not None and catalogue_digest(cluster.catalogue) != record.catalogue_sha256:
        cause = f"danh mục {record.catalogue} đã đổi"
    return f"{cause}, tính lại thì khác ở {', '.join(units)}"


def _as_frozen(item: Standing, unit: FrozenUnit | None) -> Standing:
    if unit is None:
        return item
    return replace(
        item,
        state=State(unit.state),
        total=unit.total,
        base=unit.base,
        rank=unit.rank,
        tied=unit.tied,
        decided=unit.decided,
        band=unit.band,
    )


def _by_rank(item: Standing) -> tuple[bool, int]:
    return item.rank is None, item.rank or 0


def _changed(record: Frozen, place: Place, reason: str) -> Finding:
    return codes.FROZEN_CHANGED.at(place, cluster=record.name, day=record.day, who=record.who, reason=reason)


@dataclass(frozen=True, slots=True)
class Word:
    """Who freezes or opens, when and why; raises TdktError KT-890 when one of them is not said."""

    who: str
    day: date
    why: str

    def __post_init__(self) -> None:
        blank = [name for name, text in (("--who", self.who), ("--why", self.why)) if not text.strip()]
        if blank:
            raise TdktError(machine.WORD_BLANK, names=blank)


def freeze_cluster(
    cluster: ClusterStandings, checked: Round, rulings: Rulings, word: Word, source: Path
) -> tuple[Frozen, bytes]:
    """The record of a cluster and the bytes of its file, both still to be written.

    Raises TdktError KT-540 while a unit waits (its result could still change), or an answer does not count.
    """
    waiting = dict.fromkeys(item.unit_name for item in cluster.standings if item.state in _OPEN_STATES)
    if waiting or cluster.period is None or cluster.catalogue is None:
        reason = f"{', '.join(waiting)} chưa xếp hạng được" if waiting else "cụm không có trong danh mục"
        raise TdktError(codes.NOT_READY_TO_FREEZE, cluster=cluster.name, reason=reason)
    if unread := rulings.unread(cluster.code):
        rows = ", ".join(str(item.places["answer"].row) for item in unread)
        reason = f"câu trả lời ở dòng {rows} trang Chờ quyết định chưa áp dụng được"
        raise TdktError(codes.NOT_READY_TO_FREEZE, cluster=cluster.name, reason=reason)
    data = source.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    report = next(item for item in checked.files if item.name == cluster.file)
    if digest != report.sha256:
        raise TdktError(
            codes.NOT_READY_TO_FREEZE, cluster=cluster.name, reason="tệp vừa bị thay đổi trong khi đọc"
        )
    record = Frozen(
        cluster.code,
        cluster.name,
        cluster.period.key,
        cluster.file,
        digest,
        cluster.catalogue.code,
        catalogue_digest(cluster.catalogue),
        tuple(
            f"{code}: {item.answer}"
            for code, item in rulings.answered.items()
            if item.question.cluster == cluster.code
        ),
        word.who,
        word.day,
        word.why,
        tuple(map(_unit_of, cluster.standings)),
    )
    twins = (item for item in checked.checked if item.name != cluster.file and _is_book_of(item, record))
    return replace(
        record, aside=tuple(map(_digest, twins)), waiting=tuple(rulings.waiting(cluster.code))
    ), data


def write_frozen(out: Path, record: Frozen, data: bytes) -> None:
    """Write the copy of the file first, then the record that counts. Raises TdktError KT-803."""
    publish(data, copy_of(out, record))
    publish(_to_json(record), _path(out, record))


@dataclass(frozen=True, slots=True)
class Opened:
    """A cluster taken out of the freeze: where its record is kept now, and where it was."""

    kept: Path
    removed: Path


def open_cluster(out: Path, code: str, word: Word) -> Opened:
    """Take a cluster out of the freeze; its record is kept in ``da-mo`` with who opened it and why.

    Raises TdktError KT-882 when the cluster is not frozen, KT-896 when it was frozen on a later day.
    """
    record = next((item for item in read_frozen(out) if item.cluster == code), None)
    if record is None:
        raise TdktError(machine.NOT_FROZEN, cluster=code)
    if word.day < record.day:
        raise TdktError(
            machine.OPENED_TOO_EARLY, cluster=record.name, day=record.day, who=record.who, found=word.day
        )
    path = _path(out, record)
    opened = {"record": json.loads(path.read_text("utf-8")), "opened": {**asdict(word), "day": str(word.day)}}
    number = sum(1 for _ in (out / FOLDER / _OPENED).glob(f"{path.stem}*.json")) + 1
    target = out / FOLDER / _OPENED / f"{path.stem}-{number}.json"
    kept, _ = publish(json.dumps(opened, ensure_ascii=False, indent=1).encode(), target)
    path.unlink()
    return Opened(kept, path)


def catalogue_digest(catalogue: Catalogue) -> str:
    """Digest of everything in a catalogue that decides a score; not of where it is written."""
    rows = [
        (row.path, row.text, row.kind.value, row.maximum, row.rule, row.step, row.evidence, row.terms)
        for row in catalogue.rows
    ]
    bands = [(band.name, band.lower) for band in catalogue.bands]
    return hashlib.sha256(repr((catalogue.code, catalogue.total, rows, bands)).encode()).hexdigest()


def frozen_status(frozen: Iterable[Frozen]) -> dict[str, str]:
    """File → words for its row among the sources."""
    return {record.file: f"đã chốt {say(record.day)}" for record in frozen}


def paths_of(out: Path, record: Frozen) -> list[Path]:
    """The files of a freeze: the copy of what was received, and the record that counts."""
    return [copy_of(out, record), _path(out, record)]


def copy_of(out: Path, record: Frozen) -> Path:
    """Where the file of a frozen cluster is kept, under its own name."""
    return out / FOLDER / safe_file_name(f"{record.period}-{record.cluster}", "") / record.file


def _path(out: Path, record: Frozen) -> Path:
    return out / FOLDER / safe_file_name(f"{record.period}-{record.cluster}", ".json")


def _unit_of(item: Standing) -> FrozenUnit:
    return FrozenUnit(
        item.unit_code,
        item.unit_name,
        item.total,
        item.base,
        item.rank,
        item.tied,
        item.decided,
        item.band,
        item.state.value,
    )


def _to_json(record: Frozen) -> bytes:
    data = asdict(record)
    data["day"] = record.day.isoformat()
    for unit in data["units"]:
        unit |= {name: None if unit[name] is None else str(unit[name]) for name in ("total", "base")}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _from_json(data: Any) -> Frozen:
    units = tuple(
        FrozenUnit(
            **{
                **unit,
                **{name: None if unit[name] is None else Decimal(unit[name]) for name in ("total", "base")},
            }
        )
        for unit in data["units"]
    )
    return Frozen(
        **{
            **data,
            "day": date.fromisoformat(data["day"]),
            "units": units,
            "rulings": tuple(data["rulings"]),
            # a record of an earlier version has none of these
            **{name: tuple(data.get(name, ())) for name in ("aside", "waiting")},
        }
    )
