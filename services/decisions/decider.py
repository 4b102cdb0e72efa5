"""Who may decide on an experiment (its owner and the leads), and by which rules and figures."""

from datetime import datetime

from sqlmodel import Session

from core import calendar
from core.decisions import kill_criteria
from core.decisions.kill import Evidence
from core.decisions.policy import RULE_SETS, Limits, RuleSet
from core.decisions.proposal import by_strength, judge
from core.errors import NotAllowed
from core.experiments.experiment import Experiment
from models import people
from models.team import Team
from services import team as teams
from services.ports import Policy


def may_decide(session: Session, team: Team, value: Experiment, user_id: str) -> bool:
    """True for the owner and the leads; for anyone when the owner left a team without leads."""
    if user_id == value.owner or teams.is_lead(session, team, user_id):
        return True
    return has_left(session, team, value.owner) and not people.leads(session, team)


def require_decider(
    session: Session, team: Team, value: Experiment, user_id: str, what: str
) -> None:
    """Pass for whoever may decide. Raises NotAllowed that offers to ask somebody who may."""
    if may_decide(session, team, value, user_id):
        return
    owner = teams.name_of(session, team, value.owner)
    whom = "a lead" if people.leads(session, team) else "the owner"
    raise NotAllowed(
        f"Only the owner ({owner}) or a lead can {what} {value.id}.",
        offer=(f"Ask {whom} to kill it", "kill_ask", str(value.number)),
    )


def has_left(session: Session, team: Team, user_id: str) -> bool:
    """True when that person is known to have left the workspace, and when there is no owner."""
    return not user_id or not people.people(session, team.pk).get(user_id).active


def rule_set(team: Team) -> RuleSet:
    """The rules the team has chosen; the honest ones until it does."""
    chosen = team.chosen.rules
    return next((one for one in RULE_SETS if one == chosen), "honest")


def limits_of(policy: Policy, team: Team) -> Limits:
    """The policy and the team's choice, as the rules take them."""
    return Limits(
        min_checkpoints=policy.kill_checkpoints,
        min_budget_share=policy.kill_budget_share,
        extrapolate_from=policy.extrapolate_from,
        stale_after=policy.stale_after_working_days,
        warn_share=policy.warn_share,
        rule_set=rule_set(team),
    )


def judged(team: Team, value: Experiment, now: datetime, *, policy: Policy) -> Evidence:
    """What speaks for a decision now, the strongest first, by the team's calendar."""
    where, limits = calendar.zone(team.zone), limits_of(policy, team)
    verdicts = by_strength(judge(value, now, where, limits))
    today = now.astimezone(where).date()
    return Evidence(value, today, verdicts, kill_criteria.unjudged(value), limits.rule_set)
