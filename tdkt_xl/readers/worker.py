"""The reading process: ``python -I -m tdkt_xl.readers.worker``.

It takes one request a line on stdin and gives one framed answer each on stdout (see protocol.py), until
stdin ends. It starts nothing, writes no file and logs nothing; whatever a file does to it costs that file.
"""

import gc
import os
import sys
from pathlib import Path
from typing import BinaryIO

from tdkt_xl.readers import limits, protocol
from tdkt_xl.readers.confinement import allow_another_file, confine
from tdkt_xl.readers.gate import open_behind_gate

MEMORY = "memory"
"""The kind of fault that says the process ran out of memory."""


def main() -> None:
    """Serve until stdin ends."""
    requests, answers = sys.stdin.buffer, _private_stdout()
    reading = protocol.decode_start(requests.readline())
    if reading.wider > 1:
        limits.widen(reading.wider)
    confine()
    gc.freeze()
    _send(answers, protocol.READY)
    for line in requests:
        number, path, name = protocol.decode_request(line)
        allow_another_file()
        _send(answers, _answer(number, path, name, reading))


def _private_stdout() -> BinaryIO:
    """The pipe to the product; whatever else prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _answer(number: int, path: str, name: str, reading: protocol.Reading) -> bytes:
    try:
        return protocol.encode_answer(number, open_behind_gate(Path(path), name, reading.passwords))
    except MemoryError:
        return protocol.encode_fault(number, MEMORY)
    except Exception as fault:  # a fault of ours costs this file, not the run; its text may hold data
        return protocol.encode_fault(number, type(fault).__name__)


def _send(answers: BinaryIO, document: bytes) -> None:
    answers.write(protocol.HEADER.pack(len(document)))
    answers.write(document)
    answers.flush()


if __name__ == "__main__":
    main()
