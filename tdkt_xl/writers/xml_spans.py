"""XML by the bytes it occupies, so that a change leaves every other byte as it was.

Parsed by expat; a document type or an entity declaration is refused (see readers/xml_scan.py).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from tdkt_xl.findings import Code, Finding, Place
from tdkt_xl.findings.codes.copies import CANNOT_PATCH

_DEPTH = 64
_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=>]+)\s*=\s*("[^"]*"|'[^']*')""")
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_NOT_AS_IS = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class NotPatchableError(Exception):
    """The workbook cannot be changed safely; caught where patching ends, never seen outside writers/."""

    def __init__(self, code: Code, **params: object) -> None:
        super().__init__(code.id)
        self.code = code
        self.params = params

    def finding(self, file: str) -> Finding:
        """The finding of this refusal in the named file."""
        return Finding(self.code, Place(file), self.params)


UNPATCHABLE = (NotPatchableError, ValueError, KeyError)
"""What reading and changing parts may raise: beside refusals, numbers that are none, missing attributes."""


def refusal_of(fault: Exception, file: str) -> Finding:
    """The finding of one of UNPATCHABLE in the named file."""
    refusal = fault if isinstance(fault, NotPatchableError) else odd("một phần bên trong ghi lạ")
    return refusal.finding(file)


def odd(reason: str) -> NotPatchableError:
    """Refuse a structure this program does not understand; the reason is a Vietnamese phrase."""
    return NotPatchableError(CANNOT_PATCH, reason=reason)


def attribute(name: str, value: object) -> bytes:
    """One attribute with the space before it."""
    return f" {name}={quoteattr(str(value))}".encode()


def element_text(text: str) -> bytes:
    """Text inside an element; characters XML cannot hold are written as Excel does (_x0007_)."""
    return escape(_NOT_AS_IS.sub(lambda match: f"_x{ord(match[0]):04X}_", text)).encode()


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``new`` in place of the bytes from ``start`` to ``end``."""

    start: int
    end: int
    new: bytes


def splice(data: bytes, edits: list[Edit]) -> tuple[bytes, list[Edit]]:
    """Apply edits given in order of position; also return the edits that undo them."""
    pieces: list[bytes] = []
    back: list[Edit] = []
    done = written = 0
    for edit in edits:
        if not done <= edit.start <= edit.end <= len(data):
            msg = "edits overlap"
            raise ValueError(msg)
        kept = data[done : edit.start]
        written += len(kept)
        pieces += [kept, edit.new]
        back.append(Edit(written, written + len(edit.new), data[edit.start : edit.end]))
        written, done = written + len(edit.new), edit.end
    return b"".join([*pieces, data[done:]]), back


@dataclass(slots=True)
class Element:
    """An element: its start tag fills ``start`` to ``opened``, its content goes on to ``closing``.

    An element written as one tag has ``opened == closing == end``. Names have no prefix; ``space`` is
    the namespace. Attributes with a namespace are named "namespace name".
    """

    space: str
    name: str
    attributes: Mapping[str, str]
    start: int
    opened: int
    closing: int = 0
    end: int = 0
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, name: str) -> list["Element"]:
        """Children of that name and the same namespace."""
        return [child for child in self.children if child.name == name and child.space == self.space]

    def first(self, name: str) -> "Element | None":
        """The first child of that name, or None."""
        return next(iter(self.all(name)), None)

    def below(self) -> Iterator["Element"]:
        """All elements inside this one, in reading order."""
        for child in self.children:
            yield child
            yield from child.below()


class Keep:
    """What of a part its tree holds: everything."""

    def wants(self, _element: Element) -> bool:
        """Tell whether an element, whose parent was kept, is kept with what it holds."""
        return True

    def gaps(self, _data: bytes) -> list[tuple[int, int]]:
        """Whole elements that are not even parsed: first byte, and the byte after the last, in order."""
        return []


def read_tree(data: bytes, keep: Keep | None = None) -> Element:
    """The tree of a part; raises NotPatchableError for a broken or unsafe one."""
    return _TreeReader(data, keep or Keep()).read()


class _TreeReader:
    def __init__(self, data: bytes, keep: Keep) -> None:
        self._data = data
        self._keep = keep
        self._given = [0]
        self._skipped = [0]
        self._stack: list[Element] = []
        self._skipping = 0
        self._root: Element | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = _check_encoding
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.EntityDeclHandler = _refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self) -> Element:
        if self._data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise odd("một phần bên trong dùng bảng mã lạ")
        try:
            self._parse()
        except (expat.ExpatError, ValueError) as fault:
            raise odd("một phần bên trong bị hỏng") from fault
        assert self._root is not None
        return self._root

    def _parse(self) -> None:
        """Give the parser what lies between the gaps."""
        done = 0
        for start, end in self._keep.gaps(self._data):
            self._parser.Parse(self._data[done:start], False)
            self._given.append(self._given[-1] + start - done)
            self._skipped.append(end - self._given[-1])
            done = end
        self._parser.Parse(self._data[done:] if done else self._data, True)

    @property
    def _at(self) -> int:
        """Where in the part the parser is."""
        index = self._parser.CurrentByteIndex
        return index + self._skipped[bisect_right(self._given, index) - 1]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        start = self._at
        tag = _TAG.match(self._data, start)
        if tag is None or len(self._stack) > _DEPTH:
            raise odd("một phần bên trong ghi lạ")
        space, _, local = name.rpartition(" ")
        element = Element(space, local, attributes, start, tag.end())
        if self._stack:
            if not self._keep.wants(element):
                self._skipping = 1
                return
            self._stack[-1].children.append(element)
        else:
            self._root = element
        self._stack.append(element)

    def _end(self, _name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        element = self._stack.pop()
        if self._data[element.opened - 2 : element.opened] == b"/>":
            element.closing = element.end = element.opened
        else:
            element.closing = self._at
            element.end = self._data.index(b">", element.closing) + 1

    def _text(self, text: str) -> None:
        if self._stack and not self._skipping:
            self._stack[-1].text += text


def _refuse(*_: object) -> None:
    raise odd("bên trong có khai báo DTD, thường dùng để tấn công")


def _check_encoding(_version: str, encoding: str | None, _alone: int) -> None:
    if (encoding or "utf-8").lower() not in _ENCODINGS:
        raise odd("một phần bên trong dùng bảng mã lạ")


def with_attributes(tag: bytes, values: Mapping[str, str | None]) -> bytes:
    """A start tag with attributes set, or taken away where the value is None."""
    left = dict(values)

    def renew(match: re.Match[bytes]) -> bytes:
        name = match[1].decode()
        if name not in left:
            return match[0]
        value = left.pop(name)
        return b"" if value is None else attribute(name, value)

    body = _ATTRIBUTE.sub(renew, tag)
    ending = b"/>" if body.endswith(b"/>") else b">"
    added = b"".join(attribute(name, value) for name, value in left.items() if value is not None)
    return body[: -len(ending)].rstrip() + added + ending


class XmlPart:
    """One part under change. Positions are those of the bytes as received until ``edits`` is asked."""

    def __init__(self, data: bytes, keep: Keep | None = None) -> None:
        self.data = data
        self._keep = keep
        self._edits: list[Edit] = []
        self._tags: dict[int, tuple[Element, dict[str, str | None]]] = {}
        self._appended: dict[int, tuple[Element, list[bytes]]] = {}

    @cached_property
    def root(self) -> Element:
        """The document's element."""
        return read_tree(self.data, self._keep)

    def raw(self, element: Element) -> bytes:
        """The element as written."""
        return self.data[element.start : element.end]

    def tag(self, element: Element) -> bytes:
        """The start tag as written."""
        return self.data[element.start : element.opened]

    def prefix(self, element: Element) -> str:
        """The prefix of an element's name with its colon, or ""."""
        name = re.split(r"[\s/>]", self.data[element.start + 1 : element.opened].decode(), maxsplit=1)[0]
        head, colon, _ = name.rpartition(":")
        return head + colon

    def replace(self, start: int, end: int, new: bytes) -> None:
        """Put bytes in place of others; equal positions keep the order of the calls."""
        self._edits.append(Edit(start, end, new))

    def drop(self, element: Element) -> None:
        """Take an element away."""
        self.replace(element.start, element.end, b"")

    def set_attributes(self, element: Element, **values: object) -> None:
        """Set attributes without namespace; None takes one away."""
        _, wanted = self._tags.setdefault(element.start, (element, {}))
        wanted.update({name: None if value is None else str(value) for name, value in values.items()})

    def append(self, container: Element, fragment: bytes) -> int:
        """Add to the end of an element and to its ``count``; return how many additions went before."""
        _, fragments = self._appended.setdefault(container.start, (container, []))
        fragments.append(fragment)
        return len(fragments) - 1

    @property
    def edits(self) -> list[Edit]:
        """All changes in order of position."""
        edits = list(self._edits)
        for start in self._tags.keys() | self._appended.keys():
            edits += self._around(start)
        return sorted(edits, key=lambda edit: (edit.start, edit.end))

    def _around(self, start: int) -> list[Edit]:
        """The changes of one element's tag and end; an empty one is opened where something comes in."""
        element, values = self._tags.get(start) or (self._appended[start][0], {})
        fragments = self._appended.get(start, (element, []))[1]
        if fragments and "count" in element.attributes:
            values = {"count": str(int(element.attributes["count"]) + len(fragments)), **values}
        tag = with_attributes(self.tag(element), values) if values else self.tag(element)
        if not fragments:
            return [Edit(element.start, element.opened, tag)]
        if element.opened == element.end:
            name = self.prefix(element) + element.name
            opened = tag[:-2].rstrip() + b">"
            whole = opened + b"".join(fragments) + f"</{name}>".encode()
            return [Edit(element.start, element.end, whole)]
        edits = [Edit(element.start, element.opened, tag)] if values else []
        return [*edits, Edit(element.closing, element.closing, b"".join(fragments))]
