"""The record of each run, and whether inputs, outputs and record still agree with it."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import files
from tdkt_xl.readers.folder import find_workbooks
from tdkt_xl.tasks.journal import Journal, read_journal
from tdkt_xl.tasks.manifest import Ran
from tdkt_xl.tasks.run_record import RunRecord, Stamp
from tdkt_xl.tasks.verify import verify
from tdkt_xl.writers.publish import publish

NOON = datetime(2023, 12, 15, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that goes a minute a look, or as told."""

    def __init__(self, *, step: timedelta = timedelta(minutes=1)) -> None:
        self.time, self.step = NOON, step

    def __call__(self) -> datetime:
        self.time += self.step
        return self.time


class Office:
    """A results folder with received files, and runs over them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "kết quả"
        self.received = root / "bài nộp"
        self.received.mkdir()
        for name in ("cum-01.xlsx", "cum-02.xlsx"):
            (self.received / name).write_bytes(name.encode())
        self.master = root / "danh-muc.xlsx"
        self.master.write_bytes(b"danh muc")

    def run(self, task: str = "consolidate", **options: Any) -> list[Finding]:
        """One run that writes one file; ``content`` of it, ``clock`` and ``fail`` may be given."""
        target = self.out / f"{task}.xlsx"
        with RunRecord(self.out, task, Stamp(options.get("clock") or Clock(), "ketoan")) as record:
            publish(options.get("content", b"ket qua"), target)
            if options.get("fail"):
                raise options["fail"]
            found = (files.NO_VERSION.at(Place("cum-01.xlsx", "Nguyễn Văn A")),)
            read = options.get("read", {})
            return record.done(Ran([self.received], [target], found, read, self.master, {"on": "2023-12-15"}))

    def events(self) -> list[str]:
        return [event["event"] for event in read_journal(self.out).events]

    def record(self, task: str = "consolidate") -> dict[str, Any]:
        document = json.loads((self.out / "ho-so-chay" / f"{task}.json").read_text("utf-8"))
        assert isinstance(document, dict)
        return document

    def verified(self) -> list[tuple[str, str]]:
        return [(item.place.file, item.code.id) for item in verify(self.out).findings]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def codes(findings: list[Finding]) -> list[str]:
    return [item.code.id for item in findings]


# What is recorded


def test_record_tells_what_went_in_and_what_came_out(office: Office) -> None:
    assert office.run() == []
    record = office.record()
    assert [(item["name"], item["path"], item["sha256"], item["bytes"]) for item in record["inputs"]] == [
        (name, f"../bài nộp/{name}", hashlib.sha256(name.encode()).hexdigest(), 11)
        for name in ("cum-01.xlsx", "cum-02.xlsx")
    ]
    assert [(item["path"], item["bytes"]) for item in record["outputs"]] == [("consolidate.xlsx", 7)]
    assert record["master"]["sha256"] == hashlib.sha256(b"danh muc").hexdigest()
    assert record["findings"] == {"error": 0, "warning": 0, "note": 1, "codes": {"KT-111": 1}}
    assert (record["arguments"], record["user"]) == ({"on": "2023-12-15"}, "ketoan")
    assert record["started"] < record["finished"]
    assert {"tdkt_xl", "python", "libraries"} == record["program"].keys()
    assert {"python-calamine", "openpyxl", "XlsxWriter"} <= record["program"]["libraries"].keys()
    assert record["forms"]["TĐ-01"] >= 1
    assert len(record["rules"]) == 64


def test_journal_is_chained_and_numbered(office: Office) -> None:
    office.run()
    office.run(content=b"ket qua khac")
    history = read_journal(office.out)
    assert [(event["n"], event["event"]) for event in history.events] == [
        (1, "start"), (2, "done"), (3, "start"), (4, "done"),
    ]  # fmt: skip
    assert [event["p"] for event in history.events[1:]] == [event["h"] for event in history.events[:-1]]
    assert (history.torn, history.broken_line) == (b"", 0)


def test_same_again_changes_one_line_and_says_so(office: Office) -> None:
    office.run()
    before = {path.name: path.read_bytes() for path in office.out.rglob("*.*") if path.suffix != ".jsonl"}
    assert codes(office.run(clock=Clock(step=timedelta(days=400)))) == ["KT-840"]
    after = {path.name: path.read_bytes() for path in office.out.rglob("*.*") if path.suffix != ".jsonl"}
    assert after == before
    assert office.events() == ["start", "done", "start", "same"]
    assert office.verified() == [("", "KT-852")]


def test_no_name_and_no_score_in_record_and_journal(office: Office) -> None:
    office.run()
    for path in office.out.rglob("*"):
        if path.suffix in {".json", ".jsonl"}:
            assert "Nguyễn Văn A" not in json.dumps(path.read_text("utf-8"), ensure_ascii=False)
            assert "Nguy\\u1ec5n" not in path.read_text("utf-8")


def test_input_saved_during_the_run_is_said(office: Office) -> None:
    found = office.run(
        read={"cum-01.xlsx": "0" * 64, "cum-02.xlsx": hashlib.sha256(b"cum-02.xlsx").hexdigest()}
    )
    assert [(item.place.file, item.code.id) for item in found] == [("cum-01.xlsx", "KT-545")]
    assert office.record()["inputs"][0]["sha256"] == "0" * 64  # what the result was made from


def test_own_records_are_no_received_files(office: Office) -> None:
    with RunRecord(office.received, "validate", Stamp(Clock(), "a")) as record:
        publish(b"x", office.received / "ket-qua.xlsx")
        record.done(Ran([office.received], [office.received / "ket-qua.xlsx"], ()))
    received, found = find_workbooks([office.received])
    assert [file.name for file in received] == ["cum-01.xlsx", "cum-02.xlsx", "ket-qua.xlsx"]
    assert found == []


# A clock that goes back


def test_order_is_kept_when_the_clock_goes_back(office: Office) -> None:
    office.run(clock=Clock(step=timedelta(days=-365)))
    office.run(content=b"moi", clock=Clock(step=timedelta(days=-800)))
    assert office.events() == ["start", "done", "start", "done"]
    assert office.verified() == [("", "KT-852")]


# Runs that do not end well


def test_failed_run_is_recorded_without_its_words(office: Office) -> None:
    with pytest.raises(KeyError):
        office.run(fail=KeyError("Nguyễn Văn A"))
    assert office.events() == ["start", "failed"]
    assert "Nguyễn" not in (office.out / "nhat-ky.jsonl").read_text("utf-8")
    assert codes(office.run()) == []


def test_run_that_was_cut_off_is_said_by_the_next(office: Office) -> None:
    office.run()
    Journal(office.out).add("start", "consolidate", NOON)
    assert office.verified() == [("", "KT-842")]
    assert codes(office.run(content=b"moi")) == ["KT-842"]
    assert office.verified() == [("", "KT-852")]


def test_torn_line_is_cut_and_kept_beside(office: Office) -> None:
    office.run()
    with (office.out / "nhat-ky.jsonl").open("ab") as file:
        file.write(b'{"n": 3, "ev')
    assert office.verified() == [("", "KT-843")]
    assert codes(office.run(content=b"moi")) == ["KT-843"]
    assert (office.out / "nhat-ky.jsonl.torn").read_bytes() == b'{"n": 3, "ev\n'
    assert office.verified() == [("", "KT-852")]


def test_journal_that_cannot_be_written_whole_stops_the_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.run()
    monkeypatch.setattr(os, "write", lambda _handle, line: len(line) // 2)
    with pytest.raises(TdktError, match="KT-803"):
        office.run()


def test_run_that_writes_nothing_leaves_no_new_folder(office: Office) -> None:
    with RunRecord(office.out, "consolidate", Stamp(Clock(), "a")) as record:
        assert record.done(Ran([], [], ())) == []
    assert not office.out.exists()
    with pytest.raises(ValueError, match="x"), RunRecord(office.out, "consolidate", Stamp(Clock(), "a")):
        raise ValueError("x")
    assert not office.out.exists()


# Two runs at once


def test_two_runs_at_once_are_refused(office: Office) -> None:
    with RunRecord(office.out, "consolidate", Stamp(Clock(), "a")):
        with pytest.raises(TdktError) as caught:
            office.run("validate")
        assert caught.value.finding.code.id == "KT-841"
    assert codes(office.run("validate")) == []


def test_lock_of_a_killed_run_is_free(office: Office) -> None:
    code = (
        "import os, sys; from datetime import datetime, UTC; from pathlib import Path\n"
        "from tdkt_xl.tasks.run_record import RunRecord, Stamp\n"
        "RunRecord(Path(sys.argv[1]), 'consolidate', Stamp(lambda: datetime.now(UTC), 'a')).__enter__()\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, office.out], check=False)
    assert codes(office.run()) == ["KT-842"]


# What verify names


def test_verify_names_each_file_that_differs(office: Office) -> None:
    office.run()
    office.run("nominate")
    (office.received / "cum-01.xlsx").write_bytes(b"sua")
    (office.received / "cum-02.xlsx").unlink()
    (office.out / "nominate.xlsx").write_bytes(b"sua")
    record = office.out / "ho-so-chay" / "consolidate.json"
    assert office.verified() == [
        ("cum-01.xlsx", "KT-845"), ("cum-02.xlsx", "KT-845"), ("nominate.xlsx", "KT-846"),
    ]  # fmt: skip
    record.write_bytes(record.read_bytes().replace(b"cum-01", b"cum-09"))
    assert office.verified()[0] == ("ho-so-chay/consolidate.json", "KT-847")
    record.unlink()
    assert office.verified()[0] == ("ho-so-chay/consolidate.json", "KT-847")


def test_output_of_one_run_may_be_input_of_the_next(office: Office) -> None:
    office.run()
    made = office.out / "consolidate.xlsx"
    with RunRecord(office.out, "nominate", Stamp(Clock(), "a")) as record:
        publish(b"de nghi", office.out / "nominate.xlsx")
        record.done(Ran([made], [office.out / "nominate.xlsx"], ()))
    made.write_bytes(b"sua")
    assert office.verified() == [("consolidate.xlsx", "KT-846")]


@pytest.mark.parametrize("line", [0, 1, 2])
@pytest.mark.parametrize("how", ["delete", "change", "garbage"])
def test_changed_journal_is_noticed(office: Office, line: int, how: str) -> None:
    office.run()
    office.run(content=b"moi")
    path = office.out / "nhat-ky.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    changed = {
        "delete": b"",
        "change": lines[line].replace(b"consolidate", b"consolidatE"),
        "garbage": b"?\n",
    }
    lines[line] = changed[how]
    path.write_bytes(b"".join(lines))
    (finding,) = [item for item in verify(office.out).findings if item.code.id == "KT-844"]
    assert finding.params == {"line": line + 1}


def test_folder_without_record(tmp_path: Path) -> None:
    with pytest.raises(TdktError, match="KT-848"):
        verify(tmp_path)
    with pytest.raises(TdktError, match="KT-801"):
        verify(tmp_path / "không có")
