"""Loading and changing experiment tickets: found by number, changed with an audit row, and read as
they began (first result, first budget, first box) from those rows.

Every change of a ticket, whoever makes it, goes through `change`: it compares the version, so
that of two people acting at once one wins and the other hears what happened.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from core.errors import NotFound, Refused
from core.experiments.experiment import Experiment as Ticket
from core.quantity import experiment_id
from models.evals import gate
from models.experiments import experiment as table
from models.experiments import learning as learnings
from models.experiments.experiment import Change, Experiment
from models.experiments.experiment import Experiment as Row
from models.experiments.learning import Learning
from models.team import Team
from services import audited
from services.experiments import divergence


def row(session: Session, team: Team, number: int) -> Experiment:
    """The ticket's row. Raises NotFound with the nearest ids."""
    found = table.find(session, team.pk, number)
    if found is None:
        raise NotFound(f"There is no {experiment_id(number)}.", "`/exp list` shows all.")
    return found


def known(session: Session, team: Team, numbers: Sequence[int], *, field: str = "") -> None:
    """Pass when there are such experiments. Raises NotFound, under the form's field if given."""
    try:
        for number in numbers:
            row(session, team, number)
    except NotFound as refusal:
        refusal.field = field
        raise


def value(session: Session, found: Experiment) -> Ticket:
    """The ticket as a value with its checkpoints."""
    return found.snapshot(table.checkpoints_of(session, found.pk))


def change(session: Session, found: Experiment, new: Ticket, made: Change) -> Change:
    """Take over the new value and keep the audit row `made` (who, action, why) with from → to.

    Raises Refused when somebody else changed the ticket since `found` was read.
    """
    old = found.snapshot()
    seen = found.version
    taken = session.execute(
        update(Experiment)
        .where(col(Experiment.id) == found.pk, col(Experiment.version) == seen)
        .values(version=seen)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused(
            f"{old.id} was changed by somebody else just now.", f"Look again: `/exp {old.id}`."
        )
    made.team_id = found.team_id
    audited.record(session, found, replace(new, checkpoints=()), made)
    if {"training_status", "stage"} & made.after.keys():
        divergence.follow(session, found, made)
    if "learnings" in made.after:
        _follow_learnings(session, found, made)
    return made


def _follow_learnings(session: Session, found: Experiment, made: Change) -> None:
    origin = f"decision:{found.id}"
    learnings.drop(session, found.team_id, origin)
    if found.learnings:
        learnings.put(session, learned(found, made.who, found.learnings, at=made.at))


def learned(found: Experiment, who: str, text: str, *, at: datetime) -> Learning:
    """What somebody learned from deciding on that ticket; it goes when the decision is undone."""
    return Learning(
        team_id=found.team_id,
        source="decision",
        origin=f"decision:{found.id}:{who}",
        user_id=who,
        text=text,
        about=learnings.about([found.number]),
        at=at,
    )


def audit(who: str, action: str, *, at: datetime, why: str = "") -> Change:
    """An audit row to hand to `change`."""
    return Change(team_id=0, experiment_id=0, at=at, who=who, action=action, why=why)


# A ticket as it began, read from its audit rows: first result, first budget, first box.


def first_result(session: Session, row: Row) -> datetime | None:
    """When its first result was written, also when that was undone since; None before it.

    The first push of the candidate's eval results counts as well.
    """
    looks = [look.at for look in table.checkpoints_of(session, row.pk) if look.value is not None]
    made = [c.at for c in table.changes_of(session, row.pk) if c.after.get("value") is not None]
    pushed = gate.first_push(session, row.pk, "candidate")
    return min([*looks, *made, *([pushed] if pushed else [])], default=None)


def gpu_budget(session: Session, row: Row) -> float:
    """The compute budget it had when its box started (GPU-hours); today's before that."""
    if row.box_starts is None:
        return row.gpu_budget
    changes = [c for c in table.changes_of(session, row.pk) if not c.undone]
    began = next((n for n, c in enumerate(changes) if c.after.get("box_starts")), 0)
    raised = (c.before["gpu_budget"] for c in changes[began:] if "gpu_budget" in c.before)
    return float(next(raised, row.gpu_budget))


def boxes(session: Session, row: Row) -> list[int]:
    """The length of its box (days) before each extension so far."""
    done = [c for c in table.changes_of(session, row.pk) if c.action == "extended"]
    return [int(c.before["box_days"]) for c in done if not c.undone and "box_days" in c.before]
