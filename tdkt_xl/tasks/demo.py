"""tdkt demo: the whole chain on the sample district."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import State
from tdkt_xl.findings import Severity
from tdkt_xl.findings.render import say
from tdkt_xl.tasks.consolidate import Consolidation, consolidate
from tdkt_xl.tasks.nominate import Nominating, nominate
from tdkt_xl.tasks.resources import samples_folder
from tdkt_xl.tasks.round import Progress

DECISION_DAY = date(2023, 12, 15)
"""The sample round is decided under the law of 2023."""


@dataclass(frozen=True)
class Demo:
    """What the demonstration produced."""

    consolidation: Consolidation
    nominating: Nominating

    def summary(self) -> Iterator[str]:
        """A short account in Vietnamese: what was found, who leads, where the outputs are."""
        data, findings = self.consolidation.consolidated, self.consolidation.findings
        states = Counter(item.state for cluster in data.clusters for item in cluster.standings)
        levels = Counter(finding.severity for finding in findings)
        units = {(item.unit_code, item.unit_name) for cluster in data.clusters for item in cluster.standings}
        yield f"Đã đọc {len(data.files)} sổ cụm, {len(units)} đơn vị (số liệu hư cấu)."
        yield (
            f"Tìm thấy {levels[Severity.ERROR]} lỗi, {levels[Severity.WARNING]} cảnh báo, "
            f"{levels[Severity.NOTE]} ghi chú; mỗi mục chỉ đúng ô và cách sửa."
        )
        ranked = states[State.RANKED]
        yield f"Đã xếp hạng {ranked} đơn vị; {len(units) - ranked} đơn vị chờ xử lý."
        for cluster in data.clusters:
            leaders = ", ".join(f"{item.unit_name} ({say(item.total)} điểm)" for item in cluster.leaders)
            yield f"  {cluster.code} {cluster.name}: {leaders or 'chưa xác định đơn vị dẫn đầu'}"
        outcomes = Counter(item.judgement.outcome for item in self.nominating.nominations)
        counts = ", ".join(f"{count} {outcome.label.lower()}" for outcome, count in outcomes.items())
        yield f"Đã xét {len(self.nominating.nominations)} đề nghị theo quy định năm 2023: {counts}."
        yield "Kết quả:"
        for path in (*self.consolidation.outputs, *self.nominating.outputs):
            yield f"  {path}"


def demo(out: Path, master: Master, progress: Progress | None = None, *, today: date | None = None) -> Demo:
    """Consolidate the sample district into ``out`` and judge its nominations."""
    consolidation = consolidate(samples_folder(), master, out, progress, today=today)
    return Demo(consolidation, nominate(out, master, DECISION_DAY, out))
