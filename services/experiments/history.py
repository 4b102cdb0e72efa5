"""What was changed, by whom and why; and taking the last change back."""

from dataclasses import dataclass

from sqlmodel import Session, col

from core.audited import Entry, restored
from core.errors import NotFound, Refused
from core.experiments.experiment import Experiment
from core.quantity import experiment_id
from models import audited as rows
from models.experiments import experiment as table
from models.experiments.experiment import Change
from models.experiments.measurement import Measurement
from models.team import Team
from services import audited
from services.audited import Ways
from services.desk import desk
from services.experiments import ticket
from services.ports import Lab


@dataclass(frozen=True)
class Undone:
    """A change that was taken back."""

    before: Experiment
    after: Experiment
    action: str


def history(lab: Lab, team_id: int, number: int) -> tuple[Experiment, list[Entry]]:
    """The ticket and its changes, newest first. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        row = ticket.row(here.session, here.team, number)
        changes = table.changes_of(here.session, row.pk)
        return row.snapshot(), [audited.entry(made) for made in reversed(changes)]


def since(lab: Lab, team_id: int, number: int, change_id: int) -> list[Entry]:
    """The ticket's changes after that one, newest first. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        row = ticket.row(here.session, here.team, number)
        changes = table.changes_of(here.session, row.pk)
        return [audited.entry(c) for c in reversed(changes) if c.pk > change_id]


def undo(lab: Lab, team_id: int, *, by: str, change_id: int = 0, number: int = 0) -> Undone:
    """Take back that change, or the person's last one (on that ticket); what was told says so.

    Raises NotFound (nothing to undo) and Refused: not theirs, undone already, too long ago, the
    ticket was changed since, or it was its creation.
    """
    with desk(lab, team_id, lock=False) as here:
        made = _named(here.session, here.team, by, change_id=change_id, number=number)
        row = here.session.get(
            table.Experiment, made.experiment_id, with_for_update={"key_share": True}
        )
        assert row is not None
        here.session.refresh(made)  # somebody may have been faster while we waited for the row
        before = ticket.value(here.session, row)
        if made.action == ticket.HANDED_OVER:
            hint = f"Offer it back: `/exp handover {before.id} to TEAM why`."
            raise Refused(f"{before.id} came from another team, which is not undone.", hint)
        if made.action == ticket.MEASURED:
            hint = "Push the results again, or close the ticket."
            raise Refused("Pushed results are not taken back: newer ones replace them.", hint)
        if made.action == ticket.PULLED:
            hint = "Change the run in its tracker, or close the ticket."
            raise Refused("What a tracker tells is not taken back here.", hint)
        audited.require_undoable(here, before.id, made, by, _ways(before))
        made.undone = True
        _drop_measurement(here.session, made)
        after = restored(before, made.before)
        audit = ticket.audit(by, "undone", at=here.now, why=made.action)
        ticket.change(here.session, row, after, audit)
        audited.untell(here, f"decision:{before.id}:{made.id}", by)
        return Undone(before, ticket.value(here.session, row), made.action)


def _ways(before: Experiment) -> Ways:
    late = "" if before.is_open else f"A lead can `/exp reopen {before.id} why`."
    return Ways("/exp", f"/kill {before.id}", late)


def _named(session: Session, theirs: Team, by: str, *, change_id: int, number: int) -> Change:
    if change_id:
        found = session.get(Change, change_id)
        if found is None or found.team_id != theirs.pk:
            raise NotFound("I don't find that change.", "`/exp undo` takes back your last one.")
        return found
    within = col(Change.team_id) == theirs.pk
    if number:
        within = Change.is_of(ticket.row(session, theirs, number).pk)
    last = rows.last_by(session, Change, by, within)
    if last is None:
        where = f" on {experiment_id(number)}" if number else ""
        raise NotFound(f"You have not changed anything{where} that could be undone.")
    return last


def _drop_measurement(session: Session, made: Change) -> None:
    for key in (made.after.get("checkpoint") or 0, *made.after.get("others", ())):
        look = session.get(Measurement, key)
        if look is not None:
            session.delete(look)
            session.flush()
