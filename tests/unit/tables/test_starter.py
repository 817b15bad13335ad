"""The starter master data: counts, references, sums and spelling of the CSV files."""

import csv
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tdkt_xl.domain.criteria import ScoringRule

ROOT = Path(__file__).resolve().parents[3]
STARTER = ROOT / "tdkt_xl" / "tables" / "starter"
DATA = ROOT / "tests" / "data"

CATALOGUE_COLUMNS = [
    *("catalogue", "path", "number", "text", "kind", "rule"),
    *("maximum", "step", "evidence", "note"),
]
TERM_COLUMNS = [
    *("direction", "target", "at_target", "over_percent", "floor_percent", "measure", "steps"),
    *("per_plus", "per_minus", "conversion", "lowest", "outside_cap", "may_not_apply"),
]
COLUMNS = {
    "units": ["code", "name", "short_name", "kind", "gso_code", "valid_from", "valid_to", "note"],
    "clusters": ["period", "code", "name", "description", "catalogue", "leader", "deputy", "note"],
    "members": ["period", "cluster", "unit", "note"],
    "catalogues": ["code", "name", "period", "total", "note"],
    "criteria": CATALOGUE_COLUMNS + TERM_COLUMNS,
    "bands": ["catalogue", "band", "lower_bound", "note"],
    "aliases": ["alias", "unit", "note"],
    "parameters": ["key", "name", "value", "note"],
}
CATALOGUES = ["XA-2023", "CQ-2023", "TH-2023"]
EXAMPLE = "VD-2023"
"""A catalogue no cluster uses: every way of scoring once."""
GROUP_OF = {"criterion": "group", "bonus": "bonus_group", "penalty": "penalty_group"}
RULES = {"direct", "pass_fail", "quantity", "proportional", "deduction"}
GSO_CODES = {str(code) for code in range(26170, 26204, 3)}
CLUSTER_SIZES = [6, 6, 6, 7, 7, 7, 10, 15, 19, 15]
DISTRICT = "Chủ tịch UBND huyện Vĩnh Cửu"
PROVINCE = "Chủ tịch UBND tỉnh Đồng Nai"

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def starter(name: str) -> list[Row]:
    return read(STARTER / f"{name}.csv")


def criteria_of(catalogue: str) -> list[Row]:
    return [row for row in starter("criteria") if row["catalogue"] == catalogue]


def parent(path: str) -> str:
    return path.rpartition(".")[0]


def is_group(row: Row) -> bool:
    return row["kind"] in GROUP_OF.values()


def declared_and_computed(rows: list[Row]) -> dict[str, tuple[Decimal, Decimal]]:
    """Maximum of every group beside the sum of its direct children."""
    return {
        group["path"]: (
            Decimal(group["maximum"]),
            sum((Decimal(row["maximum"]) for row in rows if parent(row["path"]) == group["path"]), Decimal()),
        )
        for group in rows
        if is_group(group)
    }


def mismatches(rows: list[Row]) -> dict[str, tuple[Decimal, Decimal]]:
    return {path: pair for path, pair in declared_and_computed(rows).items() if pair[0] != pair[1]}


def key(text: str) -> str:
    """Rough comparison key: case, dashes, spaces and the two tone placements folded."""
    folded = unicodedata.normalize("NFD", text.casefold()).replace("–", "-").replace(" - ", "-")
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        for pair in ("oa", "oe", "uy"):
            folded = folded.replace(pair[0] + tone + pair[1], pair + tone)
    return " ".join(unicodedata.normalize("NFC", folded).split())


@pytest.mark.parametrize("name", COLUMNS)
def test_file_shape(name: str) -> None:
    raw = (STARTER / f"{name}.csv").read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert unicodedata.is_normalized("NFC", text)
    assert "\u00a0" not in text
    header, *records = csv.reader(text.splitlines(), strict=True)
    assert header == COLUMNS[name]
    assert records
    for record in records:
        assert len(record) == len(header)
        assert all(cell == " ".join(cell.split()) for cell in record), record


def test_official_tone_placement() -> None:
    new_style = {
        vowels[0] + unicodedata.normalize("NFC", vowels[1] + tone)
        for vowels in ("oa", "oe")
        for tone in "\u0300\u0301\u0303\u0309\u0323"
    }
    for name in COLUMNS:
        for row in starter(name):
            for cell in row.values():
                for word in cell.casefold().split():
                    assert not any(word.strip(".,;:()").endswith(vowels) for vowels in new_style), word


def test_units() -> None:
    units = starter("units")
    communes = [row for row in units if row["kind"] == "xa"]
    assert 90 <= len(units) <= 110
    assert len(communes) == 12
    assert {row["gso_code"] for row in communes} == GSO_CODES
    for row in units:
        if row["kind"] == "xa":
            assert row["code"] == f"X-{row['gso_code']}"
            assert (row["valid_to"], row["note"]) == ("", "mã GSO")
        else:
            assert (row["gso_code"], row["note"]) == ("", "ví dụ")
        assert date.fromisoformat(row["valid_from"]) <= date(2020, 1, 1)
    assert {row["kind"] for row in units} == {
        *("xa", "dang", "doan_the", "co_quan", "nganh_doc"),
        *("mam_non", "tieu_hoc", "thcs_thpt"),
    }
    for column in ("code", "name", "short_name"):
        assert len({key(row[column]) for row in units}) == len(units)


def test_clusters_and_members() -> None:
    units = {row["code"] for row in starter("units")}
    clusters = starter("clusters")
    members = starter("members")
    catalogues = {row["code"]: row["period"] for row in starter("catalogues")}
    assert [row["code"] for row in clusters] == [f"C{number:02d}" for number in range(1, 11)]
    assert Counter(row["unit"] for row in members) == Counter(units)
    inside = {(row["period"], row["cluster"], row["unit"]) for row in members}
    sizes = Counter(row["cluster"] for row in members)
    assert [sizes[row["code"]] for row in clusters] == CLUSTER_SIZES
    for row in clusters:
        assert (row["period"], row["code"], row["leader"]) in inside
        assert (row["period"], row["code"], row["deputy"]) in inside
        assert row["leader"] != row["deputy"]
        assert catalogues[row["catalogue"]] == row["period"]
    assert {row[0] for row in inside} == {"2023", "2022-2023"}
    assert {(row["period"], row["cluster"]) for row in members} == {
        (row["period"], row["code"]) for row in clusters
    }


def test_catalogues_and_bands() -> None:
    assert [(row["code"], row["total"]) for row in starter("catalogues")] == [
        (code, "100") for code in (*CATALOGUES, EXAMPLE)
    ]
    for code in (*CATALOGUES, EXAMPLE):
        bands = [
            (row["band"], int(row["lower_bound"])) for row in starter("bands") if row["catalogue"] == code
        ]
        assert bands == [("Xuất sắc", 90), ("Tốt", 80), ("Khá", 65), ("Trung bình", 50), ("Yếu", 0)]


@pytest.mark.parametrize("code", CATALOGUES)
def test_catalogue_sums(code: str) -> None:
    rows = criteria_of(code)
    assert mismatches(rows) == {}
    tops = Counter[str]()
    leaves = Counter[str]()
    for row in rows:
        if "." not in row["path"]:
            tops[row["kind"]] += int(row["maximum"])
        if not is_group(row):
            leaves[row["kind"]] += 1
    assert tops == {"group": 100, "bonus_group": 5, "penalty_group": -10}
    assert 26 <= leaves["criterion"] <= 32
    assert max(row["path"].count(".") for row in rows) == 2


@pytest.mark.parametrize("code", CATALOGUES)
def test_criteria_rows(code: str) -> None:
    rows = criteria_of(code)
    kinds = {row["path"]: row["kind"] for row in rows}
    assert len(kinds) == len(rows)
    seen: set[str] = set()
    for row in rows:
        path = row["path"]
        assert row["number"] == path.rpartition(".")[2]
        assert row["note"] == "ví dụ"
        assert not parent(path) or parent(path) in seen
        seen.add(path)
        if is_group(row):
            assert (row["rule"], row["step"], row["evidence"]) == ("", "", "")
            assert not parent(path) or kinds[parent(path)] == row["kind"]
            assert any(parent(other) == path for other in kinds)
            continue
        assert kinds[parent(path)] == GROUP_OF[row["kind"]]
        assert row["rule"] in RULES
        assert Decimal(row["step"]) > 0
        assert Decimal(row["maximum"]) % Decimal(row["step"]) == 0
        assert (Decimal(row["maximum"]) < 0) == (row["kind"] == "penalty")
        assert row["evidence"] in ("", "x")
        assert row["kind"] != "bonus" or row["evidence"] == "x"
        assert row["rule"] != "pass_fail" or row["step"] == row["maximum"]
    assert {row["catalogue"] for row in starter("criteria")} == {*CATALOGUES, EXAMPLE}
    assert {row["rule"] for row in rows if not is_group(row)} == RULES


def test_example_catalogue_shows_every_way_of_scoring() -> None:
    rows = criteria_of(EXAMPLE)
    assert {row["rule"] for row in rows if not is_group(row)} == {rule.value for rule in ScoringRule}
    assert all(any(row[column] for row in rows) for column in TERM_COLUMNS)
    assert all(row["note"] == "ví dụ" for row in rows)
    assert {path: pair for path, pair in mismatches(rows).items() if path not in {"IV", "V"}} == {}


def test_commune_catalogue_follows_the_published_example() -> None:
    maxima = {row["path"]: int(row["maximum"]) for row in criteria_of("XA-2023")}
    published = {
        "I": [8, 5, 7, 5, 5],
        "II": [4, 4, 4, 4, 4],
        "III": [6, 6, 4, 4],
        "IV": [6, 5, 5, 4],
        "V": [2, 3, 2, 3],
    }
    for group, children in published.items():
        assert maxima[group] == sum(children)
        assert [maxima[f"{group}.{number}"] for number in range(1, len(children) + 1)] == children


def test_aliases() -> None:
    owners: dict[str, str] = {}
    for row in starter("units"):
        for column in ("name", "short_name"):
            assert owners.setdefault(key(row[column]), row["code"]) == row["code"]
    units = set(owners.values())
    aliases = starter("aliases")
    assert len({key(row["alias"]) for row in aliases}) == len(aliases) >= 25
    for row in aliases:
        assert row["unit"] in units
        assert owners.setdefault(key(row["alias"]), row["unit"]) == row["unit"]


def test_parameters() -> None:
    values = {row["key"]: row["value"] for row in starter("parameters")}
    assert values == {
        "active_periods": "2023; 2022-2023",
        "rounding_tolerance": "0,3",
        "score_rounding_unit": "0,01",
        "score_rounding_way": "gan_nhat",
        "organisation": "ỦY BAN NHÂN DÂN HUYỆN VĨNH CỬU",
        "office": "PHÒNG NỘI VỤ",
        "place_name": "Vĩnh Cửu",
        "leader_award": "GK_HUYEN",
        "deadline": "2024-01-15",
        "signer_title": "TRƯỞNG PHÒNG",
        "zero_needs_reason": "",
        "gap_needs_reason": "",
    }
    assert {row["period"] for row in starter("clusters")} == set(values["active_periods"].split("; "))


@pytest.mark.parametrize(
    ("name", "wrong", "total"),
    [
        ("catalogue_school_it", {"4": (Decimal(10), Decimal(12))}, "102"),
        ("catalogue_form03", {"A": (Decimal(30), Decimal("30.5"))}, "100.5"),
        ("catalogue_form02", {"B": (Decimal(70), Decimal(65))}, "95"),
    ],
)
def test_published_catalogues_keep_their_faults(
    name: str, wrong: dict[str, tuple[Decimal, Decimal]], total: str
) -> None:
    rows = read(DATA / f"{name}.csv")
    assert list(rows[0]) == CATALOGUE_COLUMNS
    assert len({row["path"] for row in rows}) == len(rows)
    assert mismatches(rows) == wrong
    leaves = [Decimal(row["maximum"]) for row in rows if row["kind"] == "criterion"]
    assert sum(leaves) == Decimal(total)
    declared = [Decimal(row["maximum"]) for row in rows if row["kind"] == "group" and "." not in row["path"]]
    assert sum(declared) == 100
    assert all(unicodedata.is_normalized("NFC", cell) for row in rows for cell in row.values())


def test_published_tables_are_complete() -> None:
    tree = read(DATA / "exA_police_commune_cluster_1000.csv")
    matrix = read(DATA / "exB_six_provinces_matrix.csv")
    assert len(tree) == 230
    assert sum(Decimal(row["max_points"]) for row in tree if row["type"] != "parent") == 1000
    assert [row["unit"] for row in matrix if "," in row["A.III.2"]] == ["Hà Tĩnh"]
