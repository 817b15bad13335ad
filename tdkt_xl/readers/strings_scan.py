"""The table of shared strings of an Excel package: how long each one is, and what is declared."""

import re

from tdkt_xl.readers import limits
from tdkt_xl.readers.refusal import broken, unsafe
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes, is_plain

_PART = "phần chuỗi dùng chung"
_SIMPLE = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_TEXT = re.compile(rb"<t(?: [^<>]*)?>([^<]*)</t>")
_HEAD = re.compile(rb"\s*(?:<\?xml[^<>]*>)?\s*<sst(?: [^<>]*)?>\s*")
_DECLARED = re.compile(rb'\suniqueCount="([0-9]{1,10})"')


def string_lengths(table: bytes) -> list[int]:
    """Characters of each shared string; one that is empty or only white space is negated, less 1.

    The declared count is judged here, because readers reserve memory for it.
    """
    lengths = _plain_lengths(table) if is_plain(table, _PART) else None
    if lengths is not None:
        return lengths
    scan = _StringsScan()
    scan.scan(table)
    _check(scan.lengths, scan.declared)
    return scan.lengths


def _check(lengths: list[int], declared: int) -> None:
    count = len(lengths)
    if count > limits.STRINGS or sum(map(abs, lengths)) > limits.STRING_CHARACTERS:
        raise unsafe(reason="sổ có quá nhiều chữ")
    if declared > limits.DECLARED_STRINGS_FACTOR * count + limits.DECLARED_STRINGS_FREE:
        raise unsafe(reason=f"số chuỗi khai báo ({declared}) lớn hơn nhiều số chuỗi thật ({count})")


def _plain_lengths(table: bytes) -> list[int] | None:
    """The lengths, in bytes, of a table written the usual way; None leaves it to the general scan."""
    head, end = _HEAD.match(table), table.rfind(b"</sst>")
    if head is None or end < 0 or b"&#" in table or b"<rPh" in table:
        return None
    declared = _DECLARED.search(head[0])
    if declared is None and b"uniqueCount" in head[0]:
        return None
    lengths: list[int] = []
    pieces = _SIMPLE.split(table[head.end() : end])
    for index, piece in enumerate(pieces):
        if index % 2:
            lengths.append(len(piece) if piece.strip() else -1 - len(piece))
        elif piece:
            rich = _rich_lengths(piece)
            if rich is None:
                return None
            lengths += rich
    _check(lengths, int(declared[1]) if declared else 0)
    return lengths


def _rich_lengths(piece: bytes) -> list[int] | None:
    """Lengths of consecutive strings with formatted runs."""
    before, *items = piece.split(b"<si>")
    if before or not all(item.endswith(b"</si>") and item.count(b"</si>") == 1 for item in items):
        return None
    lengths = []
    for item in items:
        texts = _TEXT.findall(item)
        if len(texts) != item.count(b"</t>") or b"<t/" in item:
            return None
        text = b"".join(texts)
        lengths.append(len(text) if text.strip() else -1 - len(text))
    return lengths


class _StringsScan(PartScan):
    """The general pass; texts of phonetic hints are not part of the string."""

    part = _PART

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []
        self.declared = 0
        self._inside = self._reading = self._solid = False
        self._phonetic = 0
        self._length = self._total = 0

    def element(self, name: str, pairs: Attributes) -> None:
        if name == "sst":
            declared = attributes(pairs).get("uniqueCount", "0")
            if not (declared.isascii() and declared.isdecimal() and len(declared) <= 20):
                raise broken(reason=f"{self.part} ghi số lượng không hợp lệ")
            self.declared = max(self.declared, int(declared))
        elif name == "si":
            if self._inside:
                raise broken(reason=f"{self.part} bị hỏng")
            self._inside, self._solid, self._length, self._phonetic = True, False, 0, 0
        elif name == "rPh":
            self._phonetic += 1
        elif name == "t":
            self._reading = self._inside and not self._phonetic

    def closed(self, name: str) -> None:
        if name == "t":
            self._reading = False
        elif name == "rPh":
            self._phonetic -= 1
        elif name == "si":
            self._inside = False
            self.lengths.append(self._length if self._solid else -1 - self._length)
            self._total += self._length
            if len(self.lengths) > limits.STRINGS or self._total > limits.STRING_CHARACTERS:
                raise unsafe(reason="sổ có quá nhiều chữ")

    def text(self, text: str) -> None:
        if self._reading:
            self._length += len(text)
            self._solid = self._solid or not text.isspace()
