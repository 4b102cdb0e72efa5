"""What became of the last experiments: the honest start of a prediction."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.experiment import Experiment

LAST = 20
ENOUGH = 5  # of one's own; below it the team's count


@dataclass(frozen=True)
class BaseRate:
    """The last decided experiments. own: the person's; else the whole team's.

    days: median calendar days from the start of the box (else from writing) to the decision;
    gpu: median GPU-hours. count below ENOUGH: too few to say anything.
    """

    own: bool
    count: int
    promoted: int
    days: float
    gpu: float

    @property
    def is_known(self) -> bool:
        """Enough were decided to say something."""
        return self.count >= ENOUGH


def base_rate(tickets: Sequence[Experiment], owner: str) -> BaseRate:
    """Of the owner's last 20 decided tickets; of the team's when the owner has fewer than five."""
    decided = [one for one in tickets if not one.is_open and one.decided_at]
    decided.sort(key=lambda one: (one.decided_at or one.created_at, one.number))
    mine = [one for one in decided if one.owner == owner]
    own = len(mine) >= ENOUGH
    last = (mine if own else decided)[-LAST:]
    if not last:
        return BaseRate(own, 0, 0, 0.0, 0.0)
    return BaseRate(
        own=own,
        count=len(last),
        promoted=sum(one.stage == "production" for one in last),
        days=median(_days(one) for one in last),
        gpu=median(one.gpu_used for one in last),
    )


def _days(one: Experiment) -> int:
    assert one.decided_at is not None
    starts = one.box_starts or one.created_at.date()
    return max(0, (one.decided_at.date() - starts).days)
