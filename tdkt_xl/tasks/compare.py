"""tdkt compare: what changed between two versions of a file somebody sent, and what that settled.

A change that no finding of the older version asked for, and that does not follow from another (see
tasks/changes.py), is reported (KT-530), for a person to ask why.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import between_files
from tdkt_xl.findings.render import as_records
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.changes import Change, Nature, Pairs, spot_of
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.tasks.versions import Version, read_version
from tdkt_xl.writers.comparison_book import build_comparison_book
from tdkt_xl.writers.publish import publish

_LISTED = 30


@dataclass(frozen=True)
class Comparison:
    """The two versions beside each other; ``findings`` are about the comparison itself."""

    old: Version
    new: Version
    changes: tuple[Change, ...]
    resolved: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    fresh: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...] = ()

    def lines(self) -> list[str]:
        """The summary for a console."""
        shown = [change.sentence for change in self.changes[:_LISTED]]
        more = len(self.changes) - _LISTED
        if more > 0:
            shown.append(f"… và {more} thay đổi nữa: xem so-sanh.xlsx (dùng --out) hoặc thêm --json.")
        settled = f"{len(self.resolved)} đã sửa, {len(self.remaining)} còn, {len(self.fresh)} mới"
        return [*shown, f"{len(self.changes)} chỗ thay đổi; vấn đề: {settled}."]

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt compare --json``."""
        return {
            "old": {"path": self.old.name, "sha256": self.old.sha256},
            "new": {"path": self.new.name, "sha256": self.new.sha256},
            "changes": [item.as_record() for item in self.changes],
            "resolved": as_records(self.resolved),
            "remaining": as_records(self.remaining),
            "new_findings": as_records(self.fresh),
            "findings": as_records(self.findings),
            "outputs": [str(path) for path in self.outputs],
        }


def compare(old: Path, new: Path, master: Master, out: Path | None = None) -> Comparison:
    """Compare two versions of a received file; with ``out``, write so-sanh.xlsx there.

    Findings: those of reading the files, KT-529 (same bytes), KT-530 (a change nobody asked for), KT-531
    (of another sender; then no KT-530, for everything differs), KT-532 (the later one was saved before).
    Raises TdktError KT-801, KT-803.
    """
    before, after = (read_version(path, master) for path in (old, new))
    result = compare_versions(before, after)
    if out is None or before.book is None or after.book is None:
        return result
    content = build_comparison_book(
        [_row(change) for change in result.changes],
        [
            *(("Đã sửa", item) for item in result.resolved),
            *(("Còn", item) for item in result.remaining),
            *(("Mới", item) for item in result.fresh),
        ],
        f"Bản trước: {_titled(before)}. Bản sau: {_titled(after)}.",
        organisation_of(master),
    )
    written, notes = publish(content, out / load_layout("so-sanh").file_name)
    return replace(result, findings=(*result.findings, *notes), outputs=(written,))


def _titled(version: Version) -> str:
    when = f", lưu lúc {version.saved.time:%d/%m/%Y %H:%M} (giờ UTC)" if version.saved.time else ""
    return f"{version.name}{when}"


def _row(change: Change) -> dict[str, object]:
    here = change.new or change.old
    return {
        "unit": change.unit,
        "subject": change.subject,
        "column": change.column,
        "sheet": here.sheet if here else "",
        "old_cell": spot_of(change.old),
        "new_cell": spot_of(change.new),
        "before": change.before,
        "after": change.after,
        "nature": change.nature.value,
    }


def compare_versions(old: Version, new: Version) -> Comparison:
    """Compare two versions already read."""
    unread = [item for version in (old, new) if version.book is None for item in version.findings]
    if unread or old.book is None or new.book is None:
        return Comparison(old, new, (), (), (), (), tuple(unread))
    if old.sha256 == new.sha256:
        same = between_files.VERSIONS_EQUAL.at(Place(new.name), other=old.name)
        return Comparison(old, new, (), (), old.findings, (), (same,))
    pairs = Pairs(old, new)
    changes = pairs.changes()
    resolved, remaining, fresh = pairs.findings()
    found = _about_versions(old, new)
    if all(item.code is not between_files.OTHER_SENDER for item in found):
        found += [_unasked(item) for item in changes if item.nature is Nature.UNASKED]
    return Comparison(old, new, tuple(changes), resolved, remaining, fresh, tuple(found))


def _about_versions(old: Version, new: Version) -> list[Finding]:
    found = []
    if all(old.sender[:2]) and all(new.sender[:2]) and old.sender != new.sender:
        found.append(between_files.OTHER_SENDER.at(Place(new.name), other=old.name))
    if old.saved.time and new.saved.time and new.saved.time < old.saved.time:
        times = {"time": new.saved.time, "other_time": old.saved.time, "other": old.name}
        found.append(between_files.OLDER_VERSION.at(Place(new.name), **times))
    return found


def _unasked(change: Change) -> Finding:
    place = change.new or change.old
    assert place is not None
    return between_files.UNASKED_CHANGE.at(
        place,
        what=change.words or "Nội dung",
        before=change.before or "(trống)",
        after=change.after or "(trống)",
    )
