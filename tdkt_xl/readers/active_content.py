"""Parts of a received file that could act: named to the reader, never run, never read."""

from collections.abc import Iterable

_SIGNS: tuple[tuple[str, str], ...] = (
    ("vbaproject", "macro"),
    ("xl/macrosheets/", "trang macro Excel 4.0"),
    ("xl/dialogsheets/", "trang hộp thoại"),
    ("xl/externallinks/", "liên kết tới sổ khác"),
    ("xl/connections.", "kết nối dữ liệu ngoài"),
    ("xl/querytables/", "kết nối dữ liệu ngoài"),
    ("xl/embeddings/", "tệp nhúng"),
    ("xl/activex/", "điều khiển ActiveX"),
    ("customui/", "nút lệnh riêng"),
    ("webextension", "tiện ích web"),
    ("basic/", "macro"),
    ("scripts/", "macro"),
    ("_vba_project_cur", "macro"),
    ("mbd0", "tệp nhúng"),
)


_KINDS = {
    "vbaProject": "macro",
    "xlMacrosheet": "trang macro Excel 4.0",
    "xlIntlMacrosheet": "trang macro Excel 4.0",
    "dialogsheet": "trang hộp thoại",
    "externalLink": "liên kết tới sổ khác",
    "connections": "kết nối dữ liệu ngoài",
}
"""Kinds of relationships of the workbook: what they point at may have any name."""


def active_content(names: Iterable[str], kinds: Iterable[str] = ()) -> list[str]:
    """What the lower-case part or stream names, and kinds of relationships, reveal: in Vietnamese, once."""
    listed = list(names)
    found = [said for sign, said in _SIGNS if any(sign in name for name in listed)]
    return list(dict.fromkeys([*found, *(_KINDS[kind] for kind in kinds if kind in _KINDS)]))
