"""Open files one by one, each in a process of its own whose memory and time are bounded and measured.

A server with the product's reading loaded forks for every file, so that a file costs milliseconds and what
is measured is what that file did.
"""

import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from tdkt_xl.findings import Outcome
from tdkt_xl.readers.protocol import decode_answer
from tdkt_xl.tables.grid import ReceivedBook

_SIZE = struct.Struct("<I")
_ROOT = Path(__file__).parents[2]
WALL_SECONDS = 60
"""The clock's limit is wide, for a busy machine; the processor's is the one a file is judged by."""
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system")


@dataclass(frozen=True)
class Stay:
    """What became of a file: ``outcome`` is None when its process died; ``peak`` in bytes."""

    outcome: Outcome[ReceivedBook] | None
    ended: int
    peak: int
    seconds: float


class Jail:
    """The server, and the way to it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.jail"]
        self._server = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> "Jail":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate()

    def open(self, path: Path, memory: int, seconds: float) -> Stay:
        """Open a file with so much address space and processor time."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        request = json.dumps([str(path), path.name, memory, seconds])
        self._server.stdin.write(request.encode() + b"\n")
        self._server.stdin.flush()
        ended, peak, used = json.loads(self._server.stdout.readline())
        (size,) = _SIZE.unpack(self._server.stdout.read(_SIZE.size))
        answer = self._server.stdout.read(size)
        outcome = decode_answer(answer, path.name)[1] if ended == 0 else None
        assert not isinstance(outcome, str)
        return Stay(outcome, ended, peak, used)


def serve(requests: BinaryIO, answers: BinaryIO, read: Callable[[Path, str], bytes]) -> None:
    """Answer each request with how the file's process ended, what it used, and what it read."""
    for line in requests:
        path, name, memory, seconds = json.loads(line)
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            os.close(reader)
            _imprison(memory, seconds)
            answer = read(Path(path), name)
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(answer)
            os._exit(0)
        os.close(writer)
        answer = _heard(reader, child)
        _, status, used = os.wait4(child, 0)
        ended = os.waitstatus_to_exitcode(status)
        answers.write(json.dumps([ended, used.ru_maxrss * 1024, used.ru_utime + used.ru_stime]).encode())
        answers.write(b"\n" + _SIZE.pack(len(answer)) + answer)
        answers.flush()


def _imprison(memory: int, seconds: float) -> None:
    """Bound this process; a connection or a program it starts ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1,) * 2)
    sys.addaudithook(lambda event, _: os._exit(99) if event.startswith(_FORBIDDEN) else None)


def _heard(reader: int, child: int) -> bytes:
    """All a process says until it ends, which it must in time."""
    heard = bytearray()
    end = time.monotonic() + WALL_SECONDS
    with os.fdopen(reader, "rb", buffering=0) as pipe:
        while True:
            ready, _, _ = select.select([pipe], [], [], max(0, end - time.monotonic()))
            if not ready:
                os.kill(child, signal.SIGKILL)
                break
            piece = pipe.read(1 << 20)
            if not piece:
                break
            heard += piece
    return bytes(heard)


def _main() -> None:
    import python_calamine  # noqa: F401  # loaded once, before anything is measured

    from tdkt_xl.readers.gate import open_behind_gate
    from tdkt_xl.readers.protocol import encode_answer

    serve(
        sys.stdin.buffer, sys.stdout.buffer, lambda path, name: encode_answer(0, open_behind_gate(path, name))
    )


if __name__ == "__main__":
    _main()
