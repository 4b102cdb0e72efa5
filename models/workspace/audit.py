"""The team's audit log beyond its tickets: roles, settings, tokens, approvals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, Session, col, select

from models.experiments.experiment import Change, Experiment
from models.row import Row


class TeamEvent(Row, table=True):
    """Who did what to which thing of the team, from what to what, and why.

    user_id: whom it is about, "" for nobody; number: the experiment it is about, 0 for none.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    at: datetime = Field(index=True)
    who: str
    what: str
    subject: str = ""
    user_id: str = ""
    number: int = 0
    before: str = ""
    after: str = ""
    why: str = ""


@dataclass(frozen=True)
class Wanted:
    """What of the log. number: an experiment, 0 for all; who: a person; since: from then on."""

    number: int = 0
    who: str = ""
    since: datetime | None = None


def events(session: Session, team_id: int, wanted: Wanted, *, most: int) -> list[TeamEvent]:
    """The newest first, at most that many; by or about that person when one is named."""
    found = select(TeamEvent).where(TeamEvent.team_id == team_id)
    if wanted.number:
        found = found.where(TeamEvent.number == wanted.number)
    if wanted.who:
        found = found.where((TeamEvent.who == wanted.who) | (TeamEvent.user_id == wanted.who))
    if wanted.since:
        found = found.where(TeamEvent.at >= wanted.since)
    found = found.order_by(col(TeamEvent.at).desc(), col(TeamEvent.id).desc()).limit(most)
    return list(session.exec(found))


def changes(
    session: Session, team_id: int, wanted: Wanted, *, most: int
) -> Sequence[tuple[Change, int]]:
    """Audit rows of tickets with the ticket's number, the newest first, at most that many."""
    found = select(Change, Experiment.number).where(
        Change.team_id == team_id, Change.experiment_id == Experiment.id
    )
    if wanted.number:
        found = found.where(Experiment.number == wanted.number)
    if wanted.who:
        found = found.where(Change.who == wanted.who)
    if wanted.since:
        found = found.where(Change.at >= wanted.since)
    found = found.order_by(col(Change.at).desc(), col(Change.id).desc()).limit(most)
    return list(session.exec(found))
