"""Scores that follow from targets and results, and what cannot be read or does not agree with them."""

from tests.tools.corpus.case import Shelf
from tests.tools.forms import BookDraft, Typed, cluster_book

_SHEET = "An Bình"


def add_computed(shelf: Shelf) -> None:
    """Targets and results of a criterion whose score its rule makes."""
    shelf.book("chi-tieu-bang-0", _scored((0, 20, 3)), f"{_SHEET}!D15 KT-250", "KT-254")
    shelf.book("ket-qua-bang-chu", _scored((10, "gần đạt", 2.5)), f"{_SHEET}!E15 KT-251", "KT-254")
    shelf.book("khong-tinh-duoc-diem", _scored((10, "gần đạt", None)), f"{_SHEET}!E15 KT-252", "KT-254")
    shelf.book("o-trong-tinh-theo-cach-cham", _scored((10, 20, None)), f"{_SHEET}!H15 KT-238")
    differs = _scored((10, 20, 3), (10, 15, 2.5))
    shelf.book("diem-ghi-khac-diem-tinh", differs, "Bình Hòa!H15 KT-253")
    open_unit: Typed = {("DV-03", "I.2", "target"): "Không áp dụng"} | {
        ("DV-03", "I.2", field): None for field in ("self_score", "cluster_score")
    }
    shelf.book("khong-ap-dung-ngoai-quy-dinh", cluster_book(typed=open_unit), "Cẩm Sơn!D14 KT-255")
    endless = _scored((None, 7, 3), (None, 5, None), (None, 3.5, 1.5))
    shelf.book("can-quy-tac-lam-tron", endless, "Bình Hòa!E15 KT-258")


def _scored(*units: tuple[object, object, object]) -> BookDraft:
    """Target, result and score of I.3 for each unit; the others have the scores of the rule."""
    rest = ((10, 10, 1.5), (9, 6, 1))
    made: Typed = {
        (f"DV-0{number}", "I.3", field): value
        for number, (target, result, score) in enumerate((*units, *rest[len(units) - 1 :]), start=1)
        for field, value in zip(
            ("target", "result", "self_score", "cluster_score"), (target, result, score, score), strict=True
        )
    }
    return cluster_book(typed=made)
