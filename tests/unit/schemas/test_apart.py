"""Checks run in a process of their own, and whatever happens to it changes no result."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_xl.processes import child
from tdkt_xl.schemas import apart
from tdkt_xl.schemas.apart import CheckingProcess
from tdkt_xl.schemas.columns import (
    Column,
    ColumnKind,
    FailureCase,
    decode_cases,
    decode_columns,
    encode_cases,
    encode_columns,
)
from tdkt_xl.schemas.definitions import run_schema

ROOT = Path(__file__).parents[3]
LISTS = {
    "blank": Column(ColumnKind.FLAG, [False, True, False]),
    "key": Column(ColumnKind.TEXT, ["0.unit.an bình", None, "0.unit.an bình"]),
}
FAILURES = [FailureCase(1, "blank", "KT-222"), FailureCase(2, "key", "SERIES_CONTAINS_DUPLICATES")]
STUCK = "import time; time.sleep(60)"
MUTE = "import sys, tdkt_xl.schemas.worker as w; w.encode_cases = None; w.main()"
CHATTY = "print('quảng cáo của phần mềm diệt vi rút', flush=True); import time; time.sleep(60)"
WRONG = """
import sys
from tdkt_xl.processes.frames import private_stdout, read_frame, send_frame
answers = private_stdout()
read_frame(sys.stdin.buffer, 1 << 30)
send_frame(answers, {answer!r})
"""


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], CheckingProcess]]:
    """A checking process that runs the given program instead of ours."""
    made: list[CheckingProcess] = []

    def make(code: str) -> CheckingProcess:
        monkeypatch.setattr(child, "arguments", lambda _module: ([sys.executable, "-c", code], os.environ))
        made.append(CheckingProcess())
        return made[-1]

    yield make
    for item in made:
        item.close()


@pytest.fixture
def runs_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the schemas that were run in this process."""
    names: list[str] = []

    def counted(schema: str, columns: Mapping[str, Column]) -> list[FailureCase]:
        names.append(schema)
        return run_schema(schema, columns)

    monkeypatch.setattr("tdkt_xl.schemas.definitions.run_schema", counted)
    return names


def test_failures_come_from_the_process(runs_here: list[str]) -> None:
    subject = CheckingProcess()
    try:
        assert subject.failure_cases("lists", LISTS) == subject.failure_cases("lists", LISTS) == FAILURES
    finally:
        subject.close()
    assert runs_here == []


@pytest.mark.parametrize(
    "code",
    [
        "raise SystemExit(3)",
        "import gói_không_có",
        MUTE,
        *(WRONG.format(answer=answer) for answer in (b"null", b"[", b"[[1]]", b"7", b"\xff")),
    ],
    ids=["exit", "no package", "fault", "null", "no JSON", "half a case", "a number", "no text"],
)
def test_a_process_that_gives_no_answer_is_done_without(
    code: str, process: Callable[[str], CheckingProcess], runs_here: list[str]
) -> None:
    subject = process(code)
    assert subject.failure_cases("lists", LISTS) == FAILURES
    assert subject.failure_cases("lists", LISTS) == FAILURES
    assert runs_here == ["lists", "lists"]


@pytest.mark.parametrize("code", [STUCK, CHATTY], ids=["stuck", "chatty"])
def test_a_stuck_process_is_ended_even_with_a_pipe_full_of_scores(
    code: str,
    process: Callable[[str], CheckingProcess],
    runs_here: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "_SECONDS", 0.5)
    many = {
        "blank": Column(ColumnKind.FLAG, [False] * 200_000),
        "key": Column(ColumnKind.TEXT, [None] * 200_000),
    }
    subject = process(code)
    begin = time.monotonic()
    assert subject.failure_cases("lists", many) == []
    assert time.monotonic() - begin < 30
    assert runs_here == ["lists"]


def test_a_process_killed_between_two_checks_loses_nothing(runs_here: list[str]) -> None:
    subject = CheckingProcess()
    assert subject.failure_cases("lists", LISTS) == FAILURES
    assert subject._child is not None
    os.kill(subject._child.popen.pid, signal.SIGKILL)
    assert subject.failure_cases("lists", LISTS) == FAILURES
    assert runs_here == ["lists"]


def test_a_system_that_refuses_processes_checks_here(
    monkeypatch: pytest.MonkeyPatch, runs_here: list[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert CheckingProcess().failure_cases("lists", LISTS) == FAILURES
    assert runs_here == ["lists"]


def test_a_frozen_program_checks_here(monkeypatch: pytest.MonkeyPatch, runs_here: list[str]) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert CheckingProcess().failure_cases("lists", LISTS) == FAILURES
    assert runs_here == ["lists"]


def test_a_forked_copy_takes_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = CheckingProcess()
    subject.start()
    first = subject._child
    monkeypatch.setattr(os, "getpid", lambda: 1)
    subject.start()
    second = subject._child
    assert first is not None
    assert second is not None
    assert first.popen.pid != second.popen.pid
    second.close()
    first.close()


def test_environment_cannot_switch_the_checks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANDERA_VALIDATION_ENABLED", "False")
    subject = CheckingProcess()
    try:
        assert subject.failure_cases("lists", LISTS) == FAILURES
    finally:
        subject.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="threads are counted in /proc")
@pytest.mark.skipif(os.cpu_count() == 1, reason="one processor gets no threads in any case")
def test_process_starts_no_threads_for_linear_algebra() -> None:
    subject = CheckingProcess()
    try:
        assert subject.failure_cases("lists", LISTS) == FAILURES
        assert subject._child is not None
        assert len(list(Path(f"/proc/{subject._child.popen.pid}/task").iterdir())) == 1
    finally:
        subject.close()


def test_process_ends_with_the_program() -> None:
    """Even one that was killed: its end of the pipe closes."""
    code = (
        "import os, signal\nfrom tdkt_xl.schemas import apart\napart.prepare_checking()\n"
        "print(apart._USUAL._child.popen.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    end = time.monotonic() + 30
    while _runs(int(done.stdout)):
        assert time.monotonic() < end
        time.sleep(0.01)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1][0]
    except FileNotFoundError:
        return False
    return state != "Z"


NUMBERS = st.none() | st.floats(allow_nan=False)
TEXTS = st.none() | st.text()


@given(
    numbers=st.lists(NUMBERS), flags=st.lists(st.booleans()), texts=st.lists(TEXTS), name=st.text(min_size=1)
)
def test_columns_pass_unchanged(
    numbers: list[float | None], flags: list[bool], texts: list[str | None], name: str
) -> None:
    """Only None of a number becomes NaN, which is what pandas calls it."""
    given_columns = {
        name: Column(ColumnKind.NUMBER, numbers),
        f"{name}.flags": Column(ColumnKind.FLAG, flags),
        f"{name}.texts": Column(ColumnKind.TEXT, texts),
    }
    schema, columns = decode_columns(encode_columns("scores", given_columns))
    back = [None if value != value else value for value in columns[name].values]
    assert (schema, list(columns)) == ("scores", list(given_columns))
    assert (back, columns[f"{name}.flags"].values, columns[f"{name}.texts"].values) == (numbers, flags, texts)


def test_failures_pass_unchanged() -> None:
    cases = [*FAILURES, FailureCase(None, "key", "reason:WRONG_DATATYPE")]
    assert decode_cases(encode_cases(cases)) == cases
