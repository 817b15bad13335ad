import re
import shutil
from datetime import date
from pathlib import Path

import pytest

import tdkt_xl.rules
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.rules.packs import load_packs

from .words import TESTS

NATIONAL = Path(tdkt_xl.rules.__file__).parent / "packs" / "national"
BAD = sorted((TESTS / "packs_bad").glob("*.toml"))
HEAD = re.compile(r"# tệp: (?P<file>.+)\n# dòng: (?P<line>\d+)\n# lý do: (?P<reason>.+)\n")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    shutil.copytree(NATIONAL, tmp_path / "national")
    return tmp_path


def refusal(root: Path) -> tuple[object, object, object]:
    with pytest.raises(TdktError) as caught:
        load_packs(root)
    assert caught.value.finding.code is catalogues.BAD_PACK
    params = caught.value.finding.params
    return params["file"], params["line"], params["reason"]


@pytest.mark.parametrize("bad", BAD, ids=lambda path: path.stem)
def test_bad_pack_is_refused_with_file_line_and_reason(bad: Path, packs: Path) -> None:
    head = HEAD.match(bad.read_text("utf-8"))
    assert head
    shutil.copy(bad, packs / "national" / head["file"])
    assert refusal(packs) == (f"national/{head['file']}", int(head["line"]), head["reason"])


def test_copy_of_the_shipped_packs_loads(packs: Path) -> None:
    assert load_packs(packs) == load_packs()


def test_file_that_is_not_utf8(packs: Path) -> None:
    file = packs / "national" / "r1_2017" / "quotas.toml"
    file.write_bytes("# một\n# tỷ lệ\n# ".encode() + "Điều\n".encode("utf-16"))
    assert refusal(packs) == ("national/r1_2017/quotas.toml", 3, "tệp không phải chữ UTF-8")


def test_missing_file(packs: Path) -> None:
    (packs / "national" / "r1_2017" / "awards.toml").unlink()
    assert refusal(packs) == ("national/r1_2017/awards.toml", 1, "không có tệp này")


def test_rule_written_inline_is_refused_at_the_first_line(packs: Path) -> None:
    (packs / "national" / "r1_2017" / "individuals.toml").write_text('rule = [{ id = "QT-101" }]\n', "utf-8")
    assert refusal(packs) == ("national/r1_2017/individuals.toml", 1, "thiếu khoá “awards”")


def test_stray_quoted_key_is_refused(packs: Path) -> None:
    (packs / "national" / "r1_2017" / "individuals.toml").write_text('\n"a(b" = 1\n', "utf-8")
    reason = "không có mục “a(b” trong tệp loại này"
    assert refusal(packs) == ("national/r1_2017/individuals.toml", 1, reason)


def later_regime(packs: Path, since: str) -> None:
    """Add a regime after the last one: the awards of R4 and no more."""
    folder = packs / "national" / "r5_2028"
    shutil.copytree(packs / "national" / "r4_2026_10", folder)
    (folder / "rules.toml").unlink()
    for name in ("ballots.toml", "papers.toml", "quotas.toml", "rewards.toml"):
        (folder / name).write_text("", "utf-8")
    (folder / "regime.toml").write_text(
        f'[[regime]]\nkey = "R5"\nname = "R5"\nsince = {since}\nuntil = 2028-12-31\n', "utf-8"
    )


def test_next_regime_is_added_as_a_folder(packs: Path) -> None:
    later_regime(packs, "2028-01-01")
    loaded = load_packs(packs)
    assert [loaded.on(day).key for day in (date(2027, 12, 31), date(2028, 1, 1))] == ["R4", "R5"]
    assert loaded.on(date(2028, 1, 1)).statements == ()


@pytest.mark.parametrize("since", ["2027-12-31", "2028-01-02"])
def test_overlap_and_gap_between_regimes_are_refused(packs: Path, since: str) -> None:
    later_regime(packs, since)
    assert refusal(packs) == ("national", 1, "gói R5 phải bắt đầu ngay sau ngày cuối của gói R4")


def test_regime_keeps_what_it_continues_while_the_instrument_stands(packs: Path) -> None:
    later_regime(packs, "2028-01-01")
    regime = packs / "national" / "r5_2028" / "regime.toml"
    regime.write_text(regime.read_text("utf-8") + 'continues = "R3"\n', "utf-8")
    kept = {item.id for item in load_packs(packs).on(date(2028, 1, 1)).statements}
    assert {"QT-2101", "QT-3104", "QT-3502"} <= kept
    assert not kept & {"QT-2103", "QT-4001", "QT-2502"}


def test_rule_that_replaces_another_ends_it_the_day_before(packs: Path) -> None:
    rules = packs / "national" / "r1_2017" / "individuals.toml"
    first = rules.read_text("utf-8").split("[[rule]]")[2]
    newer = (
        first.replace("QT-102", "QT-190")
        .replace("2017-10-01", "2023-09-15")
        .replace("months = 10", "months = 6")
    )
    rules.write_text(rules.read_text("utf-8") + f'\n[[rule]]{newer}replaces = "QT-102"\n', "utf-8")
    loaded = load_packs(packs)
    ids = [
        {rule.id for rule in loaded.on(date(2023, 9, day)).rules} & {"QT-102", "QT-190"} for day in (14, 15)
    ]
    assert ids == [{"QT-102"}, {"QT-190"}]
