"""The buttons of the ribbon: control id → what it does. The modules load heavy packages inside."""

from collections.abc import Callable, Mapping

from tdkt_xl.excel import (
    checking,
    consolidating,
    new_forms,
    nominating,
    opening,
    restoring,
    tracing,
)
from tdkt_xl.excel.session import Session

ACTIONS: Mapping[str, Callable[[Session], None]] = {
    "tdktCheckBook": checking.check_book,
    "tdktCheckSheet": checking.check_sheet,
    "tdktCheckFolder": checking.check_folder,
    "tdktClearMarks": checking.clear,
    "tdktNewForms": new_forms.new_forms,
    "tdktConsolidate": consolidating.consolidate,
    "tdktTrace": tracing.trace,
    "tdktNominate": nominating.nominate,
    "tdktOpenResults": opening.open_results,
    "tdktMaster": opening.open_master,
    "tdktDoctor": opening.show_doctor,
    "tdktRestore": restoring.restore,
    "tdktHelp": opening.show_help,
}
