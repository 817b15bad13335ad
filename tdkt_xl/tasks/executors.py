"""Where the parts of a large round are worked on: here, in processes of this machine, on a cluster."""

import importlib
import importlib.util
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.processes.garbage import collect_rarely
from tdkt_xl.processes.parent import end_with_parent
from tdkt_xl.tasks.prepare import prepare

T = TypeVar("T")
ONE_WORKBOOK = 400
"""Up to so many files one workbook holds every score and stays quick to open."""
_PARTS_A_PROCESS = 25
"""Processes are replaced after so many parts each: what their libraries hold back is given back."""
_MOST_PROCESSES = 61 if os.name == "nt" else 1024
"""Windows waits for no more of them at a time."""
_CONNECT_SECONDS = 15


class Here(Executor):
    """Runs each piece of work at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Run it and return the finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Processes(Executor):
    """Processes of this machine, all replaced by fresh ones after ``_PARTS_A_PROCESS`` pieces of work each.

    A pool that replaces them one by one (max_tasks_per_child) may stop for ever near the end of the work
    in Python 3.11 to 3.14 (python/cpython issue 115634).
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._left = 0
        self.pool = self._fresh()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Give work to a process; raises BrokenExecutor after one died."""
        if self._left == 0:
            self.pool.shutdown()
            self.pool = self._fresh()
        future: Future[Any] = self.pool.submit(fn, *args, **kwargs)
        self._left -= 1
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes once they have done their work."""
        self.pool.shutdown(wait, cancel_futures=cancel_futures)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; what was not begun when the run was stopped is not begun any more."""
        self.shutdown(cancel_futures=kind is not None)

    def _fresh(self) -> Executor:
        self._left = _PARTS_A_PROCESS * self._count
        return _pool(self._count, _begin_with_parts)


@contextmanager
def executor_for(workers: int | None, scheduler: str | None) -> Iterator[tuple[Executor, int]]:
    """The executor asked for and how many parts may be under way at a time.

    ``scheduler`` is the address of a Dask scheduler whose workers see the same files under the same
    paths; else ``workers`` processes of this machine. None: half as many as there are processors, and one
    more, for each has a process that reads beside it. Raises TdktError KT-862 when Dask is not installed,
    KT-863 when the scheduler does not answer.
    """
    if scheduler:
        with _cluster(scheduler) as pair:
            yield pair
        return
    count = min(workers or _usual_count(), _MOST_PROCESSES)
    if count == 1:
        prepare()
        yield Here(), 1
        return
    with Processes(count) as pool:
        yield pool, 2 * count


def _usual_count() -> int:
    processors = os.cpu_count() or 1
    return 1 if processors == 1 else processors // 2 + 1


def _begin() -> None:
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C stops the program, which ends this process
    collect_rarely()


def _begin_with_parts() -> None:
    """Start what a process that works on parts will need, before its packages are loaded."""
    _begin()
    prepare()


def _pool(count: int, begin: Callable[[], None]) -> Executor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor  # what no small round needs

    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, spawn, begin)


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    require("distributed")
    connect: Any = importlib.import_module("distributed").Client  # ships no types for its calls
    try:
        client = connect(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise TdktError(machine.SCHEDULER_UNREACHABLE, address=address) from error
    with client:
        threads = sum(client.nthreads().values())
        yield client.get_executor(pure=False), 2 * max(threads, 1)


def run_apart(work: Callable[[Path], T], path: Path) -> T:
    """Do one piece of work on a file in a process that ends with it: what it leaves in memory goes too.

    Done here after all when no process takes it.
    """
    try:
        with _pool(1, _begin) as apart:
            return apart.submit(work, path).result()
    except (BrokenExecutor, RuntimeError, OSError):
        return work(path)


def require(package: str) -> None:
    """Raise TdktError KT-862 when a package of the extra "cluster" is not installed."""
    if importlib.util.find_spec(package) is None:
        raise TdktError(machine.CLUSTER_PACKAGES_MISSING, package=package, count=ONE_WORKBOOK)
