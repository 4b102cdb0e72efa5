"""When which result of the headline metric stood: what forecasts and charts are drawn from.

The same results count as in the digest's first line (core/experiments/headline): the final metric
of what
is in production, the reported values of what has been under evaluation. What was killed counts
no more. A value reported before the first evaluation began counts from that evaluation on.
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendar import instant
from core.experiments.experiment import Experiment
from core.experiments.headline import EVALUATED, Metric, better, same_name
from core.sprints.sprint import Calendar


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
    told = [(c.at, c.value) for c in e.checkpoints if c.value is not None]
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
