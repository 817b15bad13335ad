from datetime import date, timedelta
from decimal import Decimal

import pytest

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import FACTS
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.findings.render import message
from tdkt_xl.rules.arguments import expected_arguments
from tdkt_xl.rules.judging import evaluate
from tdkt_xl.rules.model import Level, Status
from tdkt_xl.rules.packs import Packs, load_packs
from tdkt_xl.rules.predicates import PREDICATES, Answer, Evidence
from tdkt_xl.vietnamese.text import comparison_key, nfc

from .words import facts

PACKS = load_packs()
DAY = date(2023, 12, 15)
FIRST_DAYS = [date(year, month, 1) for year in range(2020, 2024) for month in range(1, 13)]
SAMPLES: dict[type, object] = {
    Rating: Rating.HTXSNV,
    Discipline: Discipline.NONE,
    int: 1,
    bool: True,
    str: "tinh",
}
FULL = facts({name: SAMPLES[info.type] for name, info in FACTS.items()})


@pytest.mark.parametrize("day", FIRST_DAYS, ids=str)
def test_every_rule_answers_on_the_first_day_of_each_month(day: date) -> None:
    pack = PACKS.on(day)
    assert len(pack.rules) == 28
    for rule in pack.rules:
        assert evaluate(rule, Evidence(FULL, {})).text
        unknown = evaluate(rule, Evidence({}, {}))
        assert unknown.answer in {Answer.MISSING, Answer.NEEDS_PROVINCE}
        assert set(unknown.missing) <= FACTS.keys()
    for award in pack.awards:
        for kind in award.kinds:
            criteria = [rule for rule in pack.rules_for(award.code, kind) if not rule.id.startswith("QT-4")]
            assert criteria, (award.code, kind)  # a complete dossier alone earns nothing
    assert [quota.percent for quota in pack.quotas_for("CSTDCS")] == [Decimal(15)]


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2023, 12, 31)], ids=str)
def test_first_and_last_day_are_covered(day: date) -> None:
    assert PACKS.on(day).key == "R1"


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2024, 1, 1)], ids=str)
def test_day_outside_the_packs_is_refused(day: date) -> None:
    with pytest.raises(TdktError) as caught:
        PACKS.on(day)
    assert caught.value.finding.code is catalogues.NO_PACK
    assert caught.value.finding.params == {"day": day, "available": "R1 từ 01/01/2020 đến 31/12/2023"}


def test_find_on_may_return_none() -> None:
    assert PACKS.find_on(date(2024, 1, 1)) is None
    assert PACKS.find_on(DAY) == PACKS.on(DAY)


def test_no_pack_at_all_is_said() -> None:
    with pytest.raises(TdktError, match="không có gói nào"):
        Packs(()).on(DAY)


def test_known_change_is_announced_sixty_days_ahead() -> None:
    change = date(2024, 1, 1)
    told = {
        ahead: PACKS.on(change - timedelta(ahead)).pending(change - timedelta(ahead)) for ahead in (1, 60, 61)
    }
    assert [(ahead, [finding.code.id for finding in found]) for ahead, found in told.items()] == [
        (1, ["KT-612"]),
        (60, ["KT-612"]),
        (61, []),
    ]
    assert message(told[1][0]).startswith(
        "Từ 01/01/2024 quy định thay đổi: Luật Thi đua, khen thưởng số 06/2022"
    )
    assert PACKS.packs[0].pending(change) == []


AWARD_NAMES = {
    "LDTT": ["LDTT", "lđtt", "Lao  động tiên tiến"],
    "CSTDCS": ["CSTĐCS", "Chiến sỹ thi đua cơ sở", "CSTĐ cơ sở"],
    "CSTDT": ["CSTĐ cấp tỉnh", "CSTĐT", "chiến sĩ thi đua cấp tỉnh"],
    "BK_TINH": ["BK tỉnh", "Bằng khen của Chủ tịch Uỷ ban nhân dân tỉnh", "Bằng khen UBND tỉnh"],
    "GK_HUYEN": ["GK huyện", "Giấy khen của Chủ tịch UBND huyện"],
    "TTLDTT": ["TTLĐTT", "Tập thể Lao động tiên tiến"],
    "TTLDXS": ["TTLĐXS", "Tập thể lao động xuất sắc"],
    "CO_THI_DUA_TINH": ["Cờ thi đua tỉnh", "Cờ thi đua của UBND tỉnh"],
}


def test_awards_are_found_by_every_name() -> None:
    pack = PACKS.on(DAY)
    assert {award.code for award in pack.awards} == AWARD_NAMES.keys()
    for code, names in AWARD_NAMES.items():
        assert [found.code for name in names if (found := pack.find_award(name))] == [code] * len(names)
    for award in pack.awards:
        assert all(pack.find_award(name) is award for name in award.names)


@pytest.mark.parametrize(
    "text", ["", "CSTDXX", "Lao động xuất sắc", "Tập thể lao dộng tiên tiến", "BK", "Giấy khen"]
)
def test_unknown_award_is_not_guessed(text: str) -> None:
    assert PACKS.on(DAY).find_award(text) is None


def test_awards_have_kinds_level_and_authority() -> None:
    pack = PACKS.on(DAY)
    levels = {award.code: award.level for award in pack.awards}
    province = {code for code, level in levels.items() if level is Level.PROVINCE}
    assert province == {"CSTDT", "TTLDXS", "CO_THI_DUA_TINH", "BK_TINH"}
    assert all(award.decided_by.endswith("tỉnh") == (award.code in province) for award in pack.awards)
    sourced = {award.code for award in pack.awards if award.authority.status is Status.SOURCED}
    assert sourced == {"LDTT", "CSTDCS"}
    assert {award.code: len(award.kinds) for award in pack.awards if len(award.kinds) > 1} == {
        "BK_TINH": 2,
        "GK_HUYEN": 3,
    }


STATUSES = {
    "memory": {"QT-122", "QT-223", "QT-224", "QT-301", "QT-302", "QT-303", "QT-311"},
    "province": {"QT-222"},
    "draft": set(),
}


@pytest.mark.parametrize("status", ["memory", "province", "draft"])
def test_only_these_rules_are_not_sourced(status: str) -> None:
    rules = PACKS.on(DAY).rules
    assert {rule.id for rule in rules if rule.basis.status.value == status} == STATUSES[status]


def test_pack_texts_are_nfc_and_labelled() -> None:
    for rule in PACKS.on(DAY).rules:
        texts = (rule.paraphrase, rule.basis.citation, *map(str, rule.arguments.values()))
        assert all(text == nfc(text) for text in texts)
        assert rule.basis.status.label
    assert all(comparison_key(level.label) for level in Level)


def test_every_predicate_is_used_and_has_typed_arguments() -> None:
    used = {rule.predicate for rule in PACKS.on(DAY).rules}
    assert used == PREDICATES.keys()
    assert expected_arguments("rating_at_least") == {"rating": Rating}
    assert expected_arguments("united") == {}


def test_citation_is_printed_with_instrument_and_article() -> None:
    rules = {rule.id: rule for rule in PACKS.on(DAY).rules}
    assert rules["QT-101"].basis.citation == "Luật TĐKT 2003, Điều 24"
    assert rules["QT-102"].basis.citation == "NĐ 91/2017/NĐ-CP, Điều 10 khoản 6"


def test_rules_come_in_the_order_of_their_ids() -> None:
    ids = [rule.id for rule in PACKS.on(DAY).rules_for("LDTT", SubjectKind.INDIVIDUAL)]
    assert ids == ["QT-101", "QT-102", "QT-103", "QT-401", "QT-402"]
