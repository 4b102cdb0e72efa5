"""A team of three and what dialog tests of decisions look at."""

from datetime import date
from typing import Any

from sqlmodel import Session, select

from jobs.decisions.proposal import propose
from models.decisions.proposal import Proposal
from models.experiments.experiment import Change
from models.experiments.experiment import Experiment as Row
from tests.conversation import Conversation
from tests.tickets import experiment, person, stored

SPENT = {"gpu_used": 24.0}  # all of its budget
ROOMY = {"box_days": 60, "box_ends": date(2027, 1, 14)}
LEARNED = "overfits after the refresh; try fewer epochs"


def three(talk: Conversation) -> Conversation:
    """Ana, Ben, and Lee, who leads."""
    for user_id, role in (("UANA", "member"), ("UBEN", "member"), ("ULEE", "lead")):
        person(talk.engine, user_id, role=role)
    return talk


def start(talk: Conversation, *, number: int = 42, channels: bool = True, **fields: Any) -> int:
    """An experiment of Ana's; unless said otherwise the team's channels are set."""
    places = {"team_channel": "CTEAM", "leads_channel": "CLEADS"} if channels else {}
    values = fields.pop("values", ())
    return stored(talk.engine, experiment(values, number=number, **fields), **places)


def row(talk: Conversation, number: int = 42) -> Row:
    """The ticket's row as it is now."""
    with Session(talk.engine) as session:
        return session.exec(select(Row).where(Row.number == number)).one()


def change(talk: Conversation, number: int = 42, **fields: Any) -> None:
    """Somebody changed the ticket in some other way."""
    with Session(talk.engine) as session:
        found = session.exec(select(Row).where(Row.number == number)).one()
        for name, value in fields.items():
            setattr(found, name, value)
        session.commit()


def last_change(talk: Conversation) -> Change | None:
    """The newest audit row."""
    with Session(talk.engine) as session:
        return session.exec(select(Change).order_by(Change.id.desc())).first()


def episodes(talk: Conversation) -> list[Proposal]:
    """Every proposal there was, oldest first."""
    with Session(talk.engine) as session:
        return list(session.exec(select(Proposal).order_by(Proposal.id)).all())


def dms(talk: Conversation, to: str = "UANA") -> list[Any]:
    """The proposals one person got as direct messages."""
    return [row for row in talk.sent("proposal:") if row.channel == to and row.kind == "post"]


def texts(rows: list[Any]) -> list[str]:
    """Their texts."""
    return [row.payload["text"] for row in rows]


def edits(talk: Conversation, key: str) -> list[str]:
    """What took the place of the messages with such keys."""
    return texts(talk.sent(f"edit:{key}"))


def tick(talk: Conversation) -> None:
    """The clock looks at the proposals once."""
    talk.run(propose)


def days(talk: Conversation, count: int) -> None:
    """Tick every three hours for that many days."""
    for _ in range(count * 8):
        tick(talk)
        talk.later(hours=3)
