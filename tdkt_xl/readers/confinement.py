"""Limits the system enforces on the reading process.

POSIX: the process limits itself (resource). Windows: the product puts it into a Job Object, by ctypes, which
needs no package and no administrator. The Windows part has never been run.
"""

import os
import subprocess
import sys
from contextlib import suppress
from types import TracebackType

from tdkt_xl.readers import limits


def confine() -> None:
    """Limit this process before it sees any received byte: memory, no core dump, no file written."""
    if sys.platform != "win32":
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, limits.WORKER_BYTES),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, 32),
        ):
            with suppress(ValueError, OSError):  # macOS has no limit of address space
                resource.setrlimit(kind, (most, most))


def allow_another_file() -> None:
    """Give this process the processor time of one more file; it is killed when that is used up.

    So even a process whose parent has died does not spin for ever.
    """
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + limits.FILE_SECONDS + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def arguments(module: str) -> tuple[list[str], dict[str, str]]:
    """Command line and environment of a bare interpreter running a module of the product.

    On Windows the interpreter of a venv is a launcher that starts the real one; like multiprocessing,
    the real one is started directly and told where it belongs.
    """
    wanted = ("SYSTEMROOT", "WINDIR", "PATH", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL")
    environment = {name: os.environ[name] for name in wanted if name in os.environ}
    executable = sys.executable
    if sys.platform == "win32":
        executable = getattr(sys, "_base_executable", executable)
        if executable != sys.executable:
            environment["__PYVENV_LAUNCHER__"] = sys.executable
    return [executable, "-I", "-X", "utf8", "-m", module], environment


class Cage:
    """What holds a started process: on Windows a job that bounds its memory and ends it with us."""

    def __init__(self, process: "subprocess.Popen[bytes]", memory: int) -> None:
        self._job: int | None = None
        if sys.platform == "win32":
            from tdkt_xl.readers import windows_job

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
            from tdkt_xl.readers import windows_job

            windows_job.close(self._job)
        self._job = None
