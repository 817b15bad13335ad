"""Every command that writes leaves a record that ``tdkt verify`` agrees with, and says when nothing changed.

A new command belongs into ``WRITES``, or into ``WRITES_NOTHING`` with the reason.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from tdkt_xl.cli import tdkt as commands
from tdkt_xl.tasks.consolidate import consolidate
from tdkt_xl.tasks.freeze import freeze
from tdkt_xl.tasks.freezing import Word
from tests.tools.forms import cluster_book, master_tables, tiny_master, write_master
from tests.tools.people import write_people
from tests.tools.runs import DAY, Run, is_result, tdkt

WORD = ("--who", "Hội đồng", "--why", "BB 05", "--on", "2024-01-12")
PEOPLE = ("Nguyễn Thị Mẫu", "Phạm Văn Cảnh", "Trần Văn An", "Lê Thị Bình", "Hội đồng")
Arguments = tuple[object, ...]


class Desk:
    """Received books, the master data and the results folder of a small district."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "kết quả"
        self.received = root / "bài nộp"
        self.received.mkdir()
        faulty = cluster_book()
        faulty["An Bình"].put("H13", "4,5")
        self.book = faulty.save(self.received)
        self.master = write_master(root, master_tables())

    def again(self, name: str = "c01 sua.xlsx") -> Path:
        """The same book sent once more with one score changed."""
        changed = cluster_book(name=name)
        changed["An Bình"].put("H13", 3)
        return changed.save(self.received)

    def consolidated(self) -> Path:
        """tong-hop-huyen.xlsx, made elsewhere."""
        return consolidate(self.received, tiny_master(), self.root / "tổng hợp").outputs[0]

    def marked(self) -> Path:
        """A copy of the received book with marks."""
        tdkt("validate", self.received, "--annotate", "--out", self.root / "a", "--master", self.master)
        (copy,) = (self.root / "a" / "danh-dau").glob("*.xlsx")
        return copy

    def frozen(self) -> None:
        """Cluster 1 frozen in the results folder."""
        freeze(self.received, self.out, tiny_master(), ["C01"], Word("A", date(2024, 1, 1), "b"))

    def lists(self) -> tuple[Path, Path]:
        """A workbook of people, and a list with something new for it."""
        self.out.mkdir()
        given = {"ratings": [{"name": "Phạm Văn Cảnh", "period": "2023", "rating": "HTTNV"}]}
        return write_people(self.out), write_people(self.root, given, "don-vi.xlsx")

    def letters(self) -> Arguments:
        return ("letters", self.received, "--out", self.out, "--deadline", "2024-01-20")

    def compare(self) -> Arguments:
        new = self.again()
        moved = shutil.move(new, self.root / new.name)
        return ("compare", self.book, moved, "--out", self.out)

    def choose(self) -> Arguments:
        self.again()
        consolidate(self.received, tiny_master(), self.out)
        chosen = ("--use", "c01 sua.xlsx", "--by", "Nguyễn Thị Mẫu", "--reason", "CV 12", "--on", DAY)
        return ("choose", self.received, "--out", self.out, *chosen)

    def people_import(self) -> Arguments:
        book, source = self.lists()
        return ("people", "import", source, "--people", book, "--apply")

    def unfreeze(self) -> Arguments:
        self.frozen()
        return ("unfreeze", "C01", "--out", self.out, *WORD)


WRITES: dict[str, Callable[[Desk], Arguments]] = {
    "validate": lambda desk: ("validate", desk.received, "--annotate", "--out", desk.out),
    "consolidate": lambda desk: ("consolidate", desk.received, "--out", desk.out),
    "consolidate (large)": lambda desk: ("consolidate", desk.received, "--out", desk.out, "--workers", 1),
    "nominate": lambda desk: ("nominate", desk.consolidated(), "--out", desk.out, "--on", DAY, "--export"),
    "demo": lambda desk: ("demo", "--out", desk.out),
    "build-workbooks": lambda desk: ("build-workbooks", "--out", desk.out),
    "forms": lambda desk: ("forms", "--out", desk.out),
    "letters": Desk.letters,
    "compare": Desk.compare,
    "choose": Desk.choose,
    "unmark": lambda desk: ("unmark", desk.marked(), "--out", desk.out),
    "freeze": lambda desk: ("freeze", "C01", "--folder", desk.received, "--out", desk.out, *WORD),
    "unfreeze": Desk.unfreeze,
    "money": lambda desk: ("money", desk.consolidated(), "--out", desk.out, "--on", DAY),
    "repair": lambda desk: ("repair", desk.received, "--out", desk.out, "--apply"),
    "people import": Desk.people_import,
    "eligible": lambda desk: (
        *("eligible", write_people(desk.root), "--period", "2023", "--on", DAY, "--out", desk.out),
    ),
}
ONCE = frozenset({"freeze", "unfreeze", "people import"})
"""What is done cannot be done again: the command says so and writes nothing."""
OWN_MASTER = frozenset({"demo", "build-workbooks", "unmark", "unfreeze"})
WRITES_NOTHING = {
    **dict.fromkeys(("explain", "verify", "trace", "what-if", "doctor", "people check"), "only tells"),
    **dict.fromkeys(("rules list", "rules show", "rules diff", "rules missing", "rules vote"), "only tells"),
    **dict.fromkeys(("run", "panel"), "the buttons have records of their own: tests/excel/test_records.py"),
    **dict.fromkeys(("install", "uninstall"), "puts the program's own files into Excel"),
    "addin build": "builds a part of the program",
}
_OUTPUT_OPTIONS = frozenset({"out", "apply", "write"})


def every_command(group: click.Group = commands, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its words after ``tdkt``."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before}{name} ")
        else:
            yield before + name, command


def test_every_command_is_known_to_write_or_not() -> None:
    known = {name.partition(" (")[0] for name in WRITES} | WRITES_NOTHING.keys()
    assert {name for name, _ in every_command()} == known


def test_what_writes_nothing_has_no_place_to_write_to() -> None:
    told = {name for name, item in every_command() if _OUTPUT_OPTIONS & {one.name for one in item.params}}
    assert told & WRITES_NOTHING.keys() == {"addin build"}


@dataclass(frozen=True)
class Ran:
    """A command that was run: its name, its words, the desk, the files it wrote below the results folder."""

    name: str
    line: list[str]
    desk: Desk
    made: set[str]


@pytest.fixture(scope="module", params=WRITES)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One command over the small district."""
    name: str = request.param
    desk = Desk(tmp_path_factory.mktemp("ban"))
    line = [str(word) for word in WRITES[name](desk)]
    if name not in OWN_MASTER:
        line += ["--master", str(desk.master)]
    before = contents(desk.out)
    done = tdkt(*line)
    assert done.code < 2, done.stderr
    made = {path for path, data in contents(desk.out).items() if before.get(path) != data}
    return Ran(name, line, desk, made)


def contents(folder: Path) -> dict[str, bytes]:
    """Results below a folder, without the record of the runs and the former versions."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and is_result(path) and "ban-cu" not in path.parts
    }


def record_of(ran: Ran) -> dict[str, Any]:
    (path,) = (ran.desk.out / "ho-so-chay").glob("*.json")
    found = json.loads(path.read_text("ascii"))
    assert isinstance(found, dict)
    return found


def last_event(ran: Ran) -> str:
    lines = (ran.desk.out / "nhat-ky.jsonl").read_text("utf-8").splitlines()
    return str(json.loads(lines[-1])["event"])


def test_record_names_every_file_that_was_written(ran: Ran) -> None:
    record = record_of(ran)
    assert ran.made
    recorded = {item["path"] for item in record["outputs"]}
    assert {path for path in recorded if not path.startswith("ho-so-chay/")} == ran.made
    assert all(len(item["sha256"]) == 64 for item in [*record["outputs"], *record["inputs"]])
    assert bool(record["master"]) == (ran.name not in OWN_MASTER - {"demo"})
    assert last_event(ran) == "done"


def test_record_names_what_was_read(ran: Ran) -> None:
    read = {item["name"] for item in record_of(ran)["inputs"]}
    assert bool(read) == (ran.name not in {"build-workbooks", "forms", "unfreeze"})


def test_verify_agrees_and_names_a_file_that_was_changed(ran: Ran) -> None:
    assert codes_of(tdkt("verify", ran.desk.out)) == {"KT-852"}
    changed = ran.desk.out / max(ran.made)
    former = changed.read_bytes()
    changed.write_bytes(former[:-1] + bytes([former[-1] ^ 1]))
    told = tdkt("verify", ran.desk.out)
    changed.write_bytes(former)
    assert codes_of(told) == {"KT-846"}
    assert f"[{max(ran.made)}]" in told.stdout


def test_same_again_gives_the_same_and_says_so(ran: Ran) -> None:
    before = contents(ran.desk.out)
    again = tdkt(*ran.line)
    assert contents(ran.desk.out) == before
    if ran.name in ONCE:
        assert last_event(ran) in {"failed", "nothing"}
    else:
        assert "KT-840" in codes_of(again)
        assert last_event(ran) == "same"
    assert codes_of(tdkt("verify", ran.desk.out)) == {"KT-852"}


def test_record_and_journal_name_nobody(ran: Ran) -> None:
    folder = ran.desk.out
    texts = [path.read_text("utf-8") for path in (folder / "ho-so-chay").glob("*.json")]
    told = json.dumps([json.loads(text) for text in texts], ensure_ascii=False)
    told += (folder / "nhat-ky.jsonl").read_text("utf-8")
    assert [name for name in PEOPLE if name in told] == []


def codes_of(run: Run) -> set[str]:
    return set(re.findall(r"KT-\d{3}", run.stdout + run.stderr))
