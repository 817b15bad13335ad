"""The reading process: what a file does to it costs that file a finding, never the run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest

from tdkt_xl.findings import Outcome, Place
from tdkt_xl.findings.codes import files
from tdkt_xl.processes import child, frames
from tdkt_xl.readers import limits
from tdkt_xl.readers.folder import ReceivedFile, find_workbooks
from tdkt_xl.readers.gate import open_behind_gate
from tdkt_xl.readers.isolation import IsolatedReader
from tdkt_xl.readers.protocol import ProtocolError, decode_answer, encode_answer
from tdkt_xl.tables.grid import Grid, Range, ReceivedBook, SheetState
from tests.tools.runs import SAMPLES

from .vectors import book, number, row, sheet

_FAR = sheet(row(1, number("A1", 1)) + row(1_048_576, number("XFD1048576", 2)))
STOPPED, TOO_SLOW, OUT_OF_MEMORY, READ_HERE = "KT-160", "KT-161", "KT-162", "KT-163"

MISBEHAVING = """
import os, struct, sys, time

from tdkt_xl.readers import limits, worker
from tdkt_xl.readers.cells import read_cells
from tdkt_xl.readers.sniff import Kind
limits.FILE_SECONDS = {seconds}
limits.WORKER_BYTES = {memory} << 20
honest = worker.open_behind_gate
def misbehave(path, name, passwords):
    deed = path.stem
    if deed == "abort":  # what the native reader does with two far cells when no gate stands before it
        read_cells(path.read_bytes(), Kind.XLSX)
    elif deed == "spin":
        while True:
            pass
    elif deed == "sleep":
        time.sleep(600)
    elif deed == "memory":
        return [bytearray(64 << 20) for _ in range(1000)]
    elif deed == "exit":
        os._exit(0)
    elif deed == "fault":
        raise KeyError("Nguyễn Văn A")
    elif deed == "print":
        print("x" * 100_000)
        os.write(1, b"x" * 100)
    elif deed == "write":
        with open(path.with_suffix(".written"), "wb") as file:
            file.write(b"x")
    return honest(path, name, passwords)
worker.open_behind_gate = misbehave
send = worker.send_frame
def send_wrongly(answers, document):
    if b"garbage" in document:
        document = b"{{}}"
    elif b"cell of a list" in document:
        document = document.replace(b'"cell of a list"', b"[1]")
    elif b"other number" in document:
        document = document.replace(b"[", b"[9", 1)
    elif b"endless" in document:
        answers.write(struct.pack("<I", 0xFFFFFFF0))
    elif b"cut off" in document:
        answers.write(struct.pack("<I", 1000) + b"x")
        answers.flush()
        os._exit(0)
    send(answers, document)
worker.send_frame = send_wrongly
worker.main()
"""


@pytest.fixture
def files_named(tmp_path: Path) -> Callable[..., list[ReceivedFile]]:
    """Make workbooks whose names say what the reading process does when it opens them."""

    def make(*names: str, texts: str = "") -> list[ReceivedFile]:
        made = []
        for name in names:
            path = tmp_path / f"{name}.xlsx"
            content = book(_FAR) if name == "abort" else book()
            if texts:
                content = book(
                    replace={"xl/sharedStrings.xml": f'<sst xmlns="x"><si><t>{texts}</t></si></sst>'}
                )
            path.write_bytes(content)
            made.append(ReceivedFile(path, path.name))
        return made

    return make


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., IsolatedReader]]:
    """Make a reader whose process misbehaves on request."""
    made: list[IsolatedReader] = []

    def make(seconds: int = 30, memory: int = 2048) -> IsolatedReader:
        code = MISBEHAVING.format(seconds=seconds, memory=memory)
        monkeypatch.setattr(child, "arguments", lambda _module: ([sys.executable, "-I", "-c", code], {}))
        made.append(IsolatedReader())
        return made[-1]

    yield make
    for item in made:
        item.close()


def codes(outcome: Outcome[ReceivedBook]) -> list[tuple[str, str]]:
    return [(finding.place.file, finding.code.id) for finding in outcome.findings]


def test_gives_what_reading_here_gives() -> None:
    received, _ = find_workbooks([SAMPLES])
    with IsolatedReader() as reader:
        apart = list(reader.read(received))
        assert reader.notes == []
    assert apart == [open_behind_gate(file.path, file.name) for file in received]
    assert all(outcome.value is not None for outcome in apart)


def asked_of(reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files asked for, in order, as they come."""
    asked: list[str] = []
    ask = reader._ask

    def noted(file: ReceivedFile) -> None:
        asked.append(file.name)
        ask(file)

    monkeypatch.setattr(reader, "_ask", noted)
    return asked


@pytest.mark.parametrize(
    ("expected", "read", "asked"),
    [
        ("a", ["a", "b"], ["a.xlsx", "b.xlsx"]),
        ("a", ["b", "a"], ["a.xlsx", "b.xlsx", "a.xlsx"]),
        ("b", ["a"], ["b.xlsx", "a.xlsx"]),
    ],
    ids=["first", "second", "not at all"],
)
def test_a_file_may_be_asked_for_before_it_is_read(
    expected: str,
    read: list[str],
    asked: list[str],
    files_named: Callable[..., list[ReceivedFile]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (first,), files = files_named(expected), files_named(*read)
    with IsolatedReader() as reader:
        found = asked_of(reader, monkeypatch)
        reader.expect(first)
        outcomes = list(reader.read(files))
        again = list(reader.read(files))
    assert outcomes == again == [open_behind_gate(file.path, file.name) for file in files]
    assert found[: len(asked)] == asked


def test_every_kind_of_cell_arrives_as_it_is() -> None:
    rows = (
        ("chữ", "", "\ud800", "0", None, True, False),
        (9, 9.0, 0.1, -1e-300, 2**70),
        (
            datetime(2023, 12, 15, 1, 2, 3, 4),  # noqa: DTZ001  # cells have no zone
            date(2023, 12, 15),
            clock_time(23, 59),
            timedelta(-1, 2, 3),
        ),
        (),
    )
    grid = Grid(
        "a.xlsx",
        "Trang",
        rows,
        SheetState.VERY_HIDDEN,
        (Range(1, 2, 3, 4),),
        frozenset({1_048_576}),
        frozenset({16_384}),
        frozenset({(1_048_576, 16_384)}),
        frozenset({(1, 1)}),
        {(2, 2): "#REF!"},
    )
    finding = files.WRONG_EXTENSION.at(Place("a.xlsx", "t", 3, 4), extension=".xls", content="x")
    sent = Outcome(ReceivedBook("a.xlsx", "f" * 64, (grid,), 12), (finding,))
    number, arrived = decode_answer(encode_answer(7, sent), "a.xlsx")
    assert (number, arrived) == (7, sent)
    assert isinstance(arrived, Outcome)
    assert arrived.value is not None
    kinds = [[type(cell) for cell in row] for row in arrived.value.grids[0].rows]
    assert kinds == [[type(cell) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("deed", "code"),
    [("abort", STOPPED), ("exit", STOPPED), ("fault", STOPPED)],
)
def test_broken_reader_costs_that_file_only(
    deed: str,
    code: str,
    files_named: Callable[..., list[ReceivedFile]],
    reader: Callable[..., IsolatedReader],
) -> None:
    outcomes = list(reader().read(files_named("tốt 1", deed, "tốt 2", "tốt 3", "tốt 4")))
    assert [codes(outcome) for outcome in outcomes] == [[], [(f"{deed}.xlsx", code)], [], [], []]
    assert [outcome.value is None for outcome in outcomes] == [False, True, False, False, False]


@pytest.mark.parametrize("deed", ["spin", "sleep"])
def test_hanging_reader_is_ended(
    deed: str,
    files_named: Callable[..., list[ReceivedFile]],
    reader: Callable[..., IsolatedReader],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "FILE_SECONDS", 1)
    begin = time.monotonic()
    outcomes = list(reader().read(files_named("tốt 1", deed, "tốt 2")))
    assert time.monotonic() - begin < 10
    assert [codes(outcome) for outcome in outcomes] == [[], [(f"{deed}.xlsx", TOO_SLOW)], []]
    assert outcomes[1].findings[0].params == {"limit": 1}


def test_spinning_reader_ends_itself_even_if_nobody_waits(
    files_named: Callable[..., list[ReceivedFile]], reader: Callable[..., IsolatedReader]
) -> None:
    outcomes = list(reader(seconds=0).read(files_named("spin", "tốt")))
    assert [codes(outcome) for outcome in outcomes] == [[("spin.xlsx", TOO_SLOW)], []]


def test_memory_is_bounded_by_the_system(
    files_named: Callable[..., list[ReceivedFile]], reader: Callable[..., IsolatedReader]
) -> None:
    outcomes = list(reader(memory=300).read(files_named("memory", "tốt")))
    assert [codes(outcome) for outcome in outcomes] == [[("memory.xlsx", OUT_OF_MEMORY)], []]


@pytest.mark.parametrize("words", ["garbage", "cell of a list", "other number", "endless", "cut off"])
def test_wrong_answers_are_not_believed(
    words: str, files_named: Callable[..., list[ReceivedFile]], reader: Callable[..., IsolatedReader]
) -> None:
    wrong = files_named("sai", texts=words)
    outcomes = list(reader().read([*wrong, *files_named("tốt")]))
    assert [codes(outcome) for outcome in outcomes] == [[("sai.xlsx", STOPPED)], []]


def test_what_the_reader_prints_goes_nowhere(
    files_named: Callable[..., list[ReceivedFile]], reader: Callable[..., IsolatedReader]
) -> None:
    outcomes = list(reader().read(files_named("print", "tốt")))
    assert [outcome.value is not None for outcome in outcomes] == [True, True]


def test_reader_cannot_write_files(
    files_named: Callable[..., list[ReceivedFile]], reader: Callable[..., IsolatedReader], tmp_path: Path
) -> None:
    list(reader().read(files_named("write")))
    assert [path.stat().st_size for path in tmp_path.glob("*.written")] in ([], [0])


def test_killed_process_is_replaced(
    files_named: Callable[..., list[ReceivedFile]], reader: Callable[..., IsolatedReader]
) -> None:
    subject = reader()
    assert [codes(item) for item in subject.read(files_named("tốt 1"))] == [[]]
    assert subject._process is not None
    os.kill(subject._process.child.popen.pid, signal.SIGKILL)
    outcomes = list(subject.read(files_named("tốt 2", "tốt 3")))
    assert [codes(outcome) for outcome in outcomes] == [[("tốt 2.xlsx", STOPPED)], []]


def test_answers_nobody_took_do_not_reach_the_next_reading(
    files_named: Callable[..., list[ReceivedFile]], reader: Callable[..., IsolatedReader]
) -> None:
    subject = reader()
    answers = subject.read(files_named("a", "b", "c"))
    next(answers)
    answers.close()
    outcomes = list(subject.read(files_named("d", "e")))
    assert [outcome.value.name for outcome in outcomes if outcome.value] == ["d.xlsx", "e.xlsx"]


def test_name_and_path_of_any_letters(
    files_named: Callable[..., list[ReceivedFile]], reader: Callable[..., IsolatedReader], tmp_path: Path
) -> None:
    odd = tmp_path / "dòng\nmới \udcff.xlsx"
    odd.write_bytes(book())
    (outcome,) = reader().read([ReceivedFile(odd, "dòng\nmới \udcff.xlsx")])
    assert outcome.value is not None
    assert outcome.value.name == "dòng\nmới \udcff.xlsx"


# Where no process can be started


def test_forbidden_children_read_here_with_a_note(
    files_named: Callable[..., list[ReceivedFile]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(13, "blocked by policy")

    monkeypatch.setattr(subprocess, "Popen", forbid)
    with IsolatedReader() as subject:
        outcomes = list(subject.read(files_named("tốt 1", "tốt 2")))
        assert [outcome.value is not None for outcome in outcomes] == [True, True]
        assert [(item.code.id, dict(item.params)) for item in subject.notes] == [
            (READ_HERE, {"reason": "hệ thống từ chối, mã 13"})
        ]


@pytest.mark.parametrize("code", ["raise SystemExit", "import time; time.sleep(60)", "print('quảng cáo')"])
def test_process_that_never_gets_ready_is_done_without(
    code: str, files_named: Callable[..., list[ReceivedFile]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "START_SECONDS", 1)
    monkeypatch.setattr(child, "arguments", lambda _module: ([sys.executable, "-c", code], {}))
    with IsolatedReader() as subject:
        outcomes = list(subject.read(files_named("tốt 1", "tốt 2", "tốt 3")))
        assert [outcome.value is not None for outcome in outcomes] == [True, True, True]
        assert [item.code.id for item in subject.notes] == [READ_HERE]


def test_frozen_program_reads_here(
    files_named: Callable[..., list[ReceivedFile]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with IsolatedReader() as subject:
        assert [outcome.value is not None for outcome in subject.read(files_named("tốt"))] == [True]
        assert [item.code.id for item in subject.notes] == [READ_HERE]


# Its life


def test_process_ends_with_the_program(tmp_path: Path) -> None:
    """Even one that was killed: its end of the pipe closes."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(book())
    code = (
        "import os, signal, sys; from pathlib import Path; from tdkt_xl.readers import received\n"
        "assert received.open_received(Path(sys.argv[1]), 'a').value\n"
        "print(received._USUAL._process.child.popen.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    child = int(done.stdout)
    end = time.monotonic() + 10
    while _runs(child):
        assert time.monotonic() < end
        time.sleep(0.01)


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1][0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_parent_never_loads_the_native_reader(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(book())
    code = (
        "import sys; from pathlib import Path; from tdkt_xl.readers.received import open_received\n"
        "assert open_received(Path(sys.argv[1]), 'a').value; sys.exit('python_calamine' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, path], check=False).returncode == 0


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b"7", b"[1,[],[1,2,3]]", b"\xff", b'[1,[["KT-000","","",0,0,{}]],null]']
)
def test_undecodable_answers(answer: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode_answer(answer, "a.xlsx")


def test_header_holds_the_longest_answer() -> None:
    assert 1 << (8 * len(frames.frame(b""))) > limits.ANSWER_BYTES


def test_file_expected_twice_and_never_taken_is_read_once() -> None:
    file = ReceivedFile(SAMPLES / "cum-01.xlsx", "cum-01.xlsx")
    with IsolatedReader() as reader:
        reader.expect(file)
        reader.expect(file)
        (outcome,) = reader.read([file])
    assert outcome.value is not None
