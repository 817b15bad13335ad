"""The reading process: ``python -I -m tdkt_xl.readers.worker``.

It takes one request a line on stdin and gives one framed answer each on stdout (see protocol.py), until
stdin ends. It starts nothing, writes no file and logs nothing; whatever a file does to it costs that file.
"""

import gc
import sys
from pathlib import Path

from tdkt_xl.processes.frames import private_stdout, send_frame
from tdkt_xl.readers import limits, protocol
from tdkt_xl.readers.confinement import allow_another_file, confine
from tdkt_xl.readers.gate import open_behind_gate

MEMORY = "memory"
"""The kind of fault that says the process ran out of memory."""


def main() -> None:
    """Serve until stdin ends."""
    requests, answers = sys.stdin.buffer, private_stdout()
    reading = protocol.decode_start(requests.readline())
    if reading.wider > 1:
        limits.widen(reading.wider)
    confine()
    gc.freeze()
    send_frame(answers, protocol.READY)
    for line in requests:
        number, path, name = protocol.decode_request(line)
        allow_another_file()
        send_frame(answers, _answer(number, path, name, reading))


def _answer(number: int, path: str, name: str, reading: protocol.Reading) -> bytes:
    try:
        return protocol.encode_answer(number, open_behind_gate(Path(path), name, reading.passwords))
    except MemoryError:
        return protocol.encode_fault(number, MEMORY)
    except Exception as fault:  # a fault of ours costs this file, not the run; its text may hold data
        return protocol.encode_fault(number, type(fault).__name__)


if __name__ == "__main__":
    main()
