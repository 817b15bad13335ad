"""Check the proposals of a cluster book: known units and titles, nobody twice, names that look alike."""

from collections.abc import Iterator
from dataclasses import replace

from tdkt_xl.domain.master import Master
from tdkt_xl.domain.units import Unit
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import between_sheets, cells, nominations
from tdkt_xl.findings.codes import master as master_codes
from tdkt_xl.tables.list_sheet import ListRow
from tdkt_xl.tasks.book_forms import BOOK
from tdkt_xl.tasks.submissions import Kind, Submission
from tdkt_xl.vietnamese.names import is_name_without_marks
from tdkt_xl.vietnamese.text import comparison_key, plain

_MONTHS = 12
_OFFERED = frozenset(
    comparison_key(text) for name in ("individual_awards", "collective_awards") for text in BOOK.choices[name]
)
"""Titles as the lists of the form offer them."""
_PARTS = ("members_htnv", "members_ldtt", "members_cstdcs", "members_disciplined")
"""Columns that count some of the members of a collective."""


def check_proposals(submission: Submission, scored: set[str], master: Master) -> list[Finding]:
    """Check every proposal; ``scored`` are the codes of the units with a scoring sheet.

    May report KT-228, KT-239, KT-301, KT-413, KT-705, KT-706, KT-712, KT-759 and KT-770 … KT-772.
    """
    if not submission.proposals:
        asked = submission.kind is Kind.CLUSTER_BOOK
        return [nominations.NO_PROPOSALS.at(submission.place)] if asked else []
    findings: list[Finding] = []
    seen: dict[tuple[str, str, str], ListRow] = {}
    for row in submission.proposals:
        findings += _check_award(row, submission)
        findings += _check_months(row)
        unit = proposal_unit(row, master)
        findings += _check_unit(row, unit, submission, scored, master)
        findings += _check_members(row)
        if not row.text("subject"):  # reported as such
            continue
        twin = seen.setdefault(subject_key(row, unit), row)
        if twin is not row:
            findings.append(
                nominations.PROPOSED_TWICE.at(
                    row.place("subject"),
                    subject=row.text("subject"),
                    award=row.text("award"),
                    other=str(replace(twin.place("subject"), file="")),
                )
            )
    return [*findings, *_names(submission, master)]


def _check_months(row: ListRow) -> Iterator[Finding]:
    """No more months than the year has."""
    months = row.values.get("months_employed")
    if isinstance(months, int) and months > _MONTHS:
        yield cells.MONTHS_BEYOND_YEAR.at(
            row.place("months_employed"),
            column=row.table.heading("months_employed"),
            value=months,
            limit=_MONTHS,
        )


def proposal_unit(row: ListRow, master: Master) -> Unit | None:
    """The unit a proposal belongs to, recognised by code, name or alias."""
    known = master.register.find(row.text("unit"))
    return known.unit if known else None


def subject_key(row: ListRow, unit: Unit | None) -> tuple[str, str, str]:
    """Subject, unit and title of a proposal: the same twice is one proposal too many."""
    home = unit.code if unit else comparison_key(row.text("unit"))
    return comparison_key(row.text("subject")), home, comparison_key(row.text("award"))


def _check_unit(
    row: ListRow, unit: Unit | None, submission: Submission, scored: set[str], master: Master
) -> Iterator[Finding]:
    text = row.text("unit")
    if text and unit is None:
        near = master.register.suggest(text)
        suggestion = f" Có phải ý ông/bà là “{near}”?" if near else ""
        yield master_codes.UNKNOWN_UNIT.at(row.place("unit"), text=text, suggestion=suggestion)
    elif unit is not None and submission.cluster is not None and unit.code not in scored:
        yield between_sheets.NOMINATION_WITHOUT_SCORES.at(
            row.place("unit"), subject=row.text("subject"), unit=unit.name
        )


def _check_members(row: ListRow) -> Iterator[Finding]:
    """No more members can be rated, awarded or disciplined than there are."""
    total = row.values.get("members")
    if not isinstance(total, int):
        return
    for name in _PARTS:
        count = row.values.get(name)
        if isinstance(count, int) and count > total:
            yield nominations.MORE_THAN_MEMBERS.at(
                row.place(name),
                column=row.table.heading(name),
                count=count,
                total=total,
                other=row.place("members").cell,
            )


def _check_award(row: ListRow, submission: Submission) -> list[Finding]:
    text, period = row.text("award"), submission.period
    if not text or period is None or comparison_key(text) in _OFFERED:
        return []
    from tdkt_xl.rules.packs import load_packs  # most checks need no law

    pack = load_packs().find_on(period.end)
    award = pack.find_award(text) if pack else None
    if pack is None:
        return []
    if award is None:
        return [nominations.UNKNOWN_AWARD.at(row.place("award"), text=text, suggestion="")]
    usual = {comparison_key(name) for name in (award.code, award.abbreviation, award.name)}
    if comparison_key(text) in usual:
        return []
    return [nominations.AWARD_SPELLED.at(row.place("award"), text=text, award=award.abbreviation)]


def _names(submission: Submission, master: Master) -> Iterator[Finding]:
    """People of one name in two units, and names of one unit that differ by marks or order only."""
    exact: dict[str, tuple[ListRow, str]] = {}
    loose: dict[tuple[str, tuple[str, ...]], ListRow] = {}
    for row in submission.proposals:
        name = row.text("subject")
        if row.table.layout.id != "individuals" or not name:
            continue
        if is_name_without_marks(name):
            yield cells.PERSON_WITHOUT_MARKS.at(row.place("subject"), text=name)
        unit = proposal_unit(row, master)
        home = unit.name if unit else row.text("unit")
        first, first_home = exact.setdefault(comparison_key(name), (row, home))
        if comparison_key(first_home) != comparison_key(home):
            other = f"{first_home} (ô {first.place('subject').cell})"
            yield nominations.HOMONYM.at(row.place("subject"), subject=name, unit=home, other=other)
        near = loose.setdefault((comparison_key(home), tuple(sorted(plain(name).lower().split()))), row)
        if comparison_key(near.text("subject")) != comparison_key(name):
            yield nominations.NEAR_NAME.at(
                row.place("subject"),
                text=name,
                found=near.text("subject"),
                other=f"ô {near.place('subject').cell}",
                unit=home,
            )
