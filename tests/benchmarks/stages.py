"""Time the stages of a consolidation in a process that has imported everything: prints JSON seconds.

The reading process is started before the imports and has the master data read by then, as in the command.
"""

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

from click import echo

from tdkt_xl.excel.garbage import collect_rarely
from tdkt_xl.readers.received import prepare_reading
from tdkt_xl.tasks.resources import default_master


def main() -> None:
    """Consolidate the folder of argument 1 into that of argument 2."""
    sys.modules["hypothesis"] = None  # type: ignore[assignment]  # a clerk has none
    collect_rarely()
    prepare_reading(default_master())
    from tdkt_xl.tasks.consolidate import consolidate
    from tdkt_xl.tasks.master import load_master
    from tdkt_xl.tasks.round import check_round

    folder, out = map(Path, sys.argv[1:])
    seconds = {"check": 0.0}

    def timed(*arguments: Any, **options: Any) -> Any:
        begin = perf_counter()
        checked = check_round(*arguments, **options)
        seconds["check"] += perf_counter() - begin
        return checked

    begin = perf_counter()
    master = load_master(default_master())
    seconds["master"] = perf_counter() - begin
    with patch("tdkt_xl.tasks.consolidate.check_round", timed):
        consolidate(folder, master, out)
    whole = perf_counter() - begin
    seconds["write"] = whole - seconds["check"] - seconds["master"]
    echo(json.dumps(seconds))


if __name__ == "__main__":
    main()
