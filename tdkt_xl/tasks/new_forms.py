"""Make empty cluster books: one scoring sheet per member unit, with its identity filled in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.scoring.expected import how_scored
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Finding, Place, TdktError
from tdkt_xl.findings.codes import machine
from tdkt_xl.findings.render import as_record
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.tasks.put_aside import is_untouched
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.book import sheet_name
from tdkt_xl.writers.file_names import safe_file_name
from tdkt_xl.writers.forms import build_cluster_book
from tdkt_xl.writers.publish import publish
from tdkt_xl.writers.score_sheet import SheetContent, blank_rows


@dataclass(frozen=True)
class NewForms:
    """The books written, each with the cluster it is for, and what there is to tell."""

    books: tuple[tuple[Cluster, Path], ...]
    findings: tuple[Finding, ...]

    @property
    def outputs(self) -> list[Path]:
        """The files written."""
        return [path for _, path in self.books]

    def lines(self) -> list[str]:
        """One line a book for the screen."""
        return [
            f"{cluster.code}: {len(cluster.members)} phiếu · {cluster.name}, kỳ {cluster.period.key} · "
            f"danh mục {cluster.catalogue}"
            for cluster, _ in self.books
        ]

    def as_document(self) -> dict[str, object]:
        """The same for programs."""
        return {
            "books": [
                {
                    "cluster": cluster.code,
                    "period": cluster.period.key,
                    "catalogue": cluster.catalogue,
                    "units": list(cluster.members),
                    "path": str(path),
                }
                for cluster, path in self.books
            ],
            "findings": [as_record(finding) for finding in self.findings],
        }


def write_forms(master: Master, out: Path, wanted: Sequence[str] = ()) -> NewForms:
    """Write the books of the wanted clusters of the periods now worked on, of all of them when none is named.

    A file that is there is replaced only when an earlier run wrote it and nobody changed it since. May report
    KT-893, KT-894 and what publish and the master data report; raises TdktError KT-892 for a cluster that is
    none.
    """
    books: list[tuple[Cluster, Path]] = []
    findings: list[Finding] = list(master.remarks)
    for cluster in _chosen(master, wanted):
        lacking = what_is_lacking(master, cluster)
        if lacking:
            findings.append(
                machine.FORM_NOT_MADE.at(
                    Place(), cluster=cluster.code, period=cluster.period.key, items=lacking
                )
            )
            continue
        content, target = build(master, cluster), out / file_name(cluster)
        if target.exists() and target.read_bytes() != content and not is_untouched(out, target):
            findings.append(machine.FORM_IS_THERE.at(Place(target.name), path=str(target)))
            continue
        path, notes = publish(content, target)
        books.append((cluster, path))
        findings += notes
    return NewForms(tuple(books), tuple(findings))


def _chosen(master: Master, wanted: Sequence[str]) -> list[Cluster]:
    clusters = master.active_clusters
    available = [f"{cluster.code} ({cluster.period.key})" for cluster in clusters] or ["chưa có cụm nào"]
    chosen = [find_cluster(clusters, text) for text in wanted]
    for text, found in zip(wanted, chosen, strict=True):
        if not found:
            raise TdktError(machine.NO_SUCH_CLUSTER, cluster=text, names=available)
    if not clusters:
        raise TdktError(machine.NO_SUCH_CLUSTER, cluster="", names=available)
    picked = [cluster for found in chosen for cluster in found] if wanted else list(clusters)
    return list(dict.fromkeys(picked))


def find_cluster(clusters: Sequence[Cluster], text: str) -> list[Cluster]:
    """Recognise a cluster by its code, its number or its name; one of each period that has it."""
    key = comparison_key(text)
    named = [item for item in clusters if key in {comparison_key(item.code), comparison_key(item.name)}]
    if named or not key.isdigit():
        return named
    number = key.lstrip("0")
    numbered = [item for item in clusters if number and re.sub(r"\D", "", item.code).lstrip("0") == number]
    return numbered if len({item.code for item in numbered}) == 1 else []


def what_is_lacking(master: Master, cluster: Cluster) -> list[str]:
    """What the master data do not say of a cluster though its book needs it."""
    lacking = [] if master.catalogue_of(cluster) else ["danh mục tiêu chí"]
    return lacking if cluster.members else [*lacking, "đơn vị thành viên"]


def file_name(cluster: Cluster) -> str:
    """The name of a cluster's book."""
    return safe_file_name(f"so-cum-{cluster.code}-{cluster.period.key}")


def build(master: Master, cluster: Cluster) -> bytes:
    """The book's bytes; the summary lists the members in the master's order. Nothing may be lacking."""
    catalogue = master.catalogues[cluster.catalogue]
    heading = {"period": cluster.period.key, "cluster": cluster.name}
    hints = {leaf.path: how_scored(leaf) for leaf in catalogue.leaves}
    sheets: list[SheetContent] = []
    summary: list[dict[str, object]] = []
    for number, code in enumerate(cluster.members, start=1):
        unit = master.register.units[code]
        sheets.append(
            SheetContent(
                sheet_name(unit.short_name or unit.name, [sheet.name for sheet in sheets]),
                {**heading, "unit_code": unit.code, "unit": unit.name},
                blank_rows(catalogue),
                subtitle=catalogue.name,
                office=unit.name.upper(),
                hints=hints,
            )
        )
        summary.append({"number": number, "unit_code": unit.code, "unit": unit.name})
    return build_cluster_book(heading, sheets, {"summary": summary}, organisation_of(master))
