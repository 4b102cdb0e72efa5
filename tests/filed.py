"""A team whose experiments have tickets elsewhere, for flows that write to them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.clerk import Clerk
from core.workspace.issue import Wish
from models.outbox import Outbox
from services.board import workflow
from services.decisions import kill
from services.decisions.kill import Killed, Order
from services.experiments.experiment import Changed, TicketRequest
from services.ports import Lab, Policy
from services.tracking import issue
from tests.conversation import TEAM, PlainTestWriter
from tests.tickets import MONDAY, experiment, person, stored

LEARNED = "The adapter overfits on short tickets."


@dataclass
class Filed:
    """Its lab, and the time that passes. EXP-042 is under evaluation, Ana is admin and lead."""

    engine: Engine
    now: list[datetime] = field(default_factory=lambda: [MONDAY + timedelta(days=1)])
    key: str = "t0k"

    def __post_init__(self) -> None:
        ticket = experiment((0.74,), stage="evaluation")
        stored(self.engine, ticket, leads_channel="CLEADS", team_channel="CTEAM")
        person(self.engine, "UANA", name="Ana", role="admin")

    @property
    def lab(self) -> Lab:
        policy = Policy(tracker_nets=("127.0.0.0/8",))
        return Lab(self.engine, lambda: self.now[0], PlainTestWriter(), policy)

    def clerk(self, url: str) -> Clerk:
        host = url.partition("://")[2]
        return Clerk(self.lab, {host: self.key}, lambda: None)

    async def drain(self, url: str, **later: float) -> int:
        self.now[0] += timedelta(**later)
        return await self.clerk(url).drain()

    async def linked(self, url: str, wish: Wish, key: str) -> None:
        """Connected, linked, and told both."""
        issue.connect(self.lab, TEAM, wish, by="UANA")
        issue.link(self.lab, TEAM, 42, key, by="UANA")
        await self.drain(url)

    def kill(self) -> Killed:
        return kill.kill(self.lab, TEAM, Order(42, "UANA", LEARNED))

    def undo(self, made: Killed) -> None:
        kill.undo(self.lab, TEAM, made.change_id, by="UANA")

    def move(self, stage: str, why: str = "more data") -> Changed:
        return workflow.move(self.lab, TicketRequest(TEAM, 42, "UANA", "moved", why), stage)

    def links(self) -> list[Any]:
        return list(issue.overview(self.lab, TEAM).links)

    def heard(self, words: str) -> list[Outbox]:
        with Session(self.engine, expire_on_commit=False) as session:
            rows = list(session.exec(select(Outbox).order_by(Outbox.id)))
        return [row for row in rows if words in str(row.payload.get("text", ""))]
