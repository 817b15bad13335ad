"""The catalogue of codes, one module per family.

1xx file, sheet, headings (18x copies) · 2xx cells and rows · 3xx master data · 4xx between sheets of a file ·
5xx between files and clusters · 6xx catalogues and rule packs · 7xx nominations ·
8xx machine and outputs · 9xx our own faults.
"""

from types import ModuleType

from tdkt_xl.findings.code import Code
from tdkt_xl.findings.codes import (
    between_files,
    between_sheets,
    catalogues,
    cells,
    copies,
    files,
    intake,
    machine,
    master,
    nominations,
    ours,
    outputs,
    quotas,
    rows,
    texts,
)


def _codes_of(module: ModuleType) -> list[Code]:
    return [value for value in vars(module).values() if isinstance(value, Code)]


FAMILIES: tuple[ModuleType, ...] = (
    files,
    intake,
    copies,
    rows,
    cells,
    texts,
    master,
    between_sheets,
    between_files,
    catalogues,
    nominations,
    quotas,
    machine,
    outputs,
    ours,
)

CATALOGUE: dict[str, Code] = {
    code.id: code
    for code in sorted((code for family in FAMILIES for code in _codes_of(family)), key=lambda code: code.id)
}
