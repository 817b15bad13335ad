"""Rows of the findings sheet as an official reads them."""

from pathlib import Path

from tdkt_xl.findings import Place
from tdkt_xl.findings.codes.cells import NOT_A_NUMBER
from tdkt_xl.writers.findings_book import finding_rows
from tdkt_xl.writers.links import SourceLinks


def test_message_and_repair_are_sentences_of_their_own(tmp_path: Path) -> None:
    finding = NOT_A_NUMBER.at(Place("", "Chấm điểm", 8, 5), column="Điểm", text="mười")
    (row,) = finding_rows([finding], SourceLinks(tmp_path, {}))
    assert row["message"] == "Cột “Điểm”: ô chứa “mười”, không phải là số."
    assert row["fix"] == "Nhập bằng chữ số, ví dụ 10 hoặc 9,5."
