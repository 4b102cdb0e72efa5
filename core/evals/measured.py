"""What pushed results come to, metric by metric: the value with its range, size and noise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core import figures
from core.evals.definition_of_done import Requirement
from core.evals.metric import Kind, Metric
from core.evals.push import Push, side
from core.evals.scores import Arm
from core.evals.threshold import threshold_check
from core.experiments.metric import is_called, other_unit, plain, same_name
from core.stats.proportion import Z_ONE_SIDED_95
from core.stats.sample import Direction, Interval, is_number
from core.text import shorten


@dataclass(frozen=True)
class Reading:
    """One metric of a push. examples: 0 when only runs are known; interval: 90 % range; noise:
    standard error, None where the value is no mean.
    """

    metric: str
    value: float
    examples: int
    runs: int
    interval: Interval | None = None
    noise: float | None = None

    def scaled(self, by: float) -> "Reading":
        """The same in another unit."""
        ends = self.interval
        return replace(
            self,
            value=self.value * by,
            interval=ends and Interval(ends.low * by, ends.high * by),
            noise=None if self.noise is None else self.noise * by,
        )


def readings(
    push: Push, wanted: Mapping[str, Requirement], own: str, direction: str
) -> list[Reading]:
    """Every metric of the push that can be computed. wanted: by the score's name; a metric is read
    as its requirement says (a 95th percentile is one), else as a mean. own, direction: the
    ticket's.
    """
    mine = Requirement(own, direction=direction, kind="mean")
    found = [(name, side(push, name)) for name in push.metrics]
    return [
        made
        for name, arm in found
        if arm is not None and not arm.fault
        for made in [_reading(name, arm, wanted.get(name) or (mine if name == own else None))]
        if made is not None
    ]


def own_name(names: Sequence[str], metric: str, required: Mapping[str, str]) -> str:
    """Which of the pushed scores is that ticket's metric: the same name, else the same letters,
    else the only one that is called so; "" when there is none or it is not certain.

    required: the score that each requirement of the Definition of Done goes by.
    """
    for name, score in required.items():
        if plain(name) == plain(metric) and score in names:
            return score
    for same in (
        [one for one in names if same_name(one, metric)],
        [one for one in names if plain(one) == plain(metric)],
        [one for one in names if is_called(metric, one) or is_called(one, metric)],
    ):
        if same:
            return same[0] if len(same) == 1 else ""
    return ""


def on_ticket_scale(found: Reading, *known: float | None) -> Reading:
    """The reading in the unit the ticket is written in: a share becomes per cent where its target
    and baseline are.
    """
    written = next((value for value in known if value), None)
    if written is None or not 0 <= found.value <= 1 or not other_unit(found.value, written):
        return found
    return found.scaled(100)


def logged(found: Reading | None, role: str, ticket: str, metric: str) -> str:
    """What a push did to the result of that ticket, as a sentence."""
    name = shorten(metric, 40)
    if found is None:
        return f"{ticket} measures {name}, which is not among them: no result was logged."
    value = figures.number(found.value)
    ends = found.interval
    sure = f" ({figures.number(ends.low)} to {figures.number(ends.high)})" if ends else ""
    what = "result" if role == "candidate" else f"{role} result"
    return f"{name} {value}{sure} is logged as the {what} of {ticket}."


def _reading(name: str, arm: Arm, wanted: Requirement | None) -> Reading | None:
    shares = all(0 <= value <= 1 for value in arm.values)
    kind: Kind = "p95" if wanted and wanted.kind == "p95" else "rate" if shares else "mean"
    direction: Direction = "lower" if wanted and wanted.direction == "lower" else "higher"
    limit = min(1.0, max(0.0, arm.mean)) if kind == "rate" else arm.mean
    check = threshold_check(Metric(name, direction, kind, limit), arm)
    value = arm.mean if check is None or check.estimate is None else check.estimate
    if not is_number(value):
        return None
    interval = check.interval if check else None
    noise = None
    if interval and kind != "p95":
        noise = (interval.high - interval.low) / 2 / Z_ONE_SIDED_95 or None
    return Reading(name, value, len(arm.examples), len(arm.run_means) or 1, interval, noise)
