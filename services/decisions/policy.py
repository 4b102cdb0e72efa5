"""By which rules and figures a team's experiments are judged."""

from core.decisions.policy import RULE_SETS, Limits, RuleSet
from models.team import Team
from services.ports import Policy


def rule_set(team: Team) -> RuleSet:
    """The rules the team has chosen; the honest ones until it does."""
    chosen = team.chosen.rules
    return next((one for one in RULE_SETS if one == chosen), "honest")


def of(policy: Policy, team: Team) -> Limits:
    """The policy and the team's choice, as the rules take them."""
    return Limits(
        min_checkpoints=policy.kill_checkpoints,
        min_budget_share=policy.kill_budget_share,
        extrapolate_from=policy.extrapolate_from,
        stale_after=policy.stale_after_working_days,
        warn_share=policy.warn_share,
        rule_set=rule_set(team),
    )
