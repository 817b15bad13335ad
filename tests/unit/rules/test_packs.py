from datetime import date, timedelta

import pytest

from tdkt_xl.domain.awards import Discipline, Rating, SubjectKind
from tdkt_xl.domain.candidates import FACTS
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.findings.render import message
from tdkt_xl.rules.arguments import expected_arguments
from tdkt_xl.rules.basis import Status
from tdkt_xl.rules.evidence import Answer, Evidence
from tdkt_xl.rules.judging import evaluate
from tdkt_xl.rules.model import Level
from tdkt_xl.rules.packs import Packs, load_packs
from tdkt_xl.rules.predicates import PREDICATES
from tdkt_xl.vietnamese.text import comparison_key, nfc

from .words import NOTHING_ENTERED, facts

PACKS = load_packs()
DAY = date(2023, 12, 15)
FIRST_DAYS = [date(year, month, 1) for year in range(2020, 2028) for month in range(1, 13)]
CHANGES = {
    date(2024, 1, 1): ("R1", "R2"),
    date(2025, 7, 1): ("R2", "R3"),
    date(2026, 10, 1): ("R3", "R4"),
}
SAMPLES: dict[type, object] = {
    Rating: Rating.HTXSNV,
    Discipline: Discipline.NONE,
    int: 1,
    bool: True,
    str: "tinh",
}
FULL = facts({name: SAMPLES[info.type] for name, info in FACTS.items()})
ASKS = {Answer.MISSING, Answer.NEEDS_PROVINCE, Answer.NEEDS_TEXT}


@pytest.mark.parametrize("day", FIRST_DAYS, ids=str)
def test_every_rule_answers_on_the_first_day_of_each_month(day: date) -> None:
    pack = PACKS.on(day)
    for rule in pack.rules:
        assert rule.since <= day <= (rule.basis.instrument.until or day)
        assert evaluate(rule, Evidence(FULL, NOTHING_ENTERED)).text
        unknown = evaluate(rule, Evidence({}, NOTHING_ENTERED))
        assert unknown.answer in ASKS
        assert set(unknown.missing) <= FACTS.keys()
    for award in pack.awards:
        for kind in award.kinds:
            criteria = [rule for rule in pack.rules_for(award.code, kind) if rule.id[-3] != "4"]
            assert criteria, (award.code, kind)  # a complete dossier alone earns nothing


@pytest.mark.parametrize("day", FIRST_DAYS, ids=str)
def test_every_month_has_one_regime_one_base_salary_and_a_ballot_for_every_award(day: date) -> None:
    assert sum(pack.covers(day) for pack in PACKS.packs) == 1
    salary = PACKS.find_salary(day)
    assert salary is not None
    assert salary.since <= day <= (salary.basis.instrument.until or day)
    pack = PACKS.on(day)
    assert [award.code for award in pack.awards if pack.find_ballot(award.code) is None] == []


@pytest.mark.parametrize("day", FIRST_DAYS, ids=str)
def test_every_award_has_its_reward_or_says_that_none_is_known(day: date) -> None:
    pack = PACKS.on(day)
    lacking = {
        (award.code, kind)
        for award in pack.awards
        for kind in award.kinds
        if pack.find_multiplier(award.code, kind) is None
    }
    every = {(award.code, kind) for award in pack.awards for kind in award.kinds}
    assert lacking == (every if pack.key == "R4" else set())


@pytest.mark.parametrize(("day", "keys"), CHANGES.items(), ids=str)
def test_the_regime_changes_on_the_day_and_not_the_day_before(day: date, keys: tuple[str, str]) -> None:
    assert (PACKS.on(day - timedelta(1)).key, PACKS.on(day).key) == keys


@pytest.mark.parametrize(
    ("day", "key"), [(date(2020, 1, 1), "R1"), (date(2027, 12, 31), "R4")], ids=["first", "last"]
)
def test_first_and_last_day_are_covered(day: date, key: str) -> None:
    assert PACKS.on(day).key == key


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2028, 1, 1)], ids=str)
def test_day_outside_the_packs_is_refused(day: date) -> None:
    with pytest.raises(TdktError) as caught:
        PACKS.on(day)
    assert caught.value.finding.code is catalogues.NO_PACK
    assert caught.value.finding.params == {
        "day": day,
        "available": "R1 từ 01/01/2020 đến 31/12/2023; R2 từ 01/01/2024 đến 30/06/2025; "
        "R3 từ 01/07/2025 đến 30/09/2026; R4 từ 01/10/2026 đến 31/12/2027",
    }


def test_find_on_may_return_none() -> None:
    assert PACKS.find_on(date(2028, 1, 1)) is None
    assert PACKS.find_on(DAY) == PACKS.on(DAY)


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2023, 6, 30), 1_490_000),
        (date(2023, 7, 1), 1_800_000),
        (date(2024, 6, 30), 1_800_000),
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 6, 30), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
    ],
    ids=str,
)
def test_base_salary_on_the_day_before_and_the_day_of_each_change(day: date, amount: int) -> None:
    salary = PACKS.find_salary(day)
    assert salary is not None
    assert salary.amount == amount


def test_base_salary_before_the_first_one_is_not_known() -> None:
    assert PACKS.find_salary(date(2019, 6, 30)) is None


MONTHS_RULES = [
    (date(2023, 12, 31), "QT-102"),
    (date(2024, 1, 1), "QT-2102"),
    (date(2024, 2, 23), "QT-2102"),
    (date(2024, 2, 24), "QT-2103"),
    (date(2025, 6, 30), "QT-2103"),
    (date(2025, 7, 1), "QT-2103"),
    (date(2025, 8, 4), "QT-2103"),
    (date(2025, 8, 5), "QT-3102"),
    (date(2026, 9, 30), "QT-3102"),
]


@pytest.mark.parametrize(("day", "rule"), MONTHS_RULES, ids=str)
def test_the_rule_on_new_recruits_changes_with_its_instrument(day: date, rule: str) -> None:
    rules = PACKS.on(day).rules_for("LDTT", SubjectKind.INDIVIDUAL)
    tests = {item.id for item in rules if item.conditions[0].predicate == "months_at_least"}
    assert tests == {rule}


def test_rules_of_the_law_of_2022_stand_unchanged_when_the_decree_is_replaced() -> None:
    before = {rule.id: rule for rule in PACKS.on(date(2025, 6, 30)).rules}
    after = {rule.id: rule for rule in PACKS.on(date(2025, 7, 1)).rules}
    assert before["QT-2111"] == after["QT-2111"]
    assert before.keys() - after.keys() == {"QT-2104", "QT-2311", "QT-2401"}
    assert after.keys() - before.keys() == {"QT-3104", "QT-3401"}


def test_no_code_of_a_statement_means_two_things() -> None:
    found: dict[str, object] = {item.id: item for item in PACKS.salaries}
    for pack in PACKS.packs:
        for item in pack.statements:
            known = found.setdefault(item.id, item)
            assert getattr(known, "paraphrase", "") == item.paraphrase


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


def test_no_pack_at_all_is_said() -> None:
    with pytest.raises(TdktError, match="không có gói nào"):
        Packs(()).on(DAY)


AWARD_NAMES = {
    "LDTT": ["LDTT", "lđtt", "Lao  động tiên tiến"],
    "CSTDCS": ["CSTĐCS", "Chiến sỹ thi đua cơ sở", "CSTĐ cơ sở"],
    "CSTDT": ["CSTĐ cấp tỉnh", "CSTĐT", "chiến sĩ thi đua cấp tỉnh"],
    "BK_TINH": ["BK tỉnh", "Bằng khen của Chủ tịch Uỷ ban nhân dân tỉnh", "Bằng khen UBND tỉnh"],
    "GK_HUYEN": ["GK huyện", "Giấy khen của Chủ tịch UBND huyện"],
    "TTLDTT": ["TTLĐTT", "Tập thể Lao động tiên tiến"],
    "TTLDXS": ["TTLĐXS", "Tập thể lao động xuất sắc"],
    "CO_THI_DUA_TINH": ["Cờ thi đua tỉnh", "Cờ thi đua của UBND tỉnh"],
    "CSTDTQ": ["CSTĐ toàn quốc", "Chiến sỹ thi đua toàn quốc"],
    "CO_CHINH_PHU": ["Cờ thi đua của Chính phủ", "Cờ thi đua CP"],
    "BKTTG": ["BKTTg", "Bằng khen Thủ tướng"],
    "GK_XA": ["GK xã", "Giấy khen của Chủ tịch UBND xã"],
    "HCLD1": ["HCLĐ hạng Nhất"],
    "HCLD2": ["Huân chương Lao động hạng Nhì"],
    "HCLD3": ["Huân chương Lao động hạng Ba", "HCLĐ Ba"],
    "THON_VAN_HOA": ["Ấp văn hóa", "Thôn văn hoá"],
    "GIA_DINH_VAN_HOA": ["Gia đình văn hóa", "GĐVH"],
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
    by_level: dict[Level, set[str]] = {}
    for award in pack.awards:
        by_level.setdefault(award.level, set()).add(award.code)
    assert by_level == {
        Level.COMMUNE: {"GK_XA", "GIA_DINH_VAN_HOA"},
        Level.DISTRICT: {"LDTT", "CSTDCS", "TTLDTT", "GK_HUYEN", "THON_VAN_HOA"},
        Level.PROVINCE: {"CSTDT", "TTLDXS", "CO_THI_DUA_TINH", "BK_TINH"},
        Level.STATE: {"CSTDTQ", "CO_CHINH_PHU", "BKTTG", "HCLD1", "HCLD2", "HCLD3"},
    }
    sourced = {award.code for award in pack.awards if award.authority.status is Status.SOURCED}
    assert sourced == {"LDTT", "CSTDCS", "THON_VAN_HOA", "GIA_DINH_VAN_HOA"}
    several = {award.code: len(award.kinds) for award in pack.awards if len(award.kinds) > 1}
    assert several == {
        "BK_TINH": 2,
        "GK_HUYEN": 3,
        "GK_XA": 3,
        "BKTTG": 2,
        "HCLD1": 2,
        "HCLD2": 2,
        "HCLD3": 2,
    }


def test_the_district_decides_nothing_from_july_2025_on() -> None:
    before, after = PACKS.on(date(2025, 6, 30)), PACKS.on(date(2025, 7, 1))
    district = {award.code for award in before.awards if award.level is Level.DISTRICT}
    assert district == {"LDTT", "CSTDCS", "TTLDTT", "THON_VAN_HOA", "GK_HUYEN"}
    now = {award.code: award.level for award in after.awards if award.code in district}
    assert now == dict.fromkeys(district - {"GK_HUYEN"}, Level.COMMUNE)


STATUSES = {
    "R1": {
        "memory": {"QT-122", "QT-223", "QT-224", "QT-301", "QT-302", "QT-303", "QT-311", "QT-314"},
        "province": {"QT-222", "QT-322", "QT-332", "QT-333"},
        "draft": set(),
    },
    "R2": {
        "memory": {"QT-2104", "QT-2201", "QT-2202", "QT-2203", "QT-2221", "QT-2223", "QT-2224", "QT-2302"}
        | {"QT-2401"},
        "province": {"QT-2222", "QT-2241", "QT-2251", "QT-2311", "QT-2312", "QT-2322", "QT-2342", "QT-2343"}
        | {"QT-2402"},
        "draft": set(),
    },
    "R3": {
        "memory": {"QT-2201", "QT-2202", "QT-2203", "QT-2221", "QT-2223", "QT-2224", "QT-2302"},
        "province": {"QT-2222", "QT-2241", "QT-2251", "QT-2312", "QT-2322", "QT-2342", "QT-2343", "QT-2402"}
        | {"QT-3102"},
        "draft": set(),
    },
    "R4": {"memory": set(), "province": set(), "draft": {"QT-4001", "QT-4111", "QT-4112"}},
}
IN_FORCE = {
    "R1": DAY,
    "R2": date(2024, 12, 15),
    "R3": date(2025, 12, 15),
    "R4": date(2026, 12, 15),
}


@pytest.mark.parametrize("status", ["memory", "province", "draft"])
@pytest.mark.parametrize("regime", STATUSES)
def test_only_these_rules_are_not_sourced(regime: str, status: str) -> None:
    rules = PACKS.on(IN_FORCE[regime]).rules
    assert {rule.id for rule in rules if rule.basis.status.value == status} == STATUSES[regime][status]


def test_nothing_of_faint_memory_is_shipped() -> None:
    marks = {item.basis.source for pack in PACKS.packs for item in pack.statements}
    assert not [mark for mark in marks if "mem-L" in mark]


def test_pack_texts_are_nfc_and_labelled() -> None:
    for pack in PACKS.packs:
        for item in pack.statements:
            assert all(text == nfc(text) for text in (item.paraphrase, item.basis.citation))
            assert item.basis.status.label
    assert all(comparison_key(level.label) for level in Level)


def test_every_predicate_is_used_and_has_typed_arguments() -> None:
    used = {test.predicate for pack in PACKS.packs for rule in pack.rules for test in rule.conditions}
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
