"""What a use case needs at hand in one transaction, and how its results are said in Slack."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from models import team as members
from models.team import People, Team
from services import team as teams
from services.ports import Lab, Policy
from services.say import Voice
from views.kit import Message

Show = Callable[[Any], Message]  # a value to say → (text, blocks); views/notice.show


def _unsaid(what: object) -> Message:
    raise TypeError(f"nothing says a {type(what).__name__}")


@dataclass(frozen=True)
class Desk:
    """One transaction on one team at one instant. show: turns values into messages where the
    caller does not hand in the message itself.
    """

    session: Session
    team: Team
    now: datetime
    policy: Policy
    show: Show = field(default=_unsaid)

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

    @property
    def team_id(self) -> int:
        """The team's key in the database."""
        assert self.team.id is not None
        return self.team.id

    @property
    def voice(self) -> Voice:
        """Speaks in the team's workspace."""
        return Voice(self.session, self.team.workspace, self.now)

    def post(self, key: str, channel: str, what: object, *, thread_of: str = "") -> bool:
        """Say it once per key; True when it is new."""
        return self.voice.post(key, channel, self._said(what), thread_of=thread_of)

    def edit(self, key: str, what: object, *, link_to: str = "") -> None:
        """Say it in the place of the post with that key. link_to: a post it links to."""
        self.voice.edit(key, self._said(what), link_to=link_to)

    def _said(self, what: object) -> Message:
        return what if isinstance(what, Message) else self.show(what)


@contextmanager
def desk(
    lab: Lab, workspace: str, show: Show | None = None, *, lock: bool = True
) -> Iterator[Desk]:
    """A desk in a transaction of its own, or in the one the lab has joined.

    lock: one such desk per team at a time. Decisions and ticks touch the same tickets, proposals
    and messages in different orders, and taking the team first keeps them from blocking each
    other; who only reads, or touches one row, needs none.
    """
    now = lab.clock()
    with lab.begin() as session:
        team = teams.of(session, workspace, now=now)
        if lock:
            session.refresh(team, with_for_update={"key_share": True})
        yield Desk(session, team, now, lab.policy, show or _unsaid)


@contextmanager
def desk_of(lab: Lab, team_id: int, now: datetime) -> Iterator[Desk]:
    """The same, locked, for the team with that key, at the hour of a job."""
    with lab.begin() as session:
        team = session.get_one(Team, team_id)
        session.refresh(team, with_for_update={"key_share": True})
        yield Desk(session, team, now, lab.policy)
