"""When will the headline metric reach its target? The forecast of a sprint, with its dates.

The running sprint joins the history as soon as it has brought a gain; until then it is the
first sprint that is forecast. So a gain is never counted twice, and never left out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from core import figures
from core.experiments.headline import Headline, Metric, better, other_unit
from core.experiments.metric import is_share
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

    history: (sprint, running best) from the first result on. steps: only with FORECAST.
    """

    status: Status
    metric: Metric
    made_in: int
    why: str = ""
    best: float | None = None
    history: tuple[tuple[Span, float], ...] = ()
    steps: tuple[SprintAhead, ...] = ()

    @property
    def percent(self) -> bool:
        """True when values read better in percent."""
        return Headline(self.metric, self.best).percent

    @property
    def last_sure(self) -> SprintAhead | None:
        """The furthest sprint that is not low confidence, or None without a forecast."""
        return next((step for step in reversed(self.steps) if step.is_sure), None)


def outlook(
    metric: Metric, best: Sequence[float | None], sprints: Calendar, rng: np.random.Generator
) -> HeadlineOutlook:
    """The forecast as things stand. best: the best result by sprint, the last one is running."""
    found = _known(metric, best, sprints)
    if found.status != "FORECAST" or metric.target is None or found.best is None:
        return found
    goal = goal_of(metric, [value for _, value in found.history])
    levels = [value for _, value in found.history]
    told = forecast(levels, goal, rng, horizon=HORIZON)
    if told.status == "FORECAST":
        return replace(found, steps=_steps(told, found.history[-1][0].number + 1, sprints))
    status = _STATUS.get(told.status, told.status)
    return replace(found, status=status, why=_why(status, found))  # type: ignore[arg-type]


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
