"""Decisions typed into the result, and clusters frozen: what is incomplete, gone, damaged or changed."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_xl.tables.grid import CellValue
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.rulings import SHEET
from tests.tools.corpus.case import Shelf, bytes_of, cluster
from tests.tools.corpus.of_returns import CONSOLIDATE
from tests.tools.forms import BookDraft, cluster_book, drafts_of, tiny_master
from tests.tools.grids import Draft

_DECIDED = f"{CONSOLIDATE} --decisions quyet-dinh.xlsx"
_WORD = '--who "Hội đồng TĐ-KT" --why "Biên bản số 05/BB" --on 2024-01-12'
_FREEZE = f"tdkt freeze {{0}} --folder nhan --out ra {_WORD} --master danh-muc.xlsx"
_ANSWERED: dict[str, CellValue] = {
    "G9": "0 điểm",
    "H9": "Hội đồng TĐ-KT",
    "I9": date(2024, 1, 12),
    "J9": "Biên bản số 05/BB",
}


def add_rulings(shelf: Shelf) -> None:
    """Answers of the sheet "Chờ quyết định", on the one question the clean round asks."""
    both = _round()

    def decided(name: str, *findings: str, received: dict[str, bytes] = both, **typed: CellValue) -> None:
        book = bytes_of(BookDraft("", [_answered(**typed)]))
        shelf.typed(name, {**received, "quyet-dinh.xlsx": book}, _DECIDED, *findings)

    decided("tra-loi-ngoai-danh-sach", f"[quyet-dinh.xlsx]{SHEET.name}!G9 KT-535", G9="tuỳ")
    decided("khong-ghi-ai-quyet-dinh", f"[quyet-dinh.xlsx]{SHEET.name}!H9 KT-536", H9=None)
    ahead = f"[quyet-dinh.xlsx]{SHEET.name}!I9 KT-546"
    decided("ngay-sau-hom-nay", ahead, I9=date(2999, 1, 12))
    scored = {("DV-03", "I.2", "cluster_score"): 4, ("DV-03", "I.2", "self_score"): 4}
    mended = {**both, "nhan/c01.xlsx": bytes_of(cluster_book(typed=scored))}
    decided("khong-con-cau-hoi", f"[quyet-dinh.xlsx]{SHEET.name}!G9 KT-537", received=mended)
    decided("da-quyet-dinh", "[c01.xlsx]Cẩm Sơn!H14 KT-539")
    shelf.typed("ket-qua-cu-hong", {**both, "ra/tong-hop-huyen.xlsx": b"PK"}, CONSOLIDATE, "KT-538")


def add_frozen(shelf: Shelf) -> None:
    """Clusters frozen too early, and files that changed afterwards."""
    both = _round()
    twice = cluster()
    twice.sheets.append(twice["An Bình"].copy("An Bình (2)"))
    waiting = {**both, "nhan/c01.xlsx": bytes_of(twice)}
    shelf.typed("chot-khi-con-cho", waiting, _FREEZE.format("C01"), "KT-540")
    shelf.typed("chot-hai-lan", both, "\n".join([_FREEZE.format("C01")] * 2), "KT-880")
    shelf.typed("chot-cum-khong-co", both, _FREEZE.format("C09"), "KT-881")
    shelf.typed(
        "mo-cum-chua-chot", both, f"{_FREEZE.format('C01')}\ntdkt unfreeze C02 --out ra {_WORD}", "KT-882"
    )
    unsigned = _FREEZE.format("C01").replace('"Hội đồng TĐ-KT"', '" "')
    shelf.typed("chot-khong-ghi-nguoi", both, unsigned, "KT-890")
    shelf.typed("chot-ngay-sau-hom-nay", both, _FREEZE.format("C01").replace("2024", "2999"), "KT-895")
    early = f"tdkt unfreeze C01 --out ra {_WORD.replace('2024', '2023')}"
    shelf.typed("mo-truoc-ngay-chot", both, f"{_FREEZE.format('C01')}\n{early}", "KT-896")
    later = bytes_of(cluster_book(typed={("DV-01", "I.1", "cluster_score"): 4}))
    shelf.typed(
        "gui-lai-sau-khi-chot",
        {**both, "gui-lai/c01.xlsx": later, "gui-lai/c02.xlsx": both["nhan/c02.xlsx"]},
        f"{_FREEZE.format('C01')}\n{CONSOLIDATE.replace('nhan', 'gui-lai')}",
        "[c01.xlsx] KT-544",
    )


def _round() -> dict[str, bytes]:
    return {"nhan/c01.xlsx": bytes_of(cluster()), "nhan/c02.xlsx": bytes_of(cluster_book("C02"))}


@cache
def _questions() -> Draft:
    """The sheet "Chờ quyết định" of the clean round."""
    with TemporaryDirectory() as folder:
        for name, data in _round().items():
            (Path(folder) / Path(name).name).write_bytes(data)
        made = consolidate(Path(folder), tiny_master(), Path(folder) / "ra")
        book = next(path for path in made.outputs if path.name == "tong-hop-huyen.xlsx")
        return next(page for page in drafts_of(book.read_bytes()) if page.name == SHEET.name)


def _answered(**typed: CellValue) -> Draft:
    """The sheet with its first question answered, some cells typed otherwise."""
    page = _questions().copy(SHEET.name)
    for cell, value in {**_ANSWERED, **typed}.items():
        page.put(cell, value)
    return page
