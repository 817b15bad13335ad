"""P3: the check of all scores against plain pandas, on clean data and with 1% of faults."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from unittest.mock import patch

from tdkt_xl.domain.scores import CellState
from tdkt_xl.findings import Finding
from tdkt_xl.schemas.scores import LineToCheck, check_scores
from tdkt_xl.tasks.master import load_master
from tdkt_xl.tasks.round import check_round
from tests.benchmarks.plain_checks import margins_of, pandera_cases, plain_cases, plain_faults
from tests.benchmarks.results import Row, decimal
from tests.benchmarks.timing import ROOT, Bench, interleaved, timed

SAMPLES = ROOT / "workbooks" / "samples"


def score_lines() -> list[LineToCheck]:
    """The lines on which all scores of the samples are checked."""
    kept: list[LineToCheck] = []

    def keep(items: Iterable[LineToCheck]) -> list[Finding]:
        kept.extend(items)
        return []

    with patch("tdkt_xl.tasks.checked_files.check_scores", keep):
        check_round([SAMPLES], load_master(ROOT / "workbooks" / "danh-muc.xlsx"))
    return kept


def spoiled_lines(items: Sequence[LineToCheck]) -> list[LineToCheck]:
    """The same with a cluster score above its maximum in every hundredth line."""
    spoiled = list(items)
    for at in range(0, len(spoiled), 100):
        line = spoiled[at].line
        value = line.criterion.upper + 1
        cell = replace(line.cluster_score, state=CellState.NUMBER, value=value)
        spoiled[at] = replace(spoiled[at], line=replace(line, cluster_score=cell))
    return spoiled


def schema_check(bench: Bench) -> Iterator[Row]:
    """The rows of P3."""
    clean = score_lines()
    for label, items in (("dữ liệu sạch", clean), ("1% dòng sai", spoiled_lines(clean))):
        yield from _compared(label, items, 4 * bench.rounds)


def _compared(label: str, items: Sequence[LineToCheck], rounds: int) -> Iterator[Row]:
    found = Counter((finding.place, finding.code.id) for finding in check_scores(items))
    frame = margins_of(items)
    if found != Counter(plain_faults(items)) or Counter(pandera_cases(frame)) != Counter(plain_cases(frame)):
        raise RuntimeError(label)
    taken = interleaved(
        {
            "product": lambda: timed(lambda: check_scores(items)),
            "pandas": lambda: timed(lambda: plain_faults(items)),
            "pandera": lambda: timed(lambda: pandera_cases(frame)),
            "comparisons": lambda: timed(lambda: plain_cases(frame)),
        },
        rounds,
    )
    each = {name: decimal(1000 * seconds, 1) for name, seconds in taken.items()}
    whole = (
        f"kiểm tra điểm {len(items)} dòng / pandas thường, {label} ({each['product']} / {each['pandas']} ms)"
    )
    part = f"riêng pandera / phép so sánh, trên khung đã dựng ({each['pandera']} / {each['comparisons']} ms)"
    yield Row("P3", whole, taken["product"] / taken["pandas"], "≤ 3")
    yield Row("", part, taken["pandera"] / taken["comparisons"])
