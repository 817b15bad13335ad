"""Return letters: everybody gets the faults of its own files, and no word about another unit."""

import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.shared import Pt

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Place
from tdkt_xl.findings.codes import between_sheets
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.tasks.choose import Choice, choose
from tdkt_xl.tasks.letters import FOLDER, MESSAGES, Letters, _Post, file_names, sender_of, write_letters
from tdkt_xl.tasks.round import check_round
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.letter import Letter, Terms, long_day, short_text
from tdkt_xl.writers.letter_document import build_letter
from tests.tools.forms import cluster_book, master_from, master_tables, tiny_master
from tests.tools.runs import SAMPLES, results_in, tdkt

TERMS = Terms(date(2024, 1, 20), date(2024, 1, 8))
UNIT, CLUSTER_BOOK = "Phòng Kinh tế và Hạ tầng", "cum-05 ban chinh thuc.xlsx"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples without cluster 1, with a broken file and the same book twice."""
    received = tmp_path_factory.mktemp("nhận") / "sổ"
    shutil.copytree(SAMPLES, received)
    (received / "cum-01.xlsx").unlink()
    (received / "hỏng.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    shutil.copyfile(received / "cum-03.xlsx", received / "cum-03 (1).xlsx")
    return received


@pytest.fixture(scope="module")
def result(folder: Path, master: Master, tmp_path_factory: pytest.TempPathFactory) -> Letters:
    return write_letters(folder, master, tmp_path_factory.mktemp("ra"), TERMS)


def words_of(document: bytes) -> str:
    opened = docx.Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def test_everybody_gets_its_own_faults(result: Letters) -> None:
    found = {
        letter.addressee if not letter.is_cluster else letter.cluster: [
            (item.place.sheet, item.place.cell, item.code.id) for item in letter.faults
        ]
        for letter in result.letters
    }
    assert found == {
        "Cụm thi đua số 2": [
            ("Tổng hợp", "F10", "KT-404"),
            ("Tổng hợp", "E12", "KT-408"),
            ("Tổng hợp", "F12", "KT-404"),
            ("Tổng hợp", "F13", "KT-404"),
        ],
        "Xã Trị An": [("Trị An", "H15", "KT-201")],
        "Cụm thi đua số 5": [
            ("Tổng hợp", "D12", "KT-403"),
            ("Tổng hợp", "E12", "KT-403"),
            ("Tổng hợp", "F12", "KT-404"),
            ("Tổng hợp", "D15", "KT-403"),
            ("Tổng hợp", "F15", "KT-404"),
        ],
        UNIT: [("Phòng KT và HT", "B16", "KT-121")],
        "Cụm thi đua số 7": [("Sheet1 (2)", None, "KT-113")],
        "Cụm thi đua số 8": [("", None, "KT-504")],
        "Trường Mầm non Tân An": [("MN Tân An", "A22", "KT-119")],
        "Cụm thi đua số 9": [("Tổng hợp", "F10", "KT-406")],
        "Cụm thi đua số 10": [("THCS Vĩnh Tân (2)", "C10", "KT-411")],
    }


def test_the_leader_hears_which_units_were_written_to(result: Letters) -> None:
    members = {letter.cluster: letter.members for letter in result.letters if letter.is_cluster}
    assert [(item.name, item.faults) for item in members["Cụm thi đua số 5"]] == [(UNIT, 1)]
    assert members["Cụm thi đua số 9"] == ()


def test_no_letter_to_a_unit_names_another(result: Letters, master: Master) -> None:
    book = openpyxl.load_workbook(result.outputs[-2])
    units = [letter for letter in result.letters if not letter.is_cluster]
    assert len(units) == 3
    for letter in units:
        leader = letter.answer_to.partition(" (Cụm trưởng")[0]
        others = {unit.name for unit in master.register.units.values()} - {letter.addressee, leader}
        sheet = next(name for name in book.sheetnames if name.endswith(letter.addressee))
        printed = "\n".join(str(value) for row in book[sheet].values for value in row if value)
        texts = (
            words_of(build_letter(letter, sender_of(master), TERMS)),
            short_text(letter, sender_of(master), TERMS),
            printed,
        )
        for text in texts:
            said = comparison_key(text.replace(letter.addressee, "").replace("Phòng Nội vụ", ""))
            assert [name for name in others - {"Phòng Nội vụ"} if comparison_key(name) in said] == []


def test_a_fault_that_names_another_unit_goes_to_the_leader(master: Master) -> None:
    """A cell of the unit's own sheet is quoted to it; a word about another unit is not."""
    checked = check_round([SAMPLES / CLUSTER_BOOK], master)
    place = Place(CLUSTER_BOOK, "Phòng KT và HT", 14, 8)
    about = between_sheets.UNIT_TWICE_IN_BOOK.at(place, unit=UNIT, other="Thanh tra huyện Vĩnh Cửu!C10")
    own = codes.NOT_A_NUMBER.at(place, column="Điểm cụm chấm", text="như Thanh tra huyện Vĩnh Cửu")
    post = _Post(replace(checked, findings=(about, own)), master, sender_of(master))
    assert [(letter.is_cluster, [item.code.id for item in letter.faults]) for letter in post.letters()] == [
        (True, ["KT-411"]),
        (False, ["KT-203"]),
    ]


def test_who_has_not_sent(result: Letters) -> None:
    assert [(item.name, item.what, item.period) for item in result.missing] == [
        ("Cụm thi đua số 1", "sổ chấm điểm của cụm", "năm 2023"),
        ("Trường Mầm non Thiện Tân", "phiếu chấm điểm", "năm học 2022-2023"),
    ]
    assert result.missing[1].phrase(TERMS) == (
        "Đề nghị Trường Mầm non Thiện Tân và Trường Mầm non Thạnh Phú (Cụm trưởng Cụm thi đua số 8) gửi "
        "phiếu chấm điểm thi đua năm học 2022-2023 của Trường Mầm non Thiện Tân chậm nhất ngày 20 tháng 01 "
        "năm 2024."
    )


def test_a_file_of_nobody_is_reported(result: Letters) -> None:
    unknown = [
        (item.place.file, item.params["count"]) for item in result.findings if item.code.id == "KT-525"
    ]
    assert unknown == [("hỏng.xlsx", 1)]


def test_every_message_ends_with_the_deadline(result: Letters) -> None:
    content = result.outputs[-1].read_bytes()
    assert result.outputs[-1].name == MESSAGES
    assert content.startswith(b"\xef\xbb\xbf===")
    assert b"\n" not in content.replace(b"\r\n", b"")
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    for message in result.messages:
        assert message in text
        assert message.endswith("chậm nhất 20/01/2024. Trân trọng cảm ơn. Phòng Nội vụ.")
    assert "Đến nay còn 2 nơi chưa gửi: Cụm thi đua số 1" in text


def test_the_document_follows_decree_30(result: Letters) -> None:
    path = next(path for path in result.outputs if path.name.endswith(f"{UNIT}.docx"))
    assert path.parent.name == FOLDER
    opened = docx.Document(str(path))
    page = opened.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
    assert page.different_first_page_header_footer
    left, right = (cell.paragraphs for cell in opened.tables[0].rows[0].cells)
    head = [
        (item.text, item.runs[0].font.size, bool(item.runs[0].bold)) for item in (*left, *right) if item.text
    ]
    assert head == [
        ("ỦY BAN NHÂN DÂN HUYỆN VĨNH CỬU", Pt(12), False),
        ("PHÒNG NỘI VỤ", Pt(12), True),
        ("Số:          /", Pt(13), False),
        ("V/v đề nghị bổ sung, chỉnh sửa phiếu chấm điểm thi đua năm 2023", Pt(12), False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Pt(12), True),
        ("Độc lập - Tự do - Hạnh phúc", Pt(13), True),
        ("Vĩnh Cửu, ngày 08 tháng 01 năm 2024", Pt(13), False),
    ]
    assert [cell.text for cell in opened.tables[1].rows[1].cells][:2] == [
        "1",
        "Trang “Phòng KT và HT”, ô B16",
    ]
    ending = [paragraph.text for cell in opened.tables[2].rows[0].cells for paragraph in cell.paragraphs]
    assert [text for text in ending if text] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Cụm trưởng Cụm thi đua số 5;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
    ]
    assert opened.styles["Normal"].font.name == "Times New Roman"


def test_the_day_may_be_left_to_be_written_by_hand(result: Letters, master: Master) -> None:
    words = words_of(build_letter(result.letters[0], sender_of(master), Terms(date(2024, 3, 20))))
    assert "Vĩnh Cửu, ngày …… tháng …… năm 2024" in words
    assert long_day(date(2024, 3, 5)) == "ngày 05 tháng 3 năm 2024"


def test_the_same_folder_gives_the_same_bytes(result: Letters, folder: Path, master: Master) -> None:
    before = {path: path.read_bytes() for path in result.outputs}
    again = write_letters(folder, master, result.outputs[-1].parent, TERMS)
    assert {path: path.read_bytes() for path in again.outputs} == before


def test_the_workbook_is_known_as_a_result(result: Letters, tmp_path: Path) -> None:
    shutil.copyfile(result.outputs[-2], tmp_path / "phieu-tra-lai.xlsx")
    run = tdkt("validate", tmp_path, "--json")
    assert run.codes == ["KT-510"]


def test_the_command(tmp_path: Path) -> None:
    run = tdkt("letters", SAMPLES, "--out", tmp_path, "--deadline", "2024-01-20", "--json")
    assert run.code == 1
    assert [item["addressee"] for item in run.document["letters"]][:2] == ["Thị trấn Vĩnh An", "Xã Trị An"]
    assert run.document["letters"][1]["faults"][0]["code"] == "KT-201"
    assert results_in(tmp_path) == [FOLDER, "phieu-tra-lai.xlsx", MESSAGES]


def test_a_wrong_day_stops_the_command(tmp_path: Path) -> None:
    run = tdkt("letters", SAMPLES, "--out", tmp_path, "--deadline", "20/01/2024", "--json")
    assert (run.code, run.codes, list(tmp_path.iterdir())) == (2, ["KT-808"], [])


def test_a_book_set_aside_gets_no_letter(tmp_path: Path) -> None:
    """Of two books of one cluster, the one the clerk did not choose is nobody's to mend."""
    received = tmp_path / "so"
    received.mkdir()
    for name in ("c01.xlsx", "c01 sua.xlsx"):
        book = cluster_book(name=name)
        book["An Bình"].put("F13" if name == "c01.xlsx" else "F14", "mười")
        book.save(received)
    master, out = tiny_master(), tmp_path / "kq"
    choose(received, master, out, Choice("c01 sua.xlsx", "A", date(2024, 1, 22), "b"))
    letters = write_letters(received, master, out, TERMS).letters
    faults = {(item.place.file, item.place.cell) for letter in letters for item in letter.faults}
    assert ("c01 sua.xlsx", "F14") in faults
    assert "c01.xlsx" not in {file for file, _ in faults}


# ---- file names


LONG = "Trường Tiểu học " + "Nguyễn Văn " * 19


def letter_to(name: str) -> Letter:
    return Letter(name, False, "Cụm thi đua số 1", "C/01", "2023", "Cụm trưởng", ())


def test_letters_have_names_that_windows_takes() -> None:
    names = file_names([letter_to(name) for name in ("CON", "Xã A/B", LONG, "xã bình hoà", "Xã Bình Hoà")])
    assert names[:2] == ["001 C 01 CON.docx", "002 C 01 Xã A B.docx"]
    assert names[2].startswith("003 C 01 Trường Tiểu học Nguyễn Văn")
    assert len(names[2]) <= 85
    assert names[3:] == ["004 C 01 xã bình hoà.docx", "005 C 01 Xã Bình Hoà.docx"]


def test_letters_to_odd_names_are_each_a_file(tmp_path: Path) -> None:
    """Received units keep their own letter whatever they are called."""
    tables = master_tables()
    odd = ("Xã A/B: phường*", "CON", LONG.strip())
    for row, name in zip(tables["units"], odd, strict=False):
        row["name"], row["short_name"] = name, f"Đơn vị {row['code']}"
    master = master_from(tables)
    book = cluster_book(master=master)
    for sheet in book.sheets[1:4]:
        sheet.put("H13", "mười")
    received = tmp_path / "so"
    received.mkdir()
    book.save(received)
    result = write_letters(received, master, tmp_path / "kq", TERMS)
    letters = [path for path in result.outputs if path.suffix == ".docx"]
    assert {letter.addressee for letter in result.letters if not letter.is_cluster} == set(odd)
    assert len(set(letters)) == len(result.letters)
    assert all(path.is_file() and path.parent == tmp_path / "kq" / FOLDER for path in letters)
