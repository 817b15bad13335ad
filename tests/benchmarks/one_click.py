"""The process measured by ``tests.benchmarks.click``: ``python -m tests.benchmarks.one_click FILE``.

Everything a click's process does except talking to Excel (there is none here): start, imports, master data,
reading, checking, words of the dialog. hypothesis, which pandera loads where it finds it, is a tool of
developers and is kept out. Prints the seconds of the parts as JSON.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch


def one_click(path: Path) -> dict[str, float]:
    """Check the workbook as the button does; seconds of the parts."""
    sys.modules["hypothesis"] = None  # type: ignore[assignment]  # makes an import fail
    from tdkt_xl.excel.calls import load_xlwings
    from tdkt_xl.excel.run import start_processes
    from tdkt_xl.excel.session import Session
    from tdkt_xl.processes.garbage import collect_rarely

    collect_rarely()
    start_processes("tdktCheckBook")
    load_xlwings()
    from tdkt_xl.excel import checking, marks
    from tdkt_xl.tasks import kept_master
    from tdkt_xl.tasks import round as rounds

    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            begin = perf_counter()
            result = work(*given)
            seconds[name] = seconds.get(name, 0) + perf_counter() - begin
            return result

        return run

    api = SimpleNamespace(FullName=str(path), Path=str(path.parent), Saved=True)
    session: Any = Session(None, None)
    book: Any = SimpleNamespace(name=path.name, api=api)
    with (
        patch.object(kept_master, "load_master", timed("master", kept_master.load_master)),
        patch.object(rounds, "check_round", timed("check", rounds.check_round)),
        patch.object(Session, "progress", lambda *_: None),
    ):
        checked = checking.examine(session, book)
    if checked.status in {"Bỏ qua", "Không đọc được", "Mẫu trống"}:
        raise RuntimeError(checked.status)
    marks.cells_to_mark(checked.findings)
    checking.say_counts(checked.findings)
    return seconds


if __name__ == "__main__":
    sys.stdout.write(json.dumps(one_click(Path(sys.argv[1]))))
