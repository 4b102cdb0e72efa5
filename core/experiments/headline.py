"""The first line of the digest: where the headline metric stands and which way it goes.

Nothing here foretells: there is no date on which the target will be reached.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import stdev

from core import figures
from core.experiments.experiment import Experiment
from core.experiments.measurement import Measurement, counted
from core.experiments.metric import Metric, better, is_share, other_unit, same_name, shared_metric
from core.experiments.past import Past
from core.experiments.rollout import is_live, went_live
from core.stats.proportion import Z_ONE_SIDED_95

EVALUATED = ("evaluation", "iteration")
REPEATED = 3  # results of one model that show their spread


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
    measurement that `current` is of, the best there is and often a candidate's; live: what is in
    production, None for nothing. moved: it differs from the last report's beyond the noise of
    both; noise: standard error of `current`, 0 when unknown. goal_was: the last report when its
    target was another one; corrected: when the result it told was taken back since.
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
    moved: bool = False
    noise: float = 0.0
    goal_was: Past | None = None
    corrected: Past | None = None
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
    same = [p for p in earlier if same_name(p.metric, metric.name)]
    past = [p for p in same if p.current is not None]
    was, since = (past[0].current, past[0].on) if past else (None, None)
    best = next(e for e in experiments if e.number == via)
    found = Headline(metric, current, via, was=was, since=since, live=live,
                     look=result_look(best), noise=noise_of(best),
                     goal_was=other_goal(metric, same),
                     corrected=next((p for p in same[:1] if p.said is not None), None),
                     )  # fmt: skip
    moved = bool(past) and differs(found, past[0])
    kind, why = _trajectory(found, moved=moved)
    weeks = _weeks_same(found, past, on) if kind == "unchanged" else 0
    return replace(found, trajectory=kind, why=why, weeks=weeks, moved=moved)


def other_goal(metric: Metric, past: Sequence[Past]) -> Past | None:
    """The last report on that metric (newest first) when it told another target."""
    known = past[0] if past and past[0].knows_target else None
    return known if known and known.target != metric.target else None


def differs(head: Headline, past: Past) -> bool:
    """True when the two values differ beyond the noise of both measurements (90 %), and by more
    than their usual digits tell. Noise that only one of them knows is taken for the other's.
    """
    one, two = head.current, past.current
    if one is None or two is None or other_unit(one, two):
        return False
    errors = (head.noise or past.noise, past.noise or head.noise)
    told = {figures.metric(value, percent=head.percent) for value in (one, two)}
    return len(told) > 1 and abs(one - two) > Z_ONE_SIDED_95 * math.hypot(*errors)


def noise_of(e: Experiment) -> float:
    """The standard error of its result: as measured, by its 90 % range, as its ticket tells it,
    else the spread of three or more results since its evaluation began; 0 when none is known.
    """
    look = result_look(e)
    if look is None:
        return 0.0
    if look.noise is not None:
        return look.noise
    if look.low is not None and look.high is not None:
        return (look.high - look.low) / 2 / Z_ONE_SIDED_95
    if e.noise_sd is not None:
        return e.noise_sd
    again = [one.value for one in e.looks if one.value is not None and one.at >= e.stage_since]
    return stdev(again) if len(again) >= REPEATED else 0.0


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
    looks = [(e, look) for e in live if (look := live_look(e)) and look.value is not None]
    known = [(e, look) for e, look in looks if math.isfinite(look.value or 0.0)]
    if not known:
        return None
    e, look = max(known, key=lambda pair: (went_live(pair[0]), pair[0].number))
    return InProduction(look, e.number, went_live(e))


def live_look(e: Experiment) -> Measurement | None:
    """What it came to in production: measured there last, else the result it was promoted with."""
    looks = counted(e.measurements, "production")
    if looks or e.stage == "production":
        return looks[-1] if looks else final_look(e)
    then = [one for one in e.looks if one.at <= went_live(e)]  # it is being evaluated anew
    return then[-1] if then else None


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


def _trajectory(head: Headline, *, moved: bool) -> tuple[str, str]:
    metric, current, was = head.metric, head.current, head.was
    assert current is not None
    if metric.target is not None and other_unit(current, metric.target):
        return "unknown", "results and target are written in different units"
    if metric.target is not None and not better(metric, metric.target, current):
        return "reached", ""
    if was is None:
        return "unknown", "there is no earlier report to compare with"
    if other_unit(current, was):
        return "unknown", "the last report was written in another unit"
    if not moved:
        return "unchanged", ""
    return ("improving", "") if better(metric, current, was) else ("back", "")


def _weeks_same(head: Headline, past: Sequence[Past], on: date) -> int:
    since = on
    for report in past:
        if differs(head, report) or other_unit(head.current or 0, report.current or 0):
            break
        since = report.on
    return max(1, round((on - since).days / 7))
