"""Pushed results are results: what they come to is written where typed results are."""

from dataclasses import replace

from core.evals.measured import Reading, logged, on_ticket_scale, own_name, readings
from core.evals.push import Push
from core.experiments.experiment import Experiment, meets_target
from models.evals.gate import EvalPush
from models.experiments import measurement as table
from models.experiments.experiment import Experiment as Row
from models.experiments.measurement import Measurement
from services import announcement
from services.desk import Desk
from services.evals.inputs import requirements_of
from services.experiments import ticket
from views.experiments import checkpoint as view


def take(at: Desk, row: Row, kept: EvalPush, push: Push) -> str:
    """Keep what each metric of the push comes to; what that means for the ticket, as a sentence.

    A candidate's result is progress, moves no stage, and the team hears of the first that meets
    the target.
    """
    at.session.refresh(row, with_for_update={"key_share": True})
    before = ticket.value(at.session, row)
    wanted = {one.measures: one for one in reversed(requirements_of(at.session, at.team)[0])}
    name = own_name(push.metrics, row.metric, {r.name: score for score, r in wanted.items()})
    found = readings(push, wanted, name, row.direction)
    mine = None
    for one in found:
        if one.metric == name:
            one = mine = on_ticket_scale(one, row.target, row.baseline)
        at.session.add(_measurement(at, row, kept, one, own=one.metric == name))
    table.settle(at.session, row.pk)
    if mine is not None and push.role == "candidate":
        _progress(at, row, before, push, mine)
    return logged(mine, push.role, before.id, row.metric)


def _progress(at: Desk, row: Row, before: Experiment, push: Push, mine: Reading) -> None:
    after = replace(ticket.value(at.session, row), progress_at=at.now)
    made = ticket.audit(push.by, ticket.MEASURED, at=at.now, why=push.source[:200])
    ticket.change(at.session, row, after, made)
    made.after = made.after | {"value": mine.value}
    if meets_target(after, after.best) and not meets_target(before, before.best):
        line = view.reached(after, mine.value, push.by)
        announcement.tell(at, f"decision:{after.id}:{made.pk}", line)


def _measurement(at: Desk, row: Row, kept: EvalPush, one: Reading, *, own: bool) -> Measurement:
    return Measurement(
        experiment_id=row.pk, push_id=kept.pk, at=at.now, value=one.value, gpu_used=row.gpu_used,
        author=kept.by, metric=one.metric, own=own, role=kept.role, source="pushed",
        examples=one.examples, runs=one.runs, low=one.interval.low if one.interval else None,
        high=one.interval.high if one.interval else None, noise=one.noise,
        eval_set=kept.eval_set_hash, counts=False,
    )  # fmt: skip
