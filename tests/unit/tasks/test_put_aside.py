"""What an earlier run wrote and this one did not: moved to ban-cu when it is ours, else named and left."""

import re
import shutil
from pathlib import Path

import pytest

from tdkt_xl.tasks.put_aside import put_aside
from tdkt_xl.writers.master_book import build_master_book
from tests.tools.forms import OFFICE, BookDraft, cluster_book, master_tables
from tests.tools.runs import DAY, District, Run, tdkt

OLD = ["002 C01 Thị trấn Cẩm Sơn.docx", "003 C01 Xã An Bình.docx"]
_TOLD = re.compile(r"(?:Lỗi|Cảnh báo|Ghi chú) (KT-\d{3}) · ")


class Office:
    """A results folder, received files and the commands that write many files."""

    def __init__(self, root: Path) -> None:
        self.out, self.received, self.master = root / "kết quả", root / "đã nhận", root / "danh-muc.xlsx"
        self.received.mkdir()
        self.master.write_bytes(build_master_book(master_tables(), OFFICE))

    @property
    def letters(self) -> Path:
        return self.out / "phieu-tra-lai"

    def receive(self, book: BookDraft, name: str = "c01.xlsx") -> None:
        book.save(self.received).rename(self.received / name)

    def run(self, command: str, *options: str) -> Run:
        run = tdkt(command, self.received, "--out", self.out, *options, "--master", self.master, "--json")
        assert run.code != 2, run.stderr
        return run

    def write_letters(self) -> Run:
        return self.run("letters", "--deadline", "2024-01-31")

    def verified(self) -> list[str]:
        return _TOLD.findall(tdkt("verify", self.out).stdout)


def wrong(*sheets: str) -> BookDraft:
    """The clean cluster book with a score in words on these sheets."""
    book = cluster_book()
    for sheet in sheets:
        book[sheet].put("F13", "mười")
    return book


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def moved_by(run: Run) -> list[str]:
    """Codes and files told of old files."""
    return [line[:6] + line.rpartition(":")[2].removesuffix(".") for line in about(run)]


def about(run: Run) -> list[str]:
    """What was told of old files."""
    found = run.document["findings"]
    return [f"{item['code']} {item['message']}" for item in found if item["code"] in {"KT-883", "KT-884"}]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that has sent letters to An Bình and Cẩm Sơn; now Cẩm Sơn's sheet is right."""
    made = Office(tmp_path)
    made.receive(wrong("An Bình", "Cẩm Sơn"))
    assert about(made.write_letters()) == []
    assert names(made.letters) == ["001 C01 Cụm thi đua số 1.docx", *OLD]
    made.receive(wrong("An Bình"))
    return made


def test_letters_whose_number_shifted_are_moved(office: Office) -> None:
    told = about(office.write_letters())
    assert names(office.letters) == ["001 C01 Cụm thi đua số 1.docx", "002 C01 Xã An Bình.docx"]
    moved = "; ".join(f"phieu-tra-lai/{name}" for name in OLD)
    assert told == [
        "KT-883 2 tệp của lượt chạy trước không còn thuộc kết quả này, "
        f"đã chuyển vào ban-cu cạnh đó: {moved}."
    ]
    kept = [name.partition(".")[0] for name in names(office.letters / "ban-cu")]
    assert kept == ["001 C01 Cụm thi đua số 1", *(name.removesuffix(".docx") for name in OLD)]
    assert office.verified() == ["KT-852"]


def test_the_next_run_finds_nothing_to_move(office: Office) -> None:
    office.write_letters()
    before = names(office.letters / "ban-cu")
    assert about(office.write_letters()) == []
    assert "KT-840" in office.write_letters().codes
    assert names(office.letters / "ban-cu") == before


def test_a_letter_somebody_changed_is_named_and_left(office: Office) -> None:
    changed = office.letters / OLD[0]
    changed.write_bytes(changed.read_bytes() + b" ")
    content = changed.read_bytes()
    told = about(office.write_letters())
    assert told[0].startswith("KT-883 1 tệp")
    assert told[1:] == [
        "KT-884 1 tệp nằm cạnh kết quả nhưng lượt này không lập, phần mềm không động vào vì đã được sửa sau "
        f"khi lập: phieu-tra-lai/{OLD[0]}."
    ]
    assert changed.read_bytes() == content


def test_a_letter_somebody_changed_that_is_written_again_is_kept_and_told(office: Office) -> None:
    leader = office.letters / "001 C01 Cụm thi đua số 1.docx"
    leader.write_bytes(b"changed by hand")
    found = office.write_letters().document["findings"]
    (told,) = (item["message"] for item in found if item["code"] == "KT-886")
    assert told == (
        "1 tệp có người sửa sau lượt trước nay được lập lại; bản đã sửa ở ban-cu cạnh đó: "
        "phieu-tra-lai/001 C01 Cụm thi đua số 1.docx."
    )
    assert b"changed by hand" in {path.read_bytes() for path in (office.letters / "ban-cu").iterdir()}
    assert "KT-886" not in office.write_letters().codes


def test_a_changed_letter_open_in_word_is_not_said_to_be_replaced(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = office.letters / "001 C01 Cụm thi đua số 1.docx"
    leader.write_bytes(b"changed by hand")
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if Path(target) == leader:
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    codes = office.write_letters().codes
    assert ("KT-802" in codes, "KT-886" in codes) == (True, False)
    assert leader.read_bytes() == b"changed by hand"


def test_a_letter_somebody_put_there_is_named_each_time(office: Office) -> None:
    for name in ("003 đã ký.pdf", "~$3 đã ký.docx", "ghi chú.txt"):
        (office.letters / name).write_bytes(b"%PDF")
    office.write_letters()
    assert about(office.write_letters()) == [
        "KT-884 1 tệp nằm cạnh kết quả nhưng lượt này không lập, phần mềm không động vào vì không do phần "
        "mềm lập: phieu-tra-lai/003 đã ký.pdf."
    ]
    assert {"003 đã ký.pdf", "~$3 đã ký.docx", "ghi chú.txt"} <= set(names(office.letters))


def test_a_letter_open_in_word_is_named_and_left(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = Path.unlink

    def held(self: Path, missing_ok: bool = False) -> None:
        if self.name == OLD[0]:
            raise PermissionError(13, "in use")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    told = about(office.write_letters())
    assert told[1].endswith(f"vì đang mở hoặc bị khoá: phieu-tra-lai/{OLD[0]}.")
    assert OLD[0] in names(office.letters)


def test_without_a_record_nothing_is_moved(office: Office) -> None:
    shutil.rmtree(office.out / "ho-so-chay")
    assert [line[:14] for line in about(office.write_letters())] == ["KT-884 2 tệp n"]
    assert set(OLD) <= set(names(office.letters))


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"outputs": 1}', '{"outputs": ["x"]}', '{"outputs": [{"path": "x"}]}', '{"inputs": [3]}'],
)
def test_a_file_that_is_no_record_stops_no_run(office: Office, text: str) -> None:
    for name in ("khac.json", "letters.json"):
        (office.out / "ho-so-chay" / name).write_text(text)
    assert office.write_letters().code == 1  # what the book has, not 2
    assert office.verified() == ["KT-852"]


def test_of_many_files_the_first_are_named(tmp_path: Path) -> None:
    old = [tmp_path / f"{number:02d}.docx" for number in range(1, 12)]
    for path in old:
        path.write_bytes(b"PK")
    (finding,) = put_aside(tmp_path, old).findings
    assert (finding.params["count"], finding.params["names"]) == (
        11,
        "01.docx; 02.docx; 03.docx; 04.docx; 05.docx; 06.docx; 07.docx; 08.docx; và 3 tệp nữa",
    )


# ---- copies of received files


def test_the_marked_copy_of_a_mended_book_is_moved(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.receive(wrong("An Bình"))
    office.run("validate", "--annotate")
    copies = office.out / "danh-dau"
    assert names(copies) == ["c01 (đã đánh dấu).xlsx"]
    office.receive(cluster_book())
    told = moved_by(office.run("validate", "--annotate"))
    assert told == ["KT-883 danh-dau/c01 (đã đánh dấu).xlsx"]
    assert (names(copies), len(names(copies / "ban-cu"))) == ([], 1)
    assert office.verified() == ["KT-852"]


def test_the_marked_copy_of_a_renamed_book_is_moved(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.receive(wrong("An Bình"))
    office.run("validate", "--annotate")
    (office.received / "c01.xlsx").rename(office.received / "c01 gửi lại.xlsx")
    office.run("validate", "--annotate")
    assert names(office.out / "danh-dau") == ["c01 gửi lại (đã đánh dấu).xlsx"]


def test_the_marked_copy_of_a_book_not_checked_this_time_stays(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.receive(wrong("An Bình"))
    office.run("validate", "--annotate")
    office.received = tmp_path / "nơi khác"
    office.received.mkdir()
    office.receive(wrong("An Bình"), "c09.xlsx")
    assert about(office.run("validate", "--annotate")) == []
    assert names(office.out / "danh-dau") == ["c01 (đã đánh dấu).xlsx", "c09 (đã đánh dấu).xlsx"]


def test_checking_the_marked_copies_themselves_moves_none(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.receive(wrong("An Bình"))
    office.run("validate", "--annotate")
    office.received = office.out / "danh-dau"
    office.run("validate", "--annotate")
    assert names(office.received) == ["c01 (đã đánh dấu).xlsx"]


def test_the_repaired_copy_of_a_mended_book_is_moved(tmp_path: Path) -> None:
    office = Office(tmp_path)
    book = cluster_book()
    book["An Bình"].put("F13", "4 ")
    office.receive(book)
    office.run("repair", "--apply")
    copies = office.out / "da-sua"
    assert names(copies) == ["c01 (đã sửa).xlsx"]
    office.receive(cluster_book())
    assert about(office.run("repair")) == []
    assert names(copies) == ["c01 (đã sửa).xlsx"]
    assert moved_by(office.run("repair", "--apply")) == ["KT-883 da-sua/c01 (đã sửa).xlsx"]
    assert (names(copies), len(names(copies / "ban-cu"))) == ([], 1)


def test_the_import_list_of_an_earlier_judging_is_moved(district: District, tmp_path: Path) -> None:
    command = ("nominate", district.out, "--out", tmp_path, "--on", DAY, "--json")
    assert about(tdkt(*command, "--export")) == []
    (exported,) = set(names(tmp_path)) - {"danh-sach-de-nghi.xlsx", "nhat-ky.jsonl", ".dang-chay.lock"}
    assert moved_by(tdkt(*command)) == [f"KT-883 {exported}"]
    assert not (tmp_path / exported).exists()
    assert _TOLD.findall(tdkt("verify", tmp_path).stdout) == ["KT-852"]
