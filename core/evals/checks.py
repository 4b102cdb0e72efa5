"""What a check says, told: a threshold and whether it is kept, golden examples of which none may
differ, and the loss against the baseline (verdict, figures, sentence, examples missing).
"""

import math
from dataclasses import replace

from core.evals.metric import (
    DROP,
    WORSE_THAN_BASELINE,
    WORSE_THAN_THRESHOLD,
    Check,
    Metric,
    unknown,
)
from core.evals.scores import Arm
from core.stats.power import pairs_for_margin
from core.stats.proportion import golden
from core.stats.sample import TOO_FEW, ZERO_VARIANCE, Answer, Interval, NotComputable, better_by
from core.stats.significance import NonInferiority

_SHOWN = 20
ROUNDING = 1e-9
Figures = tuple[float, Interval | None, float]  # difference, interval, margin
CODES = {"PASS": "", "FAIL": WORSE_THAN_BASELINE, "INCONCLUSIVE": "no regression not shown"}


def bounded(
    metric: Metric,
    verdict: Answer,
    found: str,
    figures: tuple[float, Interval | None, float],
    missing: int | None,
) -> Check:
    """The check against a threshold: figures are estimate, interval and threshold."""
    estimate, interval, limit = figures
    need = (
        "at least" if metric.direction == "higher" and metric.kind != "consistency" else "at most"
    )
    said = {"PASS": "kept", "FAIL": "not kept", "INCONCLUSIVE": "not shown either way"}[verdict]
    between = ""
    if interval:
        between = f" (between {metric.shown(interval.low)} and {metric.shown(interval.high)})"
    text = f"{metric.name}: {found}{between}; {need} {metric.shown(limit)} is {said}."
    if missing:
        text += f" About {missing} more would show it."
    code = {"PASS": "", "FAIL": WORSE_THAN_THRESHOLD, "INCONCLUSIVE": "threshold not shown"}
    return Check("threshold", verdict, code[verdict], text, estimate, interval, limit, missing)


def unsteady(metric: Metric) -> NotComputable:
    """A metric that was declared deterministic and is not."""
    reason = f"{metric.name} is declared deterministic, but its runs differ."
    return NotComputable("not deterministic", reason)


def golden_check(metric: Metric, candidate: Arm) -> Check:
    """Any golden example that differs in any run is a FAIL; the ids are listed."""
    if candidate.fault:
        return unknown("threshold", candidate.fault)
    names = candidate.examples or tuple(f"run {i + 1}" for i in range(len(candidate.values)))
    good = 1.0 if metric.direction == "higher" else 0.0
    wrong = tuple(
        name
        for name, value in zip(names, candidate.values, strict=True)
        if better_by(value - good, metric.direction) < 0
    )
    found = golden(len(names), len(wrong))
    if isinstance(found, NotComputable) or (len(names) < 2 and not wrong):
        why = NotComputable(TOO_FEW, f"{metric.name}: one golden example shows nothing yet.")
        return unknown("threshold", why)
    text = f"{metric.name}: {len(wrong)} of {len(names)} golden examples differ; "
    text += f"the true rate may be up to {100 * found.bound:.2g}%."
    text += f" {', '.join(wrong[:_SHOWN])}" if wrong else ""
    code = "golden example differs" if wrong else ""
    interval = Interval(0.0, found.bound)
    return Check("threshold", found.verdict, code, text, found.rate, interval, 0.0, ids=wrong)


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
        sd, gain = found.se * math.sqrt(found.n), better_by(found.difference, metric.direction)
        missing = more_pairs(sd, found.n, margin, gain)
    figures = (found.difference, found.interval, margin)
    return said(metric, found.verdict, text, figures, missing)


def more_pairs(sd: float, n: int, margin: float, gain: float) -> int | None:
    """More examples for 80 % power if nothing truly changed; if these are there, as observed.

    sd: of the difference of one example; n: those there are; gain: as seen, better is above 0.
    """
    for true in (0.0, min(0.0, gain)):
        needed = pairs_for_margin(margin, sd=sd, true_difference=true)
        if isinstance(needed, int) and needed > n:
            return needed - n
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
