"""What was changed, by whom and why; and taking the last change back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from core.errors import NotFound, Refused
from core.experiments.experiment import Experiment
from core.experiments.history import Entry
from core.quantity import experiment_id
from models.experiments import experiment as table
from models.experiments.experiment import Change, Checkpoint
from models.team import Team
from services import announcement, team
from services.desk import desk
from services.experiments import ticket
from services.ports import Lab
from views.experiments import history as view

_DAYS = ("box_starts", "box_ends")
_MOMENTS = ("stage_since", "decided_at", "created_at", "progress_at")


@dataclass(frozen=True)
class Undone:
    """A change that was taken back."""

    before: Experiment
    after: Experiment
    action: str


def history(lab: Lab, workspace: str, number: int) -> tuple[Experiment, list[Entry]]:
    """The ticket and its changes, newest first. Raises NotFound."""
    with desk(lab, workspace, lock=False) as here:
        row = ticket.row(here.session, here.team, number)
        changes = table.changes_of(here.session, row.pk)
        return row.snapshot(), [_entry(made) for made in reversed(changes)]


def since(lab: Lab, workspace: str, number: int, change_id: int) -> list[Entry]:
    """The ticket's changes after that one, newest first. Raises NotFound."""
    with desk(lab, workspace, lock=False) as here:
        row = ticket.row(here.session, here.team, number)
        changes = table.changes_of(here.session, row.pk)
        return [_entry(c) for c in reversed(changes) if c.pk > change_id]


def _entry(made: Change) -> Entry:
    return Entry(made.at, made.who, made.action, made.before, made.after, made.why, made.undone)


def undo(lab: Lab, workspace: str, *, by: str, change_id: int = 0, number: int = 0) -> Undone:
    """Take back that change, or the person's last one (on that ticket); what was told says so.

    Raises NotFound (nothing to undo) and Refused: not theirs, undone already, too long ago, the
    ticket was changed since, or it was its creation.
    """
    with desk(lab, workspace, lock=False) as here:
        made = _named(here.session, here.team, by, change_id=change_id, number=number)
        row = here.session.get(
            table.Experiment, made.experiment_id, with_for_update={"key_share": True}
        )
        assert row is not None
        here.session.refresh(made)  # somebody may have been faster while we waited for the row
        before = ticket.value(here.session, row)
        _check(here.session, here.team, before, made, by)
        _check_age(before, made, here.now, here.policy.undo_minutes)
        made.undone = True
        _drop_checkpoint(here.session, made)
        after = replace(before, **restored(made.before))
        audit = ticket.audit(by, "undone", at=here.now, why=made.action)
        ticket.change(here.session, row, after, audit)
        key = f"decision:{before.id}:{made.id}"
        if told := announcement.told(here.session, key):
            here.edit(key, view.corrected(told, by))
        return Undone(before, ticket.value(here.session, row), made.action)


def _named(session: Session, theirs: Team, by: str, *, change_id: int, number: int) -> Change:
    if change_id:
        found = session.get(Change, change_id)
        if found is None or found.team_id != theirs.pk:
            raise NotFound("I don't find that change.", "`/exp undo` takes back your last one.")
        return found
    within = ticket.row(session, theirs, number).id if number else 0
    last = table.change_by(session, theirs.pk, by, within or 0)
    if last is None:
        where = f" on {experiment_id(number)}" if number else ""
        raise NotFound(f"You have not changed anything{where} that could be undone.")
    return last


def _check(session: Session, theirs: Team, before: Experiment, made: Change, by: str) -> None:
    if made.undone:
        raise Refused(f"That change of {before.id} is undone already.")
    if made.who != by:
        who = team.name_of(session, theirs, made.who)
        raise Refused(f"That change of {before.id} is {who}'s; only they can undo it.")
    if made.action == "created":
        raise Refused(
            f"{before.id} is on the list and keeps its number; creating is not undone.",
            f"Change it with `/exp edit {before.id}`, or close it with `/kill {before.id}`.",
        )
    later = table.change_after(session, made)
    if later:
        who = team.name_of(session, theirs, later.who)
        raise Refused(
            f"{before.id} was changed since, by {who} ({later.action}); undoing would lose that.",
            f"`/exp history {before.id}` shows what to set back by hand.",
        )


def _check_age(before: Experiment, made: Change, now: datetime, minutes: int) -> None:
    if now - made.at <= timedelta(minutes=minutes):
        return
    closed = not before.is_open
    hint = f"A lead can `/exp reopen {before.id} why`." if closed else ""
    hint = hint or f"`/exp history {before.id}` shows what to set back by hand."
    raise Refused(f"That change ({before.id}, {made.action}) is more than {minutes} "
                  "minutes old.", hint)  # fmt: skip


def _drop_checkpoint(session: Session, made: Change) -> None:
    look = session.get(Checkpoint, made.after.get("checkpoint") or 0)
    if look is not None:
        session.delete(look)
        session.flush()


def restored(before: Mapping[str, Any]) -> dict[str, Any]:
    """Audited values as the ticket's own types."""
    return {name: _typed(name, value) for name, value in before.items()}


def _typed(name: str, value: Any) -> Any:
    if value and name in _DAYS:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if value and name in _MOMENTS else value
