"""A team's experiments at a glance, as a Scrum master looks at them every day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.experiments.experiment import Experiment
from core.experiments.headline import Headline
from core.experiments.metric import better, same_name
from core.experiments.words import Decided, is_under_way, refined, spent
from core.sprints.sprint import Span

MOST_ROWS, MOST_BARS = 20, 12
WIDTH = 10  # of a full bar


@dataclass(frozen=True)
class Bar:
    """One experiment's best result of the headline metric. how: promoted | killed | active;
    length: 0 to WIDTH.
    """

    ticket: Experiment
    value: float
    how: str
    length: int


@dataclass(frozen=True)
class TeamBoard:
    """span: the running sprint, None before the first; since: from when `decided` counts. tickets:
    what is under way, and what was finished since then. data: cards ready, on their way, blocked.
    """

    span: Span | None
    since: date
    now: datetime
    decided: Decided
    tickets: tuple[Experiment, ...]
    head: Headline
    data: tuple[int, int, int]

    @property
    def active(self) -> tuple[Experiment, ...]:
        """What is under way, by number."""
        return tuple(one for one in self.tickets if is_under_way(one))

    @property
    def total(self) -> int:
        """What was finished since then, and what is under way."""
        return self.decided.finished + len(self.active)

    @property
    def hours(self) -> tuple[float, float]:
        """GPU-hours that those under way have used, and their budgets."""
        return spent(self.active)

    @property
    def gap(self) -> float | None:
        """From the best result to the target; 0 where it is reached, None where one is missing."""
        current, target = self.head.current, self.head.metric.target
        if current is None or target is None:
            return None
        is_there = current == target or better(self.head.metric, current, target)
        return 0.0 if is_there else abs(target - current)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Experiments with a result of the headline metric, the newest last."""
        of_it = [
            (one, one.best)
            for one in self.tickets
            if one.best is not None and same_name(one.metric, self.head.metric.name)
        ][-MOST_BARS:]
        full = 1.0 if self.head.percent else _largest([value for _, value in of_it])
        return tuple(
            Bar(one, value, how(one), min(WIDTH, max(1, round(WIDTH * value / full))))
            for one, value in of_it
        )


def _largest(values: Sequence[float]) -> float:
    return max((abs(value) for value in values), default=0.0) or 1.0


def how(ticket: Experiment) -> str:
    """promoted | killed | active."""
    return {"production": "promoted", "killed": "killed"}.get(ticket.stage, "active")


def decision(ticket: Experiment) -> tuple[str, datetime | None]:
    """What was decided of it and when: killed, promoted, to refine; "" while nothing was."""
    if ticket.is_open:
        again = refined(ticket)
        return ("refine", again) if again else ("", None)
    return how(ticket), ticket.decided_at or ticket.stage_since
