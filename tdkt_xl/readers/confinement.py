"""Limits the reading process puts on itself where the system allows it (POSIX).

On Windows the product puts it into a job object instead (processes/windows_job.py).
"""

import sys
from contextlib import suppress

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
