"""A team's policy for the rules that propose, what a rule says, and the figures they share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from core.experiments import metric
from core.experiments.experiment import Experiment, budget_share

RULES_VERSION = "3"
ACTIONS = ("kill", "decide", "promote", "update", "warn")
RuleSet = Literal["honest", "document"]
RULE_SETS: tuple[RuleSet, ...] = ("honest", "document")
ROUNDING = 1e-9
_SMALL_SHARE = 0.1  # below it one point is no longer a small difference


@dataclass(frozen=True)
class Verdict:
    """One rule that fired. text shows its arithmetic; inputs are the figures it used."""

    rule: str
    action: str  # one of ACTIONS
    text: str
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Silent:
    """One rule that did not fire, and why."""

    rule: str
    why: str


Finding = Verdict | Silent


@dataclass(frozen=True)
class Limits:
    """min_*: before it no rule judges results. stale_after: working days.

    extrapolate_from: the part of the budget before which no curve is extrapolated. warn_share: of
    the GPU budget and of the time box.
    """

    min_checkpoints: int = 3
    min_budget_share: float = 0.25
    extrapolate_from: float = 0.5
    stale_after: int = 3
    warn_share: float = 0.8
    rule_set: RuleSet = "honest"


def too_early(experiment: Experiment, limits: Limits, rule: str) -> Silent | None:
    """Why results cannot be judged yet (without a budget: results alone count), or None."""
    count, share = len(experiment.values), budget_share(experiment)
    if count < limits.min_checkpoints:
        text = f"{count} of the {limits.min_checkpoints} results it waits for"
        return Silent(rule, text)
    if share is not None and share < limits.min_budget_share - ROUNDING:
        text = f"{share:.0%} of the GPU budget is used, it waits for {limits.min_budget_share:.0%}"
        return Silent(rule, text)
    return None


def is_share(experiment: Experiment) -> bool:
    """True for metrics between 0 and 1 on which a point is a small difference."""
    known = [v for v in (experiment.target, *experiment.values) if v is not None]
    if not all(0 <= value <= 1 for value in known) or max(known) < _SMALL_SHARE:
        return False
    target = max(known) if experiment.target is None else experiment.target
    return metric.is_share(experiment.metric, target, experiment.baseline)
