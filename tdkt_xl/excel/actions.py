"""The buttons of the ribbon: control id → what it does, loaded when it is clicked."""

from collections.abc import Callable, Mapping
from importlib import import_module

from tdkt_xl.excel.session import Session

ACTIONS: Mapping[str, str] = {
    "tdktCheckBook": "checking.check_book",
    "tdktCheckSheet": "checking.check_sheet",
    "tdktCheckFolder": "checking.check_folder",
    "tdktRepair": "repairing.repair",
    "tdktClearMarks": "checking.clear",
    "tdktNewForms": "new_forms.new_forms",
    "tdktConvert": "converting.convert",
    "tdktLetters": "returning.write_letters",
    "tdktMissing": "returning.list_missing",
    "tdktCompare": "returning.compare",
    "tdktConsolidate": "consolidating.consolidate",
    "tdktConsolidateCompared": "consolidating.consolidate_compared",
    "tdktDecisions": "deciding.decide",
    "tdktTrace": "tracing.trace",
    "tdktTry": "supposing.try_correction",
    "tdktNominate": "nominating.nominate",
    "tdktJudge": "law.judge",
    "tdktEligible": "law.find_eligible",
    "tdktMoney": "law.estimate",
    "tdktRules": "law.show_rules",
    "tdktOpenResults": "opening.open_results",
    "tdktMaster": "opening.open_master",
    "tdktDoctor": "opening.show_doctor",
    "tdktRestore": "restoring.restore",
    "tdktHelp": "opening.show_help",
}
"""Control → module and function of this package: a click waits for what it needs, and for no more."""


def load_action(control: str) -> Callable[[Session], None]:
    """The function of a control that is in ``ACTIONS``."""
    module, _, name = ACTIONS[control].partition(".")
    found: Callable[[Session], None] = getattr(import_module(f"tdkt_xl.excel.{module}"), name)
    return found
