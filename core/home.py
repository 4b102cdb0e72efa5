"""What one person's Home tab shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.blocker import Blocker
from core.engineering import Engineering
from core.experiment import STAGES, Experiment
from core.pending import Pending
from core.standup import Due


@dataclass(frozen=True)
class Home:
    """leads: may decide. due: the standup answer this person owes. stale: experiment numbers.

    mine, board: open experiments, this person's and everybody's; board: furthest first.
    waiting: the first proposals to decide, for leads; unshown, snoozed: how many more there are.
    today: on the team's calendar. engineering: this person's open tickets.
    """

    leads: bool
    set_up: bool
    today: date
    due: Due | None = None
    mine: Sequence[Experiment] = ()
    board: Sequence[Experiment] = ()
    stale: frozenset[int] = frozenset()
    stuck: Sequence[Blocker] = ()
    waiting: Sequence[Pending] = ()
    unshown: int = 0
    snoozed: int = 0
    engineering: Sequence[Engineering] = ()

    @property
    def stages(self) -> list[tuple[str, int]]:
        """How many open experiments stand in each stage, in workflow order, without empty ones."""
        counted = Counter(e.stage for e in self.board)
        return [(stage, counted[stage]) for stage in STAGES if counted[stage]]


def furthest_first(experiments: Sequence[Experiment]) -> list[Experiment]:
    """Open experiments by stage, those nearest to a decision first, then by number."""
    opened = [e for e in experiments if e.is_open]
    return sorted(opened, key=lambda e: (-STAGES.index(e.stage), e.number))
