"""The team's rules: which set it uses, what they say about a ticket, what came of them."""

from dataclasses import dataclass

from sqlmodel import Session

from core import calendar
from core.decisions.explanation import Explanation, explain
from core.decisions.policy import RULE_SETS, RuleSet
from core.decisions.track_record import NAMED, Outcome, RuleRecord, record
from core.errors import Refused
from models.decisions import proposal as table
from models.team import Team
from services import team as teams
from services.decisions import decider
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab


@dataclass(frozen=True)
class Overview:
    """The set in use and the outcome of every set that has proposed something."""

    rule_set: RuleSet
    records: tuple[RuleRecord, ...]


def explained(lab: Lab, team_id: int, number: int) -> Explanation:
    """Every rule on that ticket. Raises NotFound, Refused (closed)."""
    with desk(lab, team_id, lock=False) as here:
        value = experiment.find(here.session, here.team, number)
        experiment.require_open(here.session, here.team, value)
        where = calendar.zone(here.team.zone)
        return explain(value, here.now, where, decider.limits_of(here.policy, here.team))


def overview(lab: Lab, team_id: int) -> Overview:
    """The set in use, and the team's own table."""
    with desk(lab, team_id, lock=False) as here:
        return _overview(here.session, here.team)


def choose(lab: Lab, team_id: int, wanted: str, *, by: str) -> Overview:
    """Judge by that set from the next tick on. Raises NotAllowed (leads only), Refused."""
    chosen = next((one for one in RULE_SETS if one == wanted), None)
    if chosen is None:
        raise Refused(
            f"“{wanted[:40]}” is neither an experiment nor a rule set.",
            "Write `/exp rules EXP-042`, `/exp rules honest` or `/exp rules document`.",
        )
    with desk(lab, team_id, lock=False) as here:
        teams.require_lead(here.session, here.team, by, "choose the rules")
        here.team.choose(rules=chosen)
        here.session.flush()
        return _overview(here.session, here.team)


def _overview(session: Session, team: Team) -> Overview:
    outcomes = [Outcome(*one) for one in table.outcomes(session, team.pk)]
    chosen = decider.rule_set(team)
    found = []
    for one in RULE_SETS:
        wrong = any(done.rule_set == one and done.is_wrong for done in outcomes)
        named = table.promoted_though_asked(session, team.pk, one, NAMED) if wrong else []
        found.append(record(outcomes, one, named))
    return Overview(chosen, tuple(r for r in found if r.proposals or r.rule_set == chosen))
