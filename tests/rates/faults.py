"""Every kind of fault that can be planted at a random cell of a cluster book.

A fault returns False when the place it drew is taken or unsuitable; another place is drawn then. Each
leaves everything else as a careful leader would: totals are typed from the true scores.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from tdkt_xl.domain.criteria import ScoringRule
from tdkt_xl.findings import column_letters
from tdkt_xl.writers.book import Formula
from tdkt_xl.writers.score_sheet import SheetRow, group_sum
from tests.rates.draft import SCORE_FIELDS, Spoiled, part_of
from tests.tools.corpus.case import replaced
from tests.tools.sample_district import LAYOUT, SUMMARY, summary_cell

Fault = Callable[[Spoiled, str], bool]
_IDENTITY = {"unit_code": 2, "unit": 3}
"""Which of the labelled values of a scoring sheet, counted from 0, name its unit."""


def _text_number(draft: Spoiled, kind: str) -> bool:
    at, name = draft.sheet(), draft.random.choice(SCORE_FIELDS)
    path = draft.random.choice(draft.leaves(at)).path
    if not draft.take((at, path, name), (at, name, "sum")):
        return False
    draft.used -= {(at, name, "sum")}
    text = f"{draft.value(at, path, name):.2f}".replace(".", ",")
    draft.type(at, path, name, text)
    draft.expect(kind, "KT-201", at, path, name)
    return True


def _unreadable(code: str, make: Callable[[Spoiled], object], *, direct: bool = False) -> Fault:
    """A score that is none: the sheet loses its total. A computed one may be left to its rule."""

    def plant(draft: Spoiled, kind: str) -> bool:
        at, name = draft.sheet(), draft.random.choice(SCORE_FIELDS)
        path = draft.random.choice(draft.leaves(at, direct=direct)).path
        blocked = {(at, "total"), "ranks", (at, name, "sum")} & draft.used
        if blocked or not draft.take((at, path, name)):
            return False
        draft.open_totals.add(at)
        draft.type(at, path, name, make(draft))
        draft.expect(kind, code, at, path, name)
        return True

    return plant


def _changed(code: str, make: Callable[[Spoiled, int, str, str], Decimal | None], *, counts: bool) -> Fault:
    """Another score of a directly scored criterion; ``counts`` when the unit keeps its total."""

    def plant(draft: Spoiled, kind: str) -> bool:
        at, name = draft.sheet(), draft.random.choice(SCORE_FIELDS)
        leaves = draft.leaves(at, direct=True)
        path = draft.random.choice(leaves).path
        blocked = not counts and ((at, "total") in draft.used or "ranks" in draft.used)
        taken = {(at, path, name), (at, path, "cluster_score"), (at, name, "sum")} & draft.used
        if blocked or taken or (counts and "ranks" in draft.used):
            return False
        value = make(draft, at, path, name)
        if value is None or draft.value(at, path, name) == 0:  # a score of 0 has no evidence beside it
            return False
        if counts and draft.ties(at, path, name, value):
            return False
        draft.take((at, path, name))
        if not counts:
            draft.open_totals.add(at)
        draft.type(at, path, name, value, true=value)
        draft.expect(kind, code, at, path, name)
        return True

    return plant


def _maximum(draft: Spoiled, at: int, path: str) -> Decimal:
    return next(item.maximum for item in draft.leaves(at) if item.path == path)


def _off_step(draft: Spoiled, at: int, path: str, name: str) -> Decimal | None:
    value = draft.value(at, path, name)
    return value - Decimal("0.07") if value >= 1 else None


def _half_passed(draft: Spoiled, kind: str) -> bool:
    at, name = draft.sheet(), draft.random.choice(SCORE_FIELDS)
    leaves = [item for item in draft.leaves(at) if item.rule is ScoringRule.PASS_FAIL]
    blocked = {(at, "total"), "ranks", (at, name, "sum")} & draft.used
    if not leaves or blocked:
        return False
    criterion = draft.random.choice(leaves)
    cell = (at, criterion.path, name)
    if cell in draft.used or draft.value(*cell) == 0 or not draft.take(cell):
        return False
    draft.open_totals.add(at)
    half = criterion.maximum / 2
    draft.type(at, criterion.path, name, half, true=half)
    draft.expect(kind, "KT-211", at, criterion.path, name)
    return True


def _evidence(draft: Spoiled, kind: str) -> bool:
    at = draft.sheet()
    leaves = [item for item in draft.leaves(at) if item.evidence]
    if not leaves:
        return False
    path = draft.random.choice(leaves).path
    keys = ((at, path, "evidence"), (at, path, "cluster_score"))
    if draft.used & set(keys) or draft.value(at, path, "cluster_score") == 0:
        return False
    draft.take(*keys)
    draft.type(at, path, "evidence", None)
    draft.expect(kind, "KT-214", at, path, "evidence")
    return True


def _appraisal(draft: Spoiled, kind: str) -> bool:
    at = draft.sheet()
    path = draft.random.choice(draft.leaves(at, direct=True)).path
    keys = ((at, path, "cluster_score"), (at, path, "appraised_score"))
    value = (
        draft.value(at, path, "cluster_score")
        if (at, path, "cluster_score") not in draft.used
        else Decimal(0)
    )
    if value < 1 or draft.ties(at, path, "appraised_score", value - Decimal("0.25")) or not draft.take(*keys):
        return False
    draft.type(at, path, "appraised_score", value - Decimal("0.25"))
    draft.expect(kind, "KT-213", at, path, "reason")
    return True


def _formula(draft: Spoiled, kind: str) -> bool:
    at, name = draft.sheet(), draft.random.choice(SCORE_FIELDS)
    path = draft.random.choice(draft.leaves(at)).path
    if _typed_in(draft, at, name) or not draft.take((at, path, name), (at, name, "sum")):
        return False
    value = draft.value(at, path, name)
    draft.type(at, path, name, Formula(f"={value}+0", value))
    # SUM takes the result of a formula as it takes a number; the writer's own sums do not know it.
    _refresh_sums(draft, at, path, name, value)
    draft.expect(kind, "KT-226", at, path, name)
    return True


def _refresh_sums(draft: Spoiled, at: int, path: str, name: str, value: Decimal) -> None:
    """Type the sums above a cell as Excel computes them with its value."""
    sheet = draft.book.sheets[at]
    counted = replace(
        sheet,
        rows=[
            replace(row, values={**row.values, name: value})
            if row.criterion and row.criterion.path == path
            else row
            for row in sheet.rows
        ],
    )
    column = column_letters(LAYOUT.sheet("scores").position(name))
    parent = next(
        row.criterion.parent_path for row in sheet.rows if row.criterion and row.criterion.path == path
    )
    while parent:
        draft.type(
            at,
            parent,
            name,
            Formula(
                f"=SUM({column}1:{column}1)*0+{group_sum(counted, parent, name)}",
                group_sum(counted, parent, name),
            ),
        )
        parent = next(
            row.criterion.parent_path for row in sheet.rows if row.criterion and row.criterion.path == parent
        )
    total = group_sum(counted, "", name)
    changed = draft.book.sheets[at]
    draft.book.sheets[at] = replace(changed, totals={**changed.totals, name: Formula(f"={total}+0", total)})


def _subtotal(draft: Spoiled, kind: str) -> bool:
    at, name = draft.sheet(), draft.random.choice(SCORE_FIELDS)
    groups = _lowest_groups(draft, at)
    path = draft.random.choice(groups)
    if (
        _typed_in(draft, at, name)
        or at in draft.open_totals
        or not draft.take((at, name, "sum"), (at, "total"))
    ):
        return False
    right = group_sum(draft.book.sheets[at], path, name)
    draft.type(at, path, name, right + Decimal("0.6"))
    draft.expect(kind, "KT-401", at, path, name)
    return True


def _constant(draft: Spoiled, kind: str) -> bool:
    at, name = draft.sheet(), draft.random.choice(SCORE_FIELDS)
    path = draft.random.choice(_lowest_groups(draft, at))
    if (
        _typed_in(draft, at, name)
        or at in draft.open_totals
        or not draft.take((at, name, "sum"), (at, "total"))
    ):
        return False
    draft.type(at, path, name, group_sum(draft.book.sheets[at], path, name))
    draft.expect(kind, "KT-227", at, path, name)
    return True


def _typed_in(draft: Spoiled, at: int, name: str) -> bool:
    """Tell whether a column of a sheet has a fault already: its sums must be the clean ones."""
    return any(isinstance(key, tuple) and key[0] == at and key[-1] == name for key in draft.used)


def _lowest_groups(draft: Spoiled, at: int) -> list[str]:
    rows = [row.criterion for row in draft.book.sheets[at].rows if row.criterion]
    parents = {row.parent_path for row in rows if row.kind.is_group}
    return [row.path for row in rows if row.kind.is_group and row.path not in parents]


def _grand_total(draft: Spoiled, kind: str) -> bool:
    at, name = draft.sheet(), draft.random.choice(SCORE_FIELDS)
    if (
        _typed_in(draft, at, name)
        or at in draft.open_totals
        or not draft.take((at, name, "sum"), (at, "total"))
    ):
        return False
    sheet = draft.book.sheets[at]
    wrong = group_sum(sheet, "", name) + Decimal("1.1")
    draft.book.sheets[at] = replace(sheet, totals={**sheet.totals, name: wrong})
    draft.expect(kind, "KT-402", at, "", name)
    return True


def _row_fault(code: str, plant_in: Callable[[Spoiled, int, str], None], column: str) -> Fault:
    """A change to a row as a whole; one a sheet, so that neighbours stay what they are."""

    def plant(draft: Spoiled, kind: str) -> bool:
        at = draft.sheet()
        path = draft.random.choice(draft.leaves(at)).path
        if not draft.take((at, "rows")):
            return False
        plant_in(draft, at, path)
        draft.expect(kind, code, at, path, column)
        return True

    return plant


def _hide(draft: Spoiled, at: int, path: str) -> None:
    sheet = draft.book.sheets[at]
    rows = [replace(row, hidden=bool(row.criterion and row.criterion.path == path)) for row in sheet.rows]
    draft.book.sheets[at] = replace(sheet, rows=rows)


def _inserted(draft: Spoiled, kind: str) -> bool:
    """A row of the unit's own at the end of a group, outside of every sum."""
    at = draft.sheet()
    if not draft.take((at, "rows")):
        return False
    sheet = draft.book.sheets[at]
    index = draft.random.choice(
        [i for i, row in enumerate(sheet.rows) if row.criterion and row.criterion.kind.is_group]
    )
    own = SheetRow(
        None,
        {
            "number": "",
            "text": "Phong trào do đơn vị tự đề xuất",
            "maximum": Decimal(2),
            "self_score": Decimal(1),
        },
    )
    draft.true_rows.setdefault(at, sheet)  # the leader leaves out what is no criterion
    draft.book.sheets[at] = replace(sheet, rows=[*sheet.rows[:index], own, *sheet.rows[index:]])
    group = sheet.rows[index].criterion
    assert group is not None

    def spot() -> tuple[str, str, str]:
        below = draft.cell(at, group.path, "text")
        return draft.book.sheets[at].name, f"B{int(below[1:]) - 1}", "KT-121"

    draft.expected.append((kind, spot))
    return True


def _identity(field: str, code: str, change: Callable[[str], str]) -> Fault:
    """The unit's name or code in its scoring sheet, typed differently."""

    def plant(draft: Spoiled, kind: str) -> bool:
        at = draft.sheet()
        sheet = draft.book.sheets[at]
        changed = change(sheet.identity[field])
        if changed == sheet.identity[field] or not draft.take((at, "identity")):
            return False
        true = dict(sheet.identity)
        draft.book.sheets[at] = replace(sheet, identity={**true, field: changed})
        number = at
        draft.summary_changes.append(
            lambda rows: rows[number].update(unit=true["unit"], unit_code=true["unit_code"])
        )
        draft.expect_at(kind, code, at, draft.identity_cell(at, _IDENTITY[field]))
        return True

    return plant


def _summary_total(draft: Spoiled, kind: str) -> bool:
    at = draft.sheet()
    field = draft.random.choice(("self_total", "cluster_total"))
    if (
        at in draft.open_totals
        or (at, "identity") in draft.used
        or not draft.take((at, field), (at, "total"))
    ):
        return False
    draft.used |= {(at, "identity")}
    draft.summary_changes.append(
        lambda rows: rows[at].update({field: _points(rows[at][field]) + Decimal("0.9")})
    )
    draft.expect_in(kind, "KT-403", SUMMARY.name, summary_cell(at, field))
    return True


def _points(value: object) -> Decimal:
    assert isinstance(value, Decimal)
    return value


def _summary_rank(draft: Spoiled, kind: str) -> bool:
    at = draft.sheet()
    changed = any(isinstance(key, tuple) and len(key) == 3 and key[2] in SCORE_FIELDS for key in draft.used)
    if draft.open_totals or changed or "unranked" in draft.used or not draft.take((at, "rank"), "ranks"):
        return False
    draft.summary_changes.append(lambda rows: rows[at].update(rank=len(rows) + 1))
    draft.expect_in(kind, "KT-404", SUMMARY.name, summary_cell(at, "rank"))
    return True


def _summary_number(draft: Spoiled, kind: str) -> bool:
    at = draft.sheet()
    if not draft.take("numbers"):
        return False
    draft.summary_changes.append(lambda rows: rows[at].update(number=99))
    draft.expect_in(kind, "KT-142", SUMMARY.name, summary_cell(at, "number"))
    return True


def _unmarked_name(draft: Spoiled) -> str:
    """A name without marks that nobody else has."""
    given = "".join(draft.random.choice("bcdghklmnt") + draft.random.choice("aeiou") for _ in range(4))
    return f"Nguyen Van {given.capitalize()}"


def _list(sheet: str, field: str, code: str, value: object) -> Fault:
    """A cell of a list of proposals."""

    def plant(draft: Spoiled, kind: str) -> bool:
        rows = draft.book.collectives if sheet == "collectives" else draft.book.individuals
        index = draft.random.randrange(len(rows))
        if not draft.take((sheet, index)):
            return False
        rows[index] = {**rows[index], field: value(draft) if callable(value) else value}
        layout = LAYOUT.sheet(sheet)
        row = int(summary_cell(index, "unit")[1:])
        cell = f"{column_letters(layout.position(field))}{row}"
        draft.expected.append((kind, lambda: (draft.book.sheet_names.get(sheet, layout.name), cell, code)))
        return True

    return plant


def _part(code: str, old: str, new: str) -> Fault:
    """A setting of a whole scoring sheet."""

    def plant(draft: Spoiled, kind: str) -> bool:
        at = draft.sheet()
        if not draft.take((at, code)):
            return False
        draft.patches.setdefault(part_of(at), []).append(replaced(old, new))
        draft.expect_at(kind, code, at, "")
        return True

    return plant


def _renamed_list(draft: Spoiled, kind: str) -> bool:
    if not draft.take("sheet names"):
        return False
    draft.book.sheet_names["individuals"] = "Ca nhan"
    draft.expect_in(kind, "KT-113", "Ca nhan", "")
    return True


FAULTS: Mapping[str, Fault] = {
    "số dạng chữ": _text_number,
    "chữ ở ô điểm": _unreadable("KT-203", lambda draft: draft.random.choice(("Đạt", "x", "mười", "K/c"))),
    "lỗi công thức": _unreadable("KT-205", lambda _: Formula("=1/0", "#DIV/0!")),
    "bỏ trống điểm": _unreadable("KT-207", lambda _: None, direct=True),
    "điểm âm": _changed("KT-208", lambda *_: Decimal(-1), counts=False),
    "vượt điểm tối đa": _changed(
        "KT-209", lambda draft, at, path, _: _maximum(draft, at, path) + 1, counts=False
    ),
    "lẻ bước": _changed("KT-210", _off_step, counts=True),
    "đạt lưng chừng": _half_passed,
    "thiếu minh chứng": _evidence,
    "thẩm định không lý do": _appraisal,
    "công thức ở ô nhập": _formula,
    "cộng nhóm sai": _subtotal,
    "số đè công thức": _constant,
    "tổng cộng sai": _grand_total,
    "sửa nội dung tiêu chí": _row_fault(
        "KT-123", lambda draft, at, path: draft.type(at, path, "text", "Nội dung đã bị sửa"), "text"
    ),
    "sửa điểm tối đa": _row_fault(
        "KT-124", lambda draft, at, path: draft.type(at, path, "maximum", Decimal(77)), "maximum"
    ),
    "dòng ẩn": _row_fault("KT-119", _hide, "number"),
    "dòng tự chèn": _inserted,
    "tên Unicode tổ hợp": _identity("unit", "KT-220", lambda text: unicodedata.normalize("NFD", text)),
    "khoảng trắng thừa": _identity("unit", "KT-246", lambda text: f" {text}  "),
    "tên đơn vị sai chữ": _identity("unit", "KT-313", lambda text: f"{text}{text[-1]}"),
    "mã đơn vị lạ": _identity("unit_code", "KT-314", lambda text: f"{text}9"),
    "tổng hợp khác phiếu": _summary_total,
    "hạng sai": _summary_rank,
    "số thứ tự nhảy": _summary_number,
    "xếp loại ngoài danh sách": _list("individuals", "rating", "KT-221", "Tốt lắm"),
    "thiếu họ tên": _list("individuals", "subject", "KT-222", None),
    "tháng lẻ": _list("individuals", "months_employed", "KT-225", Decimal("10.5")),
    "quá 12 tháng": _list("individuals", "months_employed", "KT-228", Decimal(15)),
    "họ tên không dấu": _list("individuals", "subject", "KT-239", _unmarked_name),
    "đạt quá tổng số thành viên": _list("collectives", "members_ldtt", "KT-759", Decimal(999)),
    "danh hiệu lạ": _list("individuals", "award", "KT-705", "CSTDXX"),
    "đơn vị lạ ở đề nghị": _list("collectives", "unit", "KT-301", "Xã Không Có"),
    "khổ giấy": _part("KT-143", 'paperSize="9"', 'paperSize="1"'),
    "không vừa trang": _part("KT-146", 'fitToPage="1"', 'fitToPage="0"'),
    "đổi tên trang": _renamed_list,
}
"""Kind of fault → how it is planted."""
