"""A tiny workbook of people without a fault, and ways to spoil it.

Every sheet has its headings in row 6 and its rows from row 7, columns in the order of the layout.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from tdkt_xl.findings import Outcome
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.people_book import PeopleBook, load_people
from tdkt_xl.writers.master_book import typed_value
from tdkt_xl.writers.people_book import build_people_book
from tests.tools.forms import OFFICE, rows, tiny_master

Row = dict[str, str]
Tables = dict[str, list[Row]]
NAME = "ho-so-khen-thuong.xlsx"


def people_tables() -> Tables:
    """Three people and a collective of the tiny organisation, without a fault."""
    return {
        "people": rows(
            "code name birth sex unit position category known_since known_until",
            "CN-1 | Trần Văn An   | 1980-05-02 | Nam | DV-01 | Công chức | Người trực tiếp | 2021 | 2023",
            "CN-2 | Lê Thị Bình   | 1985-01-15 | Nữ  | DV-02 | Công chức | Người trực tiếp | 2021 | 2023",
            "CN-3 | Phạm Văn Cảnh | 1990-09-09 | Nam | DV-01 | Công chức | Người trực tiếp |      |",
        ),
        "collectives": rows("code name kind unit small", "TT-1 | Xã An Bình | Tập thể | DV-01 | Không"),
        "ratings": rows(
            "subject name period rating",
            "CN-1 | Trần Văn An | 2021 | HTTNV",
            "CN-1 | Trần Văn An | 2022 | HTXSNV",
            "CN-1 | Trần Văn An | 2023 | HTXSNV",
            "CN-2 | Lê Thị Bình | 2021 | HTTNV",
            "CN-2 | Lê Thị Bình | 2022 | HTTNV",
            "CN-2 | Lê Thị Bình | 2023 | HTTNV",
            "TT-1 | Xã An Bình  | 2022 | HTXSNV",
        ),
        "awards": rows(
            "subject name award period decision day",
            "CN-1 | Trần Văn An | LĐTT   | 2021 | 10/QĐ-UBND | 2022-01-20",
            "CN-1 | Trần Văn An | CSTĐCS | 2022 | 11/QĐ-UBND | 2023-01-20",
            "CN-2 | Lê Thị Bình | LĐTT   | 2022 | 11/QĐ-UBND | 2023-01-20",
            "TT-1 | Xã An Bình  | TTLĐTT | 2022 | 11/QĐ-UBND | 2023-01-20",
        ),
        "initiatives": rows(
            "work title kind reach period decision day subject name share uses",
            "SK-1 | Hẹn giờ trả hồ sơ | Sáng kiến | Cơ sở | 2022 | 90/QĐ-UBND | 2022-11-01"
            " | CN-1 | Trần Văn An | 60 | CSTĐCS 2022",
            "SK-1 | Hẹn giờ trả hồ sơ | Sáng kiến | Cơ sở | 2022 | 90/QĐ-UBND | 2022-11-01"
            " | CN-2 | Lê Thị Bình | 40 |",
        ),
        "penalties": [],
        "stretches": rows(
            "subject name kind unit start end",
            "CN-1 | Trần Văn An | Tuyển dụng | DV-01 | 2010-01-01 |",
            "CN-2 | Lê Thị Bình | Tuyển dụng | DV-01 | 2012-01-01 | 2019-12-31",
            "CN-2 | Lê Thị Bình | Tuyển dụng | DV-02 | 2020-01-01 |",
        ),
    }


def write_people(folder: Path, tables: Tables | None = None, name: str = NAME) -> Path:
    """Write a workbook of people."""
    layout = load_layout("ho-so-khen-thuong")
    typed: dict[str, list[Mapping[str, object]]] = {
        sheet.id: [
            {column.field: typed_value(column, row.get(column.field, "")) for column in sheet.columns}
            for row in (tables or people_tables()).get(sheet.id, ())
        ]
        for sheet in layout.sheets
    }
    path = folder / name
    path.write_bytes(build_people_book(typed, OFFICE))
    return path


def read_tables(folder: Path, tables: Tables) -> Outcome[PeopleBook]:
    """Write the tables and read them back with every check."""
    return load_people(write_people(folder, tables), tiny_master().register)


Plant = Callable[[Tables], None]


def change(sheet: str, at: int, **values: str) -> Plant:
    """Type other values in the n-th row (0-based) of a sheet."""

    def plant(tables: Tables) -> None:
        tables[sheet][at].update(values)

    return plant


def add(sheet: str, **values: str) -> Plant:
    """Add a row to a sheet."""

    def plant(tables: Tables) -> None:
        tables[sheet].append(values)

    return plant


def drop(sheet: str, at: int) -> Plant:
    """Remove the n-th row (0-based) of a sheet."""

    def plant(tables: Tables) -> None:
        del tables[sheet][at]

    return plant
