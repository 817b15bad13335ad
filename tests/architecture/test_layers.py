import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {"numpy", "openpyxl", "pandas", "pandera", "python_calamine", "xlsxwriter", "xlwings"}
RUN_AND_LIST = """
import sys
from tdkt_xl.cli import run
code = run(sys.argv[1:])
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
sys.exit(code)
"""


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)


def test_layers_go_down_only() -> None:
    result = run_python("import sys, importlinter.cli as cli; sys.exit(cli.lint_imports(no_cache=True))")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["validate", "--help"], ["explain", "KT-201"]]
)
def test_light_commands_load_no_heavy_package(arguments: list[str]) -> None:
    result = run_python(RUN_AND_LIST, *arguments)
    assert result.returncode == 0, result.stderr
    assert HEAVY & set(result.stdout.splitlines()[-1].split()) == set()


def test_nothing_but_the_command_line_needs_click() -> None:
    result = run_python("import sys, tdkt_xl.tasks.explain; sys.exit('click' in sys.modules)")
    assert result.returncode == 0, result.stderr
