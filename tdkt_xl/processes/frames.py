"""Framed documents on a pipe: their length, then their bytes; and the pipe a child process answers on."""

import os
import struct
from typing import IO, BinaryIO

_HEADER = struct.Struct("<I")


def private_stdout() -> BinaryIO:
    """The pipe to the product; whatever else this process prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def frame(document: bytes) -> bytes:
    """A document with its length before it."""
    return _HEADER.pack(len(document)) + document


def send_frame(pipe: BinaryIO, document: bytes) -> None:
    """Write one framed document."""
    pipe.write(_HEADER.pack(len(document)))
    pipe.write(document)
    pipe.flush()


def read_frame(pipe: IO[bytes], longest: int) -> bytes | None:
    """The next document; None at the end, for one cut short and for one longer than ``longest``."""
    header = pipe.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    (length,) = _HEADER.unpack(header)
    document = pipe.read(length) if length <= longest else b""
    return document if len(document) == length else None
