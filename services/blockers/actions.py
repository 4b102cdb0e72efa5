"""What people do about a blocker: look, acknowledge, update, resolve, escalate."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from core import calendar
from core.blockers import blocker as blocker_cause
from core.blockers.blocker import Blocker as Stuck
from core.blockers.blocker import days_open
from core.errors import NotAllowed, NotFound, Refused
from core.quantity import blocker_id
from core.text import clean, says_nothing
from models import form_draft, people
from models.blockers import blocker as table
from models.blockers.blocker import Blocker
from services import team as teams
from services.blockers import blocker
from services.desk import Desk, desk
from services.ports import Lab

RESOLVED_FOR = timedelta(days=30)  # how far back `all` and `resolved` look


@dataclass(frozen=True)
class BlockerRequest:
    """Who does something to which blocker, and the words or the person that go with it."""

    team_id: int
    number: int
    by: str
    text: str = ""


def listed(lab: Lab, team_id: int, user_id: str, which: str) -> list[Stuck]:
    """The team's blockers: open (the oldest first), mine, all or resolved (the newest first)."""
    with desk(lab, team_id, lock=False) as here:
        session, now = here.session, here.now
        if which in {"all", "resolved"}:
            rows = table.of_team(session, here.team_id)
            late = [r for r in rows if r.resolved_at and r.resolved_at < now - RESOLVED_FOR]
            kept = [r for r in rows if r not in late and (which == "all" or r.state != "open")]
        else:
            kept = table.open_of(session, here.team_id)
        if which == "mine":
            kept = [r for r in kept if user_id in {r.user_id, r.helper, r.escalated_to}]
        return [blocker.value(session, here.team, row, now) for row in kept]


def look(lab: Lab, team_id: int, number: int) -> Stuck:
    """One blocker. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        row = _row(here, number)
        return blocker.value(here.session, here.team, row, here.now)


def askable(lab: Lab, act: BlockerRequest) -> tuple[Stuck, str]:
    """The blocker to update or resolve, and what was typed into that form before (act.text: the
    form). Raises NotFound, NotAllowed, Refused (closed).
    """
    with desk(lab, act.team_id, lock=False) as here:
        row = _mine(here, act)
        _require_open(here, row)
        kept = form_draft.offer(here.session, act.team_id, act.by, act.text)
        return blocker.value(here.session, here.team, row, here.now), str(kept.get("text") or "")


def acknowledge(lab: Lab, act: BlockerRequest) -> tuple[Stuck, bool]:
    """Somebody is on it; the blocker, and False when that was said before.

    Raises NotFound, NotAllowed, Refused (closed).
    """
    with _held(lab, act) as (here, row):
        _require_open(here, row)
        if act.by == row.user_id != row.helper:
            raise Refused(
                "It is your own blocker: somebody else acknowledges it.",
                f"Ask somebody: `/blocker escalate {blocker_id(row.number)} @name`.",
            )
        new = not row.acknowledged_by
        if new:
            row.acknowledged_by, row.moved_at = act.by, here.now
            blocker.note(here, row, act.by, "acknowledged")
        return blocker.value(here.session, here.team, row, here.now), new


def update(lab: Lab, act: BlockerRequest) -> Stuck:
    """Say how it stands, in its thread. Raises NotFound, NotAllowed, Refused."""
    said = _words(act, "What is new?", "Write a few words, e.g. quota request filed.")
    with _held(lab, act) as (here, row):
        _require_open(here, row)
        row.moved_at = here.now
        form_draft.forget(here.session, act.team_id, act.by, f"blocker_update:{row.number}")
        blocker.note(here, row, act.by, "updated", said)
        return blocker.value(here.session, here.team, row, here.now)


def set_cause(lab: Lab, act: BlockerRequest) -> Stuck:
    """Say what it comes from (act.text). Raises NotFound, NotAllowed, Refused."""
    cause = blocker_cause.read_cause(act.text)
    with _held(lab, act) as (here, row):
        _require_open(here, row)
        row.cause = cause
        blocker.refresh(here, row)
        return blocker.value(here.session, here.team, row, here.now)


def resolve(lab: Lab, act: BlockerRequest) -> Stuck:
    """Close it, saying how. Raises NotFound, NotAllowed, Refused (closed, without words)."""
    hint = f"`/blocker resolve {blocker_id(act.number)} the quota was raised`"
    with _held(lab, act) as (here, row):
        _require_open(here, row)
        said = _words(act, f"How was {blocker_id(row.number)} resolved?", f"E.g. {hint}.")
        row.state, row.resolved_at, row.closed_by = "resolved", here.now, act.by
        row.resolution = said
        form_draft.forget(here.session, act.team_id, act.by, f"blocker_resolve:{row.number}")
        blocker.note(here, row, act.by, "resolved", said)
        return blocker.value(here.session, here.team, row, here.now)


def escalate(lab: Lab, act: BlockerRequest) -> tuple[Stuck, bool]:
    """Bring it before a person (act.text: user id), by DM; False when they have it already.

    Raises NotFound, NotAllowed, Refused (closed, to its owner).
    """
    with _held(lab, act) as (here, row):
        _require_open(here, row)
        if act.text == row.user_id:
            raise Refused("That is whose blocker it is.", "Name somebody else.")
        if not here.people.get(act.text).active:
            raise Refused("That person has left the workspace.", "Name somebody else.")
        new = act.text not in {row.helper, row.escalated_to}
        if new:
            _bring(here, row, act.by, act.text)
        return blocker.value(here.session, here.team, row, here.now), new


def escalate_old(lab: Lab, team_id: int) -> int:
    """Bring each blocker nobody moved for too long before a lead, once, in their working hours;
    how many.
    """
    count = 0
    with desk(lab, team_id, lock=False) as here:
        where, most = calendar.zone(here.team.zone), here.policy.blocker_escalate_working_days
        for seen in table.open_of(here.session, here.team_id):
            if seen.escalated_to or days_open(seen.moved_at, here.now, where) < most:
                continue
            lead = _free_lead(here, seen)
            row = table.hold(here.session, here.team_id, seen.number) if lead else None
            if row is not None and row.state == "open" and not row.escalated_to:
                _bring(here, row, "", lead)
                count += 1
    return count


@contextmanager
def _held(lab: Lab, act: BlockerRequest) -> Iterator[tuple[Desk, Blocker]]:
    with desk(lab, act.team_id, lock=False) as here:
        yield here, _mine(here, act)


def _row(here: Desk, number: int) -> Blocker:
    row = table.hold(here.session, here.team_id, number)
    if row is None:
        raise NotFound(f"There is no {blocker_id(number)}.", "`/blocker list all` shows all.")
    return row


def _mine(here: Desk, act: BlockerRequest) -> Blocker:
    row = _row(here, act.number)
    theirs = {row.user_id, row.helper, row.escalated_to}
    if act.by not in theirs and not teams.may_lead(here.session, here.team, act.by):
        leads = people.leads(here.session, here.team)
        names = _names(here, [row.user_id, row.helper, *leads[:1]])
        raise NotAllowed(
            f"Only its owner, its helper or a lead can change {blocker_id(row.number)}.",
            f"Ask {names}.",
        )
    return row


def _require_open(here: Desk, row: Blocker) -> None:
    if row.state == "open":
        return
    name = blocker_id(row.number)
    if row.state == "withdrawn":
        raise Refused(f"{name} is gone: the answer that told it was withdrawn.")
    who = f" by {here.name(row.closed_by)}" if row.closed_by else ""
    when = f" on {row.resolved_at:%Y-%m-%d}" if row.resolved_at else ""
    raise Refused(f"{name} was resolved{who}{when}.", f"`/blocker {name}` shows how.")


def _bring(here: Desk, row: Blocker, by: str, person: str) -> None:
    row.escalated_to, row.moved_at = person, here.now
    blocker.tell(here, row, person)
    blocker.note(here, row, by, "escalated", person)


def _free_lead(here: Desk, row: Blocker) -> str:
    for lead in people.leads(here.session, here.team):
        zone = here.zone_of(lead)
        if lead not in {row.user_id, row.helper} and calendar.is_working_hour(here.now, zone):
            return lead
    return ""


def _names(here: Desk, users: Sequence[str]) -> str:
    wanted = dict.fromkeys(user for user in users if user)
    return " or ".join(here.name(user) for user in wanted)


def _words(act: BlockerRequest, question: str, hint: str) -> str:
    said = clean(act.text)
    if says_nothing(said):
        raise Refused(question, hint, field="text")
    return said
