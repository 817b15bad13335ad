"""Empty cluster books made from the master data by ``tdkt forms``."""

from pathlib import Path

import openpyxl
import pytest

from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.units import Cluster
from tdkt_xl.tasks.new_forms import find_cluster
from tests.tools.forms import Tables, master_tables, rows, tiny_master, write_master
from tests.tools.runs import Run, results_in, tdkt


class Office:
    """Master data of two clusters, and a folder for empty books."""

    def __init__(self, root: Path) -> None:
        self.root, self.out = root, root / "sổ trống"
        self.tables: Tables = master_tables()

    def forms(self, *words: object) -> Run:
        master = write_master(self.root, self.tables)
        return tdkt("forms", *words, "--out", self.out, "--master", master, "--json")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_every_cluster_of_the_current_period_gets_its_book(office: Office) -> None:
    run = office.forms()
    assert run.code == 0
    assert run.document["books"] == [
        {
            "cluster": code,
            "period": "2023",
            "catalogue": "TD-2023",
            "units": units,
            "path": str(office.out / f"so-cum-{code}-2023.xlsx"),
        }
        for code, units in (("C01", ["DV-01", "DV-02", "DV-03"]), ("C02", ["DV-04", "DV-05"]))
    ]
    assert results_in(office.out) == ["so-cum-C01-2023.xlsx", "so-cum-C02-2023.xlsx"]


def test_book_has_a_sheet_for_each_unit_with_its_identity_and_criteria(office: Office) -> None:
    office.forms("C02")
    book = openpyxl.load_workbook(office.out / "so-cum-C02-2023.xlsx")
    assert book.sheetnames == ["Tổng hợp", "TH Đông Hà", "TH Gia Lộc", "Đề nghị tập thể", "Đề nghị cá nhân"]
    sheet = book["TH Đông Hà"]
    assert [sheet[f"C{row}"].value for row in range(7, 11)] == [
        "2023",
        "Cụm thi đua số 2",
        "DV-04",
        "Trường Tiểu học Đông Hà",
    ]
    criteria = [criterion.text for criterion in tiny_master().catalogues["TD-2023"].rows]
    assert [sheet.cell(row, 2).value for row in range(13, 13 + len(criteria))] == criteria


def hints_of(path: Path, sheet: str) -> dict[str, tuple[str, str]]:
    """What Excel says at each result cell of a sheet."""
    rules = openpyxl.load_workbook(path)[sheet].data_validations.dataValidation
    found = {str(rule.sqref): (rule.promptTitle, rule.prompt) for rule in rules if rule.prompt}
    assert all(cell.startswith("E") for cell in found)
    return found


def test_result_cells_say_how_they_are_scored(office: Office) -> None:
    office.forms("C02")
    assert hints_of(office.out / "so-cum-C02-2023.xlsx", "TH Đông Hà") == {
        "E16": ("Tiêu chí I.3", "Định lượng: ghi một số, ví dụ 87; hoặc 87% nếu các đơn vị đều ghi %."),
        "E22": ("Tiêu chí IV.1", "Trừ dần: ghi số lần, ví dụ 2. Mỗi lần trừ 0,5."),
    }


def test_hint_stays_within_what_excel_accepts(office: Office) -> None:
    flags = "; ".join(f"Cờ thi đua của cơ quan thứ {number} trong tỉnh: 1" for number in range(1, 12))
    office.tables["criteria"][1] |= {"rule": "Theo danh hiệu", "steps": flags, "step": "1"}
    office.forms("C02")
    title, hint = hints_of(office.out / "so-cum-C02-2023.xlsx", "TH Đông Hà")["E14"]
    assert (title, len(hint), hint[-1]) == ("Tiêu chí I.1", 255, "…")


def test_empty_book_is_read_back_whole_with_its_blanks(office: Office) -> None:
    office.forms("C02")
    run = tdkt("validate", office.out, "--master", office.root / "danh-muc.xlsx", "--json")
    assert set(run.codes) == {"KT-207", "KT-222", "KT-712"}  # no score, no rank, no proposal yet


@pytest.mark.parametrize("word", ["C02", "c02", "2", "02", "cụm thi đua số II"])
def test_cluster_is_known_by_code_number_or_name(office: Office, word: str) -> None:
    assert [book["cluster"] for book in office.forms(word).document["books"]] == ["C02"]


def test_cluster_named_twice_gets_one_book(office: Office) -> None:
    assert [book["cluster"] for book in office.forms("C02", "2").document["books"]] == ["C02"]


def test_cluster_of_two_current_periods_gets_a_book_for_each(office: Office) -> None:
    office.tables["parameters"][0]["value"] = "2022; 2023"
    run = office.forms("C01")
    assert [book["period"] for book in run.document["books"]] == ["2023", "2022"]
    assert results_in(office.out) == ["so-cum-C01-2022.xlsx", "so-cum-C01-2023.xlsx"]


def test_unknown_cluster_writes_nothing(office: Office) -> None:
    run = office.forms("C01", "C77")
    assert (run.code, run.codes) == (2, ["KT-892"])
    assert "“C77”" in run.stderr
    assert "C01 (2023), C02 (2023)" in run.stderr
    assert not office.out.exists()


def test_cluster_without_units_is_told_and_the_others_are_made(office: Office) -> None:
    office.tables["clusters"] += rows("period code name catalogue", "2023 | C03 | Cụm thi đua số 3 | TD-2023")
    run = office.forms()
    assert (run.code, run.codes) == (1, ["KT-893"])
    assert results_in(office.out) == ["so-cum-C01-2023.xlsx", "so-cum-C02-2023.xlsx"]


def test_book_that_someone_filled_is_kept(office: Office) -> None:
    office.forms("C01")
    path = office.out / "so-cum-C01-2023.xlsx"
    book = openpyxl.load_workbook(path)
    book["An Bình"]["F13"] = 4
    book.save(path)
    filled = path.read_bytes()
    run = office.forms("C01")
    assert (run.code, run.codes, run.document["books"]) == (1, ["KT-894"], [])
    assert path.read_bytes() == filled


def test_received_book_of_the_same_name_is_kept(office: Office) -> None:
    office.out.mkdir()
    path = office.out / "so-cum-C01-2023.xlsx"
    path.write_bytes(b"received")
    run = office.forms()
    assert run.codes == ["KT-894"]
    assert path.read_bytes() == b"received"
    assert [book["cluster"] for book in run.document["books"]] == ["C02"]


def test_untouched_book_is_made_anew_when_the_catalogue_changed(office: Office) -> None:
    office.forms("C01")
    former = (office.out / "so-cum-C01-2023.xlsx").read_bytes()
    office.tables["criteria"][1]["text"] = "Thu ngân sách nhà nước"
    run = office.forms("C01")
    assert (run.code, run.codes) == (0, [])
    book = openpyxl.load_workbook(office.out / "so-cum-C01-2023.xlsx")
    assert book["An Bình"]["B14"].value == "Thu ngân sách nhà nước"
    assert [path.read_bytes() for path in (office.out / "ban-cu").iterdir()] == [former]


def test_catalogue_with_a_fault_gives_no_forms(office: Office) -> None:
    office.tables["criteria"][1]["rule"] = ""
    run = office.forms()
    assert (run.code, run.codes) == (2, ["KT-805"])
    assert "KT-614" not in run.stdout
    assert "F8" in run.stderr
    assert not office.out.exists()


def clusters(*codes: str) -> list[Cluster]:
    return [Cluster(Period(2023, 2023), code, f"Cụm {code}", "", "TD", "", "") for code in codes]


@pytest.mark.parametrize(("word", "found"), [("1", []), ("10", ["C10"]), ("0", []), ("", [])])
def test_number_of_two_clusters_names_none(word: str, found: list[str]) -> None:
    given = clusters("C01", "K1", "C10")
    assert [cluster.code for cluster in find_cluster(given, word)] == found
