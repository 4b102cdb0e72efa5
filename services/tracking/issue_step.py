"""What is to be done at tickets elsewhere: taken up, done or not, and what statuses are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from core.tracking.issue import Desk as Place
from core.tracking.issue_import import Given
from models.experiments import experiment as tickets
from models.team import Team
from models.tracking import issue as table
from models.tracking.issue import IssueDesk, IssueLink, IssueStep
from services import announcement
from services.desk import Desk
from services.ports import Lab
from services.tracking import issue_import
from views.tracking import issue as view

_LEASE = timedelta(seconds=120)  # what nobody told the outcome of by then is done again
_AGAIN = (30, 120, 600, 3600)  # seconds until the next try
_LONGEST = 86_400.0
_AT_ONCE, _READ_EVERY, _READ_FOR = 20, timedelta(minutes=15), timedelta(days=30)


@dataclass(frozen=True)
class Step:
    """One thing to do there. key: of the ticket there; kind, told, mark: as
    models.tracking.issue.IssueStep.
    """

    step: int
    desk: Place
    key: str
    kind: str
    told: Mapping[str, str]
    mark: str


@dataclass(frozen=True)
class Failure:
    """Why a step could not be done. final: it will not go by itself; wait: seconds that were asked
    for before the next try.
    """

    why: str
    final: bool = False
    wait: float = 0


@dataclass(frozen=True)
class Look:
    """Tickets of one place whose statuses are to be read, by their keys there."""

    desk_id: int
    desk: Place
    keys: Sequence[str]


def due(lab: Lab, now: datetime) -> list[Step]:
    """What is to be done now, held for two minutes; with nothing due it only reads."""
    with lab.look() as session:
        if not table.is_any_due(session, now):
            return []
    with lab.begin() as session:
        found = []
        for row, desk in table.due(session, now, most=_AT_ONCE):
            row.tries, row.next_at = row.tries + 1, now + _LEASE
            link = session.get_one(IssueLink, row.link_id) if row.link_id else None
            key = link.key if link else ""
            found.append(Step(row.pk, desk.as_value(), key, row.kind, row.told, row.mark))
        return found


def done(lab: Lab, one: Step, *, status: str = "", now: datetime) -> None:
    """It was done. status: what the ticket's is there now, as it was read after."""
    with lab.begin() as session:
        row = session.get(IssueStep, one.step, with_for_update=True)
        if row is None:
            return
        row.state, row.why = ("sent" if row.state != "replaced" else row.state), ""
        row.told = {}  # what people said stands there now, and is not kept twice
        desk = session.get_one(IssueDesk, row.desk_id)
        desk.trouble, desk.trouble_at = "", None
        link = session.get(IssueLink, row.link_id) if row.link_id else None
        if link and status:
            link.ours = link.theirs = status
        if row.kind == "check":
            here = _here(lab, session.get_one(Team, desk.team_id), session, now)
            here.post(f"issuedesk:{desk.pk}:{row.mark}", desk.connected_by,
                      view.greeting(desk.as_value()))  # fmt: skip


def fetched(lab: Lab, one: Step, given: Given, *, now: datetime) -> None:
    """A ticket that somebody wanted here has come; they hear what became of it."""
    with lab.begin() as session:
        row = session.get(IssueStep, one.step, with_for_update=True)
        if row is None or row.state != "pending":
            return
        row.state = "sent"
        desk = session.get_one(IssueDesk, row.desk_id)
        by = one.told["by"]
        made = issue_import.take(lab.within(session), desk.team_id, [given], by=by)
        here = _here(lab, session.get_one(Team, desk.team_id), session, now)
        here.post(f"issueimport:{row.pk}", by, view.imported(made))


def failed(lab: Lab, one: Step, failure: Failure, *, now: datetime) -> None:
    """It was not done: tried five times, with the pauses that are asked for; then who connected it
    hears of a check, and the leads once of what a decision lacks.
    """
    with lab.begin() as session:
        row = session.get(IssueStep, one.step, with_for_update=True)
        if row is None or row.state != "pending":
            return
        row.why = failure.why[:500]
        if not failure.final and row.tries <= len(_AGAIN):
            pause = max(_AGAIN[row.tries - 1], min(failure.wait, _LONGEST))
            row.next_at = now + timedelta(seconds=pause)
            return
        row.state = "dead"
        desk = session.get_one(IssueDesk, row.desk_id)
        here = _here(lab, session.get_one(Team, desk.team_id), session, now)
        if row.kind == "import":
            one_there = view.not_fetched(desk.as_value(), one.told["key"], row.why)
            here.post(f"issueimport:{row.pk}", one.told["by"], one_there)
            return
        if row.link_id is None:
            desk.trouble, desk.trouble_at = row.why, now
            here.post(f"issuedesk:{desk.pk}:{row.mark}", desk.connected_by,
                      view.trouble(desk.as_value()))  # fmt: skip
            return
        _tell_leads(here, row, desk)


def _tell_leads(here: Desk, row: IssueStep, desk: IssueDesk) -> None:
    link = here.session.get_one(IssueLink, row.link_id)
    number = tickets.number_of(here.session, link.experiment_id)
    message = view.unsent(desk.as_value(), link.key, number, link.pk, row.why)
    for place in announcement.places(here):
        key = f"issue:{link.pk}:unsent:{row.mark}:{row.rounds}:{place}"
        here.post(key, place, message)


def _here(lab: Lab, team: Team, session: Session, now: datetime) -> Desk:
    return Desk(session, team, now, lab.policy)


def to_read(lab: Lab, now: datetime) -> list[Look]:
    """Where statuses are to be read now, each once in a quarter of an hour."""
    with lab.look() as session:
        if not table.stale(session, now - _READ_EVERY):
            return []
    with lab.begin() as session:
        rows = {row.pk: row for row in table.stale(session, now - _READ_EVERY)}
        keys: dict[int, list[str]] = {key: [] for key in rows}
        for link in table.watched(session, list(rows), now - _READ_FOR):
            keys[link.desk_id].append(link.key)
        for row in rows.values():
            row.read_at = now
        return [Look(key, row.as_value(), keys[key]) for key, row in rows.items() if keys[key]]


def read(lab: Lab, look: Look, found: Mapping[str, str]) -> None:
    """These are the statuses there, by key."""
    with lab.begin() as session:
        desk = session.get_one(IssueDesk, look.desk_id)
        desk.trouble, desk.trouble_at = "", None
        for link in table.of_desk(session, look.desk_id, list(found)):
            link.theirs = found[link.key]


def unreadable(lab: Lab, look: Look, why: str, *, now: datetime) -> None:
    """They cannot be read; `/ticket` shows since when."""
    with lab.begin() as session:
        desk = session.get_one(IssueDesk, look.desk_id)
        desk.trouble, desk.trouble_at = why[:500], desk.trouble_at or now
