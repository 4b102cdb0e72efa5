"""When will the headline metric reach its target? The forecast of a sprint, with its dates.

The running sprint joins the history as soon as it has brought a gain; until then it is the
first sprint that is forecast, with the working days it has left. So a gain is never counted
twice, and never left out.

The same results count as in the digest's first line (core/experiments/headline): the final metric
of what is in production, the reported values of what has been under evaluation. What was killed
counts no more. A value reported before the first evaluation began counts from it on.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from core import figures
from core.calendar import instant, is_working_day
from core.experiments.experiment import Experiment
from core.experiments.headline import EVALUATED, Headline
from core.experiments.metric import Metric, better, is_share, other_unit, same_name
from core.experiments.stands import NOTHING, Stands
from core.forecasts.forecast import (
    MIN_SPRINTS,
    SURE_SPRINTS,
    Forecast,
    Goal,
    forecast,
    running_best,
)
from core.sprints.sprint import Calendar, Span
from core.stats.sample import Direction


@dataclass(frozen=True)
class Result:
    """A value of the metric, the experiment it comes from, and when it began to count."""

    at: datetime
    value: float
    number: int


def results(
    metric: Metric, experiments: Sequence[Experiment], evaluated: Mapping[int, datetime]
) -> list[Result]:
    """Every result of that metric that counts today, oldest first.

    evaluated: by experiment number, when it first went to evaluation.
    """
    found = [
        result
        for e in experiments
        if same_name(e.metric, metric.name) and e.direction == metric.direction
        for result in _of(e, metric, evaluated.get(e.number))
        if math.isfinite(result.value)
    ]
    return sorted(found, key=lambda r: (r.at, r.number))


def _of(e: Experiment, metric: Metric, evaluated: datetime | None) -> list[Result]:
    if e.stage not in (*EVALUATED, "production"):
        return []
    since = evaluated or (e.decided_at or e.stage_since)
    told = [(c.at, c.value) for c in e.looks if c.value is not None]
    before = [(since, value) for at, value in told if at < since][-1:]
    after = [(at, value) for at, value in told if at >= since]
    found = [Result(at, value, e.number) for at, value in (*before, *after)]
    final = e.final_metric
    if e.stage != "production" or final is None:
        return found
    # A better value on the way to a worse final one did not hold.
    held = [r for r in found if not better(metric, r.value, final)]
    return [*held, Result(e.decided_at or e.stage_since, final, e.number)]


def places(
    sprints: Calendar, where: ZoneInfo, until: date, *, outside: int = 0
) -> list[tuple[datetime, int]]:
    """From which instant on a result belongs to which place of `best_by_sprint`, in order; empty
    before the first sprint. The place of a sprint is its number less one.

    outside: the place of what came before the first sprint, or in a gap between two.
    """
    last = sprints.at(until)
    if last is None:
        return []
    found = [(datetime.min.replace(tzinfo=UTC), outside)]
    for number in range(1, last.number + 1):
        span, after = sprints.of(number), sprints.of(number + 1)
        found.append((instant(span.starts, time(), where), number - 1))
        over = span.ends + timedelta(days=1)
        if over < after.starts:
            found.append((instant(over, time(), where), outside))
    ended = instant(last.ends + timedelta(days=1), time(), where)
    return [*(one for one in found if one[0] < ended), (ended, last.number)]


def best_by_sprint(
    found: Sequence[Result],
    metric: Metric,
    at: Sequence[tuple[datetime, int]],
    known: Mapping[int, float],
) -> list[float | None]:
    """The best result of each sprint from the first on; None without any. Empty before the first.

    at: where results belong (`places`). known: the best of each place among further results.
    """
    best: list[float | None] = [known.get(place) for place in range(at[-1][1] if at else 0)]
    begins = [since for since, _ in at]
    for result in found if at else ():
        place = at[bisect_right(begins, result.at) - 1][1]
        if place >= len(best):
            continue
        held = best[place]
        if held is None or better(metric, result.value, held):
            best[place] = result.value
    return best


Status = Literal["FORECAST", "REACHED", "STALLED", "NOT ENOUGH", "INVALID", "NOT SET"]
HORIZON = 6
NO_BREAKTHROUGH = "the range assumes no breakthrough"
_STATUS: dict[str, Status] = {"INSUFFICIENT_DATA": "NOT ENOUGH", "INVALID_TARGET": "INVALID"}


@dataclass(frozen=True)
class SprintAhead:
    """One sprint ahead: P(target by its end), the 10/50/90 % values. is_sure: within three."""

    span: Span
    p: float
    low: float
    middle: float
    high: float
    is_sure: bool


@dataclass(frozen=True)
class HeadlineOutlook:
    """made_in: the sprint that is running (0 before the first). why: a sentence, without FORECAST.

    history: (sprint, running best) from the first result on. steps: only with FORECAST. left:
    share of the first of them that is still to come. stands: what is said beside `best`.
    """

    status: Status
    metric: Metric
    made_in: int
    why: str = ""
    best: float | None = None
    history: tuple[tuple[Span, float], ...] = ()
    steps: tuple[SprintAhead, ...] = ()
    left: float = 1.0
    stands: Stands = NOTHING

    @property
    def percent(self) -> bool:
        """True when values read better in percent."""
        return Headline(self.metric, self.best).percent

    @property
    def last_sure(self) -> SprintAhead | None:
        """The furthest sprint that is not low confidence, or None without a forecast."""
        return next((step for step in reversed(self.steps) if step.is_sure), None)


def outlook(
    metric: Metric,
    best: Sequence[float | None],
    sprints: Calendar,
    rng: np.random.Generator,
    *,
    left: float = 1.0,
) -> HeadlineOutlook:
    """The forecast as things stand. best: the best result by sprint, the last one is running;
    left: share of its working days that are left.
    """
    found = _known(metric, best, sprints)
    if found.status != "FORECAST" or metric.target is None or found.best is None:
        return found
    levels = [value for _, value in found.history]
    first = found.history[-1][0].number + 1
    left = left if first == len(best) else 1.0
    goal = replace(goal_of(metric, levels), left=left)
    told = forecast(levels, goal, rng, horizon=HORIZON)
    if told.status == "FORECAST":
        return replace(found, steps=_steps(told, first, sprints), left=left)
    status = _STATUS.get(told.status, told.status)
    return replace(found, status=status, why=_why(status, found))  # type: ignore[arg-type]


def share_left(span: Span, today: date, is_off: Callable[[date], bool]) -> float:
    """The share of the sprint's working days that is still to come, of today half; 1 before it.

    is_off: True for days on which nobody works.
    """
    days = [span.starts + timedelta(days=n) for n in range(span.days)]
    working = [day for day in days if is_working_day(day) and not is_off(day)]
    ahead = sum(1.0 if day > today else 0.5 if day == today else 0.0 for day in working)
    return ahead / len(working) if working else 0.0


def shown(value: float, *, percent: bool) -> str:
    """A simulated value with no more digits than it deserves: `88.3%`, `540`, `0.4127`."""
    if percent:
        return figures.metric(value, percent=True)
    size = math.floor(math.log10(abs(value))) if value else 0
    return figures.number(value, max(0, 3 - size))


def goal_of(metric: Metric, known: Sequence[float]) -> Goal:
    """The target with the metric's bound: 1 for shares, 0 for what is not negative and falls."""
    assert metric.target is not None
    direction: Direction = "lower" if metric.direction == "lower" else "higher"
    values = [*known, metric.target]
    if direction == "lower":
        return Goal(metric.target, direction, 0.0 if min(values) >= 0 else None)
    shares = metric.percent or (metric.percent is None and is_share(metric.name, max(values)))
    return Goal(metric.target, direction, 1.0 if shares and max(known) <= 1 else None)


def history_of(
    metric: Metric, best: Sequence[float | None], sprints: Calendar
) -> tuple[tuple[Span, float], ...]:
    """(sprint, running best) from the first result on; the running sprint only with a gain."""
    direction: Direction = "lower" if metric.direction == "lower" else "higher"
    running = running_best(best, direction)
    first = len(best) - len(running) + 1
    found = [(sprints.of(first + n), value) for n, value in enumerate(running)]
    gained = len(running) == 1 or (len(running) > 1 and better(metric, running[-1], running[-2]))
    return tuple(found if gained else found[:-1])


def _known(metric: Metric, best: Sequence[float | None], sprints: Calendar) -> HeadlineOutlook:
    """Everything but the steps; FORECAST when they can be tried."""
    history = history_of(metric, best, sprints)
    now = history[-1][1] if history else None
    found = HeadlineOutlook("FORECAST", metric, len(best), best=now, history=history)
    if not metric.name:
        return replace(found, status="NOT SET", why="No experiment has a metric yet.")
    if metric.target is None:
        return replace(found, status="NOT SET", why=f"No target is set for {metric.name}.")
    if now is None:
        why = f"No result of {metric.name} has been evaluated yet."
        return replace(found, status="NOT ENOUGH", why=why)
    if other_unit(now, metric.target):
        why = "Results and target are written in different units."
        return replace(found, status="INVALID", why=why)
    return found


def _why(status: str, found: HeadlineOutlook) -> str:
    count = len(found.history)
    if status == "NOT ENOUGH":
        sprints = f"{count} sprint" if count == 1 else f"{count} sprints"
        return f"{sprints} with results so far, and a forecast takes {MIN_SPRINTS}."
    if status == "STALLED":
        return f"No gain in {count} sprints, so there is no pace to go by."
    if status == "REACHED":
        target, metric = found.metric.target, found.metric
        since = next(
            span.number for span, v in found.history if target is not None
            and not better(metric, target, v)
        )  # fmt: skip
        return f"The target was reached in sprint {since}."
    return "The target lies beyond what the metric can reach."


def _steps(told: Forecast, first: int, sprints: Calendar) -> tuple[SprintAhead, ...]:
    rows = zip(told.p_by, told.low, told.middle, told.high, strict=True)
    return tuple(
        SprintAhead(sprints.of(first + n), *row, is_sure=n < SURE_SPRINTS)
        for n, row in enumerate(rows)
    )
