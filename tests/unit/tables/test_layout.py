import re
import unicodedata

import pytest

from tdkt_xl.tables.layout import LAYOUT_IDS, SheetLayout, WorkbookLayout, load_layout
from tdkt_xl.vietnamese.text import comparison_key

BOOKS = [load_layout(name) for name in LAYOUT_IDS]
SHEETS = [(book, sheet) for book in BOOKS for sheet in book.sheets]
TYPES = {"text", "code", "score", "number", "integer", "money", "date", "flag", "award"}

every_sheet = pytest.mark.parametrize(("book", "sheet"), SHEETS, ids=lambda item: item.id)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_workbook_is_named_after_its_layout(book: WorkbookLayout) -> None:
    assert book.file_name == f"{book.id}.xlsx"
    assert book.title


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_sheets_of_a_workbook_are_told_apart(book: WorkbookLayout) -> None:
    for key in ([sheet.id for sheet in book.sheets], [comparison_key(sheet.name) for sheet in book.sheets]):
        assert len(set(key)) == len(key)
    assert all(len(sheet.name) <= 31 for sheet in book.sheets)


@every_sheet
def test_fields_and_headings_are_used_once(book: WorkbookLayout, sheet: SheetLayout) -> None:
    fields = [column.field for column in sheet.columns]
    texts = [comparison_key(t) for column in sheet.columns for t in (column.heading, *column.synonyms)]
    assert len(set(fields)) == len(fields)
    assert len(set(texts)) == len(texts)


@every_sheet
def test_labels_are_used_once(book: WorkbookLayout, sheet: SheetLayout) -> None:
    texts = [comparison_key(text) for item in sheet.identity for text in (item.label, *item.synonyms)]
    assert len(set(texts)) == len(texts) == len(sheet.labels)


@every_sheet
def test_columns_are_of_known_types_and_choices(book: WorkbookLayout, sheet: SheetLayout) -> None:
    assert {column.type for column in sheet.columns} <= TYPES
    for column in sheet.columns:
        assert re.fullmatch(r"[a-z_0-9]+", column.field)
        assert not column.choices or book.choices[column.choices]
        assert not (column.filled and not column.required), column.field


@every_sheet
def test_texts_are_composed_vietnamese(book: WorkbookLayout, sheet: SheetLayout) -> None:
    texts = [sheet.name, sheet.title, *(column.heading for column in sheet.columns)]
    assert all(text and text == unicodedata.normalize("NFC", text).strip() for text in texts)


def test_forms_are_stamped_once_across_workbooks() -> None:
    stamps = {(sheet.form, sheet.version): sheet.title for _, sheet in SHEETS if sheet.form}
    for _, sheet in SHEETS:
        assert not sheet.form or stamps[sheet.form, sheet.version] == sheet.title


def test_sheet_is_shared_not_copied() -> None:
    assert load_layout("so-cum").sheet("scores") is load_layout("phieu-cham-diem").sheet("scores")


def test_column_is_found_by_field_and_position() -> None:
    scores = load_layout("so-cum").sheet("scores")
    assert scores.column("cluster_score").heading == "Điểm cụm chấm"
    assert scores.position("cluster_score") == 8
    assert scores.headings[comparison_key("Tự chấm")] == "self_score"
    assert scores.labels[comparison_key("Năm học")] == "period"
    assert scores.stamp == "Mẫu TĐ-01 · phiên bản 1"


def test_choice_lists_fit_in_a_drop_down() -> None:
    """Excel splits the list of a drop-down at commas, and holds 255 characters of it."""
    for book in BOOKS:
        for name, values in book.choices.items():
            assert len(",".join(values)) <= 255, name
            assert [value for value in values if "," in value] == []
