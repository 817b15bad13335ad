"""The checking process: ``python -I -m tdkt_xl.schemas.worker``.

It takes framed columns on stdin and gives the failures of their schema on stdout (see columns.py), until
stdin ends. Loading pandas and pandera takes longer than reading the files, so it is done here meanwhile.
"""

import sys

from tdkt_xl.processes.frames import private_stdout, read_frame, send_frame
from tdkt_xl.processes.garbage import collect_rarely
from tdkt_xl.schemas.columns import NO_ANSWER, Column, ColumnKind, decode_columns, encode_cases

_LONGEST = 1 << 31


def main() -> None:
    """Serve until stdin ends."""
    collect_rarely()
    answers = private_stdout()
    from tdkt_xl.schemas.definitions import run_schema

    run_schema("lists", {"blank": Column(ColumnKind.FLAG, [True]), "key": Column(ColumnKind.TEXT, [None])})
    while (request := read_frame(sys.stdin.buffer, _LONGEST)) is not None:
        try:
            answer = encode_cases(run_schema(*decode_columns(request)))
        except Exception:  # the product runs the check itself then, and shows what is wrong
            answer = NO_ANSWER
        send_frame(answers, answer)


if __name__ == "__main__":
    main()
