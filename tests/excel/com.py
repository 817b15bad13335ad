"""A pyOpenVBA object made to look like a late-bound COM object, with what pyOpenVBA lacks."""

import datetime as dt
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pyopenvba._a1 import Area
from pyopenvba.apps.excel._io import save_workbook
from pyopenvba.exceptions import VBACompileError, VBARuntimeError, VBAUnsupportedError
from pyopenvba.interpreter._objects import VBAObject
from pyopenvba.interpreter._values import EMPTY, MISSING, NOTHING, NULL, VBAArray, VBADate, VBAErrorValue

from tests.excel.desk import DEFAULTS, LONGEST_LINE, FileDialog, PageSetup, desk_of
from tests.excel.stand_ins import ComError

_FIRST_ERROR = -2146828288
"""COM writes an error cell as this number plus Excel's own."""


# ---- values


def to_vba(value: Any) -> Any:
    """A Python value as pyOpenVBA holds it."""
    if isinstance(value, Com):
        return value.vba
    if value is None:
        return EMPTY
    if isinstance(value, dt.datetime):
        return VBADate.from_datetime(value.replace(tzinfo=None))
    if isinstance(value, dt.date):
        return VBADate.from_datetime(value)
    if isinstance(value, (list, tuple)):
        rows = value if value and isinstance(value[0], (list, tuple)) else [value]
        height, width = len(rows), len(rows[0])
        items = [to_vba(rows[row][column]) for column in range(width) for row in range(height)]
        return VBAArray([(1, height), (1, width)], items=items)
    return value.item() if hasattr(value, "item") else value


def from_vba(value: Any, number: Callable[[Any], object] = int) -> Any:
    """A value of pyOpenVBA as COM hands it to Python; cells' numbers are floats."""
    if isinstance(value, VBAObject):
        return Com(value)
    if value is EMPTY or value is NOTHING or value is NULL or value is MISSING:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, VBADate):
        return value.to_datetime()
    if isinstance(value, VBAErrorValue):
        return _FIRST_ERROR + value.number
    if isinstance(value, VBAArray):
        return _from_array(value, number)
    if isinstance(value, int):
        return number(value)
    return float(value) if isinstance(value, float) else value


def _from_array(array: VBAArray, number: Callable[[Any], object]) -> tuple[object, ...]:
    if array.dimensions != 2:
        return tuple(from_vba(item, number) for item in array.elements())
    (top, bottom), (left, right) = array.bounds
    height = bottom - top + 1
    return tuple(
        tuple(
            from_vba(array.items[(column - left) * height + row - top], number) for column in _to(left, right)
        )
        for row in _to(top, bottom)
    )


def _to(first: int, last: int) -> range:
    return range(first, last + 1)


# ---- the facade


class Com:
    """A pyOpenVBA object that answers like a late-bound COM object."""

    def __init__(self, vba: VBAObject) -> None:
        object.__setattr__(self, "vba", vba)

    vba: VBAObject

    @property
    def _kind(self) -> str:
        return str(self.vba.vba_type_name)

    def _call(self, name: str, args: Sequence[object] = (), named: Mapping[str, object] | None = None) -> Any:
        number = float if name.lower() in ("value", "value2") else int
        given = {key: to_vba(value) for key, value in (named or {}).items() if value is not None}
        positional = [MISSING if item is None else to_vba(item) for item in args]
        while positional and positional[-1] is MISSING:
            positional.pop()
        try:
            return from_vba(self.vba.vba_get(name, positional, given), number)
        except VBAUnsupportedError as error:
            raise NotImplementedError(str(error)) from error
        except VBARuntimeError as error:
            raise ComError(str(error)) from error

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        extra = _EXTRAS.get((self._kind, name.lower()))
        if extra:
            return extra(self)
        spec = self.vba.vba_member(name)
        if spec is None and name.startswith("Get"):
            return lambda *args, **named: self._call(name[3:], args, named)
        indexed = spec is not None and spec.parameters and name in ("Range", "Offset", "Resize", "Item")
        if spec is not None and (spec.kind == "method" or indexed):
            return lambda *args, **named: self._call(name, args, named)
        found = self._call(name)
        if name == "TableStyle" and isinstance(found, str):
            return types.SimpleNamespace(Name=found)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        if self._kind == "Application":
            desk = desk_of(self.vba)
            if name.lower() in desk.broken:
                raise desk.broken[name.lower()]
            if name.lower() in DEFAULTS:
                desk.settings[name.lower()] = value
                return
            if name == "StatusBar":
                if isinstance(value, str) and len(value) > LONGEST_LINE:
                    raise ComError("Excel takes no longer text here")
                desk.status_history.append(value)
        try:
            self.vba.vba_set(name, to_vba(value))
        except VBAUnsupportedError as error:
            raise NotImplementedError(str(error)) from error
        except VBARuntimeError as error:
            raise ComError(str(error)) from error

    def __call__(self, *args: object, **named: object) -> Any:
        default = self.vba.vba_default_member()
        return self._call("Item" if self.vba.vba_member("Item") else default.name, args, named)

    def __iter__(self) -> Iterator[Any]:
        try:
            return iter([from_vba(item) for item in self.vba.vba_iterate()])
        except VBARuntimeError as error:
            raise ComError(str(error)) from error

    def __len__(self) -> int:
        return int(self.Count)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Com) and self.vba is other.vba

    def __hash__(self) -> int:
        return id(self.vba)

    def __repr__(self) -> str:
        return f"<Com {self.vba!r}>"


def _page_setup(com: "Com") -> PageSetup:
    sheet: Any = com.vba
    desk = desk_of(sheet.book.application)
    if "pagesetup" in desk.broken:
        raise desk.broken["pagesetup"]
    desk.kept.append(sheet)
    return desk.pages.setdefault(id(sheet), PageSetup())


def _setting(name: str) -> Callable[[Com], object]:
    return lambda com: desk_of(com.vba).settings[name]


def _input_box(com: Com) -> Callable[..., object]:
    def show(Prompt: str, Title: str, Default: str, Type: int) -> object:  # noqa: N803 - Excel's names
        if len(Prompt) > LONGEST_LINE:
            raise ComError("Excel takes no longer prompt here")
        return desk_of(com.vba).answer("input", Prompt, "input")

    return show


def _save_as_name(com: Com) -> Callable[..., object]:
    def show(initial: str = "", kinds: str = "", index: int = 1, title: str = "") -> object:
        return desk_of(com.vba).answer("save", title, "file")

    return show


def _protected_views(com: Com) -> object:
    return types.SimpleNamespace(Count=len(desk_of(com.vba).protected_views))


def _full_name(com: Com) -> str:
    path, name = str(com.vba.path), str(com.vba.name)
    return f"{path}/{name}" if "://" in path else str(Path(path) / name) if path else name


def _run(com: Com) -> Callable[..., object]:
    def run(macro: str, *arguments: object) -> object:
        """Excel names the workbook of a macro before "!"; there is only one set of macros here."""
        try:
            return com._call("Run", (macro.rpartition("!")[2], *arguments))
        except VBACompileError as error:  # no such module
            raise ComError(str(error)) from error

    return run


def _save_copy(com: Com) -> Callable[[str], None]:
    book: Any = com.vba

    def save(path: str) -> None:
        refusal = desk_of(book.application).broken.get("savecopyas")
        if refusal:
            raise refusal
        save_workbook(book, Path(path))

    return save


def _insert(com: Com) -> Callable[..., None]:
    """Range.Insert on a sheet with merged cells, which pyOpenVBA refuses: they move like everything else."""
    target: Any = com.vba
    sheet, area = target.sheet, target.first

    def insert(*arguments: object, **named: object) -> None:
        merged = list(sheet.merged_areas)
        assert not any(item.top < area.top <= item.bottom for item in merged), "Excel would grow the merge"
        sheet.merged_areas.clear()
        com._call("Insert", arguments, named)
        for item in merged:
            by = area.rows if item.top >= area.top else 0
            moved = Area(item.top + by, item.left, item.bottom + by, item.right, sheet=item.sheet)
            sheet.merged_areas.append(moved)
        sheet.merges_dirty = True

    return insert


_EXTRAS: dict[tuple[str, str], Callable[[Com], Any]] = {
    **{("Application", name): _setting(name) for name in DEFAULTS},
    ("Application", "hwnd"): lambda com: desk_of(com.vba).hwnd,
    ("Application", "international"): lambda _: dict.fromkeys(range(50), ","),
    ("Application", "run"): _run,
    ("Application", "inputbox"): _input_box,
    ("Application", "getsaveasfilename"): _save_as_name,
    ("Application", "filedialog"): lambda com: lambda kind: FileDialog(desk_of(com.vba), kind),
    ("Application", "protectedviewwindows"): _protected_views,
    ("Range", "insert"): _insert,
    ("Worksheet", "pagesetup"): _page_setup,
    ("Workbook", "fileformat"): lambda _: 51,
    ("Workbook", "fullname"): _full_name,
    ("Workbook", "savecopyas"): _save_copy,
    ("Workbook", "readonly"): lambda com: id(com.vba) in desk_of(com.vba.application).read_only,
}
