"""What the bytes of a file are, whatever its name says."""

from enum import Enum

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD = 4096


class Kind(Enum):
    """A kind of content; the value is its name in Vietnamese."""

    XLSX = "sổ Excel dạng .xlsx"
    XLSB = "sổ Excel dạng nhị phân .xlsb"
    XLS = "sổ Excel đời cũ dạng .xls"
    ODS = "bảng tính OpenDocument dạng .ods"
    ZIP = "tệp nén ZIP"
    OLE = "tệp Office đời cũ"
    ENCRYPTED = "tệp Office có mật khẩu mở"
    HTML = "trang web (HTML)"
    MHTML = "trang web lưu một tệp (MHTML)"
    XML_2003 = "bảng tính XML 2003"
    FLAT_ODS = "bảng tính OpenDocument dạng XML (.fods)"
    XML = "tệp XML"
    SYLK = "bảng tính SYLK"
    OLD_XLS = "sổ Excel trước bản 97"
    TEXT = "văn bản thường (CSV hoặc tương tự)"
    RTF = "văn bản RTF"
    PDF = "tài liệu PDF"
    DOC = "tài liệu Word (.doc)"
    DOCX = "tài liệu Word (.docx)"
    PPT = "bản trình chiếu PowerPoint (.ppt)"
    PPTX = "bản trình chiếu PowerPoint (.pptx)"
    ODT = "tài liệu OpenDocument"
    ARCHIVE = "tệp nén (RAR, 7z hoặc GZIP)"
    IMAGE = "hình ảnh"
    PROGRAM = "chương trình (.exe)"
    SHORTCUT = "lối tắt Windows"
    EMPTY = "tệp rỗng"
    ZEROS = "toàn byte 0"
    UNKNOWN = "dữ liệu không rõ loại"


READABLE = frozenset({Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS})

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", Kind.ZIP),
    (OLE_MAGIC, Kind.OLE),
    (b"%PDF", Kind.PDF),
    (b"MZ", Kind.PROGRAM),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
    (b"\x89PNG", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"BM", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"RIFF", Kind.IMAGE),
    (b"L\x00\x00\x00\x01\x14\x02\x00", Kind.SHORTCUT),
    (b"{\\rtf", Kind.RTF),
    (b"ID;P", Kind.SYLK),
    (b"\x09\x00\x04\x00", Kind.OLD_XLS),
    (b"\x09\x02\x06\x00", Kind.OLD_XLS),
    (b"\x09\x04\x06\x00", Kind.OLD_XLS),
    (b"\x09\x08\x08\x00", Kind.OLD_XLS),
    (b"\x09\x08\x10\x00", Kind.OLD_XLS),
)
_HTML_STARTS = (
    "<html",
    "<!doctype html",
    "<table",
    "<meta",
    "<div",
    "<style",
    "<head",
    "<body",
    "<center",
    "<!--",
)


def _as_text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\x00" in head:
        return None
    return head.decode("utf-8-sig", "replace")


def _text_kind(text: str) -> Kind:
    start = text.lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        return Kind.XML_2003
    if "office:document" in start and "opendocument" in start:
        return Kind.FLAT_ODS
    if start.startswith("mime-version") or "multipart/related" in start:
        return Kind.MHTML
    if start.startswith(_HTML_STARTS) or (start.startswith("<") and "<html" in start):
        return Kind.HTML
    return Kind.XML if start.startswith("<?xml") else Kind.TEXT


def sniff(data: bytes) -> Kind:
    """Tell what the bytes are; a ZIP or OLE container still has to be looked into."""
    if not data:
        return Kind.EMPTY
    head = data[:_HEAD]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            # Letters also start a CSV whose first heading is "BM…" or "MZ…".
            is_text = kind in {Kind.IMAGE, Kind.PROGRAM} and b"\x00" not in head and head[:2].isalpha()
            return Kind.TEXT if is_text else kind
    if not head.strip(b"\x00"):
        return Kind.UNKNOWN if data.strip(b"\x00") else Kind.ZEROS
    text = _as_text(head)
    return Kind.UNKNOWN if text is None else _text_kind(text)


def sniff_members(names: frozenset[str], mimetype: bytes) -> Kind:
    """Tell what a ZIP container is from its lower-case part names and its ``mimetype`` part."""
    if mimetype:
        if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return Kind.ODS
        if mimetype.startswith(b"application/vnd.oasis.opendocument"):
            return Kind.ODT
    if "[content_types].xml" in names:
        if "xl/workbook.bin" in names:
            return Kind.XLSB
        if any(name.startswith("word/") for name in names):
            return Kind.DOCX
        if any(name.startswith("ppt/") for name in names):
            return Kind.PPTX
        return Kind.XLSX
    return Kind.XLSX if "xl/workbook.xml" in names else Kind.ZIP
