"""Write danh-sach-de-nghi.xlsx: who may be nominated, with reasons, articles and source cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tdkt_xl.domain.awards import SubjectKind
from tdkt_xl.domain.candidates import Candidate
from tdkt_xl.findings import Place
from tdkt_xl.findings.render import say
from tdkt_xl.rules.evidence import Answer
from tdkt_xl.rules.judging import Judgement, Outcome
from tdkt_xl.tables.layout import load_layout
from tdkt_xl.writers.book import Book, Organisation
from tdkt_xl.writers.list_sheet import ListContent, write_list

_TONES = {
    Outcome.ELIGIBLE: "good",
    Outcome.UNCONFIRMED: "warning",
    Outcome.CANNOT_TELL: "warning",
    Outcome.NOT_ELIGIBLE: "error",
}
_COLOURS = {"good": (229, 242, 224), "warning": (255, 242, 204), "error": (251, 227, 225)}
ROW_COLOURS = {outcome.label: _COLOURS[tone] for outcome, tone in _TONES.items()}
"""The fill of a row by its conclusion, for filling lists that were written here; a test compares it."""
SUBTITLE_START = "Xét theo "
_ANSWERS = {
    Answer.PASS: "Đạt",
    Answer.FAIL: "Không đạt",
    Answer.MISSING: "Thiếu thông tin",
    Answer.NEEDS_PROVINCE: "Cần quy định của tỉnh",
    Answer.NEEDS_TEXT: "Cần văn bản",
}


@dataclass(frozen=True, slots=True)
class Nomination:
    """A judged candidate; ``leads_cluster`` when it stands here as the leading unit of its cluster."""

    candidate: Candidate
    award_name: str
    judgement: Judgement
    leads_cluster: bool

    @property
    def places(self) -> tuple[Place, ...]:
        """Source cells of the proposal and of every fact its reasons used, each once."""
        used = [place for reason in self.judgement.reasons for place in reason.places]
        return tuple(dict.fromkeys([self.candidate.place, *used]))


def build_nominations_book(
    nominations: Sequence[Nomination], regime: str, on: date, organisation: Organisation
) -> bytes:
    """Build the lists: cluster leaders, collectives, individuals, and an annex of reasons."""
    layout = load_layout("danh-sach-de-nghi")
    rows, subtitles = list_rows(nominations), list_subtitles(nominations, regime, on)
    groups = _groups(nominations)
    with Book(layout.title, organisation) as book:
        for sheet in layout.sheets:
            tones = [_TONES[item.judgement.outcome] for item in groups.get(sheet.id, ())]
            content = ListContent(rows[sheet.id], subtitle=subtitles[sheet.id], tones=tones)
            write_list(book, layout, sheet, content)
        return book.content()


def list_rows(nominations: Sequence[Nomination]) -> dict[str, list[dict[str, object]]]:
    """The rows of every list and of the annex, by sheet identifier: field → value."""
    rows = {
        sheet: [_row(number, item) for number, item in enumerate(items, start=1)]
        for sheet, items in _groups(nominations).items()
    }
    return {**rows, "reasons": list(_reason_rows(nominations))}


def list_subtitles(nominations: Sequence[Nomination], regime: str, on: date) -> dict[str, str]:
    """What stands below the title of every sheet: the law, the day, and how many of each conclusion."""
    subtitle = (
        f"{SUBTITLE_START}{regime}, ngày quyết định dự kiến {say(on)}. Danh sách đề nghị, chưa phải kết quả."
    )
    found = {"reasons": subtitle}
    for sheet, items in _groups(nominations).items():
        counts = ", ".join(
            f"{sum(item.judgement.outcome is outcome for item in items)} {outcome.label.lower()}"
            for outcome in Outcome
        )
        found[sheet] = f"{subtitle} {counts}."
    return found


def _groups(nominations: Sequence[Nomination]) -> dict[str, list[Nomination]]:
    return {
        "leaders": [item for item in nominations if item.leads_cluster],
        "collectives": _proposed(nominations, SubjectKind.COLLECTIVE),
        "individuals": _proposed(nominations, SubjectKind.INDIVIDUAL),
    }


def _proposed(nominations: Iterable[Nomination], kind: SubjectKind) -> list[Nomination]:
    return [item for item in nominations if item.candidate.kind is kind and not item.leads_cluster]


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
        "outcome": judgement.outcome.label,
        "reasons": passed if judgement.outcome is Outcome.ELIGIBLE else deciding,
        "cluster": candidate.cluster_code,
        "file": candidate.place.file,
        "sheet": candidate.place.sheet,
        "row": candidate.place.row or None,
    }


def _reason_rows(nominations: Iterable[Nomination]) -> Iterable[dict[str, object]]:
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
