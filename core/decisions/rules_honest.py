"""Rules that propose on evidence: out of reach, at its target, over budget.

Each knows direction, scale and noise, and none judges results before three of them and a
quarter of the budget. A rule only proposes; a person decides.
"""

from core.decisions import out_of_reach as reach
from core.decisions import rules_document
from core.decisions.curve_noise import noise_of
from core.decisions.out_of_reach import Check
from core.decisions.policy import ROUNDING, Finding, Limits, Silent, Verdict, too_early
from core.experiments.experiment import Experiment, budget_share, meets_target
from core.figures import number, percent, spent

REACH, REST, OVER = "out of reach", "at its target", "over budget"


def out_of_reach(experiment: Experiment, limits: Limits) -> Finding:
    """Even the most optimistic continuation ends short of the target, twice in a row."""
    early = too_early(experiment, limits, REACH) or _unfit(experiment)
    if early:
        return early
    assert experiment.target is not None
    seen = reach.points(experiment)
    start = max(limits.min_budget_share, limits.extrapolate_from)
    found = reach.checks(
        seen,
        experiment.target,
        direction=experiment.direction,
        noise=noise_of(experiment),
        start=start,
    )
    last = found[-2:]
    if len(last) < 2 or not all(check.out_of_reach for check in last):
        return Silent(REACH, _not_yet(experiment, last, len(seen), start))
    text = f"{_arithmetic(last[-1], experiment)}. Second check in a row"
    inputs = {
        "points": [[one.share, one.value] for one in seen],
        "ends": [check.ends for check in last],
        "target": experiment.target,
        "noise_sd": last[-1].noise_sd,
        "noise_from": noise_of(experiment).source,
    }
    return Verdict(REACH, "kill", text, inputs)


def at_target(experiment: Experiment, limits: Limits) -> Finding:
    """The last three results lie within 1 % and the target is met: promote."""
    early = too_early(experiment, limits, REST)
    if early:
        return early
    if experiment.target is not None and not meets_target(experiment, experiment.best):
        best, target = number(experiment.best), number(experiment.target)
        return Silent(REST, f"best {experiment.metric} {best} does not meet its target {target}")
    found = rules_document.plateau(experiment, limits)
    if isinstance(found, Silent):
        return Silent(REST, found.why)
    rule = REST if found.action == "promote" else "plateau"
    return Verdict(rule, found.action, found.text, found.inputs)


def over_budget(experiment: Experiment) -> Finding:
    """More than the GPU budget is used and nobody raised it; a target that is met is decided."""
    used, budget = experiment.gpu_used, experiment.gpu_budget
    share = budget_share(experiment)
    if share is None:
        return Silent(OVER, "the ticket has no GPU budget")
    said = f"{spent(used, budget)} GPU-h used ({percent(share)})"
    if share <= 1 + ROUNDING:
        return Silent(OVER, said)
    inputs = {"used": used, "budget": budget}
    if meets_target(experiment, experiment.best):
        return Verdict(OVER, "decide", f"{said} and the target is met: promote or iterate", inputs)
    return Verdict(OVER, "kill", f"{said} and no more was approved", inputs)


def _unfit(experiment: Experiment) -> Silent | None:
    if experiment.target is None:
        return Silent(REACH, "the ticket has no target")
    if experiment.gpu_budget <= 0:
        return Silent(REACH, "the ticket has no GPU budget, so nobody knows where its curve ends")
    return None


def _not_yet(experiment: Experiment, last: tuple[Check, ...], seen: int, start: float) -> str:
    """Why two checks in a row do not (yet) say so."""
    if not last:
        return (
            f"{seen} results a tenth of the budget apart; the curve is extrapolated from 3 such "
            f"results and {percent(start)} of the budget on"
        )
    check = last[-1]
    if check.out_of_reach:
        return f"{_arithmetic(check, experiment)}. First check; a second one decides"
    return _arithmetic(check, experiment)


def _arithmetic(check: Check, experiment: Experiment) -> str:
    """`0.731 after 60 % of budget; even the optimistic curve ends at 0.756, target 0.8`."""
    what = "this pace" if check.by_pace else "optimistic curve"
    even = "even the" if check.out_of_reach and not check.by_pace else "the"
    even = ("even " if check.out_of_reach else "") if check.by_pace else f"{even} "
    noise = f" (noise {number(check.noise_sd)})"
    return (
        f"{number(check.point.value)} after {percent(check.point.share)} of budget; "
        f"{even}{what} ends at {number(check.ends)}{noise}, target {number(experiment.target)}"
    )
