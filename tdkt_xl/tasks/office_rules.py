"""Read and check what the office has entered on the sheet "Quy định của tỉnh"."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.office import OfficeRule
from tdkt_xl.domain.periods import Period
from tdkt_xl.domain.units import Cluster, Register
from tdkt_xl.findings import Finding, Place
from tdkt_xl.findings.codes import catalogues as codes
from tdkt_xl.findings.codes import nominations
from tdkt_xl.findings.render import say
from tdkt_xl.rules.missing import Lack, find_missing
from tdkt_xl.rules.model import RulePack, Statement
from tdkt_xl.rules.office import APPLIES, SET_ASIDE, Office, is_word_on_rule, repeated
from tdkt_xl.rules.packs import Packs, load_packs
from tdkt_xl.rules.parameters import Parameter
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.office_scope import Places, check_exemption, read_scope
from tdkt_xl.vietnamese.text import comparison_key

_CITED = ("value", "instrument", "article", "since")


def office_of(master: Master, day: date, packs: Packs | None = None) -> Office:
    """Return what the office has entered, as of a day."""
    return Office(master.office_rules, (packs or load_packs()).parameters).as_of(day)


def read_office_rules(
    rows: Iterable[ListRow], register: Register, clusters: Iterable[Cluster], findings: list[Finding]
) -> tuple[OfficeRule, ...]:
    """Read the lines that hold a value, each with its citation.

    May report KT-626 … KT-629 (for which award, cluster, unit), KT-641 (unknown code), KT-642 (value),
    KT-643 (above the national limit), KT-644 (citation), KT-645 (twice), KT-646 (a sourced rule) and KT-705
    (unknown award). A faulty line is not used.
    """
    packs, places = load_packs(), Places(register, {comparison_key(item.code): item for item in clusters})
    found = [rule for row in rows if (rule := _read(row, packs, places, findings))]
    for rule, earlier in repeated(found):
        findings.append(
            codes.OFFICE_RULE_TWICE.at(
                rule.place, name=_name(rule.key, packs), date=rule.since, other=earlier.place.cell
            )
        )
    return tuple(found)


def check_moved(rows: Sequence[ListRow]) -> list[Finding]:
    """Report values left on the sheet Tham số that now stand with their citation (KT-647)."""
    moved = load_packs().parameters
    return [
        codes.PARAMETER_MOVED.at(row.place("value"), name=row.text("name"), text=row.text("value"))
        for row in rows
        if row.text("key") in moved and row.text("value")
    ]


def _read(row: ListRow, packs: Packs, places: Places, findings: list[Finding]) -> OfficeRule | None:
    given = [name for name in _CITED if row.values.get(name) is not None]
    if not given or row.bad & set(_CITED):
        return None
    key = _key(row.text("key"), packs)
    if key is None:
        if row.text("key"):
            findings.append(codes.UNKNOWN_OFFICE_RULE.at(row.place("key"), text=row.text("key")))
        return None
    lacking = [row.table.heading(name) for name in _CITED if name not in given]
    if lacking:
        place = row.place(next(name for name in _CITED if name not in given))
        findings.append(codes.OFFICE_RULE_UNCITED.at(place, name=_name(key, packs), columns=lacking))
        return None
    award, scope = _award(row, packs, findings), read_scope(row, packs.parameters.get(key), places, findings)
    if award is None or scope is None:
        return None
    since = row.values["since"]
    assert isinstance(since, date)
    rule = OfficeRule(
        key,
        row.text("value"),
        row.text("instrument"),
        row.text("article"),
        since,
        award,
        row.place("value"),
        scope,
    )
    faults = [*_check(rule, packs), *check_exemption(rule, packs)]
    findings += faults
    return None if faults else rule


def _key(text: str, packs: Packs) -> str | None:
    """Return the code a cell means: of a parameter, by code or by name, or of a rule."""
    wanted = comparison_key(text)
    for parameter in packs.parameters.values():
        if wanted in {comparison_key(parameter.id), comparison_key(parameter.name)}:
            return parameter.id
    return next((code for code in _statements(packs) if comparison_key(code) == wanted), None)


def _statements(packs: Packs) -> dict[str, Statement]:
    return {item.id: item for pack in packs.packs for item in pack.statements}


def _name(key: str, packs: Packs) -> str:
    known = packs.parameters.get(key)
    return known.name if known else key


def _award(row: ListRow, packs: Packs, findings: list[Finding]) -> str | None:
    """Return the code of the one award a line is for, "" for all, None when it is not an award."""
    text = row.text("award")
    if not text:
        return ""
    for pack in reversed(packs.packs):
        award = pack.find_award(text)
        if award:
            return award.code
    findings.append(nominations.UNKNOWN_AWARD.at(row.place("award"), text=text, suggestion=""))
    return None


def _check(rule: OfficeRule, packs: Packs) -> Iterable[Finding]:
    parameter = packs.parameters.get(rule.key)
    if parameter is None:
        yield from _check_word(rule, _statements(packs)[rule.key])
    elif parameter.parse(rule.value) is None:
        yield codes.BAD_OFFICE_VALUE.at(
            rule.place, name=parameter.name, text=rule.value, expected=parameter.expects
        )
    else:
        yield from _check_limit(rule, parameter, packs)


def _check_word(rule: OfficeRule, statement: Statement) -> Iterable[Finding]:
    if statement.basis.status.decides:
        yield codes.RULE_NOT_OPEN.at(rule.place, code=rule.key, text=statement.basis.citation)
    elif not is_word_on_rule(rule.value):
        expected = f"“{APPLIES}”, “{SET_ASIDE}”, hoặc hệ số tiền thưởng"
        yield codes.BAD_OFFICE_VALUE.at(rule.place, name=rule.key, text=rule.value, expected=expected)


def _check_limit(rule: OfficeRule, parameter: Parameter, packs: Packs) -> Iterable[Finding]:
    """A province may lower a sourced national percentage, never raise it."""
    value = parameter.parse(rule.value)
    bounds = (
        quota
        for pack in packs.packs
        for quota in pack.quotas
        if quota.parameter == rule.key and quota.basis.status.decides and rule.since <= pack.until
    )
    for quota in bounds:
        if isinstance(value, Decimal) and quota.percent is not None and value > quota.percent:
            yield codes.ABOVE_NATIONAL.at(
                rule.place, name=parameter.name, value=value, limit=quota.percent, text=quota.basis.citation
            )
            return


def missing_rules(
    pack: RulePack, office: Office, day: date, awards: Collection[str], told: Collection[str]
) -> list[Finding]:
    """Say once what the office has yet to enter for these awards (KT-640); not what is ``told`` elsewhere."""
    found = [
        item
        for item in find_missing(pack, office, awards)
        if item.lack is Lack.TO_ENTER and item.key not in told
    ]
    if not found:
        return []
    names = [item.name for item in found]
    return [codes.OFFICE_RULES_MISSING.at(day=day, count=len(found), names=names)]


def unknown_award(text: str, place: Place, day: date) -> Finding:
    """Return why the law of a day does not know an award: it is of another time, or of none."""
    knowing = [pack for pack in load_packs().packs if pack.find_award(text)]
    if knowing:
        current = f"từ ngày {say(knowing[0].since)} đến ngày {say(knowing[-1].until)}"
        return nominations.AWARD_ENDED.at(place, text=text, current=current, day=day)
    return nominations.UNKNOWN_AWARD.at(place, text=text, suggestion="")


def criteria_packs(master: Master, day: date, findings: list[Finding]) -> dict[str, RulePack]:
    """Return by cluster the rules its proposals are judged by, for a decision on ``day``.

    The day of decision selects them; the achievement year does where the province's guidance says so and
    the office has entered it. May report KT-724 where the two differ and nothing was entered.
    """
    packs = load_packs()
    given = office_of(master, day, packs).find_value("criteria_day")
    found: dict[str, RulePack] = {}
    asked: set[Period] = set()
    for cluster in master.active_clusters:
        own, ended = packs.on(day), packs.find_on(min(cluster.period.end, day))
        by_year = given is not None and given.value == "nam_thanh_tich"
        found[cluster.code] = ended if by_year and ended else own
        if ended is None or ended.key == own.key or (given and given.rule) or cluster.period in asked:
            continue
        asked.add(cluster.period)
        findings.append(
            nominations.CRITERIA_OF_ANOTHER_DAY.at(
                period=cluster.period.key, text=ended.name, current=own.name, day=day
            )
        )
    return found
