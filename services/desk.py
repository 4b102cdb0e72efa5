"""What a use case needs at hand in one transaction, and how its results are said in Slack."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from models import people as members
from models import team as teams
from models.people import People
from models.team import Team
from services.ports import Lab, Policy
from services.say import Voice
from views.kit import Message


@dataclass(frozen=True)
class Desk:
    """One transaction on one team at one instant."""

    session: Session
    team: Team
    now: datetime
    policy: Policy

    @property
    def people(self) -> People:
        """The team's people: names, zones, roles, read once a transaction."""
        return members.people(self.session, self.team_id)

    def name(self, user_id: str) -> str:
        """Display name, or the id while the profile is unknown."""
        return self.people.name(user_id)

    def is_here(self, user_id: str) -> bool:
        """False once that person has left the workspace; observers take no part either."""
        return self.people.is_welcome(user_id)

    def zone_of(self, user_id: str) -> ZoneInfo:
        """The zone that person lives by."""
        return calendar.zone(self.people.get(user_id).zone or self.team.zone)

    def at(self, team_id: int) -> "Desk":
        """A desk of another team in the same transaction, without its lock."""
        return replace(self, team=self.session.get_one(Team, team_id))

    @property
    def team_id(self) -> int:
        """The team's key in the database."""
        return self.team.pk

    @property
    def voice(self) -> Voice:
        """Speaks in the team's workspace."""
        return Voice(self.session, self.team.workspace, self.now, self.team_id)

    def post(self, key: str, channel: str, message: Message, *, thread_of: str = "") -> bool:
        """Say it once per key; True when it is new."""
        return self.voice.post(key, channel, message, thread_of=thread_of)

    def edit(self, key: str, message: Message, *, link_to: str = "") -> None:
        """Say it in the place of the post with that key. link_to: a post it links to."""
        self.voice.edit(key, message, link_to=link_to)


@contextmanager
def desk(
    lab: Lab, team_id: int, *, lock: bool = True, now: datetime | None = None
) -> Iterator[Desk]:
    """A desk of that team in a transaction of its own, or in the one the lab has joined.

    lock: one such desk per team at a time. Decisions and ticks touch the same tickets, proposals
    and messages in different orders, and taking the team first keeps them from blocking each
    other; who only reads, or touches one row, needs none. now: the hour of a job.
    """
    at = now or lab.clock()
    with lab.begin() as session:
        team = session.get_one(Team, team_id)
        if lock:
            teams.renew(session, team)
        yield Desk(session, team, at, lab.policy)
