"""What a worksheet says beside its cells: protection, filter, page, the text of its formulas."""

from pathlib import Path

import pytest

from tdkt_xl.readers.received import open_received
from tdkt_xl.tables.grid import FormulaText, PageSetup, Range, SheetSetup
from tests.tools.excel_tables import table_link, table_links, table_part

from .vectors import MAIN, book, grids, number, opened, parts, row, sheet, workbook, zipped

MARGINS = '<pageMargins left="1.18" right="0.6" top="0.79" bottom="0.79" header="0" footer="0"/>'


def setup_of(folder: Path, *, before: str = "", after: str = "", cells: str = "") -> SheetSetup:
    made = sheet(row(1, number("A1", 1), cells), before=before, after=after)
    (grid,) = grids(opened(folder, book(made)))
    return grid.setup


def test_nothing_said_is_an_open_sheet_left_to_the_machine(tmp_path: Path) -> None:
    assert setup_of(tmp_path) == SheetSetup(protected=False, page=PageSetup())


def test_page_as_the_file_says(tmp_path: Path) -> None:
    setup = setup_of(
        tmp_path,
        before='<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        after=f'{MARGINS}<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>',
    )
    assert setup.page == PageSetup(9, landscape=True, margins=(1.18, 0.6, 0.79, 0.79), one_page_wide=True)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>', '<pageSetup fitToWidth="2"/>'),
        ("", '<pageSetup fitToWidth="1"/>'),
    ],
)
def test_page_that_may_be_cut(tmp_path: Path, before: str, after: str) -> None:
    page = setup_of(tmp_path, before=before, after=after).page
    assert page is not None
    assert not page.one_page_wide


@pytest.mark.parametrize("left", ["một", "NaN", "1e999"])
def test_margins_that_are_no_numbers_are_not_known(tmp_path: Path, left: str) -> None:
    odd = MARGINS.replace("1.18", left)
    assert setup_of(tmp_path, after=odd).page == PageSetup()


@pytest.mark.parametrize(
    ("tag", "protected"),
    [
        ('<sheetProtection sheet="1" objects="1"/>', True),
        ("<sheetProtection sheet='true'/>", True),
        ('<sheetProtection objects="1"/>', False),
    ],
)
def test_protection(tmp_path: Path, tag: str, protected: bool) -> None:
    assert setup_of(tmp_path, after=tag).protected is protected


def test_filter_counts_only_with_a_condition(tmp_path: Path) -> None:
    arrows = '<autoFilter ref="A1:C9"/>'
    active = '<autoFilter ref="A1:C9"><filterColumn colId="0"><filters/></filterColumn></autoFilter>'
    assert setup_of(tmp_path, after=arrows).filtered is None
    assert setup_of(tmp_path, after=active).filtered == Range(1, 1, 9, 3)


def filtered(folder: Path, *tables: str, own: str = "") -> Range | None:
    """What a sheet with hidden rows 2, 3 and 7 and tables with these parts says is filtered."""
    names = [f"../tables/table{number}.xml" for number in range(1, len(tables) + 1)]
    ids = "".join(f'<tablePart r:id="rId{number}"/>' for number in range(1, len(tables) + 1))
    hidden = "".join(f'<row r="{at}" hidden="1"><c r="A{at}"><v>1</v></c></row>' for at in (2, 3, 7))
    made = sheet(hidden, after=f"{own}<tableParts>{ids}</tableParts>")
    links = [table_link(number, name) for number, name in enumerate(names, 1)]
    more = {name.replace("..", "xl"): text for name, text in zip(names, tables, strict=True)}
    more["xl/worksheets/_rels/sheet1.xml.rels"] = table_links(*links)
    (grid,) = grids(opened(folder, book(made, replace=more)))
    return grid.setup.filtered


def table(area: str, *, condition: str = '<filter val="1"/>') -> str:
    return table_part(area, ["Điểm"], condition=condition).decode()


def test_filter_of_a_table_counts_as_that_of_the_sheet(tmp_path: Path) -> None:
    assert filtered(tmp_path, table("A1:A4")) == Range(1, 1, 4, 1)


def test_filter_of_a_table_with_prefixed_names(tmp_path: Path) -> None:
    filters = '<x:autoFilter ref="A1:A4"><x:filterColumn colId="0"/></x:autoFilter>'
    prefixed = f'<x:table xmlns:x="{MAIN}" ref="A1:A4">{filters}</x:table>'
    assert filtered(tmp_path, prefixed) == Range(1, 1, 4, 1)


def test_table_with_arrows_only_filters_nothing(tmp_path: Path) -> None:
    assert filtered(tmp_path, table("A1:A4", condition="")) is None


def test_of_several_filters_the_one_that_hides_most_is_told(tmp_path: Path) -> None:
    own = '<autoFilter ref="A6:A9"><filterColumn colId="0"/></autoFilter>'
    assert filtered(tmp_path, table("A1:A4"), own=own) == Range(1, 1, 4, 1)
    assert filtered(tmp_path, table("A2:A4"), own=own) == Range(6, 1, 9, 1)
    assert filtered(tmp_path, table("A6:A9"), table("A1:A4")) == Range(1, 1, 4, 1)


def test_table_that_is_not_there_filters_nothing(tmp_path: Path) -> None:
    link = table_links(table_link(1, "../tables/table1.xml"))
    made = sheet(row(1, number("A1", 1)), after='<tableParts><tablePart r:id="rId1"/></tableParts>')
    (grid,) = grids(opened(tmp_path, book(made, replace={"xl/worksheets/_rels/sheet1.xml.rels": link})))
    assert grid.setup.filtered is None


def test_formulas_and_those_that_share_one(tmp_path: Path) -> None:
    cells = (
        '<c r="B1"><f>SUM(A1:A2)&amp;"&lt;"</f><v>1</v></c>'
        '<c r="C1"><f t="shared" ref="C1:D1" si="0">A1+1</f><v>2</v></c>'
        '<c r="D1"><f t="shared" si="0"/><v>3</v></c>'
        f'<c r="E1"><f>{"1+" * 300}1</f><v>301</v></c>'
    )
    setup = setup_of(tmp_path, cells=cells)
    shared = FormulaText("A1+1", (1, 3))
    assert setup.formula_texts == {
        (1, 2): FormulaText('SUM(A1:A2)&"<"', (1, 2)),
        (1, 3): shared,
        (1, 4): shared,
    }


@pytest.mark.parametrize(("area", "repeats"), [("Trang!$1:$3", True), ("Trang!$A:$B", False)])
def test_rows_repeated_on_every_page(tmp_path: Path, area: str, repeats: bool) -> None:
    name = f'<definedName name="_xlnm.Print_Titles" localSheetId="1">{area}</definedName>'
    names = f"<definedNames>{name}</definedNames>"
    two = (sheet(row(1, number("A1", 1))), sheet(row(1, number("A1", 2))))
    made = parts(
        *two, names=("S1", "Trang"), replace={"xl/workbook.xml": workbook("S1", "Trang", more=names)}
    )
    first, second = grids(opened(tmp_path, zipped(made)))
    assert first.setup.page == PageSetup()
    assert second.setup.page == PageSetup(repeated_rows=repeats)


def test_the_reading_process_hands_all_of_it_over(tmp_path: Path) -> None:
    cells = '<c r="B1"><f>SUM(A1:A1)</f><v>1</v></c>'
    after = (
        f'<sheetProtection sheet="1"/><autoFilter ref="A1:B1"><filterColumn colId="0"/></autoFilter>{MARGINS}'
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(sheet(row(1, number("A1", 1), cells), after=after)))
    outcome = open_received(path, "a.xlsx")
    assert outcome.value is not None
    assert outcome.value.grids[0].setup == SheetSetup(
        {(1, 2): FormulaText("SUM(A1:A1)", (1, 2))},
        Range(1, 1, 1, 2),
        protected=True,
        page=PageSetup(margins=(1.18, 0.6, 0.79, 0.79)),
    )
