"""Write danh-sach-de-nghi.xlsx: who may be nominated, with reasons, articles and source cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.findings.render import say
from tdkt_xl.rules.evidence import Answer
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list
from tdkt_xl.writers.nomination import Nomination
from tdkt_xl.writers.quota_lines import QuotaLine, QuotaState, quota_rows
from tdkt_xl.writers.recorded import recorded_columns, statistics_rows

TONES = {
    Outcome.ELIGIBLE: "good",
    Outcome.UNCONFIRMED: "warning",
    Outcome.CANNOT_TELL: "warning",
    Outcome.NOT_ELIGIBLE: "error",
}
_COLOURS = {"good": (229, 242, 224), "warning": (255, 242, 204), "error": (251, 227, 225)}
_TONES_BY_WORD = {
    **{outcome.label: tone for outcome, tone in TONES.items()},
    **{state.value: state.tone for state in QuotaState},
}
ROW_COLOURS = {word: _COLOURS[tone] for word, tone in _TONES_BY_WORD.items()}
"""The fill of a row by its conclusion, for filling lists that were written here; a test compares it."""
SUBTITLE_START = "Xét theo "
_SPARE_ROWS = 12
"""Rows to write the approved in by hand."""
_ANSWERS = {
    Answer.PASS: "Đạt",
    Answer.FAIL: "Không đạt",
    Answer.MISSING: "Thiếu thông tin",
    Answer.NEEDS_PROVINCE: "Cần quy định của tỉnh",
    Answer.NEEDS_TEXT: "Cần văn bản",
}


LISTS = ("leaders", "collectives", "individuals", "households")
"""The lists of nominations; the other sheets are made from them or filled after the vote."""
_BLOCK_TONE = "group"
BLOCK_COLOUR = (238, 243, 250)
"""The fill of a row that heads the block of an award; a test compares it."""


def build_nominations_book(
    nominations: Sequence[Nomination],
    regime: str,
    on: date,
    organisation: Organisation,
    quotas: Sequence[QuotaLine] = (),
) -> bytes:
    """Build the lists by award, quotas, annex of reasons, statistics and the empty list of the approved."""
    layout = load_layout("danh-sach-de-nghi")
    rows, subtitles = list_rows(nominations, quotas), list_subtitles(nominations, regime, on)
    with Book(layout.title, organisation) as book:
        for sheet in layout.sheets:
            content = ListContent(
                rows.get(sheet.id, ()),
                subtitle=subtitles.get(sheet.id, ""),
                tones=[_tone(row) for row in rows.get(sheet.id, ())],
                spare_rows=_SPARE_ROWS if sheet.id == "approved" else 0,
            )
            write_list(book, layout, sheet, content)
        return book.content()


def list_rows(
    nominations: Sequence[Nomination], quotas: Sequence[QuotaLine] = ()
) -> dict[str, list[dict[str, object]]]:
    """The rows of every list, of the annex and of the statistics, by sheet identifier: field → value.

    In the lists a row without a number heads the block of an award.
    """
    rows = {sheet: list(_blocks(items)) for sheet, items in _groups(nominations).items()}
    return {
        **rows,
        "quotas": quota_rows(quotas),
        "reasons": list(reason_rows(nominations)),
        "statistics": statistics_rows(nominations),
    }


def list_subtitles(nominations: Sequence[Nomination], regime: str, on: date) -> dict[str, str]:
    """What stands below the title of every sheet: the law, the day, and how many of each conclusion."""
    subtitle = (
        f"{SUBTITLE_START}{regime}, ngày quyết định dự kiến {say(on)}. Danh sách đề nghị, chưa phải kết quả."
    )
    without = f"{subtitle} Không tính đề nghị chưa đủ điều kiện."
    found = {"quotas": without, "reasons": subtitle, "statistics": without}
    for sheet, items in _groups(nominations).items():
        found[sheet] = f"{subtitle} {_counts(items)}."
    return found


def _counts(items: Sequence[Nomination]) -> str:
    return ", ".join(
        f"{sum(item.judgement.outcome is outcome for item in items)} {outcome.label.lower()}"
        for outcome in Outcome
    )


def _groups(nominations: Sequence[Nomination]) -> dict[str, list[Nomination]]:
    return {
        "leaders": [item for item in nominations if item.leads_cluster],
        "collectives": _proposed(nominations, SubjectKind.COLLECTIVE),
        "individuals": _proposed(nominations, SubjectKind.INDIVIDUAL),
        "households": _proposed(nominations, SubjectKind.HOUSEHOLD),
    }


def _proposed(nominations: Iterable[Nomination], kind: SubjectKind) -> list[Nomination]:
    return [item for item in nominations if item.candidate.kind is kind and not item.leads_cluster]


def _tone(row: Mapping[str, object]) -> str:
    outcome = row.get("outcome")
    if isinstance(outcome, str):
        return _TONES_BY_WORD[outcome]
    return _BLOCK_TONE if heads_block(row) else ""


def heads_block(row: Mapping[str, object]) -> bool:
    """Tell a row of a list that heads the block of an award from one that names somebody."""
    return "number" in row and row["number"] is None


def _blocks(items: Sequence[Nomination]) -> Iterator[dict[str, object]]:
    """Rows by award, in the order the awards first appear; the subjects of each keep their order."""
    by_award: dict[str, list[Nomination]] = {}
    for item in items:
        by_award.setdefault(item.candidate.award, []).append(item)
    number = 0
    for block in by_award.values():
        yield _block_row(block)
        for item in block:
            number += 1
            yield _row(number, item)


def _block_row(block: Sequence[Nomination]) -> dict[str, object]:
    first = block[0]
    return {
        "number": None,
        "subject": (first.award_title or first.award_name).upper(),
        "kind": first.candidate.kind.label.capitalize(),
        "award": first.award_name,
        "reasons": f"{len(block)} đề nghị: {_counts(block)}",
    }


def _row(number: int, item: Nomination) -> dict[str, object]:
    candidate, judgement = item.candidate, item.judgement
    deciding = "; ".join(f"{reason.text} ({reason.citation})" for reason in judgement.deciding)
    passed = f"Đạt {len(judgement.reasons)} điều kiện, xem trang Căn cứ từng điều kiện"
    return {
        "number": number,
        "subject": candidate.subject,
        "position": candidate.position,
        "unit": candidate.unit_name,
        "kind": candidate.kind.label.capitalize(),
        "award": item.award_name,
        "field": item.work_field,
        "outcome": judgement.outcome.label,
        "reasons": passed if judgement.outcome is Outcome.ELIGIBLE else deciding,
        **recorded_columns(item),
        "cluster": candidate.cluster_code,
        "file": candidate.place.file,
        "sheet": candidate.place.sheet,
        "row": candidate.place.row or None,
    }


def reason_rows(nominations: Iterable[Nomination]) -> Iterable[dict[str, object]]:
    """The annex: one row per condition of every nomination, with article and cells."""
    for item in nominations:
        for reason in item.judgement.reasons:
            yield {
                "subject": item.candidate.subject,
                "award": item.award_name,
                "rule": reason.rule,
                "verdict": _ANSWERS[reason.verdict],
                "text": reason.text,
                "citation": reason.citation,
                "status": reason.status.label.capitalize(),
                "source": "; ".join(str(place) for place in reason.places),
            }
