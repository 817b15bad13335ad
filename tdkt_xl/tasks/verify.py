"""tdkt verify: tell whether inputs, outputs and record of a results folder still agree."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import machine, outputs
from tdkt_xl.readers.own_files import JOURNAL, RECORDS
from tdkt_xl.tasks.journal import Event, read_journal
from tdkt_xl.tasks.manifest import digest_of
from tdkt_xl.writers.publish import reason_of


@dataclass(frozen=True, slots=True)
class Verified:
    """What was compared, and every difference."""

    runs: int
    files: int
    findings: tuple[Finding, ...]


def verify(folder: Path) -> Verified:
    """Compute every digest again and name each file that differs; nothing is written.

    Findings: KT-842 … KT-847 and KT-852. Raises TdktError KT-801, KT-848.
    """
    if not folder.is_dir():
        raise TdktError(machine.PATH_MISSING, path=str(folder))
    try:
        history = read_journal(folder)
    except OSError as error:
        raise TdktError(outputs.NO_RECORD, path=str(folder), reason=reason_of(error)) from error
    if not history.events:
        raise TdktError(outputs.NO_RECORD, path=str(folder), reason=f"không có tệp {JOURNAL}")
    findings: list[Finding] = []
    if history.torn:
        findings.append(outputs.JOURNAL_TORN.at(path=str(folder)))
    if history.broken_line:
        findings.append(outputs.JOURNAL_BROKEN.at(line=history.broken_line))
    if history.events[-1]["event"] == "start":
        findings.append(outputs.RUN_WAS_CUT_OFF.at(day=str(history.events[-1].get("t", ""))))
    latest = _latest(history.events)
    records = [_record(folder, event, findings) for event in latest]
    compared = _compare([record for record in records if record], folder, findings)
    if not findings:
        findings.append(outputs.RECORD_AGREES.at(count=compared, total=len(latest)))
    return Verified(len(latest), compared, tuple(findings))


def _latest(events: Iterable[Event]) -> list[Event]:
    """The last finished run of each task, in the order in which their results were last confirmed."""
    latest: dict[str, Event] = {}
    for event in events:
        task = event["task"]
        if event["event"] == "done":
            latest.pop(task, None)
            latest[task] = event
        elif event["event"] == "same" and task in latest:
            latest[task] = latest.pop(task)
    return list(latest.values())


def _record(folder: Path, event: Event, findings: list[Finding]) -> Mapping[str, Any] | None:
    """The record the journal speaks of, unless it is another one by now."""
    name = f"{RECORDS}/{event['task']}.json"
    try:
        content = (folder / name).read_bytes()
        record = json.loads(content)
    except (OSError, ValueError):
        content, record = b"", None
    if hashlib.sha256(content).hexdigest() != event.get("record") or not isinstance(record, dict):
        findings.append(outputs.RECORD_DIFFERS.at(Place(name)))
        return None
    return record


def _compare(records: Iterable[Mapping[str, Any]], folder: Path, findings: list[Finding]) -> int:
    """Compare each file once: an output with the last run that wrote it, and not as an input besides."""
    made: dict[str, Mapping[str, Any]] = {}
    used: dict[str, Mapping[str, Any]] = {}
    for record in records:
        for path in record.get("removed", ()):
            made.pop(path, None)
        made |= {item["path"]: item for item in record["outputs"]}
        used |= {item["path"]: item for item in [*record["inputs"], record["master"]] if item}
    for path, item in used.items():
        if path not in made and digest_of(folder / path) != item["sha256"]:
            findings.append(outputs.INPUT_DIFFERS.at(Place(item["name"]), reason=_how(folder / path)))
    for path, item in made.items():
        if digest_of(folder / path) != item["sha256"]:
            findings.append(outputs.OUTPUT_DIFFERS.at(Place(path), reason=_how(folder / path)))
    return len(made.keys() | used.keys())


def _how(path: Path) -> str:
    return "nội dung đã đổi" if path.is_file() else "tệp không còn ở chỗ cũ"
