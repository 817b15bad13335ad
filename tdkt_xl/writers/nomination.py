"""A judged proposal, as the lists show it."""

from dataclasses import dataclass

from tdkt_xl.domain.candidates import Candidate
from tdkt_xl.domain.past import Past
from tdkt_xl.domain.people import Subject
from tdkt_xl.domain.periods import Period
from tdkt_xl.findings import Place
from tdkt_xl.rules.judging import Judgement


@dataclass(frozen=True, slots=True)
class Nomination:
    """A judged candidate; ``leads_cluster`` when it stands here as the leading unit of its cluster."""

    candidate: Candidate
    award_name: str
    judgement: Judgement
    leads_cluster: bool
    award_title: str = ""
    """The award's full name, which heads its block in a list."""
    work_field: str = ""
    """The unit's "lĩnh vực hoạt động", "" when the master data does not say."""
    known_award: bool = True
    """Whether the law of the day of decision knows the award at all."""
    period: Period | None = None
    subject: Subject | None = None
    """Whoever is recorded, when that is sure."""
    past: Past | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """Source cells of the proposal and of every fact its reasons used, each once."""
        used = [place for reason in self.judgement.reasons for place in reason.places]
        return tuple(dict.fromkeys([self.candidate.place, *used]))
