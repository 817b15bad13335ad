"""A child process that runs a module of the product and answers over pipes, one framed answer a request."""

import os
import queue
import subprocess
import sys
import tempfile
from contextlib import suppress
from threading import Thread
from types import TracebackType

from tdkt_xl.processes.frames import read_frame

_CLOSING_SECONDS = 2


def arguments(module: str) -> tuple[list[str], dict[str, str]]:
    """Command line and environment of a bare interpreter running a module of the product.

    On Windows the interpreter of a venv is a launcher that starts the real one; like multiprocessing,
    the real one is started directly and told where it belongs. No threads for linear algebra, of which we
    do none: each takes 40 MB, and with those of a large machine the process would not fit its bounds.
    """
    wanted = ("SYSTEMROOT", "WINDIR", "PATH", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
    environment = {name: os.environ[name] for name in wanted if name in os.environ}
    environment["OPENBLAS_NUM_THREADS"] = "1"
    executable = sys.executable
    if sys.platform == "win32":
        executable = getattr(sys, "_base_executable", executable)
        if executable != sys.executable:
            environment["__PYVENV_LAUNCHER__"] = sys.executable
    return [executable, "-I", "-X", "utf8", "-m", module], environment


def forbidden() -> str:
    """Why this program cannot start a module of its own; "" when it can."""
    return "bản đóng gói một tệp" if getattr(sys, "frozen", False) or not sys.executable else ""


class Cage:
    """What holds a started process: on Windows a job that bounds its memory and ends it with us."""

    def __init__(self, process: "subprocess.Popen[bytes]", memory: int) -> None:
        self._job: int | None = None
        if sys.platform == "win32":
            from tdkt_xl.processes import windows_job

            self._job = windows_job.hold(int(process._handle), memory)  # type: ignore[attr-defined]

    @property
    def is_bounded(self) -> bool:
        """Tell whether the system bounds the memory of the process."""
        return sys.platform != "win32" or self._job is not None

    def __enter__(self) -> "Cage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go; on Windows this ends the process."""
        if sys.platform == "win32" and self._job is not None:
            from tdkt_xl.processes import windows_job

            windows_job.close(self._job)
        self._job = None


class Child:
    """One process and the thread that listens to it (pipes have no time limit on Windows).

    ``memory`` bounds it on Windows (elsewhere a process bounds itself), ``longest`` one answer, in bytes.
    Raises OSError when the system refuses to start it.
    """

    def __init__(self, module: str, memory: int, longest: int) -> None:
        command, environment = arguments(module)
        self.popen = subprocess.Popen(  # noqa: S603  # our own interpreter and module, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=tempfile.gettempdir(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._cage = Cage(self.popen, memory)
        self.is_bounded = self._cage.is_bounded
        self._longest = longest
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        pipe = self.popen.stdout
        assert pipe is not None
        with suppress(OSError, ValueError):  # closed under our feet
            while (answer := read_frame(pipe, self._longest)) is not None:
                self._answers.put(answer)
        self._answers.put(None)

    def send(self, request: bytes) -> None:
        """Write a request; a dead process is noticed when its answer is waited for."""
        pipe = self.popen.stdin
        assert pipe is not None
        with suppress(OSError, ValueError):  # closed under our feet
            pipe.write(request)
            pipe.flush()

    def receive(self, seconds: float) -> bytes | None:
        """The next answer, None from a dead process; raises queue.Empty when the time is up."""
        return self._answers.get(timeout=max(seconds, 0.001))

    def exit_code(self) -> int | None:
        """How the process ended."""
        with suppress(subprocess.TimeoutExpired):
            return self.popen.wait(_CLOSING_SECONDS)
        return None

    def close(self) -> None:
        """End the process: politely, then not."""
        assert self.popen.stdin is not None
        with suppress(OSError):
            self.popen.stdin.close()
        try:
            self.popen.wait(_CLOSING_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return
        self._let_go()

    def kill(self) -> None:
        """End the process at once."""
        self.popen.kill()
        self.popen.wait()
        self._let_go()

    def _let_go(self) -> None:
        self._cage.close()
        self._listener.join()
        for pipe in (self.popen.stdin, self.popen.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()
