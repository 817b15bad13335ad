"""What is not known yet for the awards of a round: to be entered, to be read in a text, to be confirmed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum

from tdkt_xl.rules.basis import Status
from tdkt_xl.rules.model import Quota, Rule, RulePack, Statement
from tdkt_xl.rules.office import Office
from tdkt_xl.rules.statements import BallotRule, Dossier, Multiplier

_VOTE = {
    "vote_mode": "secret",
    "vote_base": "of_all",
    "vote_percent": "threshold",
    "vote_comparison": "strict",
    "vote_absent": "absent",
    "vote_quorum": "quorum",
}
"""Parameter of the council's own rules → what of a ballot it gives."""

_ALWAYS = ("award_fund", "dossier_deadline")
"""What every round needs, whatever the awards."""


class Lack(Enum):
    """Why something is not known."""

    TO_ENTER = "to_enter"
    NO_TEXT = "no_text"
    TO_CONFIRM = "to_confirm"

    @property
    def label(self) -> str:
        """The Vietnamese words shown to people."""
        return {
            "to_enter": "Chưa nhập",
            "no_text": "Chưa có văn bản",
            "to_confirm": "Cần đối chiếu văn bản gốc",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing not known: the code to enter it under, what it is, the article, for which awards."""

    key: str
    name: str
    lack: Lack
    question: str
    citation: str
    awards: tuple[str, ...]


def find_missing(pack: RulePack, office: Office, awards: Collection[str]) -> tuple[Missing, ...]:
    """Return what is missing for some awards on the day of ``pack`` and ``office``, each thing once."""
    found: dict[str, Missing] = {}
    for item in (*_to_enter(pack, office, awards), *_to_read(pack, office, awards)):
        if item.lack is Lack.TO_ENTER and office.find_value(item.key, *item.awards[:1]):
            continue
        earlier = found.get(item.key)
        if earlier is None:
            found[item.key] = item
        else:
            every = tuple(dict.fromkeys((*earlier.awards, *item.awards)))
            found[item.key] = Missing(
                earlier.key, earlier.name, earlier.lack, earlier.question, earlier.citation, every
            )
    return tuple(found.values())


def _to_enter(pack: RulePack, office: Office, awards: Collection[str]) -> Iterator[Missing]:
    for rule in pack.rules:
        asked = [item.parameter for item in rule.asked if item.default is None]
        for code in _concerned(rule.awards, awards):
            if not office.sets_aside(rule.id):
                yield from (_entry(office, key, rule.basis.citation, code) for key in asked)
    for quota in pack.quotas:
        if quota.award in awards:
            asked = ["quota_rounding", *([quota.parameter] if quota.percent is None else [])]
            yield from (_entry(office, key, quota.basis.citation, quota.award) for key in asked)
    for ballot in pack.ballots:
        for code in _concerned(ballot.awards, awards):
            yield from (_entry(office, key, ballot.basis.citation, code) for key in _open(ballot))
    for parameter in office.parameters.values():
        for code in _concerned(parameter.needed_for, awards):
            yield _entry(office, parameter.id, "", code)
    yield from (_entry(office, key, "", "") for key in _ALWAYS)


def _open(ballot: BallotRule) -> list[str]:
    """Return the parameters of the council's own rules that a ballot needs."""
    return [key for key, name in _VOTE.items() if getattr(ballot, name) is None]


def _entry(office: Office, key: str, citation: str, award: str) -> Missing:
    known = office.parameters[key]
    awards = (award,) if award else ()
    return Missing(key, known.name, Lack.TO_ENTER, known.question, citation, awards)


def _to_read(pack: RulePack, office: Office, awards: Collection[str]) -> Iterator[Missing]:
    for item in pack.statements:
        codes = _concerned(_awards_of(item), awards)
        if not codes or item.basis.status is Status.SOURCED or isinstance(item, BallotRule):
            continue
        if office.find(item.id) or _is_entered(item, office):
            continue
        lack = Lack.NO_TEXT if _is_unknown(item) else Lack.TO_CONFIRM
        yield Missing(item.id, item.paraphrase, lack, item.paraphrase, item.basis.citation, codes)


def _is_entered(item: Statement, office: Office) -> bool:
    """Tell whether all a rule or quota asks of the office stands under parameters, entered or listed."""
    if isinstance(item, Quota):
        return item.percent is None or office.find(item.parameter) is not None
    asked = item.asked if isinstance(item, Rule) else ()
    return bool(asked) and all(one.default is None or office.find(one.parameter) for one in asked)


def _is_unknown(item: Statement) -> bool:
    if isinstance(item, Rule):
        return any(condition.predicate == "needs_text" for condition in item.conditions)
    return isinstance(item, Multiplier) and item.factor is None


def _awards_of(item: Statement) -> tuple[str, ...]:
    if isinstance(item, (Rule, BallotRule, Dossier)):
        return item.awards
    return (item.award,) if isinstance(item, (Quota, Multiplier)) else ()


def _concerned(mine: Collection[str], awards: Collection[str]) -> tuple[str, ...]:
    return tuple(code for code in mine if code in awards)
