"""The generated province is clean: what is measured on it is work, not faults."""

from pathlib import Path

from tests.benchmarks.scale import Province


def test_a_district_is_generated_read_and_ranked(tmp_path: Path) -> None:
    province = Province(tmp_path / "tinh", 10)
    seconds, peak = province.run("consolidate", "--out", str(province.out), "--workers", "1")
    assert seconds > 0
    assert peak > 0
    import polars

    ranks = polars.read_parquet(province.out / "xep-hang" / "*.parquet")
    assert ranks["state"].unique().to_list() == ["Đã xếp hạng"]
    assert ranks.height > 60
