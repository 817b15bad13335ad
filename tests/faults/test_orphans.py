"""A killed run leaves no process behind: none that waits for ever, none that goes on writing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKING = """
import os, time
from tdkt_xl.tasks.executors import executor_for, run_apart

def here(_):
    print(os.getpid(), flush=True)
    time.sleep(600)

if __name__ == "__main__":
    from pathlib import Path
    {work}
"""
PARTS = "with executor_for(2, None) as (pool, _): list(pool.map(here, range(2)))"
APART = "run_apart(here, Path())"


def is_running(number: int) -> bool:
    """Tell whether a process runs; one that ended and waits to be asked for its code does not."""
    try:
        state = Path(f"/proc/{number}/stat").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize(("work", "count"), [(PARTS, 2), (APART, 1)], ids=["parts", "apart"])
def test_processes_end_with_the_run_that_was_killed(work: str, count: int, tmp_path: Path) -> None:
    script = tmp_path / "lam.py"
    script.write_text(WORKING.format(work=work), "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii"
    ) as run:
        assert run.stdout
        workers = [int(run.stdout.readline()) for _ in range(count)]
        assert all(map(is_running, workers))
        run.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(map(is_running, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_running, workers))
