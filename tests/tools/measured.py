"""The most memory a command takes, asked from inside its process.

What the system counts for a child starts with the memory of the process that made it, here a whole test
session; the high-water mark of its own memory map starts at nothing.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

STATUS = Path("/proc/self/status")
_HIGH_WATER = re.compile(r"VmHWM:\s+(\d+) kB")


def measured_command(report: Path, *arguments: object, alone: bool = False) -> list[str]:
    """The command line of ``tdkt`` that leaves its largest memory, in bytes, in the file ``report``.

    ``alone``: it reads and checks in its own process, as where the machine allows no other.
    """
    program = (
        "import sys; from tests.tools.measured import run_measured; "
        f"run_measured(sys.argv[1], sys.argv[2:], alone={alone})"
    )
    return [sys.executable, "-c", program, str(report), *map(str, arguments)]


def run_measured(report: str, arguments: Sequence[str], *, alone: bool) -> None:
    """Run ``tdkt`` here; the larger of this process and of those it waited for is reported."""
    import resource  # unknown to Windows

    from tdkt_xl.processes import child

    if alone:
        child.forbidden = lambda: "đo một tiến trình"  # before any module takes it

    from tdkt_xl.cli import run
    from tdkt_xl.processes.garbage import collect_rarely

    collect_rarely()  # as the command does
    code = run(arguments)
    mark = _HIGH_WATER.search(STATUS.read_text(encoding="ascii"))
    assert mark
    waited = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    Path(report).write_text(str(max(int(mark[1]), waited) * 1024), encoding="ascii")
    sys.exit(code)
