"""Layouts: one description per standard workbook; it builds the workbook and drives its reader."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from tdkt_xl.vietnamese.text import comparison_key


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form.

    ``type``: text | code | score | number | integer | money | date | flag | award.
    ``required``: the heading must be there; ``filled``: every row must have a value;
    ``unique``: no value twice; ``input``: people type here (unlocked); ``choices``: name of a
    choice list of the layout file.
    """

    field: str
    heading: str
    type: str = "text"
    width: float = 12
    synonyms: tuple[str, ...] = ()
    required: bool = True
    filled: bool = False
    unique: bool = False
    input: bool = False
    choices: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """A labelled value above the table, such as "Kỳ chấm điểm"."""

    field: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True)
class SheetLayout:
    """One sheet of a form: what is printed above the table and the table's columns."""

    id: str
    name: str
    title: str
    columns: tuple[Column, ...]
    subtitle: str = ""
    form: str = ""
    version: int = 1
    identity: tuple[Identity, ...] = ()
    landscape: bool = True
    print_to: str = ""
    """Field of the last printed column; "" prints all. Source columns need no paper."""
    signatures: tuple[str, ...] = ()
    dated: bool = False
    """Whether place and day stand above the last signature, to be filled in when it is signed."""
    by_field: Mapping[str, Column] = field(default_factory=dict, repr=False)
    headings: Mapping[str, str] = field(default_factory=dict, repr=False)
    labels: Mapping[str, str] = field(default_factory=dict, repr=False)

    def column(self, name: str) -> Column:
        """Return the column of a field."""
        return self.by_field[name]

    def position(self, name: str) -> int:
        """1-based position of a field in the standard workbook."""
        return 1 + next(at for at, column in enumerate(self.columns) if column.field == name)

    @property
    def printed_width(self) -> int:
        """Number of columns printed; headings and signatures keep within them."""
        return self.position(self.print_to) if self.print_to else len(self.columns)

    @property
    def stamp(self) -> str:
        """The version stamp printed on the sheet."""
        return f"Mẫu {self.form} · phiên bản {self.version}"


@dataclass(frozen=True)
class WorkbookLayout:
    """A standard workbook: its sheets and choice lists."""

    id: str
    file_name: str
    title: str
    sheets: tuple[SheetLayout, ...]
    choices: Mapping[str, tuple[str, ...]]

    def sheet(self, sheet_id: str) -> SheetLayout:
        """Return a sheet by identifier."""
        return next(sheet for sheet in self.sheets if sheet.id == sheet_id)


def _tuple(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(data.get(key, ()))


def _column(data: dict[str, Any]) -> Column:
    return Column(**{**data, "synonyms": _tuple(data, "synonyms")})


def _sheet(data: dict[str, Any]) -> SheetLayout:
    columns = tuple(_column(item) for item in data.pop("column"))
    identity = tuple(
        Identity(**{**item, "synonyms": _tuple(item, "synonyms")}) for item in data.pop("identity", ())
    )
    data["signatures"] = _tuple(data, "signatures")
    return SheetLayout(
        **data,
        columns=columns,
        identity=identity,
        by_field={column.field: column for column in columns},
        headings={
            comparison_key(text): column.field
            for column in columns
            for text in (column.heading, *column.synonyms)
        },
        labels={
            comparison_key(text): item.field for item in identity for text in (item.label, *item.synonyms)
        },
    )


@cache
def load_layout(layout_id: str) -> WorkbookLayout:
    """Load a layout shipped with the package, by identifier (the file's stem)."""
    text = (
        resources.files("tdkt_xl.tables").joinpath("layouts", f"{layout_id}.toml").read_text(encoding="utf-8")
    )
    data = tomllib.loads(text)
    sheets = []
    for item in data.pop("sheet"):
        base = item.pop("like", None)
        sheets.append(load_layout(base[0]).sheet(base[1]) if base else _sheet(item))
    choices = {name: tuple(values) for name, values in data.pop("choices", {}).items()}
    return WorkbookLayout(**data, sheets=tuple(sheets), choices=choices)


LAYOUT_IDS = (
    "danh-muc",
    "ho-so-khen-thuong",
    "phieu-cham-diem",
    "so-cum",
    "tong-hop-huyen",
    "tong-hop-lon",
    "danh-sach-de-nghi",
    "co-the-de-nghi",
    "gia-dinh",
    "du-toan-tien-thuong",
    "ket-qua-kiem-tra",
    "sua-an-toan",
)
