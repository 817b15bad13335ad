"""Settings of the whole suite: steady property tests, and an account of what LibreOffice would have run."""

import os
import shutil
from collections.abc import Sequence

import pytest
from hypothesis import settings

settings.register_profile("tdkt", derandomize=True, deadline=None)
settings.load_profile("tdkt")

pytest_plugins = ["tests.tools.runs"]

_NOT_RUN = pytest.StashKey[int]()


@pytest.hookimpl(trylast=True)  # after -k and -m, so that only tests asked for are counted
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that need LibreOffice when the machine has none, and remember how many."""
    if shutil.which("soffice"):
        return
    left_out = [item for item in items if item.get_closest_marker("libreoffice")]
    items[:] = [item for item in items if item not in left_out]
    config.stash[_NOT_RUN] = len(left_out)
    _deselect(config, left_out)


def _deselect(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    if items:
        config.hook.pytest_deselected(items=items)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that asked for all tests (TDKT_ALL_TESTS=1) and could not have them."""
    complete = not session.config.stash.get(_NOT_RUN, 0)
    if os.environ.get("TDKT_ALL_TESTS") == "1" and not complete and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say at the very end how many tests were not run, and why."""
    count = config.stash.get(_NOT_RUN, 0)
    if count:
        terminalreporter.write_line(
            f"Chưa chạy {count} kiểm thử cần LibreOffice: máy không có lệnh soffice "
            "(Debian, Ubuntu: apt-get install libreoffice-calc)."
        )
