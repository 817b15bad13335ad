"""What goes back to the sender and comes again: letters, versions beside each other, results asked about."""

import re

from tests.tools.corpus.case import Shelf, bytes_of, cluster, put, repacked
from tests.tools.forms import BookDraft, cluster_book, unit_sheet
from tests.tools.grids import draft

CONSOLIDATE = "tdkt consolidate nhan --out ra --master danh-muc.xlsx --json"
_LETTERS = "tdkt letters nhan --out ra --deadline 2024-01-31 --master danh-muc.xlsx --json"
_COMPARE = "tdkt compare truoc/c01.xlsx sau/{0} --master danh-muc.xlsx --json"
_TRACE = f"{CONSOLIDATE}\ntdkt trace {{0}} --in ra --json"
_WHAT_IF = "tdkt what-if {0} --folder nhan --master danh-muc.xlsx --json"


def add_letters(shelf: Shelf) -> None:
    """Faults nobody can be written to about, a unit that sent two sheets, letters that are old or strange."""
    clean = bytes_of(cluster())
    shelf.typed(
        "khong-ro-gui-cho-ai",
        {"nhan/c01.xlsx": clean, "nhan/tai-ve.xlsx": clean[: len(clean) // 2]},
        _LETTERS,
        "[tai-ve.xlsx] KT-101",
        "[tai-ve.xlsx] KT-525",
    )
    wrong = {"nhan/c01.xlsx": bytes_of(cluster(put("An Bình", F13="mười"), put("Cẩm Sơn", F13="mười")))}
    mended = bytes_of(cluster(put("An Bình", F13="mười")))
    again = f"{_LETTERS}\n{_LETTERS.replace('nhan', 'gui-lai')}"
    still = "[c01.xlsx]An Bình!F13 KT-203"
    shelf.typed("phieu-cua-luot-truoc", {**wrong, "gui-lai/c01.xlsx": mended}, again, still, "KT-883")
    shelf.typed(
        "phieu-khong-do-phan-mem-lap",
        {**wrong, "ra/phieu-tra-lai/002 C01 cu.docx": b"PK"},
        _LETTERS,
        "[c01.xlsx]Cẩm Sơn!F13 KT-203",
        still,
        "KT-884",
    )
    first, second = unit_sheet(), unit_sheet({("DV-01", "I.1", "self_score"): 4.75})
    shelf.folder(
        "hai-phieu-cua-mot-don-vi",
        {"an-binh.xlsx": bytes_of(first), "an-binh (sua).xlsx": bytes_of(second)},
        "[an-binh.xlsx] KT-528",
    )


def add_versions(shelf: Shelf) -> None:
    """Two versions of a book beside each other."""
    clean = bytes_of(cluster())

    def pair(name: str, new: bytes, *findings: str, old: bytes = clean, called: str = "c01.xlsx") -> None:
        files = {"truoc/c01.xlsx": old, f"sau/{called}": new}
        shelf.typed(name, files, _COMPARE.format(called), *findings)

    pair("gui-lai-ban-chua-sua", clean, "[c01.xlsx] KT-529")
    asked = bytes_of(cluster(put("An Bình", F13="mười")))
    raised = bytes_of(cluster_book(typed={("DV-01", "I.2", "cluster_score"): 3}))
    pair("nang-diem-ngoai-yeu-cau", raised, "[c01.xlsx]An Bình!H14 KT-530", old=asked)
    pair("so-cua-cum-khac", bytes_of(cluster_book("C02")), "[c02.xlsx] KT-531", called="c02.xlsx")
    pair("ban-sau-luu-truoc", _saved(clean, 5), "[c01.xlsx] KT-532", old=_saved(asked, 9))


def add_asked(shelf: Shelf) -> None:
    """A number or a correction asked about that the result or the round does not know."""
    received = {"nhan/c01.xlsx": bytes_of(cluster())}
    shelf.typed("hoi-don-vi-khong-co", received, _TRACE.format("X-99999"), "KT-542")
    shelf.typed("hoi-tieu-chi-khong-co", received, _TRACE.format("DV-01 I.9"), "KT-543")
    shelf.typed(
        "sua-bang-bien-ban",
        {**received, "sua.xlsx": bytes_of(BookDraft("", [draft("| Biên bản họp |\n| 05/BB |")]))},
        _WHAT_IF.format("sua.xlsx"),
        "KT-541",
    )
    shelf.typed(
        "sua-so-cua-cum-chua-gui",
        {**received, "sua.xlsx": bytes_of(cluster_book("C02"))},
        _WHAT_IF.format("sua.xlsx"),
        "KT-541",
    )


def _saved(data: bytes, day: int) -> bytes:
    """The same book, saved on a day of January 2024."""

    def stamped(part: bytes) -> bytes:
        done, count = re.subn(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-01-%02dT08:00:00Z" % day, part)
        assert count == 1
        return done

    return repacked(data, {"docProps/core.xml": stamped})
