"""Tracing a number of a large result: told as of a small one, from the rows of its unit alone."""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars
import pytest

from tdkt_xl.findings import TdktError
from tdkt_xl.readers.table_files import read_table
from tdkt_xl.tasks import shared_work
from tdkt_xl.tasks.trace import trace
from tests.tools.runs import SAMPLES, tdkt

SMALL, LARGE = "tong-hop-huyen.xlsx", "tong-hop-lon.xlsx"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples consolidated both ways, as ``nho`` and ``lon``."""
    folder = tmp_path_factory.mktemp("truy-nguon")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_work, "FILES_A_PART", 3)
        assert tdkt("consolidate", SAMPLES, "--out", folder / "nho").code == 1
        assert tdkt("consolidate", SAMPLES, "--out", folder / "lon", "--workers", 1).code == 1
    return folder


@pytest.fixture
def out(results: Path, tmp_path: Path) -> Path:
    """A copy of the large result, to be spoilt."""
    return Path(shutil.copytree(results / "lon", tmp_path / "lon"))


def units_of(out: Path) -> list[str]:
    rows = read_table(sorted((out / "xep-hang").iterdir()), ["unit_code", "unit"])
    return sorted({str(row["unit_code"] or row["unit"]) for row in rows})


def test_every_unit_of_the_samples_is_told_as_from_a_small_result(results: Path) -> None:
    units = units_of(results / "lon")
    assert len(units) > 60
    for unit in units:
        assert list(trace(results / "lon", unit).lines()) == list(trace(results / "nho", unit).lines())


def test_a_score_is_told_down_to_its_cell(results: Path) -> None:
    small, large = (tdkt("trace", "X-26194", "I.1.a", "--in", results / name) for name in ("nho", "lon"))
    assert (large.code, large.stdout) == (0, small.stdout)
    assert "Điểm tính: " in large.stdout


@pytest.mark.parametrize("asked", [("Tân",), ("khong-co",), ("X-26194", "X.9")], ids=" ".join)
def test_what_is_not_there_is_told_as_of_a_small_result(asked: tuple[str, ...], results: Path) -> None:
    small, large = (tdkt("trace", *asked, "--in", results / name, "--json") for name in ("nho", "lon"))
    assert large.codes == small.codes
    assert large.stdout == small.stdout


def changed(out: Path) -> None:
    path = out / "diem-chi-tiet" / "phan-00004.parquet"
    polars.read_parquet(path).head(5).write_parquet(path)


def no_table(out: Path) -> None:
    (out / "xep-hang" / "phan-00001.parquet").unlink()


@pytest.mark.parametrize(
    ("deed", "path", "reason"),
    [
        (changed, "diem-chi-tiet/phan-00004.parquet", "đã đổi sau khi tổng hợp"),
        (no_table, "xep-hang/phan-00001.parquet", "không còn ở chỗ cũ"),
    ],
)
def test_tables_other_than_those_of_the_run_are_not_believed(
    deed: Callable[[Path], None], path: str, reason: str, out: Path
) -> None:
    deed(out)
    with pytest.raises(TdktError) as caught:
        trace(out, "X-26194")
    finding = caught.value.finding
    assert (finding.code.id, finding.params) == ("KT-870", {"path": path, "reason": reason})


@pytest.mark.parametrize("content", [b"PK", b"PAR1"])
def test_a_file_that_is_no_table(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "xep-hang" / "phan-00001.parquet"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(TdktError) as caught:
        list(read_table([path], ["unit"]))
    assert (caught.value.finding.code.id, caught.value.finding.params["path"]) == ("KT-870", "xep-hang")


def test_a_table_of_an_older_version_lacks_a_column(tmp_path: Path) -> None:
    path = tmp_path / "phan-00001.parquet"
    polars.DataFrame({"unit": ["Xã Bình Hòa"]}).write_parquet(path)
    with pytest.raises(TdktError) as caught:
        list(read_table([path], ["unit", "percent"]))
    assert caught.value.finding.code.id == "KT-870"


def test_rows_are_chosen_over_all_files_in_their_order(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.parquet" for number in (1, 2)]
    for number, path in enumerate(paths):
        polars.DataFrame({"unit": ["A", "B", "A"], "at": [number, number, number + 10]}).write_parquet(path)
    assert [row["at"] for row in read_table(paths, ["at", "unit"], {"unit": {"A"}})] == [0, 10, 1, 11]


def test_missing_package_is_named(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(TdktError) as caught:
        trace(out, "X-26194")
    assert (caught.value.finding.code.id, caught.value.finding.params["package"]) == ("KT-862", "polars")


def test_verify_guards_every_table(out: Path) -> None:
    shutil.copytree(SAMPLES, out.parent / "so")
    again = tdkt("consolidate", out.parent / "so", "--out", out, "--workers", 1)
    assert (again.code, tdkt("verify", out).code) == (1, 0)
    path = out / "quyet-dinh" / "phan-00001.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    told = tdkt("verify", out)
    assert (told.code, told.stdout.count("KT-")) == (1, 1)
    assert "KT-846 · [quyet-dinh/phan-00001.parquet]" in told.stdout


def test_no_package_of_a_consolidation_is_loaded(out: Path) -> None:
    heavy = "{'pandas', 'numpy', 'pandera', 'openpyxl', 'xlsxwriter', 'xlwings', 'distributed'}"
    code = (
        "import sys; from tdkt_xl.cli import run; "
        f"assert run(['trace', 'X-26194', '--in', {str(out)!r}]) == 0; "
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
