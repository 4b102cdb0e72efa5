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
from models import team as people
from models.blockers import blocker as table
from models.blockers.blocker import Blocker
from services import form_draft
from services import team as teams
from services.blockers import blocker
from services.blockers.blocker import Show, Talk
from services.ports import Lab
from views.kit import Message

RESOLVED_FOR = timedelta(days=30)  # how far back `all` and `resolved` look


@dataclass(frozen=True)
class Act:
    """Who does something to which blocker, and the words or the person that go with it."""

    workspace: str
    number: int
    by: str
    text: str = ""


def listed(lab: Lab, workspace: str, user_id: str, which: str) -> list[Stuck]:
    """The team's blockers: open (the oldest first), mine, all or resolved (the newest first)."""
    now = lab.clock()
    with lab.begin() as session:
        team = teams.of(session, workspace, now=now)
        assert team.id is not None
        if which in {"all", "resolved"}:
            rows = table.of_team(session, team.id)
            late = [r for r in rows if r.resolved_at and r.resolved_at < now - RESOLVED_FOR]
            kept = [r for r in rows if r not in late and (which == "all" or r.state != "open")]
        else:
            kept = table.open_of(session, team.id)
        if which == "mine":
            kept = [r for r in kept if user_id in {r.user_id, r.helper, r.escalated_to}]
        return [blocker.value(session, team, row, now) for row in kept]


def look(lab: Lab, workspace: str, number: int) -> Stuck:
    """One blocker. Raises NotFound."""
    now = lab.clock()
    with lab.begin() as session:
        team = teams.of(session, workspace, now=now)
        row = _row(Talk(session, team, now, _silent), number)
        return blocker.value(session, team, row, now)


def askable(lab: Lab, act: Act) -> tuple[Stuck, str]:
    """The blocker to update or resolve, and what was typed into that form before (act.text: the
    form). Raises NotFound, NotAllowed, Refused (closed).
    """
    now = lab.clock()
    with lab.begin() as session:
        talk = Talk(session, teams.of(session, act.workspace, now=now), now, _silent)
        row = _mine(talk, act)
        _require_open(talk, row)
        kept = form_draft.offer(session, act.workspace, act.by, act.text)
        return blocker.value(session, talk.team, row, now), str(kept.get("text") or "")


def acknowledge(lab: Lab, act: Act, show: Show) -> tuple[Stuck, bool]:
    """Somebody is on it; the blocker, and False when that was said before.

    Raises NotFound, NotAllowed, Refused (closed).
    """
    with _held(lab, act, show) as (talk, row):
        _require_open(talk, row)
        if act.by == row.user_id != row.helper:
            raise Refused(
                "It is your own blocker: somebody else acknowledges it.",
                f"Ask somebody: `/blocker escalate {blocker_id(row.number)} @name`.",
            )
        new = not row.acknowledged_by
        if new:
            row.acknowledged_by, row.moved_at = act.by, talk.now
            blocker.note(talk, row, act.by, "acknowledged")
        return blocker.value(talk.session, talk.team, row, talk.now), new


def update(lab: Lab, act: Act, show: Show) -> Stuck:
    """Say how it stands, in its thread. Raises NotFound, NotAllowed, Refused."""
    said = _words(act, "What is new?", "Write a few words, e.g. quota request filed.")
    with _held(lab, act, show) as (talk, row):
        _require_open(talk, row)
        row.moved_at = talk.now
        form_draft.forget(talk.session, act.workspace, act.by, f"blocker_update:{row.number}")
        blocker.note(talk, row, act.by, "updated", said)
        return blocker.value(talk.session, talk.team, row, talk.now)


def set_cause(lab: Lab, act: Act, show: Show) -> Stuck:
    """Say what it comes from (act.text). Raises NotFound, NotAllowed, Refused."""
    cause = blocker_cause.read_cause(act.text)
    with _held(lab, act, show) as (talk, row):
        _require_open(talk, row)
        row.cause = cause
        blocker.refresh(talk, row)
        return blocker.value(talk.session, talk.team, row, talk.now)


def resolve(lab: Lab, act: Act, show: Show) -> Stuck:
    """Close it, saying how. Raises NotFound, NotAllowed, Refused (closed, without words)."""
    hint = f"`/blocker resolve {blocker_id(act.number)} the quota was raised`"
    with _held(lab, act, show) as (talk, row):
        _require_open(talk, row)
        said = _words(act, f"How was {blocker_id(row.number)} resolved?", f"E.g. {hint}.")
        row.state, row.resolved_at, row.closed_by = "resolved", talk.now, act.by
        row.resolution = said
        form_draft.forget(talk.session, act.workspace, act.by, f"blocker_resolve:{row.number}")
        blocker.note(talk, row, act.by, "resolved", said)
        return blocker.value(talk.session, talk.team, row, talk.now)


def escalate(lab: Lab, act: Act, show: Show) -> tuple[Stuck, bool]:
    """Bring it before a person (act.text: user id), by DM; False when they have it already.

    Raises NotFound, NotAllowed, Refused (closed, to its owner).
    """
    with _held(lab, act, show) as (talk, row):
        _require_open(talk, row)
        if act.text == row.user_id:
            raise Refused("That is whose blocker it is.", "Name somebody else.")
        known = people.member(talk.session, talk.team_id, act.text)
        if known is not None and not known.active:
            raise Refused("That person has left the workspace.", "Name somebody else.")
        new = act.text not in {row.helper, row.escalated_to}
        if new:
            _bring(talk, row, act.by, act.text)
        return blocker.value(talk.session, talk.team, row, talk.now), new


def escalate_old(lab: Lab, workspace: str, show: Show) -> int:
    """Bring each blocker nobody moved for too long before a lead, once, in their working hours;
    how many.
    """
    now, count = lab.clock(), 0
    with lab.begin() as session:
        team = teams.of(session, workspace, now=now)
        talk = Talk(session, team, now, show)
        where, most = calendar.zone(team.zone), lab.policy.blocker_escalate_working_days
        for seen in table.open_of(session, talk.team_id):
            if seen.escalated_to or days_open(seen.moved_at, now, where) < most:
                continue
            lead = _free_lead(talk, seen)
            row = table.hold(session, talk.team_id, seen.number) if lead else None
            if row is not None and row.state == "open" and not row.escalated_to:
                _bring(talk, row, "", lead)
                count += 1
    return count


@contextmanager
def _held(lab: Lab, act: Act, show: Show) -> Iterator[tuple[Talk, Blocker]]:
    now = lab.clock()
    with lab.begin() as session:
        talk = Talk(session, teams.of(session, act.workspace, now=now), now, show)
        yield talk, _mine(talk, act)


def _row(talk: Talk, number: int) -> Blocker:
    row = table.hold(talk.session, talk.team_id, number)
    if row is None:
        raise NotFound(f"There is no {blocker_id(number)}.", "`/blocker list all` shows all.")
    return row


def _mine(talk: Talk, act: Act) -> Blocker:
    row = _row(talk, act.number)
    theirs = {row.user_id, row.helper, row.escalated_to}
    leads = people.leads(talk.session, talk.team)
    if act.by not in theirs and act.by not in leads and leads:
        names = _names(talk, [row.user_id, row.helper, *leads[:1]])
        raise NotAllowed(
            f"Only its owner, its helper or a lead can change {blocker_id(row.number)}.",
            f"Ask {names}.",
        )
    return row


def _require_open(talk: Talk, row: Blocker) -> None:
    if row.state == "open":
        return
    name = blocker_id(row.number)
    if row.state == "withdrawn":
        raise Refused(f"{name} is gone: the answer that told it was withdrawn.")
    who = f" by {teams.name_of(talk.session, talk.team, row.closed_by)}" if row.closed_by else ""
    when = f" on {row.resolved_at:%Y-%m-%d}" if row.resolved_at else ""
    raise Refused(f"{name} was resolved{who}{when}.", f"`/blocker {name}` shows how.")


def _bring(talk: Talk, row: Blocker, by: str, person: str) -> None:
    row.escalated_to, row.moved_at = person, talk.now
    blocker.tell(talk, row, person)
    blocker.note(talk, row, by, "escalated", person)


def _free_lead(talk: Talk, row: Blocker) -> str:
    for lead in people.leads(talk.session, talk.team):
        zone = calendar.zone(teams.zone_of(talk.session, talk.team, lead))
        if lead not in {row.user_id, row.helper} and calendar.is_working_hour(talk.now, zone):
            return lead
    return ""


def _names(talk: Talk, users: Sequence[str]) -> str:
    wanted = dict.fromkeys(user for user in users if user)
    return " or ".join(teams.name_of(talk.session, talk.team, user) for user in wanted)


def _words(act: Act, question: str, hint: str) -> str:
    said = clean(act.text)
    if says_nothing(said):
        raise Refused(question, hint, field="text")
    return said


def _silent(_what: object) -> Message:
    return Message("", [])
