"""XML parts under limits: no DTD, bounded depth, attributes and tags, UTF-8 only."""

from xml.parsers import expat
from xml.parsers.expat import XMLParserType

from tdkt_xl.readers import limits
from tdkt_xl.readers.refusal import RefusedError, broken, unsafe

Attributes = list[str]
"""Names and values in turn, as the parser hands them over."""
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


def attributes(pairs: Attributes) -> dict[str, str]:
    """Attributes by their name as written: a prefix never passes for none, nor for another."""
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


def new_parser() -> XMLParserType:
    """A parser that refuses a document type and hands attributes over as a list.

    The refusal is made by the parser: searching the text for a DTD is defeated by encodings.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartDoctypeDeclHandler = _refuse_dtd
    parser.EntityDeclHandler = _refuse_dtd
    return parser


def _refuse_dtd(*_: object) -> None:
    raise unsafe(reason="bên trong có khai báo DTD, thường dùng để tấn công")


def feed(parser: XMLParserType, data: bytes, part: str) -> None:
    """Parse a whole part; ``part`` names it in Vietnamese if it turns out to be broken."""
    declared: list[str] = []
    parser.XmlDeclHandler = lambda _version, encoding, _alone: declared.append(encoding or "utf-8")
    try:
        for start in range(0, len(data), limits.XML_SLICE_BYTES):
            piece = data[start : start + limits.XML_SLICE_BYTES]
            parser.Parse(piece, False)
            if start + len(piece) - max(parser.CurrentByteIndex, 0) > limits.XML_TOKEN_BYTES:
                raise unsafe(reason=f"{part} chứa một thẻ dài bất thường")
        parser.Parse(b"", True)
    except RefusedError:
        raise
    except (expat.ExpatError, LookupError, ValueError) as fault:
        raise broken(reason=f"{part} bị hỏng") from fault
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or any(name.lower() not in _ENCODINGS for name in declared):
        raise broken(reason=f"{part} dùng bảng mã lạ")


def is_plain(data: bytes, part: str) -> bool:
    """Prove a part well-formed and tell whether every ``<`` in it starts a tag.

    That is so without comments, CDATA and processing instructions. No element reaches Python, so this
    costs a fraction of a scan; nesting is bounded by the number of tags. Too many of them: False.
    """
    if data.count(b"<") > limits.PLAIN_TAGS:
        return False
    found: list[object] = []
    parser = new_parser()
    parser.CommentHandler = found.append
    parser.ProcessingInstructionHandler = lambda *parts: found.append(parts)
    parser.StartCdataSectionHandler = lambda: found.append(None)
    feed(parser, data, part)
    return not found


class PartScan:
    """One pass over a part that is not a worksheet; subclasses look at the elements."""

    part = "một phần bên trong tệp"

    def __init__(self) -> None:
        self.depth = 0

    def scan(self, data: bytes) -> None:
        """Parse the part and call ``element`` (and ``closed`` and ``text``) on the way."""
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        self.prepare(parser)
        feed(parser, data, self.part)

    def prepare(self, parser: XMLParserType) -> None:
        """Set further handlers."""

    def _start(self, name: str, pairs: Attributes) -> None:
        self.depth += 1
        if self.depth > limits.XML_DEPTH or len(pairs) > 2 * limits.XML_ATTRIBUTES:
            raise unsafe(reason=f"{self.part} lồng nhau quá sâu hoặc quá nhiều thuộc tính")
        self.element(self.named(name), pairs)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.closed(self.named(name))

    def named(self, name: str) -> str:
        """The name under which an element is seen: any prefix is taken, as the reader of values does."""
        return name.rpartition(":")[2]

    def element(self, name: str, pairs: Attributes) -> None:
        """See an element start."""

    def closed(self, name: str) -> None:
        """See an element end."""

    def text(self, text: str) -> None:
        """See the text of an element."""
