"""Tell which packages this Python lacks, so that a set-up that did not finish is not taken for our fault."""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, requires
from importlib.util import find_spec

from tdkt_xl.excel.machine import ThisMachine
from tdkt_xl.findings.code import Finding
from tdkt_xl.findings.codes import machine

PRODUCT = "tdkt-xl"
_MODULES = {"markdown-it-py": "markdown_it", "python-docx": "docx"}
"""Packages that are not imported under their own name."""


def declared_packages() -> dict[str, str]:
    """The module of each package the product cannot do without → what pip is to be asked for."""
    try:
        declared = requires(PRODUCT) or ()
    except PackageNotFoundError:  # run from a folder, never installed
        return {}
    found = {}
    for line in declared:
        wanted, _, condition = line.partition(";")
        if "extra" not in condition:
            found[_module_of(_name_of(wanted))] = wanted.strip()
    return found


def missing_package(error: BaseException) -> Finding | None:
    """KT-885 when the error says that a package is missing, with all that are missing; else None.

    Packages that only some tasks need (extras) are told where they are asked for.
    """
    lacking = _lacking(error)
    return _told([lacking, *_missing_modules()]) if lacking else None


def missing_packages() -> list[Finding]:
    """KT-885 when declared packages are missing, whatever is asked of the product."""
    lacking = _missing_modules()
    return [_told(lacking)] if lacking else []


def _missing_modules() -> list[str]:
    return [name for name in declared_packages() if find_spec(name) is None]


def _told(modules: list[str]) -> Finding:
    wanted = declared_packages()
    packages = [wanted.get(name, name) for name in dict.fromkeys(modules)]
    return machine.PACKAGE_MISSING.at(
        path=ThisMachine().python,
        names=", ".join(map(_name_of, packages)),
        command=repair_command(packages),
    )


def repair_command(packages: list[str]) -> str:
    """The command that brings packages, as PowerShell takes it on Windows and a shell elsewhere."""
    words = ["-m", "pip", "install"]
    if any(map(_is_noted, packages)):  # pip thinks it is there, but its files are gone
        words += ["--force-reinstall"]
    python = ThisMachine().python
    if os.name == "nt":
        return " ".join([f'& "{python}"', *words, *(f'"{package}"' for package in packages)])
    return shlex.join([python, *words, *packages])


def _lacking(error: BaseException) -> str | None:
    """The module an error, or what it came from, did not find; None for our own and Python's own."""
    for fault in _chain(error):
        name = fault.name if isinstance(fault, ModuleNotFoundError) and fault.name else ""
        module = name.partition(".")[0]
        if module and module != "tdkt_xl" and module not in sys.stdlib_module_names:
            return module
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An import error and those it was raised from: pandas tells so that it lacks numpy."""
    current: BaseException | None = error
    while isinstance(current, ImportError):
        yield current
        current = current.__cause__


def _name_of(requirement: str) -> str:
    """The package of a requirement: ``pandera`` of ``pandera[pandas]<1,>=0.24``."""
    found = re.match(r"[\w.-]+", requirement.strip())
    return found[0] if found else requirement


def _module_of(package: str) -> str:
    return _MODULES.get(package.lower(), package.lower().replace("-", "_"))


def _is_noted(package: str) -> bool:
    try:
        distribution(_name_of(package))
    except PackageNotFoundError:
        return False
    return True
