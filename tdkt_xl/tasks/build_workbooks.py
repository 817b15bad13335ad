"""Build the standard workbooks from their layouts and the starter data."""

from pathlib import Path

from tdkt_xl.findings import Finding
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.starter_data import read_starter
from tdkt_xl.writers.book import Organisation
from tdkt_xl.writers.forms import blank_sheet, build_cluster_book, build_empty_result, build_unit_form
from tdkt_xl.writers.master_book import build_master_book, typed_value
from tdkt_xl.writers.people_book import build_people_book
from tdkt_xl.writers.publish import publish

_RESULTS = (
    "tong-hop-huyen",
    "tong-hop-lon",
    "danh-sach-de-nghi",
    "co-the-de-nghi",
    "gia-dinh",
    "du-toan-tien-thuong",
    "ket-qua-kiem-tra",
    "sua-an-toan",
)
"""Books the commands write, and the form of suppositions; shipped empty to show their columns."""
_FORM_CATALOGUE = "XA-2023"
"""The unit form shipped empty is the communes'; other catalogues: see the master data."""


def starter_organisation() -> Organisation:
    """Who issues the workbooks, from the starter parameters."""
    values = {row["key"]: row["value"] for row in read_starter("parameters")}
    return Organisation(values["organisation"], values["office"], values["place_name"])


def starter_people() -> dict[str, list[dict[str, object]]]:
    """The example people and their history, typed as the columns of the workbook are."""
    return {
        sheet.id: [
            {column.field: typed_value(column, row.get(column.field, "")) for column in sheet.columns}
            for row in read_starter(f"history/{sheet.id}")
        ]
        for sheet in load_layout("ho-so-khen-thuong").sheets
    }


def build_workbooks(out: Path) -> tuple[list[Path], list[Finding]]:
    """Write every standard workbook into ``out``; returns the files and what was found.

    The master data is read back by the product's own checker before any form is built from it.
    """
    organisation = starter_organisation()
    layout = load_layout("danh-muc")
    tables = {sheet.id: read_starter(sheet.id) for sheet in layout.sheets}
    path, findings = publish(build_master_book(tables, organisation), out / layout.file_name)
    from tdkt_xl.tasks.master import load_master  # brings pandera, which organisation_of does without

    master = load_master(path)
    catalogue = master.catalogues[_FORM_CATALOGUE]
    blank = blank_sheet("Phiếu chấm điểm", catalogue)
    contents = {
        "ho-so-khen-thuong": build_people_book(starter_people(), organisation),
        "phieu-cham-diem": build_unit_form(catalogue, organisation),
        "so-cum": build_cluster_book({}, [blank], {}, organisation),
        **{name: build_empty_result(name, organisation) for name in _RESULTS},
    }
    paths = [path]
    for name, content in contents.items():
        written, notes = publish(content, out / load_layout(name).file_name)
        paths.append(written)
        findings = [*findings, *notes]
    return paths, findings
