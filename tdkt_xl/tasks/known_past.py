"""Put the recorded history beside the proposals: who is meant, what is known, what contradicts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tdkt_xl.domain.awards import Discipline, SubjectKind
from tdkt_xl.domain.candidates import FACT_LABELS, REACH_LABELS, Candidate, Fact
from tdkt_xl.domain.known_facts import facts_of, reconcile
from tdkt_xl.domain.past import Past
from tdkt_xl.domain.people import Author, History, Initiative, Person, Records, Subject
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import NOWHERE, Finding, Place
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.findings.render import say
from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.vietnamese.text import comparison_key

_SPELLED_OUT = re.compile(r"(.+?)\s*\(([^()]+)\)\s*")


@dataclass(frozen=True)
class Proposal:
    """A candidate with what is recorded of it; ``subject`` None when nobody recorded is meant for sure."""

    candidate: Candidate
    period: Period
    leads: bool = False
    subject: Subject | None = None
    past: Past | None = None


@dataclass
class KnownPast:
    """The history to judge by: whose it is, on which day, and every remark it gave rise to."""

    history: History
    names: AwardNames
    day: date
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._works: dict[str, list[Initiative]] = {}
        self._people_of: dict[str, list[Records]] = {}
        for known in self.history.subjects.values():
            if isinstance(known.subject, Person):
                self._people_of.setdefault(known.subject.unit_code, []).append(known)
            for work in known.initiatives:
                same = self._works.setdefault(comparison_key(work.decision), [])
                if work not in same:
                    same.append(work)

    def join(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """Find every proposed subject in the history and join its facts with the stated ones.

        May report KT-740 (no record), KT-741 (several), KT-742 (contradiction), KT-746 (given already),
        KT-747 (not the author), KT-748 (used before).
        """
        meant = [self._identify(proposal) for proposal in proposals]
        pending: dict[str, dict[str, Place]] = {}
        for item in meant:
            if item.subject:
                pending.setdefault(item.subject.code, {})[item.candidate.award] = item.candidate.place
        return [self._with_past(item, pending) for item in meant]

    def _identify(self, proposal: Proposal) -> Proposal:
        candidate = proposal.candidate
        name, mark = split_mark(candidate.subject)
        found = self._meant(candidate, name, mark)
        if len(found) == 1:
            named = replace(candidate, subject=found[0].name)
            return replace(proposal, candidate=named, subject=found[0])
        if len(found) > 1:
            shown = ", ".join(_shown(subject) for subject in found)
            self.findings.append(
                codes.SEVERAL_IN_HISTORY.at(
                    candidate.place,
                    subject=candidate.subject,
                    unit=candidate.unit_name,
                    codes=shown,
                    code=found[0].code,
                )
            )
        elif candidate.kind is SubjectKind.INDIVIDUAL:
            self.findings.append(
                codes.NOT_IN_HISTORY.at(
                    candidate.place,
                    subject=candidate.subject,
                    unit=candidate.unit_name,
                    suggestion=self._elsewhere(name, candidate),
                )
            )
        return proposal

    def _meant(self, candidate: Candidate, name: str, mark: str) -> Sequence[Subject]:
        """Subjects of this name in this unit; a code or a birth date behind the name decides between them."""
        by_code = self.history.subjects.get(mark)
        if by_code and comparison_key(by_code.subject.name) == comparison_key(name):
            return (by_code.subject,)
        found = self.history.find(name, candidate.unit_code, candidate.kind)
        if not mark:
            return found
        born = [item for item in found if isinstance(item, Person) and item.birth and say(item.birth) == mark]
        return born or self.history.find(candidate.subject, candidate.unit_code, candidate.kind)

    def _elsewhere(self, name: str, candidate: Candidate) -> str:
        same = [
            known.subject
            for known in self.history.subjects.values()
            if known.subject.kind is candidate.kind
            and comparison_key(known.subject.name) == comparison_key(name)
        ]
        return f" Có người cùng tên: {', '.join(map(_shown, same[:3]))}." if same else ""

    def _with_past(self, item: Proposal, pending: Mapping[str, Mapping[str, Place]]) -> Proposal:
        if item.subject is None:
            return item
        records = self.history.subjects[item.subject.code]
        others = {
            code: place for code, place in pending[item.subject.code].items() if code != item.candidate.award
        }
        past = Past(records, item.period, self.day, others)
        facts, contradictions = reconcile(item.candidate.facts, facts_of(past))
        for found in contradictions:
            self._report_once(
                codes.FACT_CONTRADICTS.at(
                    found.stated.place,
                    subject=item.candidate.subject,
                    column=FACT_LABELS[found.name],
                    text=said(found.stated),
                    current=said(found.known),
                    other=str(found.known.place),
                )
            )
        self._check_members(item)
        self._check_given(item, records)
        self._check_initiative(item, facts)
        return replace(item, candidate=replace(item.candidate, facts=facts), past=past)

    def _report_once(self, finding: Finding) -> None:
        """A unit may stand as leader and as proposed, with the same cells."""
        if finding not in self.findings:
            self.findings.append(finding)

    def _check_members(self, item: Proposal) -> None:
        """Compare what a whole unit states of its people with what is recorded of them (KT-753)."""
        stated = item.candidate.facts.get("members_disciplined")
        whole = comparison_key(item.candidate.subject) == comparison_key(item.candidate.unit_name)
        if stated is None or not isinstance(stated.value, int) or not whole:
            return
        names = [
            known.subject.name
            for known in self._people_of.get(item.candidate.unit_code, ())
            if (Past(known, item.period, self.day).discipline().value or Discipline.NONE)
            >= Discipline.CANH_CAO
        ]
        if len(names) > stated.value:
            self._report_once(
                codes.MEMBERS_CONTRADICT.at(
                    stated.place,
                    unit=item.candidate.unit_name,
                    column=FACT_LABELS["members_disciplined"],
                    text=stated.value,
                    count=len(names),
                    names=names,
                )
            )

    def _check_given(self, item: Proposal, records: Records) -> None:
        candidate = item.candidate
        for award in records.awards:
            if (
                award.award == candidate.award
                and award.period == item.period
                and award.until in {None, item.period.last}
            ):
                self.findings.append(
                    codes.ALREADY_GIVEN.at(
                        candidate.place,
                        subject=candidate.subject,
                        award=self.names.awards[award.award].abbreviation,
                        year=item.period.key,
                        text=award.decision or "quyết định chưa ghi số",
                        other=str(award.source.cell("award")),
                    )
                )
                return

    def _check_initiative(self, item: Proposal, facts: Mapping[str, Fact[object]]) -> None:
        fact, subject = facts.get("initiative"), item.subject
        if fact is None or subject is None or not isinstance(fact.value, str):
            return
        works = [
            work
            for work in self._works.get(comparison_key(fact.value), ())
            if abs(work.year - item.period.last) <= 1
        ]
        if not works:
            return
        mine = [(work, author) for work in works if (author := work.author(subject.code))]
        if not mine:
            self._report_foreign(item, fact, works)
        elif all(self._used_before(author, item) for _, author in mine):
            self._report_reuse(item, fact, mine[0][1])

    def _report_foreign(self, item: Proposal, fact: Fact[object], works: Iterable[Initiative]) -> None:
        authors = [author for work in works for author in work.authors]
        names = dict.fromkeys(
            known.subject.name if (known := self.history.subjects.get(author.person)) else author.person
            for author in authors
        )
        self.findings.append(
            codes.NOT_THE_AUTHOR.at(
                _cell(fact, item),
                subject=item.candidate.subject,
                text=fact.value,
                name=", ".join(names) or "người chưa ghi",
                other=str(authors[0].source.cell("subject")) if authors else "",
            )
        )

    def _used_before(self, author: Author, item: Proposal) -> bool:
        award, year = item.candidate.award, item.period.last
        return any(use.award == award and use.year != year for use in author.uses)

    def _report_reuse(self, item: Proposal, fact: Fact[object], author: Author) -> None:
        use = next(use for use in author.uses if use.award == item.candidate.award)
        self.findings.append(
            codes.INITIATIVE_REUSED.at(
                _cell(fact, item),
                subject=item.candidate.subject,
                text=fact.value,
                award=self.names.awards[use.award].abbreviation,
                year=use.year,
                other=str(author.source.cell("uses")),
            )
        )


def without_failed(item: Proposal, failed: Mapping[str, frozenset[str]]) -> Proposal:
    """The proposal without counting titles proposed together with it that were refused."""
    if item.past is None or item.subject is None:
        return item
    refused = failed.get(item.subject.code, frozenset())
    kept = {code: place for code, place in item.past.pending.items() if code not in refused}
    if len(kept) == len(item.past.pending):
        return item
    return replace(item, past=replace(item.past, pending=kept))


def split_mark(text: str) -> tuple[str, str]:
    """Split "Lê Văn Nam (CN-0012)" into the name and what stands in the brackets."""
    found = _SPELLED_OUT.fullmatch(text)
    return (found[1], found[2].strip()) if found else (text, "")


def said(fact: Fact[object]) -> str:
    """A fact as people read it."""
    value = fact.value
    if isinstance(value, bool):
        return "có" if value else "không"
    label = getattr(value, "label", None)
    if label:
        return str(label)
    text = REACH_LABELS.get(value, value) if isinstance(value, str) else say(value)
    return f"từ {text}" if fact.gap else str(text)


def _cell(fact: Fact[object], item: Proposal) -> Place:
    return fact.place if fact.place != NOWHERE else item.candidate.place


def _shown(subject: Subject) -> str:
    birth = getattr(subject, "birth", None)
    return f"{subject.code}{f' (sinh {say(birth)})' if birth else ''}"
