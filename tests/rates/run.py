"""Plant faults in generated books, check them, and count what was found where."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tdkt_xl.domain.master import Master
from tdkt_xl.tasks.round import check_round
from tests.rates.draft import Spoiled
from tests.rates.faults import FAULTS
from tests.tools.grids import Spot, spots

ROOT = Path(__file__).resolve().parents[2]
_MOST_FAULTS = 20
_TRIES = 60


@dataclass
class Rates:
    """Counts by kind of fault: planted, found at the exact place; and everything found beside them."""

    books: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[int, str, Spot]] = field(default_factory=list)
    alarms: list[tuple[int, Spot]] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[str, int, int]]:
        """Kind, planted, found at the exact cell."""
        for kind in FAULTS:
            yield kind, self.planted[kind], self.found[kind]


def spoiled_book(master: Master, seed: int) -> Spoiled:
    """A clean book with 1 to 20 faults, all planted at different cells."""
    draft = Spoiled.clean(master, seed)
    wanted = draft.random.randint(1, _MOST_FAULTS)
    kinds = list(FAULTS)
    for _ in range(_TRIES):
        if len(draft.expected) >= wanted:
            break
        kind = draft.random.choice(kinds)
        FAULTS[kind](draft, kind)
    return draft


def measure(master: Master, seeds: range, rates: Rates | None = None) -> Rates:
    """Check one spoiled book a seed against exactly what was planted in it."""
    rates = rates or Rates()
    with TemporaryDirectory() as folder:
        for seed in seeds:
            draft = spoiled_book(master, seed)
            path = Path(folder) / f"so-{seed}.xlsx"
            path.write_bytes(draft.build())
            _count(rates, seed, draft, spots(check_round([path], master).findings))
            path.unlink()
        rates.alarms = [alarm for alarm in rates.alarms if not _is_drawn_tie(master, *alarm, Path(folder))]
    return rates


def _is_drawn_tie(master: Master, seed: int, spot: Spot, folder: Path) -> bool:
    """Tell a tie the generator itself drew: the book has it before any fault is planted."""
    if spot[2] != "KT-406":
        return False
    path = folder / f"so-{seed}.xlsx"
    path.write_bytes(Spoiled.clean(master, seed).build())
    found = spots(check_round([path], master).findings)
    path.unlink()
    return spot in found


def _count(rates: Rates, seed: int, draft: Spoiled, found: list[Spot]) -> None:
    left = Counter(found)
    rates.books += 1
    for kind, spot in draft.spots():
        rates.planted[kind] += 1
        if left[spot]:
            left[spot] -= 1
            rates.found[kind] += 1
        else:
            rates.missed.append((seed, kind, spot))
    rates.alarms += [(seed, spot) for spot in left.elements()]


def table(rates: Rates) -> str:
    """The rates as a Markdown table."""
    lines = ["| Loại lỗi | Đã cài | Tìm thấy đúng ô | Tỷ lệ |", "| --- | ---: | ---: | ---: |"]
    for kind, planted, found in rates.rows():
        share = f"{100 * found / planted:.2f}%".replace(".", ",") if planted else "–"
        lines.append(f"| {kind} | {planted} | {found} | {share} |")
    planted, found = rates.planted.total(), rates.found.total()
    lines.append(
        f"| **Cộng** | {planted} | {found} | {100 * found / max(planted, 1):.2f}% |".replace(".", ",")
    )
    return "\n".join(lines)
