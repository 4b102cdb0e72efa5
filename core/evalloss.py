"""The loss against the baseline, told: verdict, figures, sentence, examples missing."""

import math
from dataclasses import replace

from core.evalmetric import DROP, WORSE_THAN_BASELINE, Check, Metric
from core.power import pairs_for_margin
from core.sample import ZERO_VARIANCE, Answer, Interval, better_by
from core.significance import NonInferiority

ROUNDING = 1e-9
Figures = tuple[float, Interval | None, float]  # difference, interval, margin
CODES = {"PASS": "", "FAIL": WORSE_THAN_BASELINE, "INCONCLUSIVE": "no regression not shown"}


def said(
    metric: Metric,
    verdict: Answer,
    found: str,
    figures: Figures,
    missing: int | None = None,
) -> Check:
    """The check against the baseline; `found` says on what it rests."""
    change, interval, margin = figures
    meaning = {
        "PASS": "a loss beyond it is ruled out",
        "FAIL": "the loss is beyond it",
        "INCONCLUSIVE": "a loss beyond it is not ruled out",
    }[verdict]
    between = ""
    if interval:
        between = f" (between {metric.change(interval.low)} and {metric.change(interval.high)})"
    allowed = metric.change(abs(margin)).lstrip("+")
    text = f"{metric.name}: {metric.change(change)} against the baseline{between}, {found}; "
    text += f"margin {allowed}: {meaning}."
    if missing:
        text += f" About {missing} more examples would tell."
    return Check("regression", verdict, CODES[verdict], text, change, interval, margin, missing)


def judged(metric: Metric, found: NonInferiority, margin: float, text: str) -> Check:
    """The outcome of a t-test with the examples still missing."""
    missing = None
    if found.verdict == "INCONCLUSIVE":
        missing = _more(found, margin, better_by(found.difference, metric.direction))
    figures = (found.difference, found.interval, margin)
    return said(metric, found.verdict, text, figures, missing)


def _more(found: NonInferiority, margin: float, gain: float) -> int | None:
    """More examples for 80 % power if nothing truly changed; if these are there, as observed."""
    sd = found.se * math.sqrt(found.n)
    for true in (0.0, min(0.0, gain)):
        needed = pairs_for_margin(margin, sd=sd, true_difference=true)
        if isinstance(needed, int) and needed > found.n:
            return needed - found.n
    return None


def no_variance(metric: Metric, change: float, margin: float) -> Check:
    """Nothing varies: a loss beyond the margin is a FAIL, anything else shows nothing."""
    if is_beyond(metric, change, margin):
        text = "the same every time"
        check = said(metric, "FAIL", text, (change, None, margin))
        return replace(check, code=DROP)
    reason = f"{metric.name}: nothing varies on either side, so nothing can be said about chance: "
    reason += "push scores by example, or declare it deterministic."
    return Check("regression", "INCONCLUSIVE", ZERO_VARIANCE, reason, change, None, margin)


def is_beyond(metric: Metric, change: float, margin: float) -> bool:
    """Whether a change, taken as exact, is a loss beyond the margin."""
    return better_by(change, metric.direction) < -margin - ROUNDING * max(margin, abs(change))
