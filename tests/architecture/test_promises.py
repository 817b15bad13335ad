"""Every promise of the manual names a test that exists; ``-m promise`` runs exactly those."""

import ast

import pytest

from tests.tools.promises import ROOT, promised_tests


def test_there_are_promises() -> None:
    assert len(promised_tests()) > 25


@pytest.mark.parametrize("promised", sorted(promised_tests()))
def test_promised_test_exists(promised: str) -> None:
    path, _, name = promised.partition("::")
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_names_a_test() -> None:
    page = (ROOT / "tdkt_xl" / "manual" / "cam-ket.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| Cam kết")]
    assert [line for line in rows if "::test_" not in line] == []


def test_marker_is_put_on_them(request: pytest.FixtureRequest) -> None:
    marked = {
        item.nodeid.partition("[")[0] for item in request.session.items if item.get_closest_marker("promise")
    }
    run_here = {item.nodeid.partition("[")[0] for item in request.session.items}
    assert marked == promised_tests() & run_here
