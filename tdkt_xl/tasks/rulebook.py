"""tdkt rules: what the law says on a day, one statement with its article, what changed between two days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tdkt_xl.domain.master import Master
from tdkt_xl.findings import TdktError
from tdkt_xl.findings.codes import catalogues
from tdkt_xl.findings.render import say
from tdkt_xl.rules.ballots import BallotResult, Vote, ballot_for, check_vote
from tdkt_xl.rules.missing import Missing, find_missing
from tdkt_xl.rules.model import Quota, Rule, RulePack, Statement
from tdkt_xl.rules.packs import Packs, load_packs
from tdkt_xl.rules.statements import BallotRule, BaseSalary, Dossier, Multiplier, Principle
from tdkt_xl.vietnamese.numbers import format_money
from tdkt_xl.vietnamese.text import comparison_key

SORTS: tuple[tuple[type, str], ...] = (
    (Rule, "Điều kiện"),
    (Quota, "Tỷ lệ"),
    (Multiplier, "Tiền thưởng"),
    (BaseSalary, "Lương cơ sở"),
    (BallotRule, "Biểu quyết"),
    (Dossier, "Hồ sơ"),
    (Principle, "Nguyên tắc"),
)
"""Kinds of statements, in the order they are listed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement of the law in the words of a table; ``regimes`` are the packs that hold it."""

    code: str
    sort: str
    awards: tuple[str, ...]
    value: str
    since: date
    until: date | None
    citation: str
    paraphrase: str
    status: str
    source: str
    regimes: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The number of the code, to sort by."""
        return int(self.code.removeprefix("QT-"))

    def as_record(self) -> dict[str, object]:
        """The record promised by ``--json``."""
        return {
            "rule": self.code,
            "kind": self.sort,
            "awards": list(self.awards),
            "value": self.value,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "citation": self.citation,
            "text": self.paraphrase,
            "status": self.status,
            "source": self.source,
        }

    def lines(self) -> Iterator[str]:
        """The whole entry for a console."""
        yield f"{self.code} · {self.sort}"
        yield f"  Danh hiệu:  {', '.join(self.awards) or 'mọi danh hiệu, hình thức'}"
        yield f"  Nội dung:   {self.paraphrase}"
        if self.value:
            yield f"  Giá trị:    {self.value}"
        ends = f" đến {say(self.until)}" if self.until else ""
        yield f"  Áp dụng:    từ {say(self.since)}{ends} ({', '.join(self.regimes)})"
        yield f"  Căn cứ:     {self.citation}"
        yield f"  Độ chắc:    {self.status} (nguồn: {self.source})"


def list_entries(day: date, award: str = "") -> tuple[Entry, ...]:
    """Return what holds on a day, by kind then code, of one award only when given.

    Raises TdktError KT-611 (no rules for the day) and KT-648 (unknown award).
    """
    packs = load_packs()
    pack = packs.on(day)
    wanted = pack.find_award(award) if award else None
    if award and wanted is None:
        raise TdktError(catalogues.UNKNOWN_STATEMENT, text=award)
    salary = packs.find_salary(day)
    every: list[Statement] = [*pack.statements, *([salary] if salary else [])]
    found = (_entry(item, packs) for item in every if not wanted or wanted.code in awards_of(item))
    order = [name for _, name in SORTS]
    return tuple(sorted(found, key=lambda entry: (order.index(entry.sort), entry.number)))


def show_entry(text: str) -> tuple[Entry, ...]:
    """Return a statement by its code (QT-102), or all that concern an award named as in a cell.

    A code is looked for in every regime. Raises TdktError KT-648 when nothing is meant.
    """
    packs = load_packs()
    every = all_statements(packs)
    found = [item for code, item in every.items() if comparison_key(code) == comparison_key(text)]
    if not found:
        codes = {award.code for pack in packs.packs if (award := pack.find_award(text))}
        found = [item for item in every.values() if codes & set(awards_of(item))]
    if not found:
        raise TdktError(catalogues.UNKNOWN_STATEMENT, text=text)
    return tuple(_entry(item, packs) for item in found)


@dataclass(frozen=True, slots=True)
class Difference:
    """What is gone, what is new, and what says the same by another text (before, after).

    The same code on both days has not changed.
    """

    gone: tuple[Entry, ...]
    new: tuple[Entry, ...]
    moved: tuple[tuple[Entry, Entry], ...]


def compare_days(before: date, after: date) -> Difference:
    """Return the difference between the law of two days. Raises TdktError KT-611."""
    first = {entry.code: entry for entry in list_entries(before)}
    second = {entry.code: entry for entry in list_entries(after)}
    gone = {_said(entry): entry for code, entry in first.items() if code not in second}
    new = {_said(entry): entry for code, entry in second.items() if code not in first}
    return Difference(
        tuple(entry for said, entry in gone.items() if said not in new),
        tuple(entry for said, entry in new.items() if said not in gone),
        tuple((entry, new[said]) for said, entry in gone.items() if said in new),
    )


def _said(entry: Entry) -> tuple[object, ...]:
    return entry.sort, entry.awards, entry.paraphrase, entry.value


def list_missing(master: Master, day: date, award: str = "") -> tuple[Missing, ...]:
    """Return what is not known yet on a day, for one award or for all the regime has.

    Raises TdktError KT-611 and KT-648.
    """
    from tdkt_xl.tasks.office_rules import office_of  # with the master data come heavy packages

    packs = load_packs()
    pack = packs.on(day)
    wanted = pack.find_award(award) if award else None
    if award and wanted is None:
        raise TdktError(catalogues.UNKNOWN_STATEMENT, text=award)
    awards = {wanted.code} if wanted else {item.code for item in pack.awards}
    return find_missing(pack, office_of(master, day, packs), awards)


def judge_vote(master: Master, day: date, award: str, vote: Vote) -> tuple[BallotResult, Entry]:
    """Judge a council's vote on an award by the law of a day and the council's rules the office entered.

    Returns the result and the statement it rests on. Raises TdktError KT-611 and KT-648.
    """
    from tdkt_xl.tasks.office_rules import office_of  # with the master data come heavy packages

    packs = load_packs()
    pack = packs.on(day)
    known = pack.find_award(award)
    ballot = ballot_for(known.code, pack, office_of(master, day, packs)) if known else None
    if ballot is None:
        raise TdktError(catalogues.UNKNOWN_STATEMENT, text=award)
    return check_vote(vote, ballot), _entry(ballot, packs)


def all_statements(packs: Packs) -> dict[str, Statement]:
    """Return every statement of every regime by code, the base salaries included."""
    found: dict[str, Statement] = {item.id: item for item in packs.salaries}
    for pack in packs.packs:
        for item in pack.statements:
            found.setdefault(item.id, item)
    return found


def awards_of(item: Statement) -> tuple[str, ...]:
    """Return the codes of the awards a statement concerns; () when it concerns all."""
    if isinstance(item, (Rule, BallotRule, Dossier)):
        return item.awards
    return (item.award,) if isinstance(item, (Quota, Multiplier)) else ()


def _entry(item: Statement, packs: Packs) -> Entry:
    holding = [pack for pack in packs.packs if any(one.id == item.id for one in pack.statements)]
    names = _names(awards_of(item), holding)
    return Entry(
        item.id,
        next(name for sort, name in SORTS if isinstance(item, sort)),
        names,
        value_of(item, packs),
        item.since,
        _until(item, holding, packs),
        item.basis.citation,
        item.paraphrase,
        item.basis.status.label,
        item.basis.source,
        tuple(pack.key for pack in holding) or ("mọi chế độ",),
    )


def _names(codes: Sequence[str], holding: Sequence[RulePack]) -> tuple[str, ...]:
    return tuple(next((pack.short(code) for pack in holding if pack.get_award(code)), code) for code in codes)


def _until(item: Statement, holding: Sequence[RulePack], packs: Packs) -> date | None:
    """Return the last day a statement holds; None while no end is known."""
    ends = [item.basis.instrument.until] if item.basis.instrument.until else []
    for pack in holding:
        ends += [_before(rule.since) for rule in pack.rules if rule.replaces == item.id]
    if holding and holding[-1] is not packs.packs[-1]:
        ends.append(holding[-1].until)
    return min(ends) if ends else None


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def value_of(item: Statement, packs: Packs) -> str:
    """Return the number or the setting of a statement in words; "" when it is only text."""
    if isinstance(item, Quota):
        name = packs.parameters[item.parameter].name
        return f"theo “{name}”" if item.percent is None else f"không quá {say(item.percent)}%"
    if isinstance(item, Multiplier):
        return "chưa có" if item.factor is None else say(item.factor)
    if isinstance(item, BaseSalary):
        return f"{format_money(item.amount)} đồng/tháng"
    if isinstance(item, BallotRule):
        return _ballot(item)
    if isinstance(item, Dossier):
        return _dossier(item)
    return ""


def _ballot(item: BallotRule) -> str:
    if item.threshold is None:
        return "theo Quy chế hoạt động của Hội đồng"
    word = "trên" if item.strict else "từ"
    base = "tổng số thành viên" if item.of_all else "số có mặt"
    parts = [
        "bỏ phiếu kín" if item.secret else "",
        f"{word} {say(item.threshold)}% {base}",
        "người vắng cho ý kiến bằng văn bản" if item.absent else "",
        f"có mặt từ {say(item.quorum)}%" if item.quorum else "",
    ]
    return ", ".join(filter(None, parts))


def _dossier(item: Dossier) -> str:
    parts = [
        "; ".join(item.contents),
        f"{item.sets} bộ" if item.sets else "",
        f"{item.working_days} ngày làm việc" if item.working_days else "",
    ]
    return " · ".join(filter(None, parts))


def rules_page(generated: str) -> str:
    """The page ``quy-tac.md``: regimes, every statement with article and certainty, parameters, texts."""
    packs = load_packs()
    parts = [generated, _INTRODUCTION, "## Các chế độ quy định", _regimes(packs)]
    entries = [_entry(item, packs) for item in all_statements(packs).values()]
    for _, sort in SORTS:
        rows = sorted((entry for entry in entries if entry.sort == sort), key=lambda entry: entry.number)
        parts += [f"## {sort}", _table(_ENTRY_HEADS, [_entry_row(entry) for entry in rows])]
    parts += ["## Quy định của tỉnh, của cơ quan", _PARAMETERS, _parameters(packs)]
    parts += ["## Văn bản", _instruments(packs)]
    return "\n\n".join(parts) + "\n"


_INTRODUCTION = """# Quy tắc xét, tỷ lệ, tiền thưởng

Mỗi dòng có mã, giá trị, thời gian áp dụng, căn cứ và độ chắc. Mã không đổi; mã in trong danh sách đề nghị,
dự toán tiền thưởng tra được ở đây hoặc bằng lệnh `tdkt rules show QT-102`. Độ chắc:

- **có nguồn**: đã đọc nội dung ở nguồn ghi kèm; chỉ loại này quyết định một mình.
- **chưa có văn bản nguồn**: theo trí nhớ; kết luận luôn ghi “cần xác nhận”. Cơ quan đối chiếu xong thì ghi
  mã, “Áp dụng” hoặc “Không áp dụng”, văn bản, điều, ngày ở trang Quy định của tỉnh của `danh-muc.xlsx`.
- **theo quy định của tỉnh**: luật để tỉnh quy định, hoặc chưa tìm thấy văn bản; không có thì không kết luận
  là đủ.
- **dự thảo**: chưa có văn bản ban hành."""

_PARAMETERS = "Nhập ở trang Quy định của tỉnh của `danh-muc.xlsx`, kèm văn bản, điều, từ ngày."
_ENTRY_HEADS = ("Mã", "Danh hiệu, hình thức", "Nội dung", "Giá trị", "Áp dụng", "Căn cứ", "Độ chắc", "Nguồn")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    every = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in every)


def _entry_row(entry: Entry) -> tuple[str, ...]:
    span = f"từ {say(entry.since)}" + (f" đến {say(entry.until)}" if entry.until else "")
    awards = ", ".join(entry.awards) or "mọi danh hiệu"
    return (
        entry.code,
        awards,
        entry.paraphrase,
        entry.value,
        span,
        entry.citation,
        entry.status,
        entry.source,
    )


def _regimes(packs: Packs) -> str:
    rows = [(pack.key, pack.name, say(pack.since), say(pack.until)) for pack in packs.packs]
    return _table(("Mã", "Tên", "Từ ngày", "Đến ngày"), rows)


def _parameters(packs: Packs) -> str:
    rows = [
        (
            item.id,
            item.name,
            item.question,
            item.expects,
            item.choices.get(item.default, item.default) or "không có",
        )
        for item in packs.parameters.values()
    ]
    return _table(("Mã", "Tên", "Phải tra", "Cách ghi", "Khi để trống"), rows)


def _instruments(packs: Packs) -> str:
    rows = [
        (
            item.short,
            item.title,
            item.issuer,
            say(item.in_force),
            say(item.until) if item.until else "",
            item.source,
        )
        for item in packs.packs[0].instruments.values()
    ]
    return _table(("Văn bản", "Tên", "Cơ quan ban hành", "Từ ngày", "Đến ngày", "Nguồn"), rows)
