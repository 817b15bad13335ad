"""Run schemas in a process of their own, started early: pandas and pandera load there while files are read.

The process sees only columns this program made. Where none can be started, or it gives no answer, the same
schema runs here; nothing is lost but time.
"""

import atexit
import os
import queue
from collections.abc import Mapping
from threading import Lock, Thread

from tdkt_xl.processes.child import Child, forbidden
from tdkt_xl.processes.frames import frame
from tdkt_xl.schemas.columns import Column, FailureCase, decode_cases, encode_columns

_WORKER = "tdkt_xl.schemas.worker"
_MEMORY = 2 << 30
"""Bytes Windows lets the process have; the scores of 400 workbooks take some 200 MB."""
_LONGEST = 1 << 30
_SECONDS = 120
"""For one check, the first with the loading of pandas: a second here, ten under a slow virus scanner."""


class CheckingProcess:
    """Gives columns to a checking process and takes the failures; for one thread at a time."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._owner = 0
        self._given_up = False
        self._lock = Lock()

    def start(self) -> None:
        """Start the process without waiting for it."""
        if self._owner != os.getpid():  # a forked copy must not speak on the pipes of its parent
            self._child, self._owner = None, os.getpid()
        if self._child is not None or self._given_up or forbidden():
            return
        try:
            self._child = Child(_WORKER, _MEMORY, _LONGEST)
        except OSError:
            self._given_up = True

    def failure_cases(self, schema: str, columns: Mapping[str, Column]) -> list[FailureCase]:
        """Every failure of the columns against the schema of that name, in row order."""
        with self._lock:
            self.start()
            found = self._ask(encode_columns(schema, columns)) if self._child else None
        if found is not None:
            return found
        from tdkt_xl.schemas.definitions import run_schema

        return run_schema(schema, columns)

    def _ask(self, request: bytes) -> list[FailureCase] | None:
        """What the process says; None from one that is gone, stuck or at a loss, which is given up."""
        assert self._child is not None
        # a pipe takes 64 KB: the rest waits until the process has loaded pandas
        Thread(target=self._child.send, args=(frame(request),), daemon=True).start()
        try:
            answer = self._child.receive(_SECONDS)
            found = None if answer is None else decode_cases(answer)
        except (queue.Empty, ValueError, TypeError):
            found = None
        if found is None:
            self._child.kill()
            self._child, self._given_up = None, True
        return found

    def close(self) -> None:
        """End the process; the next check starts another."""
        if self._child is not None and self._owner == os.getpid():
            self._child.kill()  # it holds nothing, and taking pandas down politely takes a fifth of a second
        self._child = None


_USUAL = CheckingProcess()
atexit.register(_USUAL.close)


def prepare_checking() -> None:
    """Start the checking process now, so that pandera is loaded once the files are read."""
    _USUAL.start()


def failure_cases(schema: str, columns: Mapping[str, Column]) -> list[FailureCase]:
    """Every failure of the columns against the schema of that name, in row order, none dropped."""
    return _USUAL.failure_cases(schema, columns)
