"""Back to evaluation: what is live and is proven worse is evaluated again, on one lead's press.

Source document, chapter 11: "a promoted model fails regression testing. Bounces back to
Evaluation." It stays live until its deployment says otherwise.
"""

from collections.abc import Sequence
from dataclasses import replace

from core.board import workflow as rules
from core.errors import Refused
from core.experiments import rollout
from core.experiments.experiment import Experiment
from models.evals import gate as pushes
from services import team
from services.board import limits
from services.decisions import decision_list
from services.desk import Desk, desk
from services.experiments import experiment, ticket
from services.experiments.experiment import Changed, Scene, TicketRequest
from services.ports import Lab
from views.board import workflow as workflow_view
from views.evals import regression as view
from views.kit import Message


def bounce(lab: Lab, act: TicketRequest) -> Changed:
    """Send it back; what was learned stays. Raises NotFound, NotAllowed (leads only) and Refused
    (back already, or nothing proves that it got worse).
    """
    with desk(lab, act.team_id) as here:
        row = ticket.row(here.session, here.team, act.number)
        here.session.refresh(row, with_for_update={"key_share": True})
        before = ticket.value(here.session, row)
        what = f"send {before.id} back to evaluation"
        team.require_lead(here.session, here.team, act.by, what)
        why = _proof(here, before)

        def rule(scene: Scene) -> Experiment:
            limits.note(scene, "evaluation")
            return rules.bounced(scene.ticket, now=scene.now)

        def say(made: Changed) -> Sequence[Message]:
            line = view.bounced(made.after, act.by)
            return line, *workflow_view.reason(made.after, made.why)

        made = experiment.alter(lab.within(here.session), replace(act, why=why), rule, say)
        decision_list.refresh(here)
        return made


def _proof(here: Desk, before: Experiment) -> str:
    if before.stage in rollout.BACK and rollout.is_live(before):
        since = before.stage_since.astimezone(here.zone_of(before.owner))
        raise Refused(
            f"{before.id} is back in {before.stage} already, since {since:%a} {since.day} "
            f"{since:%b}.",
            "It stays live until its deployment says otherwise.",
        )
    found = pushes.regressed(here.session, here.team_id)
    why = next((push.regressed for row, push in found if row.number == before.number), "")
    if not why:
        raise Refused(
            f"Nothing proves that {before.id} is live and got worse.",
            f"A closed one is brought back with `/exp reopen {before.id} why`.",
        )
    return why
