"""What a use case needs at hand in one transaction, and how its results are said in Slack."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from models.team import Team
from services import team as teams
from services.ports import Lab, Policy
from services.say import Message, Voice

Show = Callable[[Any], Message]  # a value to say → (text, blocks); views/notice.show


@dataclass(frozen=True)
class Desk:
    """One transaction on one team. show: turns what is to be said into a message. zones: known."""

    session: Session
    team: Team
    now: datetime
    policy: Policy
    show: Show
    zones: dict[str, ZoneInfo] = field(default_factory=dict)

    def zone_of(self, user_id: str) -> ZoneInfo:
        """The zone that person lives by, looked up once."""
        if user_id not in self.zones:
            name = teams.zone_of(self.session, self.team, user_id)
            self.zones[user_id] = calendar.zone(name)
        return self.zones[user_id]

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
        return self.voice.post(key, channel, self.show(what), thread_of=thread_of)

    def edit(self, key: str, what: object, *, link_to: str = "") -> None:
        """Say it in the place of the post with that key. link_to: a post it links to."""
        self.voice.edit(key, self.show(what), link_to=link_to)


@contextmanager
def desk(lab: Lab, workspace: str, show: Show) -> Iterator[Desk]:
    """A desk in a transaction of its own, or in the one the lab has joined.

    One desk per team at a time: decisions and ticks touch the same tickets, proposals and
    messages in different orders, and taking the team first keeps them from blocking each other.
    """
    now = lab.clock()
    with lab.begin() as session:
        team = teams.of(session, workspace, now=now)
        session.refresh(team, with_for_update={"key_share": True})
        yield Desk(session, team, now, lab.policy, show)
