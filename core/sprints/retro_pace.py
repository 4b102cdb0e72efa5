"""A sprint's velocity against what the team's own record forecast for it, and what took time from
it: days with a blocker by cause, changes of scope, kills that came late. The causes stand beside
the figure; how much each one cost is for people to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.calendar import is_working_day
from core.sprints.velocity import MIN_SPRINTS, chance_of, sure_count

OTHER = "other"


@dataclass(frozen=True)
class Stuck:
    """A blocker that was open in the sprint. cause: core.blockers.blocker, else its kind; first,
    last: its days on the team's calendar, last None while it is open.
    """

    number: int
    cause: str
    first: date
    last: date | None


@dataclass(frozen=True)
class Pace:
    """decided: in the sprint, up to its last day or today; before: velocities of the sprints
    before it; days: of it so far; over: it is, or nearly. blocked: working days with such a
    blocker open and their numbers, by cause; added, removed: after its start; late: kills that
    came late, waited: working days they waited after a rule first asked.
    """

    decided: int
    before: tuple[int, ...]
    days: int
    over: bool
    blocked: Mapping[str, tuple[int, tuple[int, ...]]]
    added: int = 0
    removed: int = 0
    committed: int = 0
    late: int = 0
    waited: int = 0

    @property
    def mean(self) -> float | None:
        """What the sprints before held on average; None under three."""
        enough = len(self.before) >= MIN_SPRINTS
        return sum(self.before) / len(self.before) if enough else None

    @property
    def sure(self) -> int | None:
        """What 85 % of the sprints before held; None under three."""
        return sure_count(self.before)

    @property
    def word(self) -> str:
        """few (sprints before) | running | short (fewer than 85 % of them held) | as forecast."""
        if self.sure is None:
            return "few"
        if self.decided >= self.sure:
            return "as forecast"
        return "short" if self.over else "running"

    @property
    def rare(self) -> float:
        """The share of the sprints before that held as few or fewer."""
        return 1 - chance_of(self.before, self.decided + 1)


def blocked(
    stuck: Sequence[Stuck], starts: date, until: date
) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Working days of the sprint with such a blocker open, by cause, the longest first. A day with
    two of the same cause counts once.
    """
    days: dict[str, set[date]] = {}
    numbers: dict[str, list[int]] = {}
    for one in stuck:
        first, last = max(one.first, starts), min(one.last or until, until)
        span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        held = {day for day in span if is_working_day(day)}
        if held:
            days.setdefault(one.cause, set()).update(held)
            numbers.setdefault(one.cause, []).append(one.number)
    order = sorted(days, key=lambda cause: (-len(days[cause]), cause))
    return {cause: (len(days[cause]), tuple(sorted(numbers[cause]))) for cause in order}
