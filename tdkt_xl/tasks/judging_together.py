"""Judge proposals that bear on each other: a title proposed now counts for the next one, unless refused."""

from collections.abc import Callable, Sequence
from datetime import date

from tdkt_xl.rules.award_names import AwardNames
from tdkt_xl.rules.judging import Judgement, Outcome
from tdkt_xl.tasks.known_past import Proposal, without_failed
from tdkt_xl.writers.nomination import Nomination


def judge_together(
    proposals: Sequence[Proposal], judge: Callable[[Proposal], Judgement], names: AwardNames, on: date
) -> list[Nomination]:
    """Judge every proposal; where a title proposed for the same person is refused, judge again without it.

    ``names`` say what the awards are called on the day of decision ``on``.
    """
    items = list(proposals)
    judged = [judge(item) for item in items]
    while True:
        failed = _failed(items, judged)
        fewer = [without_failed(item, failed) for item in items]
        changed = [at for at, (old, new) in enumerate(zip(items, fewer, strict=True)) if old is not new]
        if not changed:
            break
        items = fewer
        for at in changed:
            judged[at] = judge(items[at])
    return [
        Nomination(
            item.candidate,
            called[0],
            judgement,
            leads_cluster=item.leads,
            award_title=called[1],
            known_award=names.existed(item.candidate.award, on),
            period=item.period,
            subject=item.subject,
            past=item.past,
        )
        for item, judgement in zip(items, judged, strict=True)
        for called in [names.called(item.candidate.award, on)]
    ]


def _failed(items: Sequence[Proposal], judged: Sequence[Judgement]) -> dict[str, frozenset[str]]:
    """Awards refused, by code of the subject."""
    failed: dict[str, set[str]] = {}
    for item, judgement in zip(items, judged, strict=True):
        if item.subject and judgement.outcome is Outcome.NOT_ELIGIBLE:
            failed.setdefault(item.subject.code, set()).add(item.candidate.award)
    return {code: frozenset(awards) for code, awards in failed.items()}
