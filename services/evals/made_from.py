"""What a pushed model was made from, and the data behind a judgement that fails."""

from dataclasses import replace

from core.data.label_batch import restored
from core.evals import data_behind
from core.evals.data_behind import CameIn
from core.evals.push import Push
from core.experiments import provenance
from core.experiments.experiment import Experiment
from models import audited as rows
from models.data import label_batch
from models.data.dataset import Dataset
from models.evals import gate as table
from models.experiments.experiment import Experiment as Row
from services.desk import Desk
from services.evals.inputs import Inputs
from services.experiments import ticket, trained

TOLD = "data told by a push"


def resolved(at: Desk, row: Row, push: Push) -> Push:
    """The push with its dataset versions by their full names; a candidate that names none has its
    ticket's. Raises Refused, NotFound.
    """
    used = trained.named(at.session, at.team, push.trained_on)
    commit = provenance.read("code_commit", push.code_commit)
    if push.role == "candidate":
        used, commit = used or row.trained_on, commit or row.code_commit
    return replace(push, trained_on=used, code_commit=commit)


def follow(at: Desk, row: Row, push: Push) -> None:
    """The newest push of that side says it too, and a candidate's ticket, with its audit row."""
    newest = table.newest_head(at.session, row.pk, push.role)
    if newest and push.trained_on:
        newest.trained_on, newest.code_commit = push.trained_on, push.code_commit
    before: Experiment = row.snapshot()
    after = replace(before, trained_on=push.trained_on, code_commit=push.code_commit)
    if push.role == "candidate" and after != before:
        ticket.change(at.session, row, after, ticket.audit(push.by, TOLD, at=at.now))


def behind(at: Desk, inputs: Inputs) -> tuple[str, ...]:
    """What changed in the data between what is compared, and which check of it failed.

    The candidate is compared with its baseline; where that names no data, with the candidate of
    before on the same eval set.
    """
    candidate = inputs.candidate
    if candidate is None or not candidate.trained_on:
        return ()
    other = inputs.baseline if inputs.baseline and inputs.baseline.trained_on else None
    other = other or table.earlier_push(at.session, candidate, "candidate")
    now = [one for one, _ in trained.standing(at.session, at.team, candidate.trained_on)]
    then = trained.standing(at.session, at.team, other.trained_on) if other else []
    came = {one.dataset: _batches(at, one.dataset) for one in now}
    return data_behind.told([one for one, _ in then], now, came)


def _batches(at: Desk, number: int) -> list[CameIn]:
    card = rows.find(at.session, Dataset, at.team_id, number)
    kept = label_batch.all_of(at.session, card.pk) if card else []
    return [CameIn(o.name, o.vendor, restored(o.judged).verdict, o.at) for o in kept]
