"""A metric's step from one value to another, as people outside machine learning feel it.

The source document's table (chapter 5): an accuracy as customers and money, a latency as the time
people wait, a share of wrong answers as one in so many.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from core.digest import money
from core.digest.money import Formula
from core.experiments.metric import Metric, same_name
from core.figures import number

_RARE = 1 / 3  # a share that is read as one in so many
_MS = re.compile(r"(?:^|[\W_])(?:ms|milli(?:s|seconds?)?)(?:$|[\W_])", re.IGNORECASE)
_SECONDS = re.compile(r"(?:^|[\W_])(?:s|secs?|seconds?)(?:$|[\W_])", re.IGNORECASE)
_WAIT = re.compile(r"latency|response|wait|p\d\d|time", re.IGNORECASE)


@dataclass(frozen=True)
class Step:
    """From what to what a metric went. metric: with its direction."""

    metric: Metric
    was: float
    now: float

    @property
    def is_better(self) -> bool:
        """True for a step in the metric's direction."""
        return (self.now > self.was) == (self.metric.direction == "higher")


def told(step: Step, formula: Formula | None, confirmed: Collection[str] = ()) -> str:
    """What the step means, in a line without a full stop; "" where nothing certain can be said.

    Money needs a lead's formula for that metric, one in so many a lead's word (confirmed) that its
    misses are wrong answers, and a wait a name that says its unit (`latency_ms`).
    """
    if step.was == step.now:
        return ""
    if wait := _waited(step):
        return wait
    was, now = (money.share_of(v, step.metric, formula, confirmed) for v in (step.was, step.now))
    if was is None or now is None:
        return ""
    often = _often(was, now)
    if formula is None or not same_name(formula.metric, step.metric.name):
        return often
    return f"{_customers(was, now, formula)}; {often}"


def _customers(was: float, now: float, formula: Formula) -> str:
    """`1,600 fewer customers a week get a wrong answer, about $8,000 saved a week`."""
    people = abs(was - now) * formula.reach * formula.customers
    cost = people * formula.likely
    many, amount = (money.rounded((value, value, value))[1] for value in (people, cost))
    less = now < was
    if round(many) < 1:
        return f"less than one customer a {formula.period} is touched by it"
    who = "customer gets" if round(many) == 1 else "customers get"
    return (
        f"{number(many, 0)} {'fewer' if less else 'more'} {who} a wrong answer a "
        f"{formula.period}, about {money.shown(amount, formula.currency)} "
        f"{'saved' if less else 'more'} a {formula.period}"
    )


def _often(was: float, now: float) -> str:
    """`1 in 50 answers is wrong instead of 1 in 12`, or `40 of 100 are wrong instead of 60`."""
    if 0 < was <= _RARE and 0 < now <= _RARE:
        ones = [round(1 / share) for share in (now, was)]
        if max(ones) >= 1.1 * min(ones):  # nobody feels 1 in 50 beside 1 in 49
            return f"1 in {number(ones[0])} answers is wrong instead of 1 in {number(ones[1])}"
    whole = next((n for n in (100, 1000, 10_000) if round(was * n) != round(now * n)), 100_000)
    many, before = round(now * whole), round(was * whole)
    some = "answer is" if many == 1 else "answers are"
    return f"{number(many)} of {number(whole)} {some} wrong instead of {number(before)}"


def _waited(step: Step) -> str:
    """`people wait 0.4 seconds instead of 2`; "" for what is no wait, or has no unit."""
    name = step.metric.name
    if step.metric.direction != "lower" or not _WAIT.search(name):
        return ""
    per = 1000 if _MS.search(name) else 1 if _SECONDS.search(name) else 0
    if not per or min(step.was, step.now) < 0:
        return ""
    was, now = step.was / per, step.now / per
    digits = 1 if abs(was - now) >= 0.1 else 2 if abs(was - now) >= 0.01 else 3
    before, after = number(was, digits), number(now, digits)
    if before == after:
        return ""
    return f"people wait {after} second{'' if after == '1' else 's'} instead of {before}"
