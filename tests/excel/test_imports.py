"""The modules of the Excel face know each other in one direction only."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import tdkt_xl.excel

FOLDER = Path(tdkt_xl.excel.__file__).parent
PACKAGE = "tdkt_xl.excel"


def imported(path: Path) -> set[str]:
    """Modules of the package a module imports anywhere, also within functions and for types only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{PACKAGE}."):
            found.add((node.module or "").removeprefix(f"{PACKAGE}."))
    return found


def test_no_two_modules_import_each_other() -> None:
    graph = {path.stem: imported(path) for path in FOLDER.glob("*.py")}
    assert "checking" in graph["consolidating"], "imports are seen"
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph)
