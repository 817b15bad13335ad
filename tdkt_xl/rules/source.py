"""Strict reading of one pack file: every fault is refused with file, line and reason."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources.abc import Traversable
from typing import TypeVar

from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues

T = TypeVar("T")

_HEADER = re.compile(r"\[\[?([A-Za-z_-]+)\]\]?\s*(#.*)?$")
_SYNTAX_LINE = re.compile(r"at line (\d+)")
_TWICE = ("Cannot overwrite a value", "Cannot declare")


@dataclass(frozen=True, slots=True)
class Document:
    """A pack file: its name for messages, its text and what TOML makes of it."""

    name: str
    text: str
    data: Mapping[str, object]

    def fail(self, line: int, reason: str) -> TdktError:
        """Return the error for a line of this file."""
        return TdktError(catalogues.BAD_PACK, file=self.name, line=line, reason=reason)

    def blocks(self, *tables: str) -> "dict[str, list[Block]]":
        """Return the blocks of each ``[[table]]``; any other top-level name is refused."""
        for name in self.data:
            if name not in tables:
                raise self.fail(
                    _find(self.text, rf"\[*{re.escape(name)}\b"), f"không có mục “{name}” trong tệp loại này"
                )
        return {table: self._blocks(table) for table in tables}

    def _blocks(self, table: str) -> "list[Block]":
        entries = self.data.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.fail(_find(self.text, rf"\[*{table}\b"), f"mục “{table}” phải ghi dạng [[{table}]]")
        return [Block(self, table, number, entry) for number, entry in enumerate(entries)]


@dataclass(frozen=True, slots=True)
class Block:
    """One ``[[table]]`` entry of a document; ``position`` counts that table's entries from 0."""

    document: Document
    table: str
    position: int
    values: Mapping[str, object]

    def fail(self, key: str, reason: str) -> TdktError:
        """Return the error at the line of ``key``, else of the block's identifier, else of its head."""
        lines = self.document.text.splitlines()
        heads = [index for index, line in enumerate(lines) if _HEADER.match(line.strip())]
        mine = [head for head in heads if _HEADER.match(lines[head].strip())[1] == self.table]  # type: ignore[index]
        if self.position >= len(mine):
            return self.document.fail(1, reason)
        start = mine[self.position]
        end = min((head for head in heads if head > start), default=len(lines))
        for wanted in (key, "id", "code", "key"):
            for index in range(start, end):
                if re.match(rf"\s*{re.escape(wanted)}\s*=", lines[index]):
                    return self.document.fail(index + 1, reason)
        return self.document.fail(start + 1, reason)

    def only(self, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        """Refuse unknown and missing keys."""
        for key in self.values:
            if key not in required and key not in optional:
                raise self.fail(key, f"không có khoá “{key}” trong mục [[{self.table}]]")
        for key in required:
            if key not in self.values:
                raise self.fail(key, f"thiếu khoá “{key}”")

    def text(self, key: str) -> str:
        """Return a non-empty text without stray spaces; "" when an optional key is absent."""
        if key not in self.values:
            return ""
        value = self.values[key]
        if not isinstance(value, str) or not value or value != value.strip():
            raise self.fail(key, f"“{key}” phải là chữ, không để trống, không thừa dấu cách")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of distinct texts; () when an optional key is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.fail(key, f"“{key}” phải là danh sách chữ")
        if len(set(value)) != len(value):
            raise self.fail(key, f"“{key}” có giá trị lặp lại")
        return tuple(value)

    def day(self, key: str) -> date:
        """Return a date, written without quotes or time."""
        value = self.values[key]
        if type(value) is not date:
            raise self.fail(key, f"“{key}” phải là ngày dạng 2023-12-31, không có dấu ngoặc kép")
        return value

    def number(self, key: str) -> Decimal:
        """Return an exact number."""
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            raise self.fail(key, f"“{key}” phải là số")
        return Decimal(value)

    def whole(self, key: str) -> int | None:
        """Return a positive whole number; None when an optional key is absent."""
        if key not in self.values:
            return None
        value = self.number(key)
        if value % 1 or value <= 0:
            raise self.fail(key, f"“{key}” phải là số nguyên dương")
        return int(value)

    def flag(self, key: str) -> bool | None:
        """Return true or false; None when an optional key is absent."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.fail(key, f"“{key}” phải là true hoặc false")
        return value

    def choice(self, key: str, make: Callable[[str], T]) -> T:
        """Return the member of a closed list named by a text."""
        return self.choices_of(key, (self.text(key),), make)[0]

    def choices(self, key: str, make: Callable[[str], T]) -> tuple[T, ...]:
        """Return the members of a closed list named by a list of texts, at least one."""
        names = self.texts(key)
        if not names:
            raise self.fail(key, f"“{key}” phải có ít nhất một giá trị")
        return self.choices_of(key, names, make)

    def choices_of(self, key: str, names: Sequence[str], make: Callable[[str], T]) -> tuple[T, ...]:
        """Turn names into members, refusing the first that is not in the list."""
        members = []
        for name in names:
            try:
                members.append(make(name))
            except (KeyError, ValueError):
                raise self.fail(key, f"“{key}” không có giá trị “{name}”") from None
        return tuple(members)


def _find(text: str, pattern: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(pattern, line):
            return number
    return 1


def open_document(file: Traversable, name: str) -> Document:
    """Read one TOML file with exact decimals; bad UTF-8 or bad TOML is refused with its line."""
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = "tệp không phải chữ UTF-8"
        raise TdktError(catalogues.BAD_PACK, file=name, line=line, reason=reason) from error
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())
        twice = any(word in str(error) for word in _TWICE)
        reason = "một khoá ghi hai lần" if twice else "không đúng cú pháp TOML"
        raise TdktError(catalogues.BAD_PACK, file=name, line=line, reason=reason) from error
    return Document(name, text, data)
