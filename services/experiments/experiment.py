"""Experiment tickets as values: one, some, all of a team."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlmodel import Session, col

from core import calendar
from core.errors import NotAllowed, Refused
from core.experiments.experiment import Experiment
from core.experiments.words import is_stale
from models import people
from models.experiments import experiment as table
from models.experiments.experiment import Which
from models.team import Team
from services import announcement
from services import team as teams
from services.desk import Desk, desk
from services.experiments import ticket as original
from services.ports import Lab, Policy
from views.kit import Message


@dataclass(frozen=True)
class TicketRequest:
    """Who does what to which ticket, and why. channel: where they are. program: the name of the
    one that does it with this person's rights, "" for the person.
    """

    team_id: int
    number: int
    by: str
    action: str
    why: str = ""
    channel: str = ""
    program: str = ""

    @property
    def name(self) -> str:
        """Whose deed it is."""
        return self.program or self.by


@dataclass(frozen=True)
class Scene:
    """What a rule may need to know: the session, the team, the ticket, and when it is.

    notes: what the rule puts before the reason given.
    """

    session: Session
    team: Team
    ticket: Experiment
    now: datetime
    today: date
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Changed:
    """A change that was made. change_id names it for undo and for what is said about it; told: the
    team heard of it.
    """

    before: Experiment
    after: Experiment
    change_id: int
    today: date
    why: str = ""
    told: bool = False

    @property
    def key(self) -> str:
        """The key of the public message about it."""
        return f"decision:{self.after.id}:{self.change_id}"


Say = Callable[[Changed], Sequence[Message]]


def alter(
    lab: Lab, act: TicketRequest, rule: Callable[[Scene], Experiment], say: Say = lambda _: ()
) -> Changed:
    """Change one ticket by a rule, with its audit row. say: what the team reads of it.

    Raises NotFound, whatever the rule raises, and Refused when somebody else changed the ticket
    at the same moment.
    """
    with desk(lab, act.team_id, lock=False) as here:
        row = original.row(here.session, here.team, act.number)
        before = original.value(here.session, row)
        known = scene(here, before)
        after = rule(known)
        why = " ".join([*known.notes, act.why]).strip()
        made = original.audit(act.name, act.action, at=here.now, why=why)
        made = original.change(here.session, row, after, made)
        return tell(here, Changed(before, after, made.pk, known.today, why), say, act.channel)


def tell(here: Desk, made: Changed, say: Say, channel: str) -> Changed:
    """Say it in the team's channel, else in `channel`; the change as it was told or not."""
    return replace(made, told=announcement.tell(here, made.key, *say(made), channel=channel))


def scene(here: Desk, before: Experiment) -> Scene:
    """What a rule may need to know of that ticket, now."""
    return Scene(here.session, here.team, before, here.now, today_of(here.team, here.now))


def find(session: Session, team: Team, number: int) -> Experiment:
    """The ticket with its checkpoints. Raises NotFound."""
    return original.value(session, original.row(session, team, number))


@dataclass(frozen=True)
class TicketPage:
    """A ticket as somebody looks at it. change_id: its last change so far; sealed: the day of
    its first result, since when its prediction stands.
    """

    ticket: Experiment
    stale: bool
    today: date
    change_id: int
    sealed: date | None = None


def seen(lab: Lab, team_id: int, number: int) -> TicketPage:
    """The ticket to look at or to edit. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        row = original.row(here.session, here.team, number)
        found = original.value(here.session, row)
        changes = table.changes_of(here.session, row.pk)
        after = here.policy.stale_after_working_days
        stale = is_stale(found, here.now, calendar.zone(here.team.zone), after=after)
        last = max((c.pk for c in changes), default=0)
        first = original.first_result(here.session, row)
        sealed = today_of(here.team, first) if first else None
        return TicketPage(found, stale, today_of(here.team, here.now), last, sealed)


def some_of(
    session: Session, team: Team, *which: Which, first: int = 0, most: int | None = None
) -> list[Experiment]:
    """The team's tickets of which all of that holds, with their checkpoints, by number."""
    rows = table.chosen(session, team.pk, *which, first=first, most=most)
    return original.values(session, rows)


def open_of(session: Session, team: Team) -> list[Experiment]:
    """The team's tickets that are neither killed nor in production, by number."""
    return some_of(session, team, table.is_open())


def mine(session: Session, team: Team, user_id: str) -> list[Experiment]:
    """The open tickets that person owns, by number."""
    return some_of(session, team, table.is_open(), col(table.Experiment.owner) == user_id)


def stale_among(
    found: Sequence[Experiment], team: Team, now: datetime, *, policy: Policy
) -> frozenset[int]:
    """Numbers of those under way without progress for too long."""
    where, after = calendar.zone(team.zone), policy.stale_after_working_days
    return frozenset(e.number for e in found if is_stale(e, now, where, after=after))


def today_of(team: Team, now: datetime) -> date:
    """The day it is on the team's calendar."""
    return calendar.local(now, calendar.zone(team.zone)).date()


def require_open(session: Session, team: Team, before: Experiment) -> None:
    """Pass while the ticket is open. Raises Refused naming who closed it and how to go on."""
    if before.is_open:
        return
    what = "killed" if before.stage == "killed" else "promoted to production"
    when = f" on {before.decided_at:%Y-%m-%d}" if before.decided_at else ""
    who = f" by {teams.name_of(session, team, before.decided_by)}" if before.decided_by else ""
    hint = f"A lead can bring it back: `/exp reopen {before.id} why`."
    raise Refused(f"{before.id} was {what}{when}{who}.", hint)


def may_change(session: Session, team: Team, before: Experiment, user_id: str) -> bool:
    """True for the ticket's owner and for leads; for anyone while the team has no lead."""
    return user_id == before.owner or teams.may_lead(session, team, user_id)


def require_change(
    session: Session, team: Team, before: Experiment, user_id: str, what: str
) -> None:
    """Pass for the owner and leads. Raises NotAllowed naming them."""
    if not may_change(session, team, before, user_id):
        names = [teams.name_of(session, team, lead) for lead in people.leads(session, team)[:2]]
        owner = teams.name_of(session, team, before.owner)
        raise NotAllowed(
            f"Only the owner ({owner}) or a lead ({', '.join(names)}) can {what}.",
            "Ask one of them.",
        )
