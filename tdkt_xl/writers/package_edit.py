"""A workbook's package under change: parts not touched keep their bytes, their names and their order."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from tdkt_xl.findings.codes.copies import SIGNED_BOOK
from tdkt_xl.writers.xml_spans import Edit, Element, Keep, NotPatchableError, XmlPart, attribute, odd, splice

CONTENT_TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_LINKS = _HEAD + f'<Relationships xmlns="{_PACKAGE}"></Relationships>'.encode()
_FIXED_DAY = (1980, 1, 1, 0, 0, 0)


def _key(name: str) -> str:
    """The form in which part names are compared, as readers do: no case, one kind of slash."""
    return name.replace("\\", "/").lower()


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship of a part; ``target`` is the name of a part, or outside the package."""

    id: str
    kind: str
    target: str
    external: bool
    element: Element


class Package:
    """The parts of an .xlsx or .xlsm file that passed the gate, and the changes made to them."""

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._members = archive.infolist()
                self._parts = {_key(item.filename): archive.read(item) for item in self._members}
        except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
            raise odd("một phần bên trong bị hỏng") from fault
        self._names = {_key(item.filename): item.filename for item in self._members}
        self._open: dict[str, XmlPart] = {}
        self._added: dict[str, str] = {}
        self._removed: set[str] = set()
        self._numbers = count(1)
        if any(key.startswith("_xmlsignatures/") for key in self._names):
            raise NotPatchableError(SIGNED_BOOK)

    def holds(self, name: str) -> bool:
        """Tell whether a part of that name exists, added ones included."""
        key = _key(name)
        return (key in self._names and key not in self._removed) or key in self._added

    def names(self, ending: str) -> list[str]:
        """Keys of the parts, added ones included, whose names end so."""
        return [key for key in (*self._names, *self._added) if key.endswith(ending) and self.holds(key)]

    def read(self, name: str) -> bytes | None:
        """The bytes of a part as received or as added, or None."""
        return self._parts.get(_key(name))

    def xml(self, name: str, keep: Keep | None = None) -> XmlPart:
        """A part to change; every call for a name gives the same object."""
        key = _key(name)
        if key not in self._open:
            data = self._parts.get(key)
            if data is None:
                raise odd("thiếu một phần mà phần khác nhắc tới")
            self._open[key] = XmlPart(data, keep)
        return self._open[key]

    def free_name(self, pattern: str) -> str:
        """The first name of a numbered pattern ("xl/comments{}.xml") that is not taken."""
        number = 1
        while _key(pattern.format(number)) in self._parts:
            number += 1
        return pattern.format(number)

    def add_untyped(self, name: str, content: bytes) -> None:
        """Add a part, or renew an added one, whose ending tells its type."""
        self._added[_key(name)] = name
        self._parts[_key(name)] = content

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """Add a part."""
        self.add_untyped(name, content)
        types = self.xml(CONTENT_TYPES)
        kind = attribute("PartName", f"/{name}") + attribute("ContentType", content_type)
        types.append(types.root, f"<{types.prefix(types.root)}Override".encode() + kind + b"/>")

    def add_default(self, extension: str, content_type: str) -> None:
        """Give all parts with an ending their type, unless it is known."""
        types = self.xml(CONTENT_TYPES)
        known = {item.attributes.get("Extension", "").lower() for item in types.root.all("Default")}
        if extension in known:
            return
        kind = attribute("Extension", extension) + attribute("ContentType", content_type)
        types.append(types.root, f"<{types.prefix(types.root)}Default".encode() + kind + b"/>")

    def remove(self, name: str) -> None:
        """Take a part away, with its type and its relationships."""
        for key in (_key(name), _key(_links_part(name))):
            if key not in self._names or key in self._removed:
                continue
            self._removed.add(key)
            types = self.xml(CONTENT_TYPES)
            for item in types.root.all("Override"):
                if _key(item.attributes.get("PartName", "")).lstrip("/") == key:
                    types.drop(item)

    # ---- relationships

    def links(self, part: str) -> list[Link]:
        """Relationships of a part ("" is the package), as received."""
        name = _links_part(part)
        if not self.holds(name):
            return []
        return [_link(part, item) for item in self.xml(name).root.children if item.name == "Relationship"]

    def link(self, part: str, kind: str) -> Link | None:
        """The first relationship of that kind to a part inside the package."""
        return next((item for item in self.links(part) if item.kind == kind and not item.external), None)

    def add_link(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another; return the new identifier."""
        name = _links_part(part)
        if not self.holds(name):
            self.add_untyped(name, _NO_LINKS)
        links = self.xml(name)
        taken = {item.attributes.get("Id", "") for item in links.root.children}
        new = next(id_ for number in self._numbers if (id_ := f"rIdTd{number}") not in taken)
        given = (
            attribute("Id", new) + attribute("Type", f"{OFFICE}/{kind}") + attribute("Target", f"/{target}")
        )
        links.append(links.root, f"<{links.prefix(links.root)}Relationship".encode() + given + b"/>")
        return new

    def drop_link(self, part: str, link: Link) -> None:
        """Take a relationship away."""
        self.xml(_links_part(part)).drop(link.element)

    # ---- result

    @property
    def added(self) -> list[str]:
        """Names of the added parts."""
        return list(self._added.values())

    def changed(self) -> Iterator[tuple[str, XmlPart, list[Edit]]]:
        """Name, part and edits of every received part that changes."""
        for key, part in self._open.items():
            edits = part.edits
            if edits and key in self._names and key not in self._removed:
                yield self._names[key], part, edits

    def restore(self, name: str, content: bytes) -> None:
        """Put other bytes in place of a part."""
        self._parts[_key(name)] = content
        self._open.pop(_key(name), None)

    def forget(self, name: str) -> None:
        """Leave a part out, its type being taken care of elsewhere."""
        self._removed.add(_key(name))

    def content(self) -> bytes:
        """The package with the changes: received parts in their order, then the added ones."""
        changed = {key: splice(part.data, part.edits)[0] for key, part in self._open.items()}
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for item in self._members:
                key = _key(item.filename)
                if key not in self._removed:
                    _store(archive, item.filename, item, changed.get(key, self._parts[key]))
            for key, name in self._added.items():
                _store(archive, name, None, changed.get(key, self._parts[key]))
        return target.getvalue()


def _store(archive: zipfile.ZipFile, name: str, like: zipfile.ZipInfo | None, content: bytes) -> None:
    info = zipfile.ZipInfo(name, like.date_time if like else _FIXED_DAY)
    info.compress_type = like.compress_type if like else zipfile.ZIP_DEFLATED
    info.external_attr = like.external_attr if like else 0
    archive.writestr(info, content)


def _links_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _link(part: str, element: Element) -> Link:
    given = element.attributes
    external = given.get("TargetMode", "") == "External"
    target = given.get("Target", "")
    if not external:
        joined = posixpath.join(posixpath.dirname(part), target.replace("\\", "/"))
        target = posixpath.normpath(joined).lstrip("/")
    return Link(given.get("Id", ""), given.get("Type", "").rpartition("/")[2], target, external, element)
