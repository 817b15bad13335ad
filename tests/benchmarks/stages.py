"""Time the stages of a consolidation in a process that has imported everything: prints JSON seconds.

The processes are started before the imports, and the master data are taken from an earlier run, as in the
command.
"""

import json
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from click import echo

from tdkt_xl.cli.inputs import prepare, read_master
from tdkt_xl.processes.garbage import collect_rarely


def main() -> None:
    """Consolidate the folder of argument 1 into that of argument 2; a third one asks for processor time."""
    clock = process_time if sys.argv[3:] else perf_counter
    sys.modules["hypothesis"] = None  # type: ignore[assignment]  # a clerk has none
    collect_rarely()
    prepare(None)
    from tdkt_xl.tasks.consolidate import consolidate
    from tdkt_xl.tasks.round import check_round

    folder, out = map(Path, sys.argv[1:3])
    seconds = {"check": 0.0}

    def timed(*arguments: Any, **options: Any) -> Any:
        begin = clock()
        checked = check_round(*arguments, **options)
        seconds["check"] += clock() - begin
        return checked

    begin = clock()
    master = read_master(None)
    seconds["master"] = clock() - begin
    with patch("tdkt_xl.tasks.consolidate.check_round", timed):
        consolidate(folder, master, out)
    whole = clock() - begin
    seconds["write"] = whole - seconds["check"] - seconds["master"]
    echo(json.dumps(seconds))


if __name__ == "__main__":
    main()
