"""Runs killed at any moment, and disks that fail at any step: the old result or the new one, whole.

TDKT_KILLS sets how many runs are killed (12 by default; hundreds for a thorough look).
"""

import errno
import hashlib
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.tasks.journal import read_journal
from tdkt_xl.tasks.manifest import Ran
from tdkt_xl.tasks.run_record import RunRecord, Stamp
from tdkt_xl.tasks.verify import verify
from tdkt_xl.writers.publish import BACKUP_FOLDER, publish

KILLS = int(os.environ.get("TDKT_KILLS", "12"))
NAMES = ("tong-hop-huyen.xlsx", "ket-qua-kiem-tra.xlsx")
START = datetime(2023, 12, 15, tzinfo=UTC)

ENDLESS = """
import sys
from pathlib import Path
from tests.faults.test_interrupted_runs import run
print("ready", flush=True)
number = int(sys.argv[2])
while True:
    number += 1
    run(Path(sys.argv[1]), number)
"""


def content(name: str, number: int) -> bytes:
    """Bytes that prove themselves whole: a digest of the rest before the rest."""
    body = f"{name} {number} ".encode() * 4_000
    return hashlib.sha256(body).hexdigest().encode() + body


def is_whole(data: bytes) -> bool:
    return hashlib.sha256(data[64:]).hexdigest().encode() == data[:64]


def run(out: Path, number: int) -> list[str]:
    """One run that writes two results."""
    with RunRecord(out, "consolidate", Stamp(lambda: START + timedelta(minutes=number), "a")) as record:
        targets = [out / name for name in NAMES]
        for target in targets:
            publish(content(target.name, number), target)
        return [item.code.id for item in record.done(Ran([], targets, ()))]


def assert_sound(out: Path) -> None:
    """Every file that has its final name is whole, and every whole line of the journal holds."""
    for name in NAMES:
        assert is_whole((out / name).read_bytes())
    old = out / BACKUP_FOLDER
    for path in old.glob("*.xlsx"):
        assert path.name.startswith(".") or is_whole(path.read_bytes())
    assert read_journal(out).broken_line == 0


def assert_repaired(out: Path) -> None:
    """The next run succeeds, leaves nothing half-written, and record and results agree."""
    run(out, 10**6 + random.randrange(10**6))
    assert_sound(out)
    assert [item.code.id for item in verify(out).findings] == ["KT-852"]
    assert list(out.rglob("*.tmp")) == []


def test_killed_at_any_moment(tmp_path: Path) -> None:
    out = tmp_path / "ra"
    chance = random.Random(5)
    run(out, 0)
    for number in range(KILLS):
        command = [sys.executable, "-c", ENDLESS, str(out), str(1_000 * number)]
        with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(chance.random() * 0.08)
            process.kill()
        assert_sound(out)
        assert_repaired(out)


STEPS: dict[str, Any] = {
    "write": (os, "write"),
    "fsync": (os, "fsync"),
    "open": (os, "open"),
    "file": (Path, "open"),
    "replace": (Path, "replace"),
    "mkdir": (Path, "mkdir"),
    "stat": (Path, "read_bytes"),
}


def fail_once(step: int, fault: Callable[[], OSError], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the step-th call to the system fail; returns the calls as they are made."""
    taken: list[str] = []

    def watched(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*arguments: Any, **options: Any) -> Any:
            taken.append(name)
            if len(taken) - 1 == step:
                raise fault()
            return call(*arguments, **options)

        return made

    for name, (owner, attribute) in STEPS.items():
        monkeypatch.setattr(owner, attribute, watched(name, getattr(owner, attribute)))
    return taken


class LostShareError(OSError):
    """What Windows raises for a share out of reach."""

    winerror = 64


DISK_FAULTS: list[Callable[[], OSError]] = [
    *(partial(OSError, number, "x") for number in (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS)),
    partial(LostShareError, errno.EINVAL, "x"),
]


@pytest.mark.parametrize("fault", DISK_FAULTS, ids=["full", "denied", "broken", "read only", "lost share"])
def test_disk_that_fails_at_any_step(fault: Callable[[], OSError], tmp_path: Path) -> None:
    out = tmp_path / "ra"
    run(out, 0)
    with pytest.MonkeyPatch.context() as patch:
        taken = fail_once(-1, OSError, patch)
        run(out, 1)
    assert len(taken) > 20
    for step in range(len(taken)):
        with pytest.MonkeyPatch.context() as patch:
            fail_once(step, fault, patch)
            refused = _refusal(out, step + 2)
        assert refused in {"", "KT-803", "KT-841"}
        assert_sound(out)
    assert_repaired(out)


def _refusal(out: Path, number: int) -> str:
    """Code of the error that stopped a run, if one did."""
    try:
        run(out, number)
    except TdktError as error:
        return error.finding.code.id
    return ""


def test_result_taken_away_and_replaced_while_running(tmp_path: Path) -> None:
    out = tmp_path / "ra"
    run(out, 0)
    with RunRecord(out, "consolidate", Stamp(lambda: START, "a")) as record:
        target = out / NAMES[0]
        publish(content(target.name, 1), target)
        target.unlink()
        target.mkdir()
        record.done(Ran([], [out / NAMES[1]], ()))
    target.rmdir()
    assert_repaired(out)
