"""How far one experiment's own learning curve can still come within its budget.

The same arithmetic as the kill rule (core/decisions/out_of_reach): the most optimistic
continuation, and never
before the part of the budget from which real curves can be judged.
"""

from dataclasses import dataclass

from core.decisions import out_of_reach as reach
from core.decisions.curve_noise import noise_of
from core.decisions.policy import Limits
from core.experiments.experiment import Experiment, meets_target
from core.stats.learning_curve import MIN_CHECKPOINTS


@dataclass(frozen=True)
class CurveOutlook:
    """ends: the most it can still reach at full budget, None with the reason in `why`.

    share: the used part of the budget at the last result. noise_from: in words.
    """

    ticket: Experiment
    ends: float | None = None
    share: float = 0.0
    out_of_reach: bool = False
    noise: float = 0.0
    noise_from: str = ""
    why: str = ""


def of(ticket: Experiment, limits: Limits) -> CurveOutlook:
    """The experiment's outlook, or why its curve says nothing yet."""
    seen = reach.points(ticket)
    start = max(limits.min_budget_share, limits.extrapolate_from)
    why = _why_not(ticket, len(seen), seen[-1].share if seen else 0.0, start)
    if why or ticket.target is None:
        return CurveOutlook(ticket, why=why)
    known = noise_of(ticket)
    found = reach.checks(
        seen,
        ticket.target,
        direction=ticket.direction,
        noise=known,
        start=start,
    )
    last = found[-1]
    return CurveOutlook(
        ticket, last.ends, last.point.share, last.out_of_reach, last.noise_sd, known.words
    )


def _why_not(ticket: Experiment, points: int, share: float, start: float) -> str:
    if not ticket.is_open:
        return f"It is closed ({ticket.outcome or ticket.stage}), so nothing is ahead of it."
    if ticket.target is None:
        return "It has no target."
    if meets_target(ticket, ticket.best):
        return "It has reached its target."
    if ticket.gpu_budget <= 0:
        return "It has no GPU budget, so nobody knows where its curve ends."
    if points < MIN_CHECKPOINTS:
        return (
            f"{points} of {MIN_CHECKPOINTS} results that stand apart in the budget; "
            "results with `gpu=` make the curve."
        )
    if share > 1:
        return f"{share:.0%} of its budget is used, so nothing is ahead of it."
    if share < start:
        return f"{share:.0%} of its budget is used; curves are judged from {start:.0%} on."
    return ""
