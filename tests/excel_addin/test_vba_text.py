"""The VBA modules as texts: what compilers and our own rules say, before anything runs."""

import pytest

from tests.excel_addin.ribbon import CONTROL, signature
from tests.tools.vba_lint import TARGETS, lint, parse

CLEAN = """Attribute VB_Name = "M"
Option Explicit
Public Function Twice(ByVal n As Long) As Long
    Twice = 2 * n
End Function
"""


def test_modules_are_clean(sources: dict[str, str]) -> None:
    assert lint(sources) == []


def test_every_callback_traps_its_errors_first(sources: dict[str, str]) -> None:
    callbacks = [
        item
        for source in sources.values()
        for item in parse("M", source, "win64").procedures
        if item.scope == "public" and signature(item)[:1] in ((CONTROL,), ("iribbonui",))
    ]
    assert len(callbacks) == 8
    first = {
        item.name: next(type(s).__name__ for s in item.body if type(s).__name__ != "Dim")
        for item in callbacks
    }
    assert set(first.values()) == {"OnError"}


def test_a_clean_module_has_no_faults() -> None:
    assert lint({"M": CLEAN}) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2 * n", "2 * x", "x is not declared"),
        ("2 * n", '"điểm"', "not ASCII"),
        ("Option Explicit\n", "", "no Option Explicit"),
        ('"M"', '"N"', "VB_Name is another"),
        ("n As Long", "n As Lon", "unknown type Lon"),
        ("    Twice", "    Dim n As Long\n    Twice", "n is declared twice"),
        ("    Twice", "    Exit Sub\n    Twice", "Exit sub in a function"),
        ("    Twice", "    On Error GoTo Nowhere\n    Twice", "no label Nowhere"),
        ("End Function", "", "M [win64]"),
        ("2 * n", "2 * (n", "M [mac]"),
        ("    Twice", "    'x " + "x" * 1100 + "\n    Twice", "line too long"),
        ("2 * n", "2" + " + _\n 1" * 25, "too many continuations"),
    ],
)
def test_faults_are_seen(old: str, new: str, expected: str) -> None:
    assert [fault for fault in lint({"M": CLEAN.replace(old, new, 1)}) if expected in fault]


def test_every_compiler_is_asked() -> None:
    source = CLEAN.replace("    Twice", "    #If Mac Then\n    wrong = 1\n    #End If\n    Twice")
    assert lint({"M": source}) == ["M [mac] Twice: wrong is not declared"]
    assert len(TARGETS) == 3
