"""Commands written in the manuals are commands of this version."""

import re
import shlex
from pathlib import Path

import click
import pytest

from tdkt_xl.cli import tdkt
from tdkt_xl.cli.catalogue import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "tdkt_xl" / "manual").rglob("*.md"))]
_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^(?:\$ )?(?:\S*[\\/])?tdkt (.*)$")


def commands_in(text: str) -> list[str]:
    """What follows ``tdkt`` on the lines of fenced blocks, a comment at the end left out."""
    parts = [
        part.strip()
        for block in _FENCED.findall(text)
        for line in block.splitlines()
        for part in re.split(r"&&|;", line.partition("  #")[0])
    ]
    return [match[1] for part in parts if (match := _COMMAND.match(part))]


EXAMPLES = [
    (path.relative_to(ROOT).as_posix(), command)
    for path in PAGES
    for command in commands_in(path.read_text(encoding="utf-8"))
]


def command_named(name: str) -> click.Command | None:
    return tdkt.get_command(click.Context(tdkt), name)


def parse(command: str) -> None:
    """Parse a command line as click would, running nothing."""
    name, *arguments = shlex.split(command)
    found = command_named(name)
    if found is None:
        msg = f"no command {name}"
        raise click.UsageError(msg)
    found.make_context(name, arguments).close()


@pytest.mark.parametrize(("page", "command"), EXAMPLES, ids=lambda value: value.replace("/", "|"))
def test_example_is_a_command(page: str, command: str) -> None:
    parse(command)


def test_readme_shows_every_command() -> None:
    shown = {command.split()[0] for page, command in EXAMPLES if page == "README.md"}
    assert shown == set(COMMANDS)


@pytest.mark.parametrize(
    "command", ["tong-hop a", "validate", "validate a --sua", "nominate a --out b", "explain 1 2"]
)
def test_what_is_no_command_is_noticed(command: str) -> None:
    with pytest.raises(click.UsageError):
        parse(command)


def test_commands_are_found_in_fenced_blocks_only() -> None:
    text = "tdkt a\n```\n$ tdkt b --x  # c\nsh x && .venv/bin/tdkt d; .venv\\Scripts\\tdkt e\n# tdkt f\n```\n"
    assert commands_in(text) == ["b --x", "d", "e"]
