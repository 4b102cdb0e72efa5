"""The headline metric over time as a picture, with what was promoted and what was killed."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from core import facts, figures
from core.experiments.experiment import Experiment
from core.experiments.headline import Headline
from core.experiments.metric import Metric, better, same_name
from core.forecasts.headline import Result

Spec = dict[str, Any]
MOST_MARKS = 12
FEWEST_WEEKS = 4  # that show a trend


def progress(
    metric: Metric, found: Sequence[Result], experiments: Sequence[Experiment], where: ZoneInfo
) -> Spec | None:
    """line: [ISO day, best so far]; marks: [ISO day, value, id, promoted|killed]; None below two.

    found: oldest first. A killed experiment is marked at its last result; it moves no line.
    """
    line = _line(metric, found, where)
    if len({day for day, _ in line}) < 2:
        return None
    marks = _marks(metric, experiments, where)[-MOST_MARKS:]
    percent = Headline(metric, line[-1][1]).percent
    name = metric.name[:30]
    values = (
        figures.metric(line[0][1], percent=percent),
        figures.metric(line[-1][1], percent=percent),
    )
    counted = [sum(mark[3] == kind for mark in marks) for kind in ("promoted", "killed")]
    goal = "no target"
    if metric.target is not None:
        goal = f"target {figures.metric(metric.target, percent=percent)}"
    alt = (
        f"{name} so far: {values[0]} on {_day(line[0][0])}, {values[1]} on "
        f"{_day(line[-1][0])}, {goal}. {counted[0]} promoted, {counted[1]} killed: "
        + ", ".join(f"{m[2]} {m[3]} at {figures.metric(m[1], percent=percent)}" for m in marks)
    )
    return {"kind": "progress", "title": f"{name} over time", "percent": percent,
            "metric": name, "target": metric.target, "line": line, "marks": marks,
            "trend": trend(line),
            "alt": alt.rstrip(": ")[:1000]}  # fmt: skip


def _line(metric: Metric, found: Sequence[Result], where: ZoneInfo) -> list[list[Any]]:
    line: list[list[Any]] = []
    for result in found:
        if not line or better(metric, result.value, line[-1][1]):
            line.append([_iso(result.at, where), result.value])
    if found and line[-1][0] != _iso(found[-1].at, where):
        line.append([_iso(found[-1].at, where), line[-1][1]])
    return line


def trend(line: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Ends ([ISO day, value]) of the least-squares line through the best result at the end of each
    week from the first to the last; [] below four weeks, which show no trend.
    """
    days = [date.fromisoformat(day) for day, _ in line]
    weeks = (days[-1] - days[0]).days // 7 + 1
    if weeks < FEWEST_WEEKS:
        return []
    at = [7 * week for week in range(weeks)]
    since = [(day - days[0]).days for day in days]
    best = [line[bisect_right(since, offset) - 1][1] for offset in at]
    slope, start = np.polyfit(at, best, 1)
    return [[(days[0] + timedelta(days=n)).isoformat(), float(start + slope * n)]
            for n in (0, (days[-1] - days[0]).days)]  # fmt: skip


def _marks(metric: Metric, experiments: Sequence[Experiment], where: ZoneInfo) -> list[list[Any]]:
    found: list[list[Any]] = []
    for e in experiments:
        value = e.final_metric if e.final_metric is not None else next(iter(e.values[::-1]), None)
        kind = {"production": "promoted", "killed": "killed"}.get(e.stage)
        if kind and value is not None and same_name(e.metric, metric.name):
            found.append([_iso(e.decided_at or e.stage_since, where), value, e.id, kind])
    return sorted(found)


def _iso(at: datetime, where: ZoneInfo) -> str:
    return at.astimezone(where).date().isoformat()


def _day(iso: str) -> str:
    return facts.day(datetime.fromisoformat(iso).date())
