"""Forecast series: the running best forecast 1, 3, 5 sprints ahead from sprints 3, 5, 7."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.forecasts.forecast import Forecast, Goal, forecast, running_best
from core.forecasts.track_record import ConeScore, brier, cone_score
from tests.cases.result import Result

FROM, AHEAD, PATHS = (3, 5, 7), (1, 3, 5), 4_000
HELD = (
    0.75,
    0.92,
)  # real series, 1 and 3 sprints ahead; the coverage's 95 % interval must touch it


@dataclass(frozen=True)
class Closed:
    """A forecast and what came: where and how far ahead, low, middle, high, actual, before.

    linear: the source document's straight line. chances: P(target) of the range, of the line and
    of "no change"; None where the target had been reached before.
    """

    group: str
    ahead: int
    row: tuple[float, float, float, float, float]
    linear: float
    chances: tuple[float, float, float] | None
    reached: bool


def is_series_file(loaded: Any) -> bool:
    return isinstance(loaded, dict) and "series" in loaded


def run(loaded: Any) -> list[Result]:
    """A result by kind of series and sprints ahead, with the coverage of the 80 % range."""
    closed = [one for n, series in enumerate(loaded["series"]) for one in _closed(series, n)]
    groups = dict.fromkeys(one.group for one in closed)
    return [_score(closed, group, ahead) for group in groups for ahead in AHEAD]


def _closed(series: dict[str, Any], number: int) -> Iterator[Closed]:
    best = [max(sprint) if sprint else None for sprint in series["sprints"]]
    running, target = running_best(best), series["target"]
    group = series["source"].partition(":")[0]
    for now in FROM:
        found = _forecast(best[:now], target, number * 100 + now)
        was_reached = running[now - 1] >= target
        for ahead in AHEAD:
            if found.low and now + ahead <= len(running):
                at, actual = ahead - 1, running[now + ahead - 1]
                row = (actual, found.low[at], found.middle[at], found.high[at], running[now - 1])
                linear = _line(best[:now], ahead)
                chances = None if was_reached else (found.p_by[at], float(linear >= target), 0.0)
                yield Closed(group, ahead, row, linear, chances, actual >= target)


def _line(best: list[float | None], ahead: int) -> float:
    """Where the document's mean gain by sprint leads: the value its ETA is made of."""
    known = [value for value in best if value is not None]
    pace = (known[-1] - known[0]) / (len(known) - 1) if len(known) > 1 else 0.0
    return known[-1] + ahead * pace


def _forecast(best: list[float | None], target: float, seed: int) -> Forecast:
    """The range; where the target was reached already, on the way to the bound itself.

    A series without any gain so far is STALLED: no range, so it is not scored.
    """
    rng = np.random.default_rng(seed)
    found = forecast(best, Goal(target, "higher", 1.0), rng, paths=PATHS)
    if found.status != "REACHED":
        return found
    return forecast(best, Goal(1.0, "higher", 1.0), rng, paths=PATHS)


def _score(closed: list[Closed], group: str, ahead: int) -> Result:
    here = [one for one in closed if (one.group, one.ahead) == (group, ahead)]
    actual, low, middle, high, before = (
        list(column) for column in zip(*(one.row for one in here), strict=True)
    )
    found = cone_score(actual, low, middle, high, before=before)
    case = f"{group} +{ahead}"
    if not isinstance(found, ConeScore):
        return Result("forecast series", case, found.code)
    interval = found.coverage_interval
    note = (
        f"the 80 % range held {found.held} of {found.n} times ({found.coverage:.3f}, "
        f"95 % interval {interval.low:.3f}-{interval.high:.3f}); {_compared(found, here)}"
    )
    bound = group == "real" and ahead <= 3
    failed = bound and (interval.high < HELD[0] or interval.low > HELD[1])
    return Result("forecast series", case, "coverage not 0.75-0.92" if failed else "", note=note)


def _compared(found: ConeScore, here: list[Closed]) -> str:
    """Ours, the document's line and no change: pinball, and Brier of the target."""
    linear = [one.linear for one in here]
    line = cone_score([one.row[0] for one in here], linear, linear, linear, before=linear)
    assert isinstance(line, ConeScore)
    open_ = [one for one in here if one.chances]
    reached = [one.reached for one in open_]
    scores = [brier([one.chances[n] for one in open_ if one.chances], reached) for n in range(3)]
    ours, document, stays = (score if isinstance(score, float) else 0.0 for score in scores)
    return (
        f"pinball {found.pinball:.5f}, document {line.pinball:.5f}, no change "
        f"{found.pinball_no_change or 0:.5f}; Brier {ours:.3f}, document {document:.3f}, "
        f"no change {stays:.3f} ({len(open_)} open targets)"
    )
