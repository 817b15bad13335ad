"""Read received files in a process of their own: what a file does to its reader costs that file only.

One process serves a whole batch, so a file costs little more than its reading, and the next files are read
while the product works on the last one. Where the machine forbids child processes, files are read here,
behind the same gate, and a note says so.
"""

import queue
import signal
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from types import TracebackType

from tdkt_xl.findings import Finding, Outcome, Place
from tdkt_xl.findings.codes import intake
from tdkt_xl.processes.child import Child, forbidden
from tdkt_xl.readers import limits, protocol
from tdkt_xl.readers.folder import ReceivedFile
from tdkt_xl.readers.protocol import ProtocolError, Reading
from tdkt_xl.tables.grid import ReceivedBook

_WORKER = "tdkt_xl.readers.worker"
_MEMORY = "memory"
_AHEAD = 2
"""Files asked for beyond the one being waited for."""
_STARTS = 2
"""How often a process may fail to start before files are read here."""
_NEVER_READY = "tiến trình không khởi động được"


class _Process:
    """One reading process and when it last answered."""

    def __init__(self, reading: Reading) -> None:
        memory, longest = limits.WORKER_BYTES * reading.wider, limits.ANSWER_BYTES * reading.wider
        self.child = Child(_WORKER, memory, longest)
        self.ready = False
        self._last = monotonic()
        self.child.send(protocol.encode_start(reading))

    def ask(self, number: int, file: ReceivedFile) -> None:
        """Send a request."""
        self.child.send(protocol.encode_request(number, str(file.path.absolute()), file.name))

    def wait_until_ready(self) -> bool:
        """Tell whether the process came up; asked only once."""
        with suppress(queue.Empty):
            self.ready = self.child.receive(limits.START_SECONDS) == protocol.READY
        self._last = monotonic()
        return self.ready

    def answer(self, asked: float, seconds: float) -> bytes | None:
        """The next answer, None from a dead process; raises queue.Empty when the time is up.

        The time of a file starts when it was asked for and the file before it was answered.
        """
        answer = self.child.receive(max(asked, self._last) + seconds - monotonic())
        self._last = monotonic()
        return answer


class IsolatedReader:
    """Reads received files, in order, in a process that is replaced when a file breaks it.

    Not for several threads at once: give each its own reader.
    """

    def __init__(self, reading: Reading | None = None) -> None:
        self._reading = reading or Reading()
        self._process: _Process | None = None
        self._refused = ""
        self._failed_starts = 0
        self._number = 0
        self._asked: deque[tuple[int, ReceivedFile, float]] = deque()
        self._expected: ReceivedFile | None = None

    def __enter__(self) -> "IsolatedReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def notes(self) -> list[Finding]:
        """What the clerk should know about how this reader read (KT-163, KT-167)."""
        if self._refused:
            return [intake.READ_WITHOUT_WORKER.at(reason=self._refused)]
        unbounded = self._process is not None and not self._process.child.is_bounded
        notes = [intake.READ_WITHOUT_WORKER.at(reason="không đặt được giới hạn bộ nhớ")] if unbounded else []
        wider = self._reading.wider
        return [*notes, intake.WIDER_LIMITS.at(count=wider)] if wider > 1 else notes

    def start(self) -> None:
        """Start the process without waiting for it."""
        if self._process is not None or self._refused:
            return
        self._refused = forbidden()
        if self._refused:
            return
        try:
            self._process = _Process(self._reading)
        except OSError as error:
            self._refused = f"hệ thống từ chối, mã {error.errno}"

    def close(self) -> None:
        """End the process; reading again starts another."""
        if self._process is not None:
            if self._asked:
                self._process.child.kill()
            else:
                self._process.child.close()
        self._process = None
        self._expected = None
        self._asked.clear()

    def expect(self, file: ReceivedFile) -> None:
        """Have a file read from now on; it must be the next one that ``read`` is asked for."""
        if self._expected:  # nobody took its answer
            self.close()
        self._ask(file)
        self._expected = file

    def read(self, files: Iterable[ReceivedFile]) -> Generator[Outcome[ReceivedBook], None, None]:
        """Open files, in order; a few are asked for ahead.

        Findings: those of ``open_behind_gate``, and KT-160 … KT-162 for a file that broke the reader.
        """
        try:
            for file in files:
                if file != self._expected:
                    if self._expected:  # nobody will take its answer
                        self.close()
                    self._ask(file)
                self._expected = None
                if len(self._asked) > _AHEAD:
                    yield self._next()
            while self._asked:
                yield self._next()
        finally:
            if self._asked:  # nobody will take these answers
                self.close()

    def _ask(self, file: ReceivedFile) -> None:
        self.start()
        self._number += 1
        self._asked.append((self._number, file, monotonic()))
        if self._process is not None:
            self._process.ask(self._number, file)

    def _next(self) -> Outcome[ReceivedBook]:
        """The outcome of the file asked for first."""
        while self._process is not None and not self._process.ready:
            if not self._process.wait_until_ready():
                self._failed_starts += 1
                self._replace(refused=_NEVER_READY if self._failed_starts >= _STARTS else "")
        number, file, asked = self._asked[0]
        if self._process is None:
            outcome = self._read_here(file)
            self._asked.popleft()
            return outcome
        outcome, broken = self._take(self._process, number, file, asked)
        self._asked.popleft()
        if broken:
            self._replace()
        return outcome

    def _take(
        self, process: _Process, number: int, file: ReceivedFile, asked: float
    ) -> tuple[Outcome[ReceivedBook], bool]:
        """The outcome of a file, and whether the process has to be replaced."""
        seconds = limits.FILE_SECONDS * self._reading.wider
        megabytes = limits.WORKER_BYTES * self._reading.wider // limits.MEBIBYTE
        place = Place(file.name)
        try:
            answer = process.answer(asked, seconds)
            if answer is None:
                return Outcome(None, (self._died(process, place, seconds),)), True
            answered, outcome = protocol.decode_answer(answer, file.name)
        except queue.Empty:
            return Outcome(None, (intake.READER_TOO_SLOW.at(place, limit=seconds),)), True
        except ProtocolError:
            return Outcome(None, (intake.READER_STOPPED.at(place, reason="câu trả lời sai dạng"),)), True
        if answered != number:
            return Outcome(None, (intake.READER_STOPPED.at(place, reason="câu trả lời lạc tệp"),)), True
        if outcome == _MEMORY:
            return Outcome(None, (intake.READER_OUT_OF_MEMORY.at(place, limit=megabytes),)), True
        if isinstance(outcome, str):
            return Outcome(None, (intake.READER_STOPPED.at(place, reason=f"lỗi {outcome}"),)), True
        return outcome, False

    def _died(self, process: _Process, place: Place, seconds: int) -> Finding:
        code = process.child.exit_code()
        if hasattr(signal, "SIGXCPU") and code == -signal.SIGXCPU:
            return intake.READER_TOO_SLOW.at(place, limit=seconds)
        return intake.READER_STOPPED.at(place, reason=f"mã dừng {code}")

    def _replace(self, *, refused: str = "") -> None:
        """Take a fresh process, or none from now on, for what was asked of the old one."""
        assert self._process is not None
        self._process.child.kill()
        self._process = None
        self._refused = refused
        if self._asked:
            self.start()
        now = monotonic()
        self._asked = deque((number, file, now) for number, file, _ in self._asked)
        for number, file, _ in self._asked:
            if self._process is not None:
                self._process.ask(number, file)

    def _read_here(self, file: ReceivedFile) -> Outcome[ReceivedBook]:
        """Read in this process: only where no other is possible."""
        from tdkt_xl.readers.gate import open_behind_gate

        return open_behind_gate(Path(file.path), file.name, self._reading.passwords)
