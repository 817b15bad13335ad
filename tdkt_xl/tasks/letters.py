"""tdkt letters: give every sender the faults of its own files, until when, and list who has not sent.

Who gets a fault: a unit the faults on its own scoring sheet (or its row of a wide table); the cluster's
leader everything else in the cluster's book, and sheets the leader has to settle (a unit twice, of another
cluster, not recognised). A fault whose words name another unit goes to the leader only, so that no letter
tells one unit about another. What the office settles itself (files sent twice, catalogues) is in no letter.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.standings import ClusterStandings, State
from tdkt_xl.domain.units import Cluster, Unit
from tdkt_xl.findings import Finding, Place, Severity, TdktError
from tdkt_xl.findings.codes import between_files, machine
from tdkt_xl.findings.render import as_records, say
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.consolidate import apply_rulings, missing_clusters
from tdkt_xl.tasks.kept_files import KeptFiles
from tdkt_xl.tasks.put_aside import PutAside, other_documents, put_aside
from tdkt_xl.tasks.result_files import result_in
from tdkt_xl.tasks.round import Progress, Round, check_round
from tdkt_xl.tasks.rulings import read_rulings
from tdkt_xl.tasks.submissions import Kind, Submission
from tdkt_xl.tasks.validate import output_remarks
from tdkt_xl.vietnamese.collation import sort_key
from tdkt_xl.vietnamese.text import comparison_key
from tdkt_xl.writers.file_names import safe_file_name
from tdkt_xl.writers.letter import Letter, Member, Missing, Sender, Terms, reminder, short_text
from tdkt_xl.writers.letter_document import build_letter
from tdkt_xl.writers.letters_book import build_letters_book
from tdkt_xl.writers.publish import publish

FOLDER = "phieu-tra-lai"
MESSAGES = "tin-nhan.txt"
_FOR_THE_OFFICE = frozenset(
    {between_files.SAME_BYTES, between_files.CLUSTER_TWICE, between_files.UNIT_IN_TWO_FILES}
)
_FIRST_CODE_OF_THE_OFFICE = 600
_QUOTED = frozenset({"text", "expected"})
"""Parameters that repeat the sender's own cell or the catalogue: a unit named there is no news."""
_SHORTEST_NAME = 6


@dataclass(frozen=True)
class Letters:
    """The letters of a round in the order they are listed, who has not sent, and the files written."""

    letters: tuple[Letter, ...]
    messages: tuple[str, ...]
    missing: tuple[Missing, ...]
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...]
    aside: PutAside
    """Letters of earlier runs that were moved away, or left with a word."""

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt letters --json``."""
        return {
            "letters": [
                {
                    "addressee": letter.addressee,
                    "role": letter.role,
                    "period": letter.period,
                    "faults": as_records(letter.faults),
                    "message": message,
                }
                for letter, message in zip(self.letters, self.messages, strict=True)
            ],
            "missing": [
                {"name": item.name, "what": item.what, "period": item.period, "urge": item.urge}
                for item in self.missing
            ],
            "findings": as_records(self.findings),
            "outputs": [str(path) for path in self.outputs],
        }


def write_letters(
    folder: Path,
    master: Master,
    out: Path,
    terms: Terms,
    progress: Progress | None = None,
    *,
    kept: KeptFiles | None = None,
    today: date | None = None,
) -> Letters:
    """Check a folder and write a letter to everybody with something to mend.

    Rulings in an earlier result in ``out`` count: what was accepted is asked of nobody, and a book set
    aside gets no letter. Writes to ``out``: phieu-tra-lai.xlsx, one .docx per letter, tin-nhan.txt.
    Letters of earlier runs that are none of these move to ``ban-cu`` (KT-883, KT-884).

    Findings are those of the check, with KT-525 for files nobody can be named for. Raises TdktError
    KT-538, KT-801, KT-803, KT-804.
    """
    if folder.is_file():
        raise TdktError(machine.NOT_A_FOLDER, path=str(folder))
    checked = _after_rulings(check_round([folder], master, progress, kept=kept), out, master, today)
    sender = sender_of(master)
    post = _Post(checked, master, sender)
    letters = post.letters()
    missing = find_missing(checked, master)
    findings = [*checked.findings, *post.unknown_senders()]
    documents: dict[int, str] = {}
    outputs: list[Path] = []
    for number, (letter, name) in enumerate(zip(letters, file_names(letters), strict=True)):
        written, notes = publish(build_letter(letter, sender, terms), out / FOLDER / name)
        documents[number] = f"{FOLDER}/{written.name}"
        outputs.append(written)
        findings += notes
    messages = tuple(short_text(letter, sender, terms) for letter in letters)
    others = {
        load_layout("phieu-tra-lai").file_name: build_letters_book(
            letters, missing, documents, sender, terms
        ),
        MESSAGES: _message_file(letters, messages, reminder(missing, terms)),
    }
    for name, content in others.items():
        written, notes = publish(content, out / name)
        outputs.append(written)
        findings += notes
    aside = put_aside(out, other_documents(out / FOLDER, outputs))
    findings += [*aside.findings, *output_remarks(out, [folder])]
    return Letters(letters, messages, missing, tuple(findings), tuple(outputs), aside)


def _after_rulings(checked: Round, out: Path, master: Master, today: date | None) -> Round:
    """The round as it stands after the rulings of the result in ``out``, without books set aside."""
    rulings = read_rulings(result_in(out), must_exist=False, today=today)
    decided, _, found = apply_rulings(checked, rulings, master)
    left = {item.name for item in decided.submissions if item.consolidable}
    aside = {item.name for item in checked.submissions if item.consolidable and item.name not in left}
    findings = tuple(item for item in found if item.place.file not in aside)
    return replace(decided, findings=findings)


def sender_of(master: Master) -> Sender:
    """Who writes the letters; the office's name is taken from the register, where it is not in capitals."""
    get = master.parameters.get
    known = master.register.find(get("office"))
    name = known.unit.name if known else get("office")
    return Sender(get("organisation"), get("office"), name, get("place_name"), get("signer_title"))


def file_names(letters: Sequence[Letter]) -> list[str]:
    """File names that every system takes: letters of a cluster stay together, its leader's first."""
    names: list[str] = []
    for number, letter in enumerate(letters, start=1):
        whom = letter.cluster if letter.is_cluster else letter.addressee
        names.append(safe_file_name(f"{number:03d} {letter.cluster_code} {whom}", ".docx", names))
    return names


def _message_file(letters: Sequence[Letter], messages: Sequence[str], urging: str) -> bytes:
    """All messages in one text Windows' Notepad shows well."""
    blocks = [
        f"=== {letter.addressee} ({letter.role}) ===\n{text}"
        for letter, text in zip(letters, messages, strict=True)
    ]
    if urging:
        blocks.append(f"=== Đôn đốc nơi chưa gửi ===\n{urging}")
    return "\ufeff".encode() + ("\n\n".join(blocks) + "\n").replace("\n", "\r\n").encode()


# ---- who gets what


@dataclass(frozen=True, slots=True)
class _Addressee:
    """A cluster, or one of its units."""

    cluster: Cluster
    unit: Unit | None = None

    @property
    def order(self) -> tuple[object, ...]:
        return self.cluster.code, self.unit is not None, sort_key(self.unit.name) if self.unit else ()


class _Post:
    """Sorts the faults of a round by addressee."""

    def __init__(self, checked: Round, master: Master, sender: Sender) -> None:
        self._master = master
        self._sender = sender
        self._submissions = {item.name: item for item in checked.submissions}
        self._settled = _settled_by_leader(checked.standings)
        self._by_addressee: dict[_Addressee, list[Finding]] = {}
        self._unknown: dict[str, int] = {}
        self._is_alone = _alone(master)
        for finding in checked.findings:
            if finding.place.file and finding.severity is not Severity.NOTE and _is_for_sender(finding):
                self._sort(finding)

    def _sort(self, finding: Finding) -> None:
        submission = self._submissions.get(finding.place.file)
        addressee = self._addressee(finding, submission) if submission else None
        if addressee is None:
            self._unknown[finding.place.file] = self._unknown.get(finding.place.file, 0) + 1
            return
        self._by_addressee.setdefault(addressee, []).append(finding)

    def _addressee(self, finding: Finding, submission: Submission) -> _Addressee | None:
        unit = _owner(finding.place, submission)
        cluster = submission.cluster
        if unit is not None and cluster is None:
            cluster = self._cluster_of(unit)
        if cluster is None:
            return None
        settled = (finding.place.file, finding.place.sheet) in self._settled
        if unit is None or settled or not self._is_alone(finding, unit):
            unit = None
        return _Addressee(cluster, unit)

    def _cluster_of(self, unit: Unit) -> Cluster | None:
        """The cluster a unit belongs to in the periods now being worked on."""
        return next((item for item in self._master.active_clusters if unit.code in item.members), None)

    def letters(self) -> tuple[Letter, ...]:
        """The letters, cluster by cluster, the leader's before those of the units."""
        found = self._by_addressee
        clusters = {item.cluster.code: _Addressee(item.cluster) for item in found}
        wanted = {*found, *clusters.values()}
        return tuple(self._letter(item) for item in sorted(wanted, key=lambda item: item.order))

    def _letter(self, to: _Addressee) -> Letter:
        leader = self._name(to.cluster.leader)
        faults = tuple(self._by_addressee.get(to, ()))
        common = (to.cluster.name, to.cluster.code, to.cluster.period.label)
        if to.unit is not None:
            answer_to = f"{leader} (Cụm trưởng {to.cluster.name})"
            return Letter(to.unit.name, False, *common, answer_to, faults)
        members = tuple(
            Member(item.unit.name, len(found))
            for item, found in sorted(self._by_addressee.items(), key=lambda pair: pair[0].order)
            if item.cluster.code == to.cluster.code and item.unit is not None
        )
        return Letter(leader, True, *common, self._sender.office_name, faults, members)

    def _name(self, code: str) -> str:
        unit = self._master.register.units.get(code)
        return unit.name if unit else code

    def unknown_senders(self) -> list[Finding]:
        """KT-525 for each file with faults that nobody can be written to about."""
        return [
            between_files.SENDER_UNKNOWN.at(Place(file), count=count) for file, count in self._unknown.items()
        ]


def _is_for_sender(finding: Finding) -> bool:
    number = int(finding.code.id.removeprefix("KT-"))
    return number < _FIRST_CODE_OF_THE_OFFICE and finding.code not in _FOR_THE_OFFICE


def _owner(place: Place, submission: Submission) -> Unit | None:
    """The unit whose sheet or row a place is in; of a file with one unit's sheet only, that unit."""
    if submission.kind is Kind.UNIT_SHEET and not place.sheet:
        return submission.sheets[0].unit
    for sheet in submission.sheets:
        if sheet.place.sheet == place.sheet:
            return sheet.unit
    rows = (row for row in submission.wide_rows if row.place.sheet == place.sheet)
    return next((row.unit for row in rows if row.place.row == place.row), None)


def _settled_by_leader(standings: Iterable[ClusterStandings]) -> set[tuple[str, str]]:
    """Sheets about which the cluster's leader must decide first: file and sheet."""
    waiting = {State.DOUBLED, State.FOREIGN, State.UNKNOWN}
    return {
        (item.place.file, item.place.sheet)
        for cluster in standings
        for item in cluster.standings
        if item.state in waiting and item.sheet is not None
    }


def _alone(master: Master) -> Callable[[Finding, Unit], bool]:
    """A test whether the words of a finding name no unit but the given one."""
    names = {
        comparison_key(name): unit.code
        for unit in master.register.units.values()
        for name in (unit.name, unit.short_name)
        if len(name) >= _SHORTEST_NAME
    }

    def is_alone(finding: Finding, unit: Unit) -> bool:
        said = " · ".join(say(value) for name, value in finding.params.items() if name not in _QUOTED)
        text = comparison_key(said)
        for own in (unit.name, unit.short_name):
            text = text.replace(comparison_key(own), "") if own else text
        return not any(name in text and code != unit.code for name, code in names.items())

    return is_alone


# ---- who has not sent


def find_missing(checked: Round, master: Master) -> tuple[Missing, ...]:
    """Clusters without a book (KT-503) and units without a sheet (KT-504)."""
    units, office = master.register.units, sender_of(master).office_name

    def name(code: str) -> str:
        return units[code].name if code in units else code

    clusters = [
        Missing(item.name, "sổ chấm điểm của cụm", item.period.label, f"{name(item.leader)} (Cụm trưởng)")
        for item in missing_clusters(checked, master)
    ]
    by_name = {(item.name, item.period.key): item for item in master.active_clusters}
    singles = []
    for finding in checked.findings:
        if finding.code is between_files.UNIT_MISSING:
            unit, period = str(finding.params["unit"]), str(finding.params["period"])
            cluster = by_name.get((str(finding.params["cluster"]), period))
            urge = f"{name(cluster.leader)} (Cụm trưởng {cluster.name})" if cluster else office
            label = cluster.period.label if cluster else period
            singles.append(Missing(unit, "phiếu chấm điểm", label, f"{unit} và {urge}"))
    return (*clusters, *singles)
