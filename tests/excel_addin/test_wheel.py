"""The wheel alone is enough to install, and carries the product only, not what runs left beside it."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from tdkt_xl.excel.addin import MODULES
from tdkt_xl.excel.addin_parts import ADDIN, shipped_addin
from tests.tools.runs import tdkt

ROOT = Path(__file__).parents[2]
ASK = """
import sys
sys.path.insert(0, sys.argv[1])
from tdkt_xl.excel import addin_parts
print(addin_parts.macros_folder())
sys.stdout.flush()
sys.stdout.buffer.write(addin_parts.shipped_addin()[:4])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")))
    return Path(built)


def test_wheel_carries_addin_and_sources(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        assert package.read(f"tdkt_xl/_macros/{ADDIN}") == shipped_addin()
        names = set(package.namelist())
    assert {f"tdkt_xl/_macros/{name}.bas" for name in MODULES} | {"tdkt_xl/_macros/customUI14.xml"} <= names


def test_unpacked_wheel_finds_its_addin(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        package.extractall(tmp_path)
    found = subprocess.run(
        [sys.executable, "-I", "-c", ASK, str(tmp_path)], capture_output=True, timeout=60, check=True
    )
    assert found.stdout == f"{tmp_path / 'tdkt_xl' / '_macros'}\n".encode() + b"PK\x03\x04"


def test_wheel_carries_forms_and_samples(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        carried = {name for name in package.namelist() if name.startswith("tdkt_xl/_workbooks/")}
    shipped = (path for path in (ROOT / "workbooks").rglob("*.xlsx") if path.parent.name != "ban-cu")
    assert carried == {f"tdkt_xl/_{path.relative_to(ROOT).as_posix()}" for path in shipped}


@pytest.fixture(scope="module")
def worked_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source tree in which forms were built, as somebody without git has it."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("tdkt_xl", "workbooks", "macros"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copyfile(ROOT / name, tree / name)
    (tree / "workbooks" / "so-cum.xlsx").write_bytes(b"an older form")
    assert tdkt("build-workbooks", "--out", tree / "workbooks").code == 0
    left = {path.name for path in (tree / "workbooks").rglob("*")}
    assert {"ban-cu", "ho-so-chay", "nhat-ky.jsonl"} <= left
    return tree


def is_left_by_a_run(name: str) -> bool:
    parts = Path(name).parts
    return bool({"ban-cu", "ho-so-chay", "nhat-ky.jsonl", ".dang-chay.lock"} & set(parts))


def test_wheel_leaves_out_the_records_of_runs(worked_in: Path, tmp_path: Path, wheel: Path) -> None:
    (built,) = WheelBuilder(str(worked_in)).build(directory=str(tmp_path))
    with zipfile.ZipFile(built) as package, zipfile.ZipFile(wheel) as clean:
        names = package.namelist()
        assert sorted(names) == sorted(clean.namelist())
    assert [name for name in names if is_left_by_a_run(name)] == []


def test_sdist_leaves_out_the_records_of_runs(worked_in: Path, tmp_path: Path) -> None:
    (built,) = SdistBuilder(str(worked_in)).build(directory=str(tmp_path))
    with tarfile.open(built) as package:
        names = package.getnames()
    assert any(name.endswith("workbooks/so-cum.xlsx") for name in names)
    assert [name for name in names if is_left_by_a_run(name)] == []
