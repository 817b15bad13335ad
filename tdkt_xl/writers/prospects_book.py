"""Write co-the-de-nghi.xlsx: who may be eligible by what is recorded, and what must still be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tdkt_xl.domain.candidates import FACT_LABELS
from tdkt_xl.findings.render import say
from tdkt_xl.rules.judging import Outcome
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list
from tdkt_xl.writers.nomination import Nomination
from tdkt_xl.writers.nominations_book import SUBTITLE_START, TONES, reason_rows

_SHOWN_FIRST = (Outcome.ELIGIBLE, Outcome.UNCONFIRMED, Outcome.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Prospect:
    """A subject and an award: the outcome as for a proposal without a dossier, and by the history alone."""

    nomination: Nomination
    by_history: Outcome
    needed: tuple[str, ...]
    """Names of the facts a dossier must still show."""

    @property
    def needed_labels(self) -> tuple[str, ...]:
        """What must still be shown, in words."""
        return tuple(FACT_LABELS[name] for name in self.needed)

    @property
    def because(self) -> str:
        """The conditions that led to the outcome by the history, each with its article.

        Only their number when all are met and sourced: the annex names them.
        """
        reasons = [item for item in self.nomination.judgement.reasons if item.outcome is self.by_history]
        waiting = [item for item in reasons if not (item.missing and set(item.missing) <= set(self.needed))]
        if self.by_history is Outcome.ELIGIBLE:
            return f"Đạt {len(waiting)} điều kiện, xem trang Căn cứ từng điều kiện"
        return "; ".join(f"{item.text} ({item.citation})" for item in waiting)


def build_prospects_book(
    prospects: Sequence[Prospect], regime: str, on: date, organisation: Organisation
) -> bytes:
    """Build the list of everybody the history does not refuse, surest first, and the annex of reasons."""
    layout = load_layout("co-the-de-nghi")
    shown = [item for outcome in _SHOWN_FIRST for item in prospects if item.by_history is outcome]
    rows = [_row(number, item) for number, item in enumerate(shown, start=1)]
    refused = len(prospects) - len(shown)
    subtitle = (
        f"{SUBTITLE_START}{regime}, ngày quyết định dự kiến {say(on)}. Không phải danh sách đề nghị: "
        f"còn phải có những gì ghi ở cột cuối. {refused} trường hợp chưa đủ theo hồ sơ không liệt kê."
    )
    codes = [item.nomination.subject.code if item.nomination.subject else "" for item in shown]
    annex = [
        {**row, "code": code}
        for code, item in zip(codes, shown, strict=True)
        for row in reason_rows([item.nomination])
    ]
    with Book(layout.title, organisation) as book:
        tones = [TONES[item.by_history] for item in shown]
        write_list(book, layout, layout.sheet("prospects"), ListContent(rows, subtitle=subtitle, tones=tones))
        write_list(book, layout, layout.sheet("reasons"), ListContent(annex, subtitle=subtitle))
        return book.content()


def _row(number: int, item: Prospect) -> dict[str, object]:
    nomination = item.nomination
    return {
        "number": number,
        "code": nomination.subject.code if nomination.subject else "",
        "subject": nomination.candidate.subject,
        "unit": nomination.candidate.unit_name,
        "award": nomination.award_name,
        "outcome": item.by_history.label,
        "reasons": item.because,
        "needed": "; ".join(item.needed_labels),
    }
