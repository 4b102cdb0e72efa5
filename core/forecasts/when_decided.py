"""When will so many more experiments be decided? From the team's own pace, sprint by sprint."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.sprints.sprint import Calendar, Span
from core.stats.sample import NotComputable
from core.stats.throughput import When, when_done

MIN_SPRINTS = 3
HORIZON = 26
MOST = 1000


@dataclass(frozen=True)
class Decided:
    """need: how many more. history: (sprint, decided in it) of closed sprints. now: in this one.

    by: (share, sprint) of P50, P85, P95; None beyond the horizon. why: no answer, in a sentence.
    """

    need: int
    running: Span | None
    history: tuple[tuple[Span, int], ...] = ()
    now: int = 0
    by: tuple[tuple[float, Span | None], ...] = ()
    why: str = ""


def decided_when(
    need: int, by_sprint: Mapping[int, int], sprints: Calendar, today: date
) -> Decided:
    """The sprints by which `need` more are decided with 50, 85 and 95 %.

    by_sprint: how many each sprint has decided. Counted from the start of the running sprint:
    what it has decided already comes on top.
    """
    running = sprints.at(today)
    if running is None:
        return Decided(need, None, why="The first sprint has not begun.")
    counts = [by_sprint.get(number, 0) for number in range(1, running.number + 1)]
    closed = tuple((sprints.of(n + 1), count) for n, count in enumerate(counts[:-1]))
    found = Decided(need, running, closed, counts[-1])
    if len(closed) < MIN_SPRINTS:
        why = f"{len(closed)} of {MIN_SPRINTS} sprints are over, and a pace takes {MIN_SPRINTS}."
        return Decided(need, running, closed, counts[-1], why=why)
    when = when_done([count for _, count in closed], need + counts[-1], horizon=HORIZON)
    if isinstance(when, NotComputable) or not any(count for _, count in closed):
        why = f"Nothing was decided in {len(closed)} sprints, so there is no pace to go by."
        return Decided(need, running, closed, counts[-1], why=why)
    return Decided(need, running, closed, found.now, _spans(when, sprints, running))


def _spans(when: When, sprints: Calendar, running: Span) -> tuple[tuple[float, Span | None], ...]:
    ahead = ((0.5, when.p50), (0.85, when.p85), (0.95, when.p95))
    return tuple((p, sprints.of(running.number + n - 1) if n else None) for p, n in ahead)
