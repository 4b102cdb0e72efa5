"""What is live got worse in production: kept with the push that shows it, and told once."""

from core.evals.live_regression import of_ticket, proven
from core.evals.measured import own_name
from core.evals.push import Push, from_record
from models.evals import gate as table
from models.evals.gate import EvalPush
from models.experiments.experiment import Experiment as Row
from services import announcement, team
from services.desk import Desk
from services.evals.inputs import requirements_of
from services.experiments import ticket
from views.evals import regression as view


def look(at: Desk, row: Row, kept: EvalPush, push: Push) -> None:
    """Compare what was measured in production with the results it went live with, on the same
    eval set; the owner and the leads hear of the first of its measurements that proves it worse.
    """
    if row.stage != "production":
        return
    every = table.in_production(at.session, row.pk)
    same = [one for one in every if one.eval_set_hash == kept.eval_set_hash]
    then = table.earlier_push(at.session, kept, "candidate") or same[0]
    if then.id == kept.id:
        return
    requirements = requirements_of(at.session, at.team)[0]
    named = {one.name: one.measures for one in requirements}
    own = of_ticket(own_name(push.metrics, row.metric, named), row.direction, push)
    sides = push, from_record("baseline", then.results)
    kept.regressed = " ".join(proven(requirements, own, sides, look=len(same)))[:900]
    began = row.decided_at or row.stage_since
    before = [one for one in every if one.id != kept.id and one.at >= began]
    if kept.regressed and not (before and before[-1].regressed):
        _tell(at, row, kept)


def _tell(at: Desk, row: Row, kept: EvalPush) -> None:
    shown = ticket.value(at.session, row)
    places = announcement.places(at)
    for place in dict.fromkeys([*places, row.owner]):
        leads = place in places or team.is_lead(at.session, at.team, place)
        message = view.regressed(shown, kept.regressed, kept.examples, leads=leads)
        at.post(f"regression:{kept.pk}:{place}", place, message)
