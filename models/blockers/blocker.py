"""What people are stuck on."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, func
from sqlmodel import Field, Session, col, select

from models.row import Row
from models.team import next_number


class Blocker(Row, table=True):
    """What somebody is stuck on: data | compute | clarity | other; cause: core.blockers.blocker.

    state: open | resolved | withdrawn. answer_id: the standup answer that last told it.
    resolved_by: the answer that closed it; closed_by: the person. thread: outbox key of the post
    in whose thread it is talked about. moved_at: last sign that somebody is on it. told: outbox
    keys of its messages. trail: what was done (fields of core.blockers.blocker.Step, times as ISO
    text). program: the name of the one that told it for that person, "" for a person.
    """

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    user_id: str = Field(index=True)
    helper: str = Field(default="", index=True)
    answer_id: int | None = Field(default=None, foreign_key="answer.id")
    kind: str
    cause: str = Field(default="", sa_column_kwargs={"server_default": ""})
    text: str
    experiments: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    state: str = Field(default="open", index=True)
    at: datetime
    moved_at: datetime
    acknowledged_by: str = ""
    escalated_to: str = ""
    resolved_at: datetime | None = None
    resolved_by: int | None = None
    closed_by: str = ""
    resolution: str = ""
    channel: str = ""
    thread: str = ""
    told: list[str] = Field(default_factory=list, sa_column=Column(JSON))
    trail: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON))
    program: str = Field(default="", sa_column_kwargs={"server_default": ""})


def open_of(session: Session, team_id: int, user_id: str | None = None) -> list[Blocker]:
    """The team's (or one person's) unresolved blockers, oldest first."""
    wanted = select(Blocker).where(Blocker.team_id == team_id, Blocker.state == "open")
    if user_id is not None:
        wanted = wanted.where(Blocker.user_id == user_id)
    return list(session.exec(wanted.order_by(col(Blocker.at), col(Blocker.id))))


def hold_open(session: Session, team_id: int, user_id: str) -> list[Blocker]:
    """That person's unresolved blockers, held until this transaction ends, oldest first."""
    wanted = select(Blocker).where(Blocker.team_id == team_id, Blocker.state == "open")
    wanted = wanted.where(Blocker.user_id == user_id).order_by(col(Blocker.at), col(Blocker.id))
    held = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(session.exec(held))


def open_told_by(session: Session, team_id: int, program: str) -> int:
    """How many unresolved blockers of the team that program has told."""
    wanted = select(func.count()).select_from(Blocker)
    wanted = wanted.where(Blocker.team_id == team_id, Blocker.state == "open")
    return session.exec(wanted.where(Blocker.program == program)).one()


def hold(session: Session, team_id: int, number: int) -> Blocker | None:
    """The blocker with that number, held until this transaction ends, or None."""
    wanted = select(Blocker).where(Blocker.team_id == team_id, Blocker.number == number)
    held = wanted.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.exec(held).first()


def of_team(
    session: Session, team_id: int, *, since: datetime | None = None, limit: int = 200
) -> list[Blocker]:
    """The team's blockers in any state but withdrawn, the newest first; opened since then."""
    wanted = select(Blocker).where(Blocker.team_id == team_id, Blocker.state != "withdrawn")
    if since is not None:
        wanted = wanted.where(Blocker.at >= since)
    return list(session.exec(wanted.order_by(col(Blocker.id).desc()).limit(limit)))


def add(session: Session, row: Blocker) -> None:
    """Keep a new blocker under the next number of the team's workspace."""
    row.number = next_number(session, Blocker, row.team_id)
    session.add(row)
    session.flush()


def resolved_by(session: Session, answer_id: int) -> list[Blocker]:
    """What that answer closed."""
    return list(session.exec(select(Blocker).where(Blocker.resolved_by == answer_id)))


def told_in(session: Session, answer_id: int) -> list[Blocker]:
    """What that answer last told, open or resolved."""
    wanted = select(Blocker).where(Blocker.answer_id == answer_id)
    return list(session.exec(wanted.order_by(col(Blocker.id))))


def open_between(session: Session, team_id: int, start: datetime, end: datetime) -> list[Blocker]:
    """What people were stuck on at any time from start until end, by number."""
    wanted = select(Blocker).where(
        Blocker.team_id == team_id,
        Blocker.state != "withdrawn",
        Blocker.at < end,
        col(Blocker.resolved_at).is_(None) | (col(Blocker.resolved_at) >= start),
    )
    return list(session.exec(wanted.order_by(col(Blocker.number))))


def by_cause(session: Session, team_id: int, cause: str) -> list[Blocker]:
    """The team's blockers of that cause in any state, oldest first."""
    wanted = select(Blocker).where(Blocker.team_id == team_id, Blocker.cause == cause)
    return list(session.exec(wanted.order_by(col(Blocker.id))))


def opened_of(session: Session, team_id: int, since: datetime) -> list[tuple[datetime, str, str]]:
    """When every blocker since then that was not withdrawn was opened, its kind and its cause."""
    wanted = select(Blocker.at, Blocker.kind, Blocker.cause).where(
        Blocker.team_id == team_id, Blocker.state != "withdrawn", Blocker.at >= since
    )
    return [
        (at, kind, cause) for at, kind, cause in session.exec(wanted.order_by(col(Blocker.id)))
    ]
