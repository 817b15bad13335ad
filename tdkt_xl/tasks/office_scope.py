"""For which award, cluster or unit a line of the sheet "Quy định của tỉnh" holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tdkt_xl.domain.office import OfficeRule
from tdkt_xl.domain.units import Cluster, Register
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import catalogues as codes
from tdkt_xl.rules.packs import Packs
from tdkt_xl.rules.parameters import Parameter, Scope
from tdkt_xl.rules.quotas import EXEMPT, EXEMPTION
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.vietnamese.text import comparison_key


@dataclass(frozen=True, slots=True)
class Places:
    """The units and, by comparison key of their code, the clusters a line may name."""

    register: Register
    clusters: Mapping[str, Cluster]

    def find(self, text: str) -> tuple[Scope, str] | None:
        """Recognise a cluster by its code, a unit by code, name or alias."""
        cluster = self.clusters.get(comparison_key(text))
        if cluster:
            return Scope.CLUSTER, cluster.code
        known = self.register.find(text)
        return (Scope.UNIT, known.unit.code) if known else None


def read_scope(
    row: ListRow, parameter: Parameter | None, places: Places, findings: list[Finding]
) -> str | None:
    """Return the code of the unit or cluster a line is for, "" for all, None after a finding.

    May report KT-626 (no such place), KT-627 (the rule cannot be for one place) and KT-628 (it must name
    one, or an award).
    """
    name, text = parameter.name if parameter else row.text("key"), row.text("scope")
    lacking = [field for field in (parameter.asks if parameter else ()) if not row.text(field)]
    if lacking:
        columns = [row.table.layout.column(field).heading for field in lacking]
        place = row.place(lacking[0] if lacking[0] in row.table.columns else "value")
        findings.append(codes.OFFICE_RULE_INCOMPLETE.at(place, name=name, columns=columns))
        return None
    if not text:
        return ""
    found, place = places.find(text), row.place("scope")
    if found is None:
        near = places.register.suggest(text)
        suggestion = f" Có phải ý ông/bà là “{near}”?" if near else ""
        findings.append(codes.OFFICE_SCOPE_UNKNOWN.at(place, text=text, suggestion=suggestion))
        return None
    scope, code = found
    allowed = parameter.scopes if parameter else ()
    if scope not in allowed:
        expected = (
            f"chỉ ghi cho {' hoặc '.join(item.label for item in allowed)}"
            if allowed
            else "dùng chung mọi nơi"
        )
        findings.append(
            codes.OFFICE_SCOPE_REFUSED.at(place, name=name, kind=scope.label, text=text, expected=expected)
        )
        return None
    return code


def check_exemption(rule: OfficeRule, packs: Packs) -> Iterable[Finding]:
    """Nobody is exempt from a national percentage whose text is known (KT-629)."""
    parameter = packs.parameters.get(rule.key)
    if rule.key != EXEMPTION or parameter is None or parameter.parse(rule.value) != EXEMPT:
        return
    for pack in packs.packs:
        for quota in pack.quotas_for(rule.award):
            if quota.percent is not None and quota.basis.status.decides and rule.since <= pack.until:
                yield codes.EXEMPT_FROM_NATIONAL.at(
                    rule.place,
                    award=pack.short(rule.award),
                    text=rule.scope,
                    limit=quota.percent,
                    current=quota.basis.citation,
                )
                return
