"""The generated province is clean: what is measured on it is work, not faults."""

from pathlib import Path

from tdkt_xl.tasks.master import load_master
from tests.benchmarks.province import write_province_master
from tests.benchmarks.scale import Province


def test_master_data_of_a_province_are_written_without_a_warning(tmp_path: Path) -> None:
    write_province_master(tmp_path / "danh-muc.xlsx", 4)
    assert len(load_master(tmp_path / "danh-muc.xlsx").clusters) == 40


def test_a_district_is_generated_read_and_ranked(tmp_path: Path) -> None:
    province = Province(tmp_path / "tinh", 10)
    seconds, peak = province.run("consolidate", "--out", str(province.out), "--workers", "1")
    assert seconds > 0
    assert peak > 0
    import polars

    ranks = polars.read_parquet(province.out / "xep-hang" / "*.parquet")
    assert ranks["state"].unique().to_list() == ["Đã xếp hạng"]
    assert ranks.height > 60
