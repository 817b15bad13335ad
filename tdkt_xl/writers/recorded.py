"""What is recorded of the nominated: columns of the lists, and the statistics of those to be favoured."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.domain.candidates import Fact
from tdkt_xl.domain.past import Past
from tdkt_xl.domain.people import Category, Collective, Labour, Person, Subject
from tdkt_xl.findings.render import say
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.writers.nomination import Nomination

_HELD_SHOWN = 3
"""So many earlier awards are shown, the latest first."""

Test = Callable[[Subject], bool | None]


def _direct(subject: Subject) -> bool | None:
    return subject.direct_worker if isinstance(subject, Person) else None


def _labour(kind: Labour) -> Test:
    def told(subject: Subject) -> bool | None:
        return subject.labour is kind if isinstance(subject, Person) and subject.labour else None

    return told


STATISTICS: dict[str, Test] = {
    "direct": _direct,
    "workers": _labour(Labour.CONG_NHAN),
    "farmers": _labour(Labour.NONG_DAN),
    "women": lambda subject: subject.female if isinstance(subject, Person) else None,
    "minority": lambda subject: subject.minority if isinstance(subject, Person) else None,
    "remote": lambda subject: subject.remote,
    "small": lambda subject: subject.small if isinstance(subject, Collective) else None,
}
"""Whom the plan asks to favour (kế hoạch 2023; law.md §8); None where nothing is recorded."""


def recorded_columns(item: Nomination) -> dict[str, object]:
    """The columns of a list that the record of the subject and the facts judged fill."""
    subject, facts = item.subject, item.candidate.facts
    columns: dict[str, object] = {
        "rating": _code(facts.get("rating")),
        "initiative": _text(facts.get("initiative")),
        "discipline": _label(facts.get("discipline")),
    }
    if item.past is not None:
        columns["held"] = _held(item.past)
    if subject is not None and subject.category is not None:
        columns["category"] = subject.category.label
    if isinstance(subject, Person):
        columns |= {
            "salutation": {True: "Bà", False: "Ông"}.get(subject.female)
            if subject.female is not None
            else "",
            "female": {True: "x", False: ""}.get(subject.female) if subject.female is not None else "",
            "ethnicity": subject.ethnicity,
            "direct": _direct_or_leader(subject),
            "recruited": _recruited(item.past),
        }
    return columns


def _code(fact: Fact[object] | None) -> str:
    return str(getattr(fact.value, "code", "")) if fact and fact.value is not None else ""


def _label(fact: Fact[object] | None) -> str:
    return str(getattr(fact.value, "label", "")) if fact and fact.value is not None else ""


def _text(fact: Fact[object] | None) -> str:
    return str(fact.value) if fact and fact.value is not None else ""


def _direct_or_leader(person: Person) -> str:
    if person.category is None:
        return ""
    return "Trực tiếp" if person.category is Category.NGUOI_TRUC_TIEP else "Lãnh đạo"


def _recruited(past: Past | None) -> object:
    served = [item for item in past.records.stretches if item.kind.is_employment] if past else []
    return min((item.start for item in served), default=None)


def _held(past: Past) -> str:
    """Earlier awards as they were called then, with number and day of the decision."""
    held = [award for award in past.records.awards if award.day is None or award.day <= past.day]
    shown = []
    for award in held[-_HELD_SHOWN:][::-1]:
        decision = ", ".join(filter(None, (award.decision, say(award.day) if award.day else "")))
        shown.append(f"{award.title} {award.period.key} ({decision})")
    return "; ".join(shown)


def statistics_rows(nominations: Sequence[Nomination]) -> list[dict[str, object]]:
    """One row per award and kind of subject, then one per kind: how many are to be favoured, and the share.

    Refused proposals are left out. Shares are of all others; "unknown" says of how many nothing is recorded.
    """
    standing = [item for item in nominations if item.judgement.outcome is not Outcome.NOT_ELIGIBLE]
    rows: list[dict[str, object]] = []
    for kind in SubjectKind:
        items = [item for item in standing if item.candidate.kind is kind]
        awards = dict.fromkeys(item.award_name for item in items)
        rows += [
            _statistics(award, kind, [item for item in items if item.award_name == award]) for award in awards
        ]
        if len(awards) > 1:
            rows.append(_statistics("Cộng", kind, items))
    return rows


def _statistics(name: str, kind: SubjectKind, items: Sequence[Nomination]) -> dict[str, object]:
    """One row; blank where nobody is recorded, for then nothing is known, and it is not zero."""
    known = [item.subject for item in items if item.subject is not None]
    row: dict[str, object] = {"subject": name, "kind": kind.label.capitalize(), "total": len(items)}
    asked = STATISTICS.keys() - {"small"} if kind is SubjectKind.INDIVIDUAL else {"remote", "small"}
    for column in asked if known else ():
        count = sum(STATISTICS[column](subject) is True for subject in known)
        row |= {column: count, f"{column}_share": _percent(count, len(items))}
    return {**row, "unknown": len(items) - len(known)}


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
