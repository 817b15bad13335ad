"""Every hostile vector of the measurements of the safe intake, under ceilings this test enforces.

Vectors are in ``tests.faults.vectors``, by the sections of the measurements: 1.1 containers (a01 … a27),
1.2 XML (b01 … b25), 1.3 geometry (c01 … c42), 1.4 values (d01 … d21), 1.5 kinds of file (e01 … e19), and
those found since, which have no number.
"""

import json
import os
import re
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from threading import Timer

import pytest

from tests.faults.jail import Jail
from tests.faults.vectors import VECTORS
from tests.faults.vectors.vector import ACTIVE, MEBIBYTE, WRONG_NAME, Vector, told
from tests.tools.measured import measured_command
from tests.tools.runs import ROOT, SAMPLES
from tests.unit.readers.vectors import found

MEASURED = {"a": 27, "b": 25, "c": 42, "d": 21, "e": 19}
ADDRESS_SPACE = 1_536 * MEBIBYTE
"""What a process may map at most, here: the product gives its reading process more."""
RUN_MEMORY, RUN_SECONDS = 768 * MEBIBYTE, 90
_NUMBER = re.compile("[a-e][0-9][0-9](?= )")
_OPENING = re.compile("KT-1(?:0[1-8]|6[0-9])")
"""Codes of opening a file; what else is said is about its content."""
_READ_ALL_THE_SAME = {ACTIVE, WRONG_NAME}


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Vector → its file, in one folder."""
    folder = tmp_path_factory.mktemp("tep-la")
    made = {}
    for number, vector in enumerate(VECTORS):
        made[vector.name] = folder / f"{number:03}-{vector.file}"
        made[vector.name].write_bytes(vector.build())
    return made


@pytest.fixture(scope="module")
def jail() -> Iterator[Jail]:
    with Jail() as made:
        yield made


def test_no_measured_vector_is_forgotten() -> None:
    numbers = {match[0] for vector in VECTORS if (match := _NUMBER.match(vector.name))}
    assert numbers == {f"{letter}{n:02}" for letter, count in MEASURED.items() for n in range(1, count + 1)}
    names = [vector.name for vector in VECTORS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_vector_is_refused_or_read_within_its_ceilings(
    vector: Vector, jail: Jail, paths: dict[str, Path]
) -> None:
    stay = jail.open(paths[vector.name], ADDRESS_SPACE, vector.seconds)
    assert stay.outcome is not None, f"ended with {stay.ended} after {stay.seconds:.1f} s"
    assert " ".join(f"{place} {code}".strip() for place, code in found(stay.outcome)) == vector.found
    assert (stay.outcome.value is not None) == bool(vector.reads)
    if stay.outcome.value is not None:
        assert {what: told(stay.outcome.value, what) for what in vector.reads} == vector.reads
    assert stay.peak <= vector.memory, f"{stay.peak // MEBIBYTE} MB"
    assert stay.seconds <= vector.seconds, f"{stay.seconds:.1f} s"


def test_a_folder_of_all_vectors_does_not_stop_the_run(paths: dict[str, Path], tmp_path: Path) -> None:
    folder = next(iter(paths.values())).parent
    copyfile(SAMPLES / "cum-03.xlsx", folder / "tot.xlsx")
    command = measured_command(tmp_path / "bo-nho", "validate", folder, "--json", "--fresh")
    output, errors = tmp_path / "ra.json", tmp_path / "loi.txt"
    with output.open("wb") as out, errors.open("wb") as wrong:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=wrong, preexec_fn=_bounded)
        stop = Timer(10 * RUN_SECONDS, process.kill)
        stop.start()
        _, status_word, used = os.wait4(process.pid, 0)  # of this process and those it waited for
        stop.cancel()
        process.returncode = os.waitstatus_to_exitcode(status_word)
    assert (process.returncode, errors.read_bytes()) == (1, b"")
    document = json.loads(output.read_bytes())
    status = {file["path"]: file["status"] for file in document["files"]}
    assert status.pop("tot.xlsx") == "Hợp lệ"
    assert {name for name, word in status.items() if word == "Không đọc được"} == {
        paths[vector.name].name for vector in VECTORS if not vector.reads
    }
    told_codes: dict[str, set[str]] = {path.name: set() for path in paths.values()}
    for finding in document["findings"]:
        if finding["path"] in told_codes and _OPENING.fullmatch(finding["code"]):
            told_codes[finding["path"]].add(finding["code"])
    expected = {paths[vector.name].name: set(vector.found.split()[-1:]) for vector in VECTORS}
    assert told_codes == expected
    assert used.ru_utime + used.ru_stime <= RUN_SECONDS
    assert int((tmp_path / "bo-nho").read_text(encoding="ascii")) <= RUN_MEMORY


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
