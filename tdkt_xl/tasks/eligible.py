"""tdkt eligible: for whom, by what is recorded, an award may be proposed; and what must still be shown."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tdkt_xl.domain.candidates import Candidate
from tdkt_xl.domain.known_facts import facts_of
from tdkt_xl.domain.master import Master
from tdkt_xl.domain.past import Past
from tdkt_xl.domain.people import History, Records
from tdkt_xl.domain.periods import Period, find_period
from tdkt_xl.findings import Finding, TdktError
from tdkt_xl.findings.codes import nominations as codes
from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.rules.evidence import Answer
from tdkt_xl.rules.judging import Judgement, Reason, combine, judge
from tdkt_xl.rules.model import Award, RulePack
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.packs import load_packs
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.tasks.office_rules import office_of
from tdkt_xl.tasks.organisation import organisation_of
from tdkt_xl.writers.nomination import Nomination
from tdkt_xl.writers.prospects_book import Prospect, build_prospects_book
from tdkt_xl.writers.publish import publish

DOSSIER_FACTS = frozenset(
    {
        "minutes",
        "under_verification",
        "united",
        "leads_cluster",
        "leads_province_cluster",
        "members",
        "members_htnv",
        "members_ldtt",
        "members_cstdcs",
        "members_disciplined",
    }
)
"""Facts only a proposal and its dossier can give; the history never holds them."""

_PERIOD = "năm, ví dụ 2023, hoặc năm học, ví dụ 2022-2023"
_AWARD = "tên hoặc tên viết tắt như danh sách trong mẫu đề nghị, ví dụ LĐTT"
_UNIT = "mã hoặc tên đơn vị như trang Đơn vị của danh-muc.xlsx"


def read_chosen_period(text: str) -> Period:
    """Read the period to judge; raises TdktError KT-758 when the text is none."""
    period = find_period(text)
    if period is None:
        raise TdktError(codes.UNKNOWN_CHOICE, label="kỳ", text=text, expected=_PERIOD)
    return period


def chosen_awards(texts: Iterable[str]) -> list[str]:
    """Codes of the awards named; raises TdktError KT-758 for a name no regime knows."""
    names = AwardNames(load_packs().packs)
    found = []
    for text in texts:
        award = names.find(text)
        if award is None:
            raise TdktError(codes.UNKNOWN_CHOICE, label="danh hiệu, hình thức", text=text, expected=_AWARD)
        found.append(award.code)
    return found


def chosen_units(texts: Iterable[str], master: Master) -> list[str]:
    """Codes of the units named; raises TdktError KT-758 for a name the master data has not."""
    found = []
    for text in texts:
        known = master.register.find(text)
        if known is None:
            raise TdktError(codes.UNKNOWN_CHOICE, label="đơn vị", text=text, expected=_UNIT)
        found.append(known.unit.code)
    return found


def write_prospects(
    prospects: Sequence[Prospect], master: Master, on: date, out: Path
) -> tuple[Path, list[Finding]]:
    """Write co-the-de-nghi.xlsx into ``out``: everybody the history does not refuse, with every reason."""
    regime = load_packs().on(on).name
    content = build_prospects_book(prospects, regime, on, organisation_of(master))
    return publish(content, out / load_layout("co-the-de-nghi").file_name)


def find_prospects(
    history: History,
    master: Master,
    period: Period,
    on: date,
    awards: Collection[str] = (),
    units: Collection[str] = (),
) -> list[Prospect]:
    """Judge every recorded subject for every award of its kind, as of the day of decision.

    ``awards`` and ``units`` (codes) narrow what is judged. A subject of a school is judged for the school
    year that ends in the year of ``period``. Titles already given for the period are left out.
    """
    packs = load_packs()
    pack, office = packs.on(on), office_of(master, on, packs)
    chosen = [award for award in pack.awards if not awards or award.code in awards]
    return [
        prospect
        for known in history.subjects.values()
        if not units or known.subject.unit_code in units
        for prospect in _of_subject(known, chosen, pack, office, period, on, master)
    ]


def _of_subject(
    known: Records,
    awards: Iterable[Award],
    pack: RulePack,
    office: Office,
    period: Period,
    on: date,
    master: Master,
) -> Iterator[Prospect]:
    subject = known.subject
    past = Past(known, _own_period(known, period), on)
    facts = facts_of(past)
    given = {award.award for award in known.awards if award.period == past.period}
    unit = master.register.units.get(subject.unit_code)
    blank = Candidate(
        subject.name,
        subject.kind,
        subject.unit_code,
        unit.name if unit else subject.unit_code,
        "",
        "",
        getattr(subject, "position", ""),
        subject.source.cell("name"),
        facts,
    )
    for award in awards:
        if subject.kind in award.kinds and award.code not in given:
            candidate = replace(blank, award=award.code)
            judgement = judge(candidate, pack, office, past)
            yield _prospect(candidate, award, judgement, past)


def _prospect(candidate: Candidate, award: Award, judgement: Judgement, past: Past) -> Prospect:
    answered = [reason for reason in judgement.reasons if not waits_for_dossier(reason)]
    needed = dict.fromkeys(
        name for reason in judgement.reasons if waits_for_dossier(reason) for name in reason.missing
    )
    nomination = Nomination(
        candidate,
        award.abbreviation,
        judgement,
        leads_cluster=False,
        award_title=award.name,
        period=past.period,
        subject=past.subject,
        past=past,
    )
    return Prospect(nomination, combine(answered), tuple(needed))


def waits_for_dossier(reason: Reason) -> bool:
    """Tell a condition that only lacks what a dossier shows."""
    return (
        reason.verdict is Answer.MISSING and bool(reason.missing) and DOSSIER_FACTS.issuperset(reason.missing)
    )


def _own_period(known: Records, period: Period) -> Period:
    """The period a subject is rated by: the one its own rating of that year names, if any."""
    rated = known.ratings.get(period.last)
    if rated is not None:
        return rated.period
    latest = max(known.ratings.values(), key=lambda item: item.year, default=None)
    school = latest is not None and latest.period.first != latest.period.last
    return Period(period.last - 1, period.last) if school else Period(period.last, period.last)
