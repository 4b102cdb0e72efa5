"""The source document's kill rules, by name: "2x budget", "plateau" and "gap".

Taken as they stand (`bare`, the document's `should_kill`) they kill models that rest at their
target, slow starters after one result, and never anything measured in milliseconds; so a team
that chooses them gets them guarded: they know the metric's direction and scale, and wait for
results and for a part of the budget. Resting at the target proposes to promote.
"""

from collections.abc import Sequence

from core.decisions.policy import ROUNDING, Finding, Limits, Silent, Verdict, is_share, too_early
from core.experiments.experiment import Experiment, meets_target
from core.figures import hours, number

_PLATEAU_RESULTS = 3
_PLATEAU = 0.01  # absolute on a 0..1 scale, else a share of the value
_GAP = 0.15  # the same, of the target


def bare(values: Sequence[float], target: float, *, used: float, budget: float) -> str:
    """What the document's `should_kill` answers, word for word its arithmetic; "" to go on."""
    best = max(values, default=0.0)
    if used > 2 * budget:
        return "2x budget"
    if len(values) >= _PLATEAU_RESULTS and max(values[-3:]) - min(values[-3:]) < _PLATEAU:
        return "plateau"
    return "gap" if best > 0 and target - best > _GAP else ""


def over_twice(experiment: Experiment) -> Finding:
    """Rule "2x budget": more than twice the GPU budget is used."""
    used, budget = experiment.gpu_used, experiment.gpu_budget
    if budget <= 0:
        return Silent("2x budget", "the ticket has no GPU budget")
    twice = f"2 × {hours(budget)} = {hours(2 * budget)}"
    if used <= 2 * budget:
        return Silent("2x budget", f"{hours(used)} GPU-h used, not more than {twice}")
    text = f"{hours(used)} GPU-h used, more than {twice}"
    return Verdict("2x budget", "kill", text, {"used": used, "budget": budget})


def plateau(experiment: Experiment, limits: Limits) -> Finding:
    """Rule "plateau": the last three results are the same within 1 %.

    Proposes to promote at or above target, to kill below it, to decide without a target.
    """
    early = too_early(experiment, limits, "plateau")
    last = experiment.values[-_PLATEAU_RESULTS:]
    if early or len(last) < _PLATEAU_RESULTS:
        return early or Silent("plateau", f"{len(last)} of the 3 results it waits for")
    spread = max(last) - min(last)
    wide = _PLATEAU * (1.0 if is_share(experiment) else max(map(abs, last)))
    shown = ", ".join(number(value) for value in last)
    # Strictly closer, as in the source; three equal values are a plateau on any scale.
    if spread and spread >= wide - ROUNDING * max(1.0, wide):
        still = f"last 3 {experiment.metric} {shown}: spread {number(spread)} ≥ {number(wide)}"
        return Silent("plateau", still)
    text = (
        f"last 3 {experiment.metric} {shown}: spread {number(spread)} < {number(wide)}; "
        f"best {number(experiment.best)}, target {number(experiment.target)}"
    )
    inputs = {"last": list(last), "spread": spread, "limit": wide, "target": experiment.target}
    action = "decide" if experiment.target is None else "kill"
    if meets_target(experiment, experiment.best):
        action, text = "promote", f"{text}: it rests at its target"
    return Verdict("plateau", action, text, inputs)


def gap(experiment: Experiment, limits: Limits) -> Finding:
    """Rule "gap": the best result is more than 15 points (15 % on other scales) from target."""
    best, target = experiment.best, experiment.target
    early = too_early(experiment, limits, "gap")
    if early or best is None or target is None:
        return early or Silent("gap", "the ticket has no target")
    missing = target - best if experiment.direction == "higher" else best - target
    most = _GAP * (1.0 if is_share(experiment) else abs(target) or abs(best))
    said = (
        f"best {experiment.metric} {number(best)} after {len(experiment.values)} results, "
        f"target {number(target)}: gap {number(missing)}"
    )
    if missing <= most + ROUNDING * max(1.0, most):
        return Silent("gap", f"{said} ≤ {number(most)}")
    inputs = {"best": best, "target": target, "gap": missing, "limit": most}
    return Verdict("gap", "kill", f"{said} > {number(most)}", inputs)
