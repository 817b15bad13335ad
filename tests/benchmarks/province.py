"""Make a province: districts of ten cluster books each, cloned from the clean samples, with master data."""

import re
import zipfile
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path

from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tables.starter_data import read_starter
from tdkt_xl.tasks.build_workbooks import starter_organisation
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.resources import default_master
from tdkt_xl.writers.master_book import build_master_book
from tests.tools.runs import SAMPLES
from tests.tools.sample_district import FILE_NAMES

CLUSTERS_A_DISTRICT = 10
_CLEAN = ("C01", "C03", "C04", "C06")
_TEXT = re.compile(r"(<t[^>]*>)([^<]*)(</t>)")
_STRINGS = "xl/sharedStrings.xml"


def _template_of(number: int) -> str:
    return _CLEAN[number % len(_CLEAN)]


@cache
def _texts(number: int) -> dict[str, str]:
    """Texts of the template → texts of this cluster's book in district 0: cluster, unit codes and names."""
    master = load_master(default_master())
    cluster = next(item for item in master.clusters if item.code == _template_of(number))
    units = [master.register.units[code] for code in cluster.members]
    mark = _mark(0, number)
    texts = {cluster.name: f"Cụm thi đua số {number} {_district(0)}"}
    texts |= {unit.code: f"{unit.code}-{mark}" for unit in units}
    return texts | {unit.name: f"{unit.name} {mark}" for unit in units}


def _mark(district: int, number: int) -> str:
    return f"{district:04}{number:02}"


def _district(district: int) -> str:
    return f"huyện {district:04}"


def _names(district: int, number: int) -> dict[str, str]:
    """The texts of the template as this cluster of this district has them."""
    old, new = _mark(0, number), _mark(district, number)
    return {
        text: given.replace(old, new).replace(_district(0), _district(district))
        for text, given in _texts(number).items()
    }


def write_books(folder: Path, districts: int) -> None:
    """Write ``districts`` × 10 cluster books, each its own bytes."""
    parts = {code: _parts(SAMPLES / FILE_NAMES[code]) for code in _CLEAN}
    for district in range(1, districts + 1):
        home = folder / f"huyen-{district:04}"
        home.mkdir(parents=True)
        for number in range(1, CLUSTERS_A_DISTRICT + 1):
            content = _renamed(parts[_template_of(number)], _names(district, number))
            (home / f"cum-{number:02}.xlsx").write_bytes(content)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _renamed(parts: dict[str, bytes], names: dict[str, str]) -> bytes:
    escaped = {escape(old, quote=False): escape(new, quote=False) for old, new in names.items()}
    strings = _TEXT.sub(
        lambda match: f"{match[1]}{escaped.get(match[2], match[2])}{match[3]}",
        parts[_STRINGS].decode("utf-8"),
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            package.writestr(name, strings.encode("utf-8") if name == _STRINGS else data)
    return buffer.getvalue()


def write_province_master(path: Path, districts: int) -> None:
    """Write master data with the clusters and units of the province."""
    tables = {sheet.id: read_starter(sheet.id) for sheet in load_layout("danh-muc").sheets}
    master = load_master(default_master())
    by_code = {row["code"]: row for row in tables["units"]}
    homes = {row["code"]: row for row in tables["clusters"]}
    members = {cluster.code: cluster.members for cluster in master.clusters}
    units, clusters, belongs = [], [], []
    for district in range(1, districts + 1):
        for number in range(1, CLUSTERS_A_DISTRICT + 1):
            names, template = _names(district, number), _template_of(number)
            mark, home = _mark(district, number), homes[template]
            code = f"C{mark}"
            clusters.append(
                {
                    **home,
                    "code": code,
                    "name": names[home["name"]],
                    "description": f"khối {mark}",
                    "leader": names[home["leader"]],
                    "deputy": names[home["deputy"]],
                }
            )
            for member in members[template]:
                row = by_code[member]
                unit = {**row, "code": names[member], "name": names[row["name"]]}
                units.append({**unit, "short_name": f"{row['short_name']} {mark}", "gso_code": ""})
                belongs.append(
                    {"period": home["period"], "cluster": code, "unit": names[member], "note": "ví dụ"}
                )
    replaced = {"units": units, "clusters": clusters, "members": belongs, "aliases": [], "award_history": []}
    tables |= {name: rows for name, rows in replaced.items() if name in tables}
    path.write_bytes(build_master_book(tables, starter_organisation()))
