"""The first line of the digest: where the headline metric stands and which way it goes.

Nothing here foretells: there is no date on which the target will be reached.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.experiments.experiment import Experiment
from core.experiments.measurement import Measurement, counted
from core.experiments.metric import is_share
from core.experiments.rollout import is_live, went_live

EVALUATED = ("evaluation", "iteration")
SAME = 1e-9


@dataclass(frozen=True)
class Metric:
    """What the team steers by. percent: shown in percent; None: decided by the values."""

    name: str = ""
    target: float | None = None
    direction: str = "higher"
    percent: bool | None = None


@dataclass(frozen=True)
class Past:
    """The headline of an earlier digest."""

    on: date
    metric: str
    current: float | None


@dataclass(frozen=True)
class InProduction:
    """What customers get by a metric: the measurement, of which experiment, live since when."""

    look: Measurement
    via: int
    since: datetime

    @property
    def value(self) -> float:
        """The metric's value."""
        assert self.look.value is not None
        return self.look.value


@dataclass(frozen=True)
class Headline:
    """trajectory: reached | improving | unchanged | back | unknown; why: for unknown.

    was/since: the value of the last report and its day; weeks: for how long unchanged. look: the
    measurement that `current` is of, the best there is and often a candidate's. live: what is in
    production, None for nothing.
    """

    metric: Metric
    current: float | None = None
    via: int = 0
    trajectory: str = "unknown"
    why: str = ""
    was: float | None = None
    since: date | None = None
    weeks: int = 0
    look: Measurement | None = None
    live: InProduction | None = None

    @property
    def is_candidate(self) -> bool:
        """True when the current value is not that of what is in production."""
        return self.current is not None and (self.live is None or self.live.via != self.via)

    @property
    def percent(self) -> bool:
        """True when the metric's values read better in percent."""
        if self.metric.percent is not None:
            return self.metric.percent
        known = [v for v in (self.current, self.metric.target, self.was) if v is not None]
        if not known or min(known) < 0:
            return False
        return is_share(self.metric.name, max(known))


def headline(
    chosen: Metric, experiments: Sequence[Experiment], earlier: Sequence[Past], *, on: date
) -> Headline:
    """Where the metric stands on that day, against the earlier digests (newest first)."""
    metric = chosen if chosen.name else shared_metric(experiments)
    if not metric.name:
        return Headline(metric, why="no experiment has a metric yet")
    current, via = standing(metric, experiments)
    live = in_production(metric, experiments)
    if current is None:
        return Headline(metric, why="no result has been evaluated yet")
    past = [p for p in earlier if same_name(p.metric, metric.name) and p.current is not None]
    was, since = (past[0].current, past[0].on) if past else (None, None)
    found = Headline(metric, current, via, was=was, since=since)
    kind, why = _trajectory(metric, current, was)
    weeks = _weeks_same(current, past, on) if kind == "unchanged" else 0
    look = next((result_look(e) for e in experiments if e.number == via), None)
    past_ = (found.was, found.since, weeks)
    return Headline(metric, current, via, kind, why, *past_, look, live)


@dataclass(frozen=True)
class Use:
    """Experiments with one spelling of a metric, in one direction: how many, the first one's
    number, and their lowest and highest target.
    """

    metric: str
    direction: str
    count: int
    first: int
    low: float | None
    high: float | None


def shared_metric(experiments: Sequence[Experiment]) -> Metric:
    """The metric that most open experiments share (else most of all), with its hardest target."""
    pool = [e for e in experiments if e.is_open and e.metric] or [
        e for e in experiments if e.metric
    ]
    return most_used([Use(e.metric, e.direction, 1, e.number, e.target, e.target) for e in pool])


def most_used(uses: Sequence[Use]) -> Metric:
    """The metric that most experiments use, with its hardest target; nameless without any."""
    if not uses:
        return Metric()
    counted: Counter[tuple[str, str]] = Counter()
    for use in uses:
        counted[use.metric.casefold(), use.direction] += use.count
    (name, direction), _ = min(counted.items(), key=lambda item: (-item[1], item[0]))
    users = [u for u in uses if u.metric.casefold() == name and u.direction == direction]
    high = direction == "higher"
    targets = [t for u in users if (t := u.high if high else u.low) is not None]
    hardest = max if high else min
    first = min(users, key=lambda use: use.first)
    return Metric(first.metric, hardest(targets) if targets else None, direction)


def standing(metric: Metric, experiments: Sequence[Experiment]) -> tuple[float | None, int]:
    """The best result in production or under evaluation, and the experiment it comes from.

    In production the final metric counts, under evaluation the last reported value; what was
    killed counts no more.
    """
    known = [
        (value, e.number)
        for e in experiments
        if same_name(e.metric, metric.name)
        for value in [result(e)]
        if value is not None and math.isfinite(value)
    ]
    if not known:
        return None, 0
    sign = 1 if metric.direction == "higher" else -1
    return max(known, key=lambda pair: (sign * pair[0], -pair[1]))


def in_production(metric: Metric, experiments: Sequence[Experiment]) -> InProduction | None:
    """What went live last of those with that metric and a result: that is what customers get."""
    live = [e for e in experiments if is_live(e) and same_name(e.metric, metric.name)]
    known = [(e, look) for e in live if _is_known(look := live_look(e))]
    if not known:
        return None
    e, look = max(known, key=lambda pair: (went_live(pair[0]), pair[0].number))
    assert look is not None
    return InProduction(look, e.number, went_live(e))


def live_look(e: Experiment) -> Measurement | None:
    """What it came to in production: measured there last, else the result it was promoted with."""
    looks = counted(e.measurements, "production")
    return looks[-1] if looks else final_look(e)


def _is_known(look: Measurement | None) -> bool:
    return look is not None and look.value is not None and math.isfinite(look.value)


def result(e: Experiment) -> float | None:
    """Its evaluated result, or None while there is none (or it was killed)."""
    found = result_look(e)
    return found.value if found else None


def result_look(e: Experiment) -> Measurement | None:
    """The measurement that is its evaluated result; value, size and range are all its own."""
    if e.stage == "production":
        return final_look(e)
    return e.looks[-1] if e.stage in EVALUATED and e.looks else None


def final_look(e: Experiment) -> Measurement | None:
    """The measurement with its final value, else what stands for it; None without a result."""
    if e.final_metric is None:
        return e.best_look
    same = [look for look in e.looks if look.value == e.final_metric]
    at = e.decided_at or e.stage_since
    return same[-1] if same else Measurement(at, e.final_metric, e.gpu_used, "", e.decided_by)


def better(metric: Metric, one: float, two: float) -> bool:
    """True when `one` is better than `two` by more than rounding noise."""
    gain = one - two if metric.direction == "higher" else two - one
    return gain > SAME


def same_name(one: str, two: str) -> bool:
    """True when two metric names mean the same: case and outer spaces do not count."""
    return one.strip().casefold() == two.strip().casefold()


def _trajectory(metric: Metric, current: float, was: float | None) -> tuple[str, str]:
    if metric.target is not None and other_unit(current, metric.target):
        return "unknown", "results and target are written in different units"
    if metric.target is not None and not better(metric, metric.target, current):
        return "reached", ""
    if was is None:
        return "unknown", "there is no earlier report to compare with"
    if other_unit(current, was):
        return "unknown", "the last report was written in another unit"
    if better(metric, current, was):
        return "improving", ""
    return ("back", "") if better(metric, was, current) else ("unchanged", "")


def other_unit(one: float, two: float) -> bool:
    """True when two values of one metric cannot be written in the same unit."""
    # 0.883 against 92: one is a share, the other a percentage somebody typed without its sign.
    low, high = sorted((abs(one), abs(two)))
    return 0 < low <= 1 and high >= 20


def _weeks_same(current: float, past: Sequence[Past], on: date) -> int:
    since = on
    for report in past:
        if report.current is None or abs(report.current - current) > SAME:
            break
        since = report.on
    return max(1, round((on - since).days / 7))
