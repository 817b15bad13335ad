"""Names of people: whether one was typed without its marks."""

from tdkt_xl.vietnamese.text import plain, tidy

_FAMILY_NAMES = frozenset(
    """
    bui dam dang dao dinh do doan duong ho huynh le luong luu ngo nguyen pham phung quach tran trieu trinh
    truong vo vu vuong
    """.split()  # noqa: SIM905
)
"""Common family names, always written with a mark (Bùi, Đàm, …, Vương), here without it."""


def is_name_without_marks(name: str) -> bool:
    """Tell whether a full name is typed without any mark, by a family name that always has one.

    "Vo Xuan Mai" is; "Mai Thanh Lan" and "K' Lan" are names that have none.
    """
    bare = tidy(name)
    words = bare.lower().split()
    return len(words) > 1 and plain(bare) == bare and words[0] in _FAMILY_NAMES
