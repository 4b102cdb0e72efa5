"""One machine for tickets with a history: every change keeps an audit row, who looked at an older
version hears it, and the last change is taken back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

from sqlmodel import Session

from core import audited as rules
from core.errors import Refused
from models import audited as table
from models.audited import Change, Ticket, Undoable
from services import announcement
from services.desk import Desk
from views import audited as view

Shown = TypeVar("Shown")
C = TypeVar("C", bound=Change)


@dataclass(frozen=True)
class ChangeRequest:
    """Who does what to which ticket. why: the reason. channel: where they are. accept: why labels
    without agreement are taken. seen: the ticket's version when the form was opened, or None.
    typed: the form's fields.
    """

    number: int
    by: str
    why: str = ""
    channel: str = ""
    accept: str = ""
    seen: int | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WrittenTicket(Generic[Shown]):
    """A ticket after a change; said: what was done, as a sentence."""

    shown: Shown
    said: str


@dataclass(frozen=True)
class Ways:
    """What a refused undo names instead: the command, what closes the ticket, and what helps when
    the change is too old.
    """

    command: str
    close: str
    late: str = ""


def began(session: Session, row: Ticket, made: C, names: Iterable[str]) -> C:
    """Keep a new ticket with the audit row that begins its history: those fields as they are."""
    session.add(row)
    session.flush()
    made.after = rules.kept(row, names)
    return _keep(session, row, made)


def record(session: Session, row: Ticket, new: Any, made: C) -> C:
    """Take over the new value and keep the audit row `made` (who, action, why) with from → to."""
    made.before, made.after = rules.differing(row.snapshot(), new)
    row.apply(new)
    return _keep(session, row, made)


def _keep(session: Session, row: Ticket, made: C) -> C:
    setattr(made, made.of, row.pk)
    session.add_all([row, made])
    session.flush()
    return made


def change(here: Desk, row: Ticket, new: Any, act: ChangeRequest, action: str) -> Change:
    """Take over the new value and keep who, what, from → to and why."""
    return record(here.session, row, new, audit(here, row, act, action))


def audit(here: Desk, row: Ticket, act: ChangeRequest, action: str) -> Change:
    """An audit row for `began` or `record`."""
    return row.changes(at=here.now, who=act.by, action=action, why=act.why)


def require_seen(here: Desk, row: Ticket, act: ChangeRequest, *, field: str = "") -> None:
    """Pass when nobody changed the ticket since the form was opened. Raises Refused naming them.

    field: where the form says so.
    """
    if act.seen is None or act.seen == row.version:
        return
    last = table.changes_of(here.session, row.changes, row.pk)[0]
    raise Refused(
        f"{row.snapshot().id} was changed by {here.name(last.who)} meanwhile ({last.action}).",
        "Close this form and open it again: what you typed is kept.",
        field=field,
    )


def entries(session: Session, row: Ticket) -> list[rules.Entry]:
    """Who changed what on the ticket, newest first."""
    return [entry(made) for made in table.changes_of(session, row.changes, row.pk)]


def entry(made: Change) -> rules.Entry:
    """A change as history tells it."""
    undone = isinstance(made, Undoable) and made.undone
    return rules.Entry(made.at, made.who, made.action, made.before, made.after, made.why, undone)


def require_undoable(here: Desk, its: str, made: Undoable, by: str, ways: Ways) -> None:
    """Pass when that change of `its` can be taken back by this person now.

    Raises Refused: undone already, not theirs, its creation, changed since, too long ago.
    """
    if made.undone:
        raise Refused(f"That change of {its} is undone already.")
    if made.who != by:
        raise Refused(f"That change of {its} is {here.name(made.who)}'s; only they can undo it.")
    if made.action == "created":
        hint = f"Change it with `{ways.command} edit {its}`, or close it with `{ways.close}`."
        raise Refused(f"{its} keeps its number; creating is not undone.", hint)
    hint = f"`{ways.command} history {its}` shows what to set back by hand."
    if later := table.change_after(here.session, made):
        since = f"by {here.name(later.who)} ({later.action})"
        raise Refused(f"{its} was changed since, {since}; undoing would lose that.", hint)
    minutes = here.policy.undo_minutes
    if here.now - made.at > timedelta(minutes=minutes):
        said = f"That change ({its}, {made.action}) is more than {minutes} minutes old."
        raise Refused(said, ways.late or hint)


def untell(here: Desk, key: str, by: str) -> None:
    """Say in the place of what was told under that key, if it was, that it is taken back."""
    if told := announcement.told(here.session, key):
        here.edit(key, view.taken_back(told, by))
