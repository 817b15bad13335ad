"""tdkt nominate: judge the leading and the proposed subjects by the law of the day, and list them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tdkt_xl.domain.candidates import Candidate
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.people import History
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Finding, Outcome, Place
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.findings.codes.master import PARAMETER_MISSING
from tdkt_xl.findings.render import as_records
from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.rules.judging import judge
from tdkt_xl.rules.model import RulePack
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.conflicts import check_conflicts
from tdkt_xl.tasks.judgement_findings import tell_judgements
from tdkt_xl.tasks.judging_together import judge_together
from tdkt_xl.tasks.known_past import KnownPast, Proposal
from tdkt_xl.tasks.office_rules import criteria_packs, missing_rules, office_of, unknown_award
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.tasks.proposals import (
    Rows,
    find_leaders,
    leader_candidates,
    proposed_candidates,
    read_consolidated,
)
from tdkt_xl.tasks.put_aside import PutAside, put_aside
from tdkt_xl.tasks.quota_checks import Measuring, percentages_told, tell_quotas
from tdkt_xl.tasks.suppositions import (
    Effect,
    Supposition,
    about_nobody,
    moves,
    suppose_facts,
    suppose_records,
)
from tdkt_xl.writers.export_list import FILE_NAME as EXPORT_NAME
from tdkt_xl.writers.export_list import build_export, exported
from tdkt_xl.writers.nomination import Nomination
from tdkt_xl.writers.nominations_book import build_nominations_book
from tdkt_xl.writers.publish import publish
from tdkt_xl.writers.quota_lines import QuotaLine

_PARAMETERS = load_layout("danh-muc").sheet("parameters")
_LEADER_AWARD = "Hình thức khen đơn vị dẫn đầu cụm"


@dataclass(frozen=True)
class Judged:
    """The judged nominations, before anything is written; ``regime`` names the law of the day."""

    nominations: tuple[Nomination, ...]
    findings: tuple[Finding, ...]
    regime: str
    quotas: tuple[QuotaLine, ...] = ()


@dataclass(frozen=True)
class Nominating:
    """The judged nominations, the outputs written and the file of an earlier run that was moved away."""

    nominations: tuple[Nomination, ...]
    findings: tuple[Finding, ...]
    outputs: tuple[Path, ...]
    removed: tuple[Path, ...] = ()

    def as_document(self) -> dict[str, object]:
        """The document promised by ``tdkt nominate --json``."""
        return {
            "nominations": [
                {
                    "subject": item.candidate.subject,
                    "kind": item.candidate.kind.value,
                    "award": item.award_name,
                    "outcome": item.judgement.outcome.value,
                    "reasons": [
                        {"rule": reason.rule, "citation": reason.citation, "text": reason.text}
                        for reason in item.judgement.reasons
                    ],
                    "sources": [str(place) for place in item.places],
                }
                for item in self.nominations
            ],
            "findings": as_records(self.findings),
            "outputs": [str(path) for path in self.outputs],
        }


def nominate(
    consolidated: Path,
    master: Master,
    on: date,
    out: Path,
    history: History | None = None,
    *,
    export: bool = False,
) -> Nominating:
    """Judge every cluster leader and every proposal of a consolidated workbook; write the lists.

    ``consolidated`` is tong-hop-huyen.xlsx or the folder holding it; ``on`` the day of the award
    decision, which selects the law; ``history`` what is recorded of people and collectives;
    ``export`` also writes the nine columns that provincial software imports; without it, those of an
    earlier run move to ``ban-cu`` (KT-883, KT-884). Raises TdktError KT-611 (no
    rules for the day), KT-801, KT-806.
    """
    judged = judge_consolidated(consolidated, master, on, history)
    layout = load_layout("danh-sach-de-nghi")
    content = build_nominations_book(
        judged.nominations, judged.regime, on, organisation_of(master), judged.quotas
    )
    written, notes = publish(content, out / layout.file_name)
    outputs, aside = [written], PutAside()
    if export:
        written, more = publish(build_export(judged.nominations), out / EXPORT_NAME)
        outputs.append(written)
        notes = [*notes, *more, *_notes_on_export(judged.nominations)]
    else:
        aside = put_aside(out, [out / EXPORT_NAME])
    findings = (*judged.findings, *notes, *aside.findings)
    return Nominating(judged.nominations, findings, tuple(outputs), aside.moved)


def suppose(
    consolidated: Path,
    master: Master,
    on: date,
    history: History | None,
    suppositions: Sequence[Supposition],
) -> Outcome[list[Effect]]:
    """Tell which conclusions move: by each supposition alone, then by all together; writes nothing.

    A supposition about nobody who is proposed is reported (KT-755) and then nothing is judged. Raises as
    ``nominate``.
    """
    load_packs().on(on)
    rows = read_consolidated(consolidated)

    def judged(supposed: Sequence[Supposition]) -> tuple[Nomination, ...]:
        return judge_rows(rows, master, on, history, supposed).nominations

    before = judged(())
    faults = about_nobody(suppositions, before)
    if faults:
        return Outcome(None, tuple(faults))
    alone = [Effect(item.text, moves(before, judged([item]))) for item in suppositions]
    return Outcome([*alone, Effect("", moves(before, judged(suppositions)))] if len(alone) > 1 else alone)


def _notes_on_export(nominations: Sequence[Nomination]) -> list[Finding]:
    kept = exported(nominations)
    names = [item.candidate.subject for item in nominations if item not in kept]
    notes = [codes.EXPORT_LEFT_OUT.at(count=len(names), names=names)] if names else []
    blank = [item.candidate.unit_name for item in kept if not item.work_field]
    if blank:
        units = list(dict.fromkeys(blank))
        notes.append(codes.WORK_FIELD_BLANK.at(count=len(blank), units=units))
    return notes


def judge_consolidated(
    consolidated: Path, master: Master, on: date, history: History | None = None
) -> Judged:
    """Judge what ``nominate`` lists, and write nothing. Raises as ``nominate`` does."""
    load_packs().on(on)  # a day without rules is told before anything is read
    return judge_rows(read_consolidated(consolidated), master, on, history)


def judge_rows(
    rows: Rows,
    master: Master,
    on: date,
    history: History | None = None,
    suppositions: Sequence[Supposition] = (),
) -> Judged:
    """Judge the rows of a consolidated workbook.

    ``suppositions`` are put in place of what is stated or recorded (``tasks.suppositions``).
    """
    packs = load_packs()
    names = AwardNames(packs.packs)
    pack, office = packs.on(on), office_of(master, on, packs)
    findings: list[Finding] = [*master.remarks, *pack.pending(on)]
    leaders = find_leaders(rows, findings)
    leader_award = _leader_award(master, pack, names, on, findings) if leaders else ""
    candidates = [
        *leader_candidates(leaders if leader_award else (), rows, leader_award),
        *proposed_candidates(rows, leaders, leader_award, pack, on, findings),
    ]
    before = len(findings)
    proposals = _with_history(candidates, master, on, history, suppositions, names, findings)
    criteria = criteria_packs(master, on, findings)
    nominations = judge_together(
        proposals,
        lambda item: judge(
            item.candidate, criteria.get(item.candidate.cluster_code, pack), office, item.past
        ),
        names,
        on,
    )
    nominations = [replace(item, work_field=_work_field(item, master)) for item in nominations]
    findings += check_conflicts(nominations, pack)
    findings += tell_judgements(nominations)
    cluster_names = {cluster.code: cluster.name for cluster in master.active_clusters}
    quotas = Measuring(nominations, pack, office, cluster_names).lines()
    findings += tell_quotas(quotas)
    awards = {candidate.award for candidate, _ in candidates}
    findings[before:before] = missing_rules(pack, office, on, awards, percentages_told(quotas, pack))
    return Judged(tuple(nominations), tuple(findings), pack.name, tuple(quotas))


def _leader_award(
    master: Master, pack: RulePack, names: AwardNames, on: date, findings: list[Finding]
) -> str:
    """Code of the award for cluster leaders: as typed when no day knows it, "" when none is set.

    May report KT-308 (then leaders are not proposed), KT-705, KT-713.
    """
    typed, place = master.parameters.get("leader_award"), Place(sheet=_PARAMETERS.name)
    if not typed:
        findings.append(PARAMETER_MISSING.at(place, name=_LEADER_AWARD))
        return ""
    award = pack.find_award(typed)
    if award is None:
        findings.append(unknown_award(typed, place, on))
        award = names.find(typed)
    return award.code if award else typed


def _with_history(
    candidates: Iterable[tuple[Candidate, bool]],
    master: Master,
    on: date,
    history: History | None,
    suppositions: Sequence[Supposition],
    names: AwardNames,
    findings: list[Finding],
) -> list[Proposal]:
    """Join the candidates with their history, if there is one, and with what is supposed."""
    periods = {cluster.code: cluster.period for cluster in reversed(master.active_clusters)}
    proposals = [
        Proposal(candidate, periods.get(candidate.cluster_code, _year_of(on)), leads)
        for candidate, leads in candidates
    ]
    if history is not None:
        known = KnownPast(suppose_records(history, suppositions, on), names, on)
        proposals = known.join(proposals)
        findings += [*history.remarks, *known.findings]
    return suppose_facts(proposals, suppositions)


def _work_field(item: Nomination, master: Master) -> str:
    unit = master.register.units.get(item.candidate.unit_code)
    return unit.work_field if unit else ""


def _year_of(day: date) -> Period:
    """The period of a proposal whose cluster the master data no longer has."""
    return Period(day.year, day.year)
