"""The drop-downs Kỳ and Cụm and the status line of the ribbon: read, filled, refreshed.

The choice lives in the open add-in. Where the add-in is not loaded (tdkt run, tdkt panel on a machine that
blocks macros) it is what somebody wrote into the settings file, else every period of the master data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tdkt_xl.excel.addin_parts import ADDIN, LISTS, STATE_SHEET, UI_SHEET
from tdkt_xl.excel.calls import as_text
from tdkt_xl.excel.ribbon_labels import named
from tdkt_xl.excel.session import Session, stop

if TYPE_CHECKING:
    import xlwings as xw

    from tdkt_xl.domain.master import Master

PERIOD, CLUSTER, STATUS = "tdktPeriod", "tdktCluster", "tdktStatus"
AUTO, ALL = LISTS[PERIOD][0][0], LISTS[CLUSTER][0][0]
REFRESH = f"{ADDIN}!TdktRibbon.TdktRefresh"
_LONGEST_LIST = 200
_STATE_ROWS = 50
_LIST_COLUMNS = 60

Items = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands in the two drop-downs."""

    period: str = AUTO
    cluster: str = ALL


def read_choice(session: Session) -> Choice:
    """The choice in the open add-in, else in the settings file, else everything."""
    book = _addin(session)
    if book is not None:
        state = _state_of(book)
        period, cluster = (state.get(f"{name}.id", "") for name in (PERIOD, CLUSTER))
    else:
        period, cluster = (session.settings.text(f"chosen_{name}") for name in ("period", "cluster"))
    return Choice(period or AUTO, cluster or ALL)


def chosen_master(session: Session, master: "Master") -> "Master":
    """The master data with the chosen period as the only active one; explains a period it does not have."""
    key = read_choice(session).period
    if key == AUTO:
        return master
    chosen = tuple({item.period for item in master.clusters if item.period.key == key})
    if not chosen:
        stop(
            f"Danh mục dùng chung không có cụm nào của kỳ “{key}” đang chọn ở ô {named(PERIOD)}. "
            "Xin chọn kỳ khác rồi bấm lại."
        )
    return master.for_periods(chosen)


def say_period(session: Session) -> str:
    """A sentence for a question when a period is chosen, else ""."""
    key = read_choice(session).period
    return "" if key == AUTO else f" Chỉ làm kỳ {key}, đang chọn ở ô {named(PERIOD)}."


def lists_of(master: "Master", period: str = AUTO) -> dict[str, Items]:
    """The items of both drop-downs; the clusters are those of the active periods and of the chosen one."""
    periods = dict.fromkeys(cluster.period for cluster in master.clusters)
    working = {*master.parameters.active_periods, *(item for item in periods if item.key == period)}
    clusters = {item.code: f"{item.code} – {item.name}" for item in master.clusters if item.period in working}
    return {
        PERIOD: [*LISTS[PERIOD], *((item.key, item.label.capitalize()) for item in periods)],
        CLUSTER: [*LISTS[CLUSTER], *clusters.items()],
    }


def show(session: Session, status: str) -> None:
    """Write the status line, and the lists when the click loaded the master data; refresh the ribbon."""
    book = _addin(session)
    if book is None:
        return
    state: dict[str, object] = {STATUS: status}
    if session.master is not None:
        lists = lists_of(session.master, read_choice(session).period)
        for name, items in lists.items():
            _fill(book.sheets[UI_SHEET], name, items)
        state |= _still_chosen(_state_of(book), lists)
    _write_state(book.sheets[STATE_SHEET], state)
    book.api.Saved = True  # or Excel asks at its end whether to save the add-in
    session.app.macro(REFRESH)()


def _still_chosen(state: Mapping[str, str], lists: Mapping[str, Items]) -> dict[str, object]:
    """Keep each choice at its new place in the list; what is no longer there gives way to the first."""
    kept: dict[str, object] = {}
    for name, items in lists.items():
        ids = [key for key, _ in items]
        chosen = state.get(f"{name}.id", "")
        index = ids.index(chosen) if chosen in ids else 0
        kept |= {name: index, f"{name}.id": f"'{ids[index]}"}
    return kept


def _addin(session: Session) -> "xw.Book | None":
    """The open add-in; it is found by its name only, Excel leaves add-ins out of the list of workbooks."""
    if not session.has_excel:
        return None
    try:
        book: xw.Book = session.app.books[ADDIN]
    except KeyError:
        return None
    return book if {UI_SHEET, STATE_SHEET} <= {sheet.name for sheet in book.sheets} else None


def _state_of(book: "xw.Book") -> dict[str, str]:
    rows = book.sheets[STATE_SHEET][0, 0].resize(_STATE_ROWS, 2).options(ndim=2).value
    return {str(key): _plain(value) for key, value in rows if key is not None}


def _plain(value: Any) -> str:
    """A cell as text: Excel may have made a number of a year."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) else str(value)


def _write_state(sheet: "xw.Sheet", values: Mapping[str, object]) -> None:
    keys = sheet[0, 0].resize(_STATE_ROWS, 1).value
    for key, value in values.items():
        sheet[keys.index(key), 1].value = value


def _fill(sheet: "xw.Sheet", name: str, items: Items) -> None:
    """Write a list below its two headings, as text, and empty the rest of its columns."""
    headings = sheet[0, 0].resize(1, _LIST_COLUMNS).value
    rows: list[list[str | None]] = [[f"'{key}", as_text(label)] for key, label in items[:_LONGEST_LIST]]
    rows += [[None, None]] * (_LONGEST_LIST + 1 - len(rows))
    sheet[1, headings.index(f"{name}.id")].value = rows
