"""A team's first steps, and the dry run of each standup's first round."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, select

from models import every
from models.row import Row


class Onboarding(Row, table=True):
    """The card of a team. started_by: who has it as a direct message, "" while nobody has.

    number: of the direct message, a new one whenever it is opened again. tested_by: who answered
    a test prompt. skipped: names of steps. shown: fingerprint of the message as it was sent last.
    """

    team_id: int = Field(foreign_key="team.id", unique=True)
    started_by: str = ""
    number: int = 0
    tested_by: str = ""
    skipped: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    closed: bool = False
    shown: str = ""
    at: datetime


class Trial(Row, table=True):
    """A test prompt sent to somebody. state: sent | answered. questions, shapes: as asked.

    Its answer is kept in its message in Slack and nowhere else.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    user_id: str = Field(index=True)
    name: str
    questions: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    shapes: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    state: str = "sent"
    at: datetime


class Rehearsal(Row, table=True):
    """The dry run of a standup's first round. user_id: the lead who sees it.

    state: open | confirmed | stopped | begun. shown: fingerprint of the message sent last.
    """

    standup_id: int = Field(foreign_key="standup.id", unique=True)
    user_id: str
    state: str = "open"
    decided_by: str = ""
    shown: str = ""
    at: datetime


def start(session: Session, row: "Onboarding | Rehearsal") -> bool:
    """Keep a new card or dry run; False when another transaction was faster."""
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def of_team(session: Session, team_id: int) -> Onboarding | None:
    """The team's card, or None before it was shown."""
    return session.exec(select(Onboarding).where(Onboarding.team_id == team_id)).first()


def hold(session: Session, team_id: int) -> Onboarding | None:
    """The same, held by this transaction until it ends."""
    wanted = select(Onboarding).where(Onboarding.team_id == team_id)
    held = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.exec(held).first()


def hold_trial(session: Session, trial_id: int) -> Trial | None:
    """That test prompt, held by this transaction until it ends."""
    wanted = select(Trial).where(Trial.id == trial_id).with_for_update(key_share=True)
    return session.exec(wanted.execution_options(populate_existing=True)).first()


def hold_rehearsal(session: Session, standup_id: int) -> Rehearsal | None:
    """The dry run of that standup, held by this transaction until it ends."""

    def read() -> Rehearsal | None:
        wanted = select(Rehearsal).where(Rehearsal.standup_id == standup_id)
        held = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
        return session.exec(held).first()

    def read_all() -> dict[int, Rehearsal | None]:
        return {row.standup_id: row for row in session.exec(select(Rehearsal))}

    return every.of_each(session, "rehearsal", standup_id, read, read_all)


def done_rehearsals(session: Session) -> set[int]:
    """Ids of the standups whose dry run is over."""
    wanted = select(Rehearsal.standup_id).where(Rehearsal.state == "begun")
    return set(session.exec(wanted))
