"""What people see of safe repairs: rows before and after, the workbook and the record of a run."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import CATALOGUE
from tdkt_xl.findings.render import say
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.tasks.put_aside import PutAside, other_copies, put_aside
from tdkt_xl.tasks.repair import FOLDER, SUFFIX, Change, FileRepair, Repairs, apply_repairs, plan_repairs
from tdkt_xl.tasks.round import Progress
from tdkt_xl.tasks.validate import output_remarks, source_paths
from tdkt_xl.vietnamese.text import without_invisible
from tdkt_xl.writers.links import SourceLinks
from tdkt_xl.writers.publish import publish
from tdkt_xl.writers.repair_book import build_repair_book

_ODD_SPACE = re.compile(r"[^\S \n]")


@dataclass(frozen=True)
class RepairRun:
    """What the command did: the repairs, lines and a summary for people, the files written."""

    repairs: Repairs
    lines: tuple[str, ...]
    summary: str
    outputs: tuple[Path, ...]
    removed: tuple[Path, ...] = ()
    """Copies of earlier runs that were moved away."""

    def with_notes(self, notes: Sequence[Finding]) -> "RepairRun":
        """The same with what there is to tell of its record."""
        repairs = replace(self.repairs, findings=(*self.repairs.findings, *notes))
        return replace(self, repairs=repairs)


def repair(
    paths: Sequence[Path], master: Master, out: Path, progress: Progress | None = None, *, write: bool
) -> RepairRun:
    """Preview the safe changes in ``out/sua-an-toan.xlsx``; with ``write`` make them in copies too.

    That workbook and ``sua-an-toan.json`` record what was written. Findings of ``plan_repairs`` and
    ``apply_repairs``, KT-802 and KT-810; with ``write`` KT-883 and KT-884 for copies of earlier runs that
    have no place here any more. Raises TdktError KT-801, KT-803.
    """
    plan = plan_repairs(paths, master, progress)
    done = apply_repairs(plan, out) if write else plan
    rows, summary = change_rows(done), _summary(done, written=write)
    layout = load_layout("sua-an-toan")
    links = SourceLinks(out.resolve(), {file.name: file.path.resolve() for file in done.files})
    linked = [
        {**row, "cell": links.to(change.place, str(row["cell"]))}
        for row, change in zip(rows, done.changes, strict=True)
    ]
    book = build_repair_book(linked, done.findings, links, organisation_of(master), subtitle=summary)
    record, notes = publish(book, out / layout.file_name)
    outputs, aside = [record], PutAside()
    if write:
        text = json.dumps(done.as_document(), ensure_ascii=False, indent=1).encode("utf-8")
        document, more = publish(text, (out / layout.file_name).with_suffix(".json"))
        outputs.append(document)
        aside = put_aside(out, other_copies(out, out / FOLDER, SUFFIX, source_paths(paths), done.outputs))
        notes += [*more, *aside.findings]
    remarks = (*done.findings, *notes, *output_remarks(out, paths))
    lines = (
        f"{change.place}: “{row['before']}” → “{row['after']}” ({row['code']}: {row['reason']})"
        for row, change in zip(rows, done.changes, strict=True)
    )
    repairs, written = replace(done, findings=remarks), (*outputs, *done.outputs)
    return RepairRun(repairs, tuple(lines), summary, written, aside.moved)


def _summary(repairs: Repairs, *, written: bool) -> str:
    if not repairs.changes:
        return "Không có ô nào sửa an toàn được."
    count, files = len(repairs.changes), sum(bool(file.changes) for file in repairs.files)
    done = f"đã ghi {len(repairs.outputs)} bản sao" if written else "mới xem trước, chưa ghi bản sao nào"
    return f"{count} ô trong {files} tệp; {done}. Tệp đã nhận giữ nguyên."


def change_rows(repairs: Repairs) -> list[dict[str, object]]:
    """One row per change, field → words for people: where, before and after, code, reason, status."""
    pairs = [(file, change) for file in repairs.files for change in file.changes]
    return [
        {
            "number": number,
            "file": file.name,
            "sheet": change.place.sheet,
            "cell": change.place.cell or "",
            **dict(zip(("before", "after"), _both(change), strict=True)),
            "code": ", ".join(change.codes),
            "reason": _reason(change),
            "status": _status(file),
        }
        for number, (file, change) in enumerate(pairs, start=1)
    ]


def _both(change: Change) -> tuple[str, str]:
    """The cell before and after; where the two look the same, with what tells them apart."""
    before, after = visible(change.before), say(change.after)
    if normalize("NFC", before) != after:
        return before, after
    kinds = ("chữ", "số") if isinstance(change.after, Decimal) else ("chữ tổ hợp", "chữ dựng sẵn")
    return f"{before} ({kinds[0]})", f"{after} ({kinds[1]})"


def _reason(change: Change) -> str:
    if change.formula:
        return "Kết quả công thức tính lại"
    return "; ".join(CATALOGUE[code].title for code in change.codes)


def _status(file: FileRepair) -> str:
    if file.copy:
        return "Đã sửa trong bản sao"
    return "Sửa được trong bản sao" if file.can_be_copied else "Phải sửa tay"


def visible(text: str) -> str:
    """A text with what nobody sees made visible: ␣ spaces too much or odd, ⏎ line ends, ◌ hidden signs."""
    shown = "".join("◌" if not without_invisible(letter) else letter for letter in text)
    inner = shown.strip()
    start = shown.index(inner) if inner else len(shown)
    left, right = (
        re.sub(r"[\r\n]", "⏎", re.sub(r"[^\r\n]", "␣", end))
        for end in (shown[:start], shown[start + len(inner) :])
    )
    return f"{left}{_ODD_SPACE.sub('␣', inner)}{right}"
