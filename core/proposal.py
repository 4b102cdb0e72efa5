"""When an experiment should be decided on: the source document's rules, guarded.

The document's `should_kill` has three: "2x budget", "plateau" (last 3 within 1 %) and "gap"
(more than 15 points). Taken as they stand they kill models that rest at their target, slow
starters after one result, and never anything measured in milliseconds; so here they know the
metric's direction and scale, and wait for results and for a part of the budget. The ticket's
own kill lines come first. A rule only proposes; a person decides.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from core import criterion, metric
from core.experiment import (
    Experiment,
    box_day,
    budget_share,
    is_over_box,
    is_stale,
    meets_target,
)
from core.figures import number, percent
from core.verdict import Verdict

_PLATEAU_RESULTS = 3
_PLATEAU = 0.01  # absolute on a 0..1 scale, else a share of the value
_GAP = 0.15  # the same, of the target
_SMALL_SHARE = 0.1  # below it one point is no longer a small difference
_ROUNDING = 1e-9
_DECIDE = "decide now: kill, iterate or promote"


@dataclass(frozen=True)
class Limits:
    """The team's policy for the rules. min_*: before it plateau and gap say nothing.

    stale_after: working days. warn_share: of the GPU budget and of the time box.
    """

    min_checkpoints: int = 3
    min_budget_share: float = 0.25
    stale_after: int = 3
    warn_share: float = 0.8


def judge(
    experiment: Experiment, now: datetime, where: ZoneInfo, limits: Limits | None = None
) -> tuple[Verdict, ...]:
    """Every rule that fires on the experiment now, the strongest first. where: owner's zone."""
    if not experiment.is_open:
        return ()
    limits = limits or Limits()
    today = now.astimezone(where).date()
    found: list[Verdict | None] = [
        *criterion.verdicts(experiment, today),
        over_twice(experiment),
        plateau(experiment, limits),
        gap(experiment, limits),
        budget_used_up(experiment),
        box_over(experiment, today),
        stale(experiment, now, where, limits),
    ]
    return tuple(verdict for verdict in found if verdict)


def warnings(
    experiment: Experiment, today: date, limits: Limits | None = None
) -> tuple[Verdict, ...]:
    """The budgets that are nearly used up (from warn_share to just under 100 %)."""
    if not experiment.is_open:
        return ()
    share = (limits or Limits()).warn_share
    found = (_nearly_spent(experiment, share), _nearly_over(experiment, today, share))
    return tuple(verdict for verdict in found if verdict)


def over_twice(experiment: Experiment) -> Verdict | None:
    """Rule "2x budget": more than twice the GPU budget is used."""
    used, budget = experiment.gpu_used, experiment.gpu_budget
    if budget <= 0 or used <= 2 * budget:
        return None
    text = f"{number(used)} GPU-h used, more than 2 × {number(budget)} = {number(2 * budget)}"
    return Verdict("2x budget", "kill", text, {"used": used, "budget": budget})


def plateau(experiment: Experiment, limits: Limits) -> Verdict | None:
    """Rule "plateau": the last three results are the same within 1 %.

    Proposes to promote at or above target, to kill below it, to decide without a target.
    """
    last = experiment.values[-_PLATEAU_RESULTS:]
    if len(last) < _PLATEAU_RESULTS or not _may_judge(experiment, limits):
        return None
    spread = max(last) - min(last)
    wide = _PLATEAU * (1.0 if _is_share(experiment) else max(map(abs, last)))
    # Strictly closer, as in the source; three equal values are a plateau on any scale.
    if spread and spread >= wide - _ROUNDING * max(1.0, wide):
        return None
    shown = ", ".join(number(value) for value in last)
    text = (
        f"last 3 {experiment.metric} {shown}: spread {number(spread)} < {number(wide)}; "
        f"best {number(experiment.best)}, target {number(experiment.target)}"
    )
    inputs = {"last": list(last), "spread": spread, "limit": wide, "target": experiment.target}
    action = "decide" if experiment.target is None else "kill"
    if meets_target(experiment, experiment.best):
        action, text = "promote", f"{text}: it rests at its target"
    return Verdict("plateau", action, text, inputs)


def gap(experiment: Experiment, limits: Limits) -> Verdict | None:
    """Rule "gap": the best result is more than 15 points (15 % on other scales) from target."""
    best, target = experiment.best, experiment.target
    if best is None or target is None or not _may_judge(experiment, limits):
        return None
    missing = target - best if experiment.direction == "higher" else best - target
    most = _GAP * (1.0 if _is_share(experiment) else abs(target) or abs(best))
    if missing <= most + _ROUNDING * max(1.0, most):
        return None
    text = (
        f"best {experiment.metric} {number(best)} after {len(experiment.values)} results, "
        f"target {number(target)}: gap {number(missing)} > {number(most)}"
    )
    inputs = {"best": best, "target": target, "gap": missing, "limit": most}
    return Verdict("gap", "kill", text, inputs)


def budget_used_up(experiment: Experiment) -> Verdict | None:
    """All of the GPU budget is used (and not yet twice of it, which is a rule of its own)."""
    share = budget_share(experiment)
    if share is None or share < 1 - _ROUNDING or over_twice(experiment):
        return None
    text = f"{_spent(experiment)} ({percent(share)}): {_DECIDE}"
    used, budget = experiment.gpu_used, experiment.gpu_budget
    return Verdict("GPU budget", "decide", text, {"used": used, "budget": budget})


def box_over(experiment: Experiment, today: date) -> Verdict | None:
    """The last day of the time box has passed."""
    if not is_over_box(experiment, today):
        return None
    day = box_day(experiment, today)
    text = f"day {day} of {experiment.box_days} of its time box: {_DECIDE}"
    return Verdict("time box", "decide", text, {"day": day, "days": experiment.box_days})


def stale(
    experiment: Experiment, now: datetime, where: ZoneInfo, limits: Limits
) -> Verdict | None:
    """Nobody has reported anything for some working days."""
    if not is_stale(experiment, now, where, after=limits.stale_after):
        return None
    last = experiment.progress_at.astimezone(where).date()
    text = f"no update since {last:%a} {last.day} {last:%b} ({limits.stale_after} working days)"
    return Verdict("stale", "update", text, {"last": last.isoformat()})


def _may_judge(experiment: Experiment, limits: Limits) -> bool:
    """Enough results, and enough of the budget used (without a budget: results alone)."""
    if len(experiment.values) < limits.min_checkpoints:
        return False
    share = budget_share(experiment)
    return share is None or share >= limits.min_budget_share - _ROUNDING


def _is_share(experiment: Experiment) -> bool:
    """True for metrics between 0 and 1 on which a point is a small difference."""
    known = [v for v in (experiment.target, *experiment.values) if v is not None]
    if not all(0 <= value <= 1 for value in known) or max(known) < _SMALL_SHARE:
        return False
    target = max(known) if experiment.target is None else experiment.target
    return metric.is_share(experiment.metric, target, experiment.baseline)


def _nearly_spent(experiment: Experiment, from_share: float) -> Verdict | None:
    share = budget_share(experiment)
    if share is None or not from_share - _ROUNDING <= share < 1 - _ROUNDING:
        return None
    text = f"{_spent(experiment)} ({percent(share)})"
    return Verdict("GPU budget 80 %", "warn", text, {"share": share})


def _nearly_over(experiment: Experiment, today: date, from_share: float) -> Verdict | None:
    day = box_day(experiment, today)
    if day is None or experiment.box_days <= 0 or is_over_box(experiment, today):
        return None
    if not from_share - _ROUNDING <= day / experiment.box_days <= 1 or experiment.box_ends is None:
        return None
    ends = experiment.box_ends
    text = f"day {day} of {experiment.box_days}, it ends on {ends:%a} {ends.day} {ends:%b}"
    return Verdict("time box 80 %", "warn", text, {"day": day, "days": experiment.box_days})


def _spent(experiment: Experiment) -> str:
    return f"{number(experiment.gpu_used)} of {number(experiment.gpu_budget)} GPU-h used"
