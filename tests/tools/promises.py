"""The tests that the manual's page of promises names."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "tdkt_xl" / "manual" / "cam-ket.md"
_TEST = re.compile(r"`(tests/[\w/]+\.py::test_\w+)`")


def promised_tests() -> frozenset[str]:
    """Their identifiers without parameters."""
    return frozenset(_TEST.findall(PAGE.read_text("utf-8")))
