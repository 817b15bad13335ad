"""Settings of the whole suite: steady property tests, and an account of what could not be run here."""

import importlib.util
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import settings

from tests.tools.promises import promised_tests

settings.register_profile("tdkt", derandomize=True, deadline=None)
settings.load_profile("tdkt")

pytest_plugins = ["tests.tools.runs"]

_STATE = "LOCALAPPDATA"
"""The variable that says where settings and kept results of the user lie."""

_NOT_RUN = pytest.StashKey[Mapping[str, int]]()
_TOLD = "tdkt_not_run"
_NEEDED = {
    "libreoffice": ("LibreOffice: máy không có lệnh soffice", "libreoffice-calc"),
    "display": ("màn hình ảo: máy không có tkinter hoặc Xvfb", "python3-tk xvfb"),
}
"""Marker of tests → what they need, in words, and the packages of Debian that bring it."""


@pytest.fixture(scope="session", autouse=True)
def nobodys_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the suite away from the settings and kept results of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(_STATE, str(tmp_path_factory.mktemp("nguoi-dung")))
        yield


@pytest.fixture(autouse=True)
def own_state(
    nobodys_state: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give each test a user of its own: nothing one test kept is found by another."""
    monkeypatch.setenv(_STATE, str(tmp_path_factory.mktemp("nguoi-dung")))


def _is_here(marker: str) -> bool:
    if marker == "libreoffice":
        return shutil.which("soffice") is not None
    return shutil.which("Xvfb") is not None and importlib.util.find_spec("_tkinter") is not None


_PROMISED = promised_tests()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests that the page of promises names."""
    if item.nodeid.partition("[")[0] in _PROMISED:
        item.add_marker(pytest.mark.promise)


@pytest.hookimpl(trylast=True)  # after -k and -m, so that only tests asked for are counted
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need what the machine lacks, and remember how many."""
    counts = {}
    for marker in _NEEDED:
        left_out = [] if _is_here(marker) else [item for item in items if item.get_closest_marker(marker)]
        items[:] = [item for item in items if item not in left_out]
        counts[marker] = len(left_out)
        _deselect(config, left_out)
    config.stash[_NOT_RUN] = counts


def _deselect(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    if items:
        config.hook.pytest_deselected(items=items)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that asked for all tests (TDKT_ALL_TESTS=1) and could not have them.

    Of several processes (pytest-xdist) the one that reports collects nothing itself: each tells it.
    """
    counts = session.config.stash.get(_NOT_RUN, {})
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_TOLD] = counts
        return
    complete = not any(counts.values())
    if os.environ.get("TDKT_ALL_TESTS") == "1" and not complete and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process of pytest-xdist could not run; all leave out the same."""
    counts = getattr(node, "workeroutput", {}).get(_TOLD)
    if counts:
        node.config.stash[_NOT_RUN] = counts


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say at the very end how many tests were not run, and why."""
    for marker, count in config.stash.get(_NOT_RUN, {}).items():
        if count:
            need, packages = _NEEDED[marker]
            terminalreporter.write_line(
                f"Chưa chạy {count} kiểm thử cần {need} (Debian, Ubuntu: apt-get install {packages})."
            )
