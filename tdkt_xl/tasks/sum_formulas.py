"""Compare what the sums of a sheet add up with what they should: no cell left out, none counted twice."""

from collections import Counter
from dataclasses import dataclass

from tdkt_xl.domain.criteria import Catalogue
from tdkt_xl.domain.scores import ScoreSheet, TypedTotal
from tdkt_xl.findings import Code, Finding
from tdkt_xl.findings.codes import between_sheets as codes


@dataclass(frozen=True, slots=True)
class Misadded:
    """A sum that leaves out a cell, counts it twice, or takes one that is not its own."""

    code: Code
    total: TypedTotal
    cell: str

    @property
    def cause(self) -> str:
        """The sentence that explains a wrong result."""
        omits = self.code is codes.SUM_OMITS
        return f" Công thức {self.total.formula} {'bỏ sót' if omits else 'cộng thừa'} ô {self.cell}."

    def finding(self, heading: str) -> Finding:
        """The finding where the result is still right, because the cell holds nothing."""
        return self.code.at(self.total.cell.place, column=heading, formula=self.total.formula, cell=self.cell)


def find_misadded(total: TypedTotal, sheet: ScoreSheet, catalogue: Catalogue) -> Misadded | None:
    """Return what is wrong with a sum, or None when it adds every leaf below its path once.

    A sum may take groups instead of their leaves. Cells that belong to no criterion are passed over:
    rows of the sender's own are reported as such.
    """
    if total.summed is None:
        return None
    cells = {line.criterion.path: getattr(line, total.field).place for line in sheet.lines}
    leaves = {(place.row, place.column): path for path, place in cells.items()}
    groups = {
        (other.cell.place.row, other.cell.place.column): other.path
        for other in sheet.typed_totals
        if other.field == total.field and other.path not in ("", total.path)
    }
    counts: Counter[str] = Counter()
    for at in total.summed:
        if at in leaves:
            counts[leaves[at]] += 1
        elif at in groups:
            counts.update(leaf.path for leaf in catalogue.leaves_under(groups[at]))
    wanted = [leaf.path for leaf in catalogue.leaves_under(total.path)]
    omitted = next((path for path in wanted if path in cells and not counts[path]), None)
    if omitted:
        return Misadded(codes.SUM_OMITS, total, str(cells[omitted].cell))
    own = set(wanted)
    extra = next((path for path, times in counts.items() if times > 1 or path not in own), None)
    return Misadded(codes.SUM_DOUBLES, total, str(cells[extra].cell)) if extra and extra in cells else None
