import importlib
import inspect
import pkgutil
import re
import unicodedata
from pathlib import Path

import pytest

import tdkt_xl.domain
from tdkt_xl.domain import awards
from tdkt_xl.findings.codes import CATALOGUE, FAMILIES
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tables.layout import LAYOUT_IDS, load_layout
from tdkt_xl.tasks.manual import FAMILY_TITLES, MANUAL, PAGES, TYPE_WORDS, write_pages
from tdkt_xl.tasks.parameter_words import PARAMETER_WORDS
from tdkt_xl.writers.score_parts import COLUMNS, SELF_SCORES

DOMAIN = [
    importlib.import_module(module.name)
    for module in pkgutil.walk_packages(tdkt_xl.domain.__path__, "tdkt_xl.domain.")
]
CLASSES = [
    item
    for module in DOMAIN
    for name, item in inspect.getmembers(module, inspect.isclass)
    if item.__module__ == module.__name__ and not name.startswith("_")
]
AWARDS = {award.code: award for pack in load_packs().packs for award in pack.awards}
GLOSSARY = (MANUAL / "thuat-ngu.md").read_text(encoding="utf-8")
DECISIONS = sorted((MANUAL / "quyet-dinh").glob("*.md"))


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_up_to_date(name: str) -> None:
    written = (MANUAL / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "chạy: python -m tdkt_xl.tasks.manual"


@pytest.mark.parametrize("name", PAGES)
def test_generated_page_is_nfc(name: str) -> None:
    assert unicodedata.is_normalized("NFC", PAGES[name]())


def test_pages_are_written_with_the_same_bytes_on_every_system(tmp_path: Path) -> None:
    assert b"\r" not in b"".join(path.read_bytes() for path in write_pages(tmp_path))


def test_codes_page_has_a_section_for_every_code() -> None:
    _, *families = re.split(r"^## ", PAGES["ma-loi.md"](), flags=re.MULTILINE)
    sections = [re.findall(r"^### (KT-\d+) · ", family, re.MULTILINE) for family in families]
    assert all(family == sorted(family) for family in sections)
    assert sorted(identifier for family in sections for identifier in family) == list(CATALOGUE)


def test_every_parameter_has_vietnamese_words() -> None:
    used = {name for code in CATALOGUE.values() for name in code.params}
    assert used - PARAMETER_WORDS.keys() == set()


def test_every_table_of_a_large_round_is_told_but_the_one_taken_away() -> None:
    told = re.findall(r"^### Bảng `([a-z-]+)`", PAGES["cot-du-lieu.md"](), re.MULTILINE)
    assert sorted([*told, SELF_SCORES]) == sorted(COLUMNS)


def test_every_family_has_a_title() -> None:
    assert set(FAMILY_TITLES) == set(FAMILIES)


def test_columns_page_has_a_section_for_every_sheet() -> None:
    sections = re.findall(r"^### (\S+) · Trang “(.+?)”", PAGES["cot-du-lieu.md"](), re.MULTILINE)
    sheets = [sheet for layout in map(load_layout, LAYOUT_IDS) for sheet in layout.sheets]
    assert sections == [(sheet.form, sheet.name) for sheet in sheets]


def test_every_column_type_has_vietnamese_words() -> None:
    sheets = [sheet for layout in map(load_layout, LAYOUT_IDS) for sheet in layout.sheets]
    assert {column.type for sheet in sheets for column in sheet.columns} - TYPE_WORDS.keys() == set()


@pytest.mark.parametrize("item", CLASSES, ids=lambda item: item.__name__)
def test_glossary_explains_every_domain_class(item: type) -> None:
    assert f"| `{item.__name__}` |" in GLOSSARY


@pytest.mark.parametrize("code", AWARDS)
def test_glossary_names_every_award_as_the_pack_does(code: str) -> None:
    award = AWARDS[code]
    assert f"| `{code}` | {award.abbreviation} | {award.name} |" in GLOSSARY


@pytest.mark.parametrize("scale", [awards.Rating, awards.Discipline], ids=lambda scale: scale.__name__)
def test_glossary_gives_the_words_of_every_scale(scale: type[awards.Rating | awards.Discipline]) -> None:
    assert [step.code for step in scale if f"| `{step.code}` | {step.label} |" not in GLOSSARY] == []


def test_glossary_explains_nothing_that_is_gone() -> None:
    names = set(re.findall(r"^\| `([A-Z]\w*)` \|", GLOSSARY, re.MULTILINE))
    scales = {step.code for scale in (awards.Rating, awards.Discipline) for step in scale}
    assert names - {item.__name__ for item in CLASSES} - AWARDS.keys() - scales == set()


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_has_its_three_parts(path: Path) -> None:
    heads = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert heads == ["Bối cảnh", "Quyết định", "Hệ quả"]


def test_decisions_are_numbered_without_gap() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
