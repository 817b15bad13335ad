"""The way back: a record inside an annotated copy from which the received bytes are restored exactly.

It is kept as custom XML data, which Excel carries along unread. It only counts while the parts it speaks
of are as they were written; after another program has saved the copy, marks are taken away one by one.
"""

import base64
import hashlib
import json
import zlib

from tdkt_xl.writers.package_edit import Package
from tdkt_xl.writers.patch_sheets import WorkbookSheets
from tdkt_xl.writers.xml_spans import Edit, splice

_SPACE = "urn:tdkt-xl:marks"
_LONGEST = 50_000_000
_OPEN, _CLOSE = f'<marks xmlns="{_SPACE}">'.encode(), b"</marks>"


def put_record(package: Package, main: str) -> None:
    """Add the record of everything changed so far, itself included."""
    name = package.free_name("customXml/item{}.xml")
    package.add(name, b"", "application/xml")
    package.add_link(main, "customXml", name)
    parts = {}
    for part_name, part, edits in package.changed():
        content, back = splice(part.data, edits)
        parts[part_name] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "back": [[edit.start, edit.end, base64.b64encode(edit.new).decode()] for edit in back],
        }
    record = json.dumps({"parts": parts, "added": package.added}).encode()
    packed = base64.b64encode(zlib.compress(record, 9))
    package.add_untyped(name, _OPEN + packed + _CLOSE)


def record_part(package: Package) -> str:
    """The name of the part holding the record; "" when there is none."""
    for name in package.names(".xml"):
        if name.startswith("customxml/item") and _SPACE.encode() in (package.read(name) or b""):
            return name
    return ""


def undo(package: Package) -> bool:
    """Restore every part as received; False, with nothing changed, when the record no longer fits."""
    data = package.read(record_part(package)) or b""
    start, end = data.find(_OPEN), data.find(_CLOSE)
    if start < 0 or end < 0:
        return False
    try:
        packed = base64.b64decode(data[start + len(_OPEN) : end])
        record = json.loads(zlib.decompressobj().decompress(packed, _LONGEST))
        restored = {name: _former(package.read(name), entry) for name, entry in record["parts"].items()}
    except (ValueError, KeyError, TypeError, zlib.error):
        return False
    if any(content is None for content in restored.values()):
        return False
    for name, content in restored.items():
        package.restore(name, content or b"")
    for name in record["added"]:
        package.forget(name)
    return True


def _former(content: bytes | None, entry: dict[str, object]) -> bytes | None:
    """The received bytes of one part, or None when it is not as we left it."""
    if content is None or hashlib.sha256(content).hexdigest() != entry["sha256"]:
        return None
    back = entry["back"]
    assert isinstance(back, list)
    return splice(content, [Edit(start, stop, base64.b64decode(old)) for start, stop, old in back])[0]


def drop_record(package: Package, book: WorkbookSheets) -> None:
    """Take the record away."""
    name = record_part(package)
    for link in package.links(book.main):
        if link.kind == "customXml" and link.target.lower() == name:
            for own in package.links(link.target):
                if not own.external:
                    package.remove(own.target)
            package.remove(link.target)
            package.drop_link(book.main, link)
