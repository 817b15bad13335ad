"""Build rewards, base salaries, ballot rules, dossiers and principles from their TOML files."""

from collections.abc import Mapping
from decimal import Decimal
from importlib.resources.abc import Traversable

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.rules.basis import Status
from tdkt_xl.rules.blocks import (
    STATEMENT,
    Instruments,
    Regime,
    read_award,
    read_awards,
    read_basis,
    read_common,
    read_id,
)
from tdkt_xl.rules.model import Award
from tdkt_xl.rules.source import Block, open_document
from tdkt_xl.rules.statements import BallotRule, BaseSalary, Dossier, Multiplier, Principle

Awards = Mapping[str, Award]

_BALLOT_KEYS = ("secret", "of_all", "threshold", "strict", "absent", "quorum")
PRINCIPLES = frozenset(
    [
        "one_award",
        "lower_award",
        "thematic",
        "next_award",
        "two_state_awards",
        "money_day",
        "rounding",
        "highest_title",
        "title_and_commendation",
        "maternity",
        "study",
        "transfer",
        "treatment",
        "initiative",
        "posting",
        "statistics",
        "revocation",
        "priority",
    ]
)
"""Subjects a principle may be about, one of each in a regime."""


def load_base_salaries(file: Traversable, name: str, instruments: Instruments) -> tuple[BaseSalary, ...]:
    """Return the base salaries in the order of their days; each ends the day before the next."""
    salaries: list[BaseSalary] = []
    taken: set[str] = set()
    for block in open_document(file, name).blocks("base_salary")["base_salary"]:
        block.only(("amount", *STATEMENT))
        identifier, since = read_id(block, taken), block.day("since")
        amount, basis = block.number("amount"), read_basis(block, instruments)
        if amount <= 0:
            raise block.fail("amount", "lương cơ sở phải trên 0")
        if since < basis.instrument.in_force:
            raise block.fail("since", f"ngày áp dụng trước ngày {basis.instrument.short} có hiệu lực")
        if salaries and since <= salaries[-1].since:
            raise block.fail("since", "ngày áp dụng phải sau ngày của mức trước")
        salaries.append(BaseSalary(identifier, amount, since, basis, block.text("paraphrase")))
    return tuple(salaries)


def load_rewards(file: Traversable, name: str, regime: Regime, awards: Awards) -> tuple[Multiplier, ...]:
    """Return the rewards in base salaries; one for an award and a kind of subject."""
    rewards: list[Multiplier] = []
    for block in open_document(file, name).blocks("reward")["reward"]:
        block.only(("award", "kinds", *STATEMENT), ("factor",))
        common = read_common(block, regime)
        award = read_award(block, "award", block.text("award"), awards)
        kinds = block.choices("kinds", SubjectKind)
        if not set(kinds) <= set(award.kinds):
            raise block.fail("kinds", f"danh hiệu “{award.code}” không dành cho đối tượng này")
        if any(item.award == award.code and set(item.kinds) & set(kinds) for item in rewards):
            raise block.fail("award", f"mức thưởng của “{award.code}” đã khai cho đối tượng này")
        factor = block.number("factor") if "factor" in block.values else None
        if factor is not None and factor <= 0:
            raise block.fail("factor", "hệ số phải trên 0")
        if (factor is None) != (common.basis.status is Status.PROVINCE):
            raise block.fail("status", "hệ số để trống khi và chỉ khi tình trạng là “province”")
        rewards.append(
            Multiplier(common.id, award.code, kinds, factor, common.since, common.basis, common.paraphrase)
        )
    return tuple(rewards)


def load_ballots(file: Traversable, name: str, regime: Regime, awards: Awards) -> tuple[BallotRule, ...]:
    """Return how councils vote; what a block does not give stands in the council's own rules."""
    ballots: list[BallotRule] = []
    for block in open_document(file, name).blocks("ballot")["ballot"]:
        block.only(("awards", "body", *STATEMENT), _BALLOT_KEYS)
        common, codes = read_common(block, regime), read_awards(block, awards)
        for code in codes:
            if any(code in item.awards for item in ballots):
                raise block.fail("awards", f"cách biểu quyết của “{code}” đã khai")
        given = any(key in block.values for key in _BALLOT_KEYS)
        if given == (common.basis.status is Status.PROVINCE):
            raise block.fail("status", "cách biểu quyết để trống khi và chỉ khi tình trạng là “province”")
        ballots.append(
            BallotRule(
                common.id,
                codes,
                block.text("body"),
                block.flag("secret"),
                block.flag("of_all"),
                _percent(block, "threshold"),
                block.flag("strict"),
                block.flag("absent"),
                _percent(block, "quorum"),
                common.since,
                common.basis,
                common.paraphrase,
            )
        )
    return tuple(ballots)


def _percent(block: Block, key: str) -> Decimal | None:
    if key not in block.values:
        return None
    value = block.number(key)
    if not 0 < value <= 100:
        raise block.fail(key, "tỷ lệ phải trên 0 và không quá 100")
    return value


def load_papers(
    file: Traversable, name: str, regime: Regime, awards: Awards
) -> tuple[tuple[Dossier, ...], tuple[Principle, ...]]:
    """Return the dossiers to send in, and the principles that govern lists and money."""
    blocks = open_document(file, name).blocks("dossier", "principle")
    dossiers = [_build_dossier(block, regime, awards) for block in blocks["dossier"]]
    principles: list[Principle] = []
    for block in blocks["principle"]:
        block.only(("key", *STATEMENT))
        common, key = read_common(block, regime), block.text("key")
        if key not in PRINCIPLES:
            raise block.fail("key", f"“key” không có giá trị “{key}”")
        if any(item.key == key for item in principles):
            raise block.fail("key", f"nguyên tắc “{key}” đã khai")
        principles.append(Principle(common.id, key, common.since, common.basis, common.paraphrase))
    return tuple(dossiers), tuple(principles)


def _build_dossier(block: Block, regime: Regime, awards: Awards) -> Dossier:
    block.only(("awards", *STATEMENT), ("contents", "sets", "working_days"))
    common = read_common(block, regime)
    return Dossier(
        common.id,
        read_awards(block, awards),
        block.texts("contents"),
        block.whole("sets"),
        block.whole("working_days"),
        common.since,
        common.basis,
        common.paraphrase,
    )
