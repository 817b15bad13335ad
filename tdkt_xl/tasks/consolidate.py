"""tdkt consolidate: all clusters of a round into one workbook that can be presented and traced."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from tdkt_xl.domain.decisions import Answered, QuestionKind
from tdkt_xl.domain.frozen import Frozen
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings, State
from tdkt_xl.domain.units import Cluster
from tdkt_xl.findings import Finding, Place, TdktError, in_reading_order
from tdkt_xl.findings.codes import between_files, machine
from tdkt_xl.findings.render import as_records
from tdkt_xl.readers.own_files import RECORDS
from tdkt_xl.readers.protocol import Reading
from tdkt_xl.tables.layout import SheetLayout, load_layout
from tdkt_xl.tasks.checked_files import CheckedFile
from tdkt_xl.tasks.deciding import applied, decide, settle_ties
from tdkt_xl.tasks.freezing import frozen_status, hold, keep_results, read_frozen
from tdkt_xl.tasks.kept_files import KeptFiles
from tdkt_xl.tasks.last_round import read_last_round
from tdkt_xl.tasks.lineage import LINEAGE, LINEAGE_SHEETS, StoredList, lineage_of
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.tasks.proposal_checks import proposal_unit
from tdkt_xl.tasks.questions import ask
from tdkt_xl.tasks.result_files import SMALL_NAME, result_in
from tdkt_xl.tasks.round import Progress, Round, check_round, combine
from tdkt_xl.tasks.rulings import Rulings, about_other_answers, follow, read_rulings
from tdkt_xl.tasks.submissions import Kind
from tdkt_xl.tasks.validate import file_rows, output_remarks, source_paths
from tdkt_xl.vietnamese.numbers import round_half_up
from tdkt_xl.writers.book import stored_rows
from tdkt_xl.writers.consolidated_book import (
    Consolidated,
    Proposal,
    SourceFile,
    build_consolidated_book,
)
from tdkt_xl.writers.content import BookContent
from tdkt_xl.writers.decisions_sheet import DecisionRow
from tdkt_xl.writers.findings_book import build_findings_book
from tdkt_xl.writers.links import SourceLinks
from tdkt_xl.writers.publish import publish

_DOUBLES = frozenset({QuestionKind.DOUBLE, QuestionKind.CLUSTER_TWICE})
Decide = Callable[[Sequence[CheckedFile], Sequence[Answered], Master], Sequence[CheckedFile]]


@dataclass(frozen=True)
class Consolidation:
    """The result of consolidating a folder."""

    consolidated: Consolidated
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...]
    unchanged: int = 0
    """How many files were known from an earlier run and not read again."""
    lineage: Path | None = None
    """What ``tdkt trace`` reads; no result for people, but part of the record of the run."""

    read: Mapping[str, str | None] = field(default_factory=dict)
    """Digest of each received file as it was read, also of one whose frozen copy was used in its place."""

    @property
    def written(self) -> tuple[Path, ...]:
        """Every file written: the outputs and the lineage."""
        return (*self.outputs, self.lineage) if self.lineage else self.outputs

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt consolidate --json``; totals are decimal strings."""
        return {
            "clusters": clusters_document(self.consolidated.clusters),
            "questions": questions_document(self.consolidated.decisions),
            "findings": as_records(self.findings),
            "outputs": [str(path) for path in self.outputs],
        }


def questions_document(decisions: Iterable[DecisionRow]) -> list[dict[str, object]]:
    """The questions as ``--json`` gives them, answered ones with their state."""
    return [
        {
            "code": row.question.id,
            "kind": row.question.kind.value,
            "cluster": row.question.cluster,
            "unit": row.question.unit_code or row.question.unit,
            "criterion": row.question.path or None,
            "question": row.question.text,
            "answers": list(row.question.answers),
            "state": row.state,
        }
        for row in decisions
        if row.question
    ]


def clusters_document(clusters: Iterable[ClusterStandings]) -> list[dict[str, object]]:
    """The rankings as ``--json`` gives them; totals are decimal strings."""
    return [
        {
            "code": cluster.code,
            "name": cluster.name,
            "ranking": [
                {
                    "unit": item.unit_code or item.unit_name,
                    "name": item.unit_name,
                    "total": None if item.total is None else decimal_string(item.total),
                    "base": None if item.base is None else decimal_string(item.base),
                    "percent": None if item.share is None else f"{round_half_up(item.share * 100, 2):.2f}",
                    "rank": item.rank,
                    "tied": item.tied,
                }
                for item in cluster.standings
                if item.state is not State.MISSING
            ],
        }
        for cluster in clusters
    ]


def decimal_string(points: Decimal) -> str:
    """Points as a plain decimal string with at least the two places points are shown with."""
    exponent = points.as_tuple().exponent
    return f"{points:f}" if isinstance(exponent, int) and exponent < -2 else f"{points:.2f}"


def consolidate(
    folder: Path,
    master: Master,
    out: Path,
    progress: Progress | None = None,
    last_round: Path | None = None,
    *,
    decisions: Path | None = None,
    kept: KeptFiles | None = None,
    reading: Reading | None = None,
    today: date | None = None,
) -> Consolidation:
    """Check a folder, rank every cluster and write tong-hop-huyen.xlsx and ket-qua-kiem-tra.xlsx.

    ``last_round`` is the consolidated workbook of the round before, for the sheet of changes.
    ``decisions`` holds the answers to open questions; by default the earlier result in ``out``. Nothing
    is written for a folder without a workbook: an earlier result stays as it is. ``kept`` holds what
    earlier runs found in files that have not changed since, ``reading`` passwords and wider limits.
    Rulings of a day after ``today`` do not count.

    Clusters without a book, and units without a sheet, are listed, never dropped. Raises TdktError
    KT-538 (rulings or a frozen cluster cannot be read), KT-801, KT-803, KT-804, KT-806.
    """
    if folder.is_file():
        raise TdktError(machine.NOT_A_FOLDER, path=str(folder))
    last = read_last_round(last_round) if last_round else {}
    answers = decisions or result_in(out, SMALL_NAME)
    rulings = read_rulings(answers, must_exist=decisions is not None, today=today)
    frozen = read_frozen(out)
    checked = check_round([folder], master, progress, reading, kept=kept)
    if not checked.files:
        return Consolidation(Consolidated((), (), (), ()), checked.findings, ())
    received = {file.name: file.sha256 for file in checked.files}
    held = hold(checked, frozen, out, master)
    checked, clusters, found = apply_rulings(held.round, rulings, master)
    clusters, moved = keep_results(clusters, frozen)
    findings = (
        *master.remarks,
        *found,
        *held.findings,
        *moved,
        *about_other_answers(out, SMALL_NAME, decisions),
        *unit_sheet_notes(checked),
        *missing_findings(checked, master),
    )
    decided = tuple(rulings.rows())
    ordered = tuple(in_reading_order(follow(findings, decided, decisions, out / SMALL_NAME)))
    consolidated = Consolidated(
        clusters=tuple(sorted(clusters, key=lambda item: (item.cluster is None, item.code))),
        missing=missing_clusters(checked, master),
        files=source_files(checked, frozen),
        proposals=_proposals(checked, master, {cluster.file for cluster in clusters}),
        last=last,
        decisions=decided,
        doubled=doubled_clusters(checked, clusters),
    )
    sources = {**source_paths([folder]), **held.sources}
    made = _write(consolidated, checked, ordered, folder, sources, master, out)
    return replace(made, read=received)


def source_files(checked: Round, frozen: Sequence[Frozen]) -> tuple[SourceFile, ...]:
    """The received files as the sources sheet lists them, frozen ones marked."""
    marks = frozen_status(frozen)
    return tuple(
        SourceFile(
            file.name,
            file.sha256,
            f"{file.status} · {marks[file.name]}" if file.name in marks else file.status,
            file.cluster,
            file.period,
        )
        for file in checked.files
    )


def apply_rulings(
    checked: Round, rulings: Rulings, master: Master, decide: Decide = decide
) -> tuple[Round, list[ClusterStandings], list[Finding]]:
    """The round, its clusters and its findings as they stand after the rulings that answer a question.

    ``decide`` applies rulings to the files; a large round has its own, for files without their scores.
    """
    questions = ask(checked.checked)
    doubles = rulings.match(item for item in questions if item.kind in _DOUBLES)
    if doubles:  # nothing is left to ask about a version that is set aside
        checked = _decided(checked, doubles, master, decide)
        questions = ask(checked.checked)
        rulings.forget_moot(questions)
    scores = rulings.match(questions)
    checked = _decided(checked, scores, master, decide)
    answers = [*doubles, *scores]
    clusters, found = settle_ties(settle_doubles(checked.standings), rulings, checked.findings)
    notes = [*map(applied, answers), *rulings.findings, *rulings.about_orphans()]
    return checked, clusters, [*found, *notes]


def _decided(checked: Round, answers: Sequence[Answered], master: Master, decide: Decide) -> Round:
    if not answers:
        return checked
    decided = combine(decide(checked.checked, answers, master), checked.found)
    return replace(decided, unchanged=checked.unchanged)


def _write(
    consolidated: Consolidated,
    checked: Round,
    findings: tuple[Finding, ...],
    folder: Path,
    sources: dict[str, Path],
    master: Master,
    out: Path,
) -> Consolidation:
    organisation = organisation_of(master)
    links = SourceLinks(out.resolve(), sources)
    contents = {
        "tong-hop-huyen": build_consolidated_book(consolidated, findings, links, organisation),
        "ket-qua-kiem-tra": build_findings_book(
            file_rows(checked.files, findings), findings, links, organisation
        ),
    }
    outputs, notes = [], []
    for name, content in contents.items():
        written, found = publish(content, out / load_layout(name).file_name)
        outputs.append(written)
        notes += found
    notes += output_remarks(out, [folder])
    lineage = _write_lineage(contents["tong-hop-huyen"], outputs[0])
    return Consolidation(
        consolidated, (*findings, *notes), tuple(outputs), checked.unchanged, lineage=lineage
    )


def _write_lineage(content: BookContent, book: Path) -> Path:
    layout = load_layout("tong-hop-huyen")
    lists = {name: _stored(layout.sheet(name), content.lists[name]) for name in LINEAGE_SHEETS}
    path = book.parent / RECORDS / LINEAGE
    publish(lineage_of(book.name, sha256(content).hexdigest(), lists), path)
    return path


def _stored(layout: SheetLayout, rows: Iterable[Mapping[str, object]]) -> StoredList:
    fields = [column.field for column in layout.columns]
    return StoredList(fields, stored_rows(rows, fields))


def settle_doubles(standings: Sequence[ClusterStandings]) -> list[ClusterStandings]:
    """Set aside clusters received twice and units found in two books: a person must choose."""
    codes = Counter(item.code for item in standings if item.cluster is not None)
    kept = [item for item in standings if item.cluster is None or codes[item.code] == 1]
    homes: dict[str, set[str]] = {}
    skipped = {State.MISSING, State.FOREIGN}
    for cluster in kept:
        for item in cluster.standings:
            if cluster.cluster is not None and item.unit_code and item.state not in skipped:
                homes.setdefault(item.unit_code, set()).add(cluster.code)
    settled = []
    for cluster in kept:
        doubled = [
            replace(item, state=State.DOUBLED, rank=None, tied=False, band="")
            if item.state not in skipped and len(homes.get(item.unit_code, ())) > 1
            else item
            for item in cluster.standings
        ]
        settled.append(replace(cluster, standings=tuple(doubled)))
    return settled


def _received(checked: Round) -> set[str]:
    return {item.code for item in checked.standings if item.cluster is not None}


def missing_clusters(checked: Round, master: Master) -> tuple[Cluster, ...]:
    """Clusters of the periods now being worked on whose book is not among the files."""
    received = _received(checked)
    return tuple(cluster for cluster in master.active_clusters if cluster.code not in received)


def doubled_clusters(checked: Round, clusters: Iterable[ClusterStandings]) -> tuple[Cluster, ...]:
    """Clusters whose books came but are not among the consolidated ones: two of them differ (KT-502)."""
    done = {item.code for item in clusters}
    left = {item.code: item.cluster for item in checked.standings if item.code not in done}
    return tuple(cluster for _, cluster in sorted(left.items()) if cluster is not None)


def missing_findings(checked: Round, master: Master) -> list[Finding]:
    """Report clusters nobody sent (KT-503), with the leader to chase.

    When nothing at all from the master's clusters came in, the folder is another organisation's:
    one finding per file says so already (KT-304).
    """
    if checked.standings and not _received(checked):
        return []
    units = master.register.units
    return [
        between_files.CLUSTER_MISSING.at(
            cluster=cluster.name,
            period=cluster.period.key,
            count=len(cluster.members),
            leader=units[cluster.leader].name if cluster.leader in units else cluster.leader,
        )
        for cluster in missing_clusters(checked, master)
    ]


def unit_sheet_notes(checked: Round) -> list[Finding]:
    """Say which files are the sheet of one unit and so no part of the consolidation (KT-507)."""
    return [
        between_files.NOT_CONSOLIDATED.at(Place(item.name))
        for item in checked.submissions
        if item.kind is Kind.UNIT_SHEET
    ]


def _proposals(checked: Round, master: Master, kept: set[str]) -> tuple[Proposal, ...]:
    proposals = []
    for submission in checked.submissions:
        if submission.name not in kept:
            continue
        code = submission.cluster.code if submission.cluster else submission.cluster_text
        for row in submission.proposals:
            unit = proposal_unit(row, master)
            proposals.append(
                Proposal(
                    code,
                    unit.code if unit else "",
                    unit.name if unit else row.text("unit"),
                    row,
                )
            )
    return tuple(proposals)
