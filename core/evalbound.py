"""A threshold and whether it is kept, told; golden examples, of which none may differ."""

from core.evalmetric import WORSE_THAN_THRESHOLD, Check, Metric, unknown
from core.evalscores import Arm
from core.proportion import golden
from core.sample import TOO_FEW, Answer, Interval, NotComputable, better_by

_SHOWN = 20


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
    text += f"the true rate may be up to {100 * found.bound:.2g} %."
    text += f" {', '.join(wrong[:_SHOWN])}" if wrong else ""
    code = "golden example differs" if wrong else ""
    interval = Interval(0.0, found.bound)
    return Check("threshold", found.verdict, code, text, found.rate, interval, 0.0, ids=wrong)
