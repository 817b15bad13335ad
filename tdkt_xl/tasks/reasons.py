"""What the organisation asks to be explained: a score of 0, a review far from the self score."""

from collections.abc import Iterator

from tdkt_xl.domain.criteria import RowKind
from tdkt_xl.domain.master import Parameters
from tdkt_xl.domain.scores import ScoreLine
from tdkt_xl.findings import Finding
from tdkt_xl.findings.codes import cells as codes
from tdkt_xl.tasks.book_forms import SCORES
from tdkt_xl.tasks.submissions import Kind, Submission


def check_reasons(submission: Submission, parameters: Parameters) -> list[Finding]:
    """Report scores that lack the explanation the parameters ask for (KT-230, KT-231)."""
    if not parameters.explains_zero and parameters.largest_gap is None:
        return []
    alone = submission.kind is Kind.UNIT_SHEET
    findings: list[Finding] = []
    for line in (line for sheet in submission.sheets for line in sheet.lines):
        if parameters.explains_zero:
            findings += _unexplained_zero(line, alone=alone)
        if not alone:
            findings += _unexplained_gap(line, parameters)
    return findings


def _unexplained_zero(line: ScoreLine, *, alone: bool) -> Iterator[Finding]:
    """Bonus and penalty are 0 by nature; only a criterion of the scale has to say why."""
    score = line.self_score if alone else line.cluster_score
    explained = line.reason.text or line.evidence.text
    if line.criterion.kind is RowKind.CRITERION and score.value == 0 and not explained:
        heading = SCORES.column("reason").heading
        yield codes.ZERO_WITHOUT_REASON.at(line.reason.place, path=line.criterion.path, column=heading)


def _unexplained_gap(line: ScoreLine, parameters: Parameters) -> Iterator[Finding]:
    typed, given, limit = line.self_score.value, line.final.value, parameters.largest_gap
    if typed is None or given is None or limit is None or line.reason.text:
        return
    if line.appraised_score.value is not None and line.appraised_score.value != line.cluster_score.value:
        return  # an appraisal without reason is reported as such
    if abs(typed - given) > limit:
        heading = SCORES.column("reason").heading
        yield codes.GAP_WITHOUT_REASON.at(
            line.reason.place,
            path=line.criterion.path,
            value=given,
            typed=typed,
            limit=limit,
            column=heading,
        )
