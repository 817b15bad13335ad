"""Every code is raised by a test: by its identifier, or by its name in the module of its family."""

import re
from pathlib import Path

from tdkt_xl.findings import Code
from tdkt_xl.findings.codes import FAMILIES

TESTS = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
"""Tests of the catalogue itself name codes without raising them."""
READ = frozenset({".py", ".toml", ".txt", ".csv", ".json", ".findings"})


def _named() -> set[str]:
    """Identifiers named anywhere below tests/, with codes written as ``family.NAME`` translated."""
    names = {
        f"{family.__name__.rpartition('.')[2]}.{name}": code.id
        for family in FAMILIES
        for name, code in vars(family).items()
        if isinstance(code, Code)
    }
    found: set[str] = set()
    for path in TESTS.rglob("*"):
        if path.suffix in READ and HERE not in path.parents and path.is_file():
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r"KT-[1-9]\d\d", text))
            found |= {names[name] for name in re.findall(r"\b[a-z_]+\.[A-Z_0-9]+\b", text) if name in names}
    return found


def test_every_code_is_named_by_a_test_that_raises_it() -> None:
    named = _named()
    missing = [
        f"{code.id} {name} ({code.title})"
        for family in FAMILIES
        for name, code in vars(family).items()
        if isinstance(code, Code) and code.id not in named
    ]
    assert missing == []
