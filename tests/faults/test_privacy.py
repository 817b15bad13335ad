"""Names and scores of people stay out of logs, records and journals."""

import re
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest
from openpyxl.workbook import Workbook

from tdkt_xl.findings.crash import traceback_without_data
from tests.tools.runs import SAMPLES, District, tdkt

PLANTED = ("Nguyễn Thị Kín", "98,75", "98.75")


def planted_crash(*_: object, **__: object) -> NoReturn:
    msg = f"điểm {PLANTED[1]} của {PLANTED[0]}"
    raise ValueError(msg) from KeyError(PLANTED[0])


def test_crash_log_says_where_and_nothing_of_the_data() -> None:
    with pytest.raises(ValueError, match="điểm") as caught:
        planted_crash()
    text = traceback_without_data(caught.value)
    assert [word for word in PLANTED if word in text] == []
    assert "builtins.KeyError" in text
    assert text.endswith("builtins.ValueError\n")
    assert re.search(r'File ".*test_privacy.py", line \d+, in planted_crash', text)


def test_log_of_a_command_that_crashed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("tdkt_xl.tasks.validate.check_round", planted_crash)
    run = tdkt("validate", SAMPLES)
    (log,) = tmp_path.glob("tdkt-*.log")
    assert "ValueError" in log.read_text("utf-8")
    assert [word for word in PLANTED if word in log.read_text("utf-8") + run.stderr] == []


def test_record_and_journal_hold_no_person(district: District, consolidated_book: Workbook) -> None:
    lists = consolidated_book["Đề nghị cá nhân"]
    shown = {str(cell.value) for row in lists.iter_rows() for cell in row if cell.value}
    people = {text for text in shown if re.fullmatch(r"(Nguyễn|Trần|Lê|Phạm)( \w+){2,3}", text)}
    assert len(people) > 5
    text = "".join(
        path.read_text("utf-8").encode("utf-8").decode("unicode_escape", "ignore")
        for path in [district.out / "nhat-ky.jsonl", *(district.out / "ho-so-chay").glob("*.json")]
    )
    assert "cum-01.xlsx" in text
    assert [name for name in people if name in text] == []
