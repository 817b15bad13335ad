"""The wheel alone is enough to install: it carries the add-in and its sources."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from tdkt_xl.excel.addin import MODULES
from tdkt_xl.excel.addin_parts import ADDIN, shipped_addin

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
