"""The words on the ribbon, for messages that name a button: read from the ribbon itself."""

from collections.abc import Mapping
from functools import cache
from xml.etree import ElementTree

from tdkt_xl.excel.addin_parts import macros_folder


@cache
def labels() -> Mapping[str, str]:
    """Control id → label, of every control that has one."""
    ribbon = ElementTree.parse(macros_folder() / "customUI14.xml")  # noqa: S314  # a file of this package
    return {item.get("id", ""): item.get("label", "") for item in ribbon.iter() if item.get("label")}


def named(control: str) -> str:
    """The label in quotes, as a sentence names the control: “Kiểm tra tệp này”."""
    return f"“{labels()[control]}”"
