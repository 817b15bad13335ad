"""The catalogue of checks: complete, and its codes are those of the product."""

import re

from tdkt_xl.findings.codes import CATALOGUE
from tdkt_xl.tasks.check_table import CHECKS, GROUPS, checks_page

HOW_MANY = {"F": 12, "S": 12, "T": 8, "E": 7, "R": 9, "C": 7, "X": 3, "Y": 5, "D": 4, "M": 4, "N": 7, "P": 8}
RECEIVED = re.compile(r"KT-(1[0-4]|2[0-4]|30|4[01]|50)")
"""Families every code of which is a check of a received workbook."""


def test_every_check_is_there_in_order() -> None:
    names = [f"{letter}{number:02}" for letter, many in HOW_MANY.items() for number in range(1, many + 1)]
    assert list(CHECKS) == names
    assert list(GROUPS) == list(HOW_MANY)


def test_every_check_has_a_code_or_says_why_not() -> None:
    assert [name for name, check in CHECKS.items() if not check.codes and not check.note] == []


def test_codes_are_the_products() -> None:
    assert {f"KT-{number}" for check in CHECKS.values() for number in check.codes} <= CATALOGUE.keys()


def test_no_code_of_a_received_workbook_is_left_out() -> None:
    named = {f"KT-{number}" for check in CHECKS.values() for number in check.codes}
    outside = {"KT-129", "KT-222", "KT-306", "KT-307", "KT-308", "KT-309", "KT-507", "KT-508"}
    assert {code for code in CATALOGUE if RECEIVED.match(code)} - named - outside == set()


def test_page_shows_every_check_once() -> None:
    shown = re.findall(r"^\| ([A-Z][0-9]{2}) \|", checks_page(""), re.MULTILINE)
    assert shown == list(CHECKS)
