"""The commands known before they are loaded are the commands there are, with their own first sentence."""

import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from tdkt_xl import cli
from tdkt_xl.cli.catalogue import COMMANDS, Known
from tdkt_xl.cli.vietnamese import LINE_LENGTH

ROOT = Path(__file__).parents[2]
HELP_AND_LIST = """
import sys
from tdkt_xl.cli import run
run(["--help"])
print(" ".join(name for name in sys.modules if name.startswith("tdkt_xl.")))
"""


def commands_of(module: str) -> dict[str, click.Command]:
    """Commands made in a module, but for those of a group of its own, by the names they are typed with."""
    made = {
        name: item for name, item in vars(import_module(module)).items() if isinstance(item, click.Command)
    }
    inner = {
        id(item)
        for group in made.values()
        if isinstance(group, click.Group)
        for item in group.commands.values()
    }
    return {name: item for name, item in made.items() if id(item) not in inner and item is not cli.tdkt}


def test_every_command_is_known() -> None:
    modules = [info.name for info in pkgutil.iter_modules(cli.__path__) if info.name.endswith("commands")]
    made = {
        (str(command.name), module, attribute)
        for module in modules
        for attribute, command in commands_of(f"tdkt_xl.cli.{module}").items()
    }
    assert made == {(name, known.module, known.attribute) for name, known in COMMANDS.items()}


@pytest.mark.parametrize(("name", "known"), sorted(COMMANDS.items()))
def test_line_is_the_first_sentence_of_the_help(name: str, known: Known) -> None:
    command = cli.tdkt.get_command(click.Context(cli.tdkt), name)
    assert command is not None
    assert command.get_short_help_str(LINE_LENGTH) == known.line


def test_help_loads_no_command() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", HELP_AND_LIST],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert {name for name in loaded if name.startswith("tdkt_xl.cli.")} == {
        "tdkt_xl.cli.catalogue",
        "tdkt_xl.cli.printing",
        "tdkt_xl.cli.vietnamese",
    }
    assert not {name for name in loaded if name.startswith(("tdkt_xl.findings", "tdkt_xl.tasks"))}
