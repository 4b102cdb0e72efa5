"""Digests with the fact sheet they were written from, and what leads add to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

from core.experiments.past import Past
from models.row import Row
from models.team import Team


class Digest(Row, table=True):
    """One Friday's digest: `sheet` is frozen canonical JSON facts, `sha256` its hash.

    text, sections: as first posted; corrections stand beside it (models/digest/draft). edited_by:
    the editors' names. channel: the one in whose portfolio's thread it stands, "" when it is a
    message of its own.
    """

    __table_args__ = (UniqueConstraint("team_id", "week"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    week: str  # ISO week, 2026-W48
    on: date
    sheet: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    sha256: str = ""
    text: str = ""
    sections: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )
    written_by: str = "template"
    edited_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    prompt: str = Field(default="", sa_column_kwargs={"server_default": ""})  # its version
    channel: str = Field(default="", sa_column_kwargs={"server_default": ""})
    at: datetime


class Note(Row, table=True):
    """A line a lead adds to the digest until it is done.

    kind: risk | need | milestone. detail: for a risk impact, likelihood and mitigation; for a
    need its owner and due date.
    """

    team_id: int = Field(foreign_key="team.id", index=True)
    kind: str
    text: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    by: str
    at: datetime
    done_at: datetime | None = None


def last_of(session: Session, team_id: int) -> Digest | None:
    """The team's newest digest, or None."""
    found = recent(session, team_id, limit=1)
    return found[0] if found else None


def open_notes(session: Session, team_id: int) -> list[Note]:
    """What still belongs into the digest, oldest first."""
    wanted = select(Note).where(Note.team_id == team_id, col(Note.done_at).is_(None))
    return list(session.exec(wanted.order_by(col(Note.id))))


def recent(session: Session, team_id: int, limit: int = 26) -> list[Digest]:
    """The team's latest digests, newest first."""
    wanted = select(Digest).where(Digest.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Digest.on).desc()).limit(limit)))


def note(session: Session, team_id: int, number: int) -> Note | None:
    """The team's note with that number, or None."""
    found = session.get(Note, number)
    return found if found is not None and found.team_id == team_id else None


def past_of(row: Digest) -> Past:
    """What that digest said of the headline metric."""
    head = row.sheet["headline"]
    via = next((fact["value"] for fact in row.sheet["facts"] if fact["kind"] == "source"), 0)
    return Past(
        row.on, head["metric"], head["current"], head.get("noise", 0.0), head.get("target"),
        knows_target="target" in head, via=int(via), at=row.at,
    )  # fmt: skip


def carried(session: Session, since: datetime) -> list[tuple[str, str, date]]:
    """(workspace, channel, day) of each digest since then that stands in a portfolio's thread."""
    wanted = select(col(Team.workspace), col(Digest.channel), col(Digest.on))
    wanted = wanted.join(Digest, col(Digest.team_id) == col(Team.id))
    wanted = wanted.where(Digest.channel != "", Digest.at >= since)
    return list(session.exec(wanted.order_by(col(Digest.id))).all())


def pages(session: Session, workspace: str, week: str) -> list[Digest]:
    """The digests of that ISO week of a workspace's teams, by team."""
    wanted = select(Digest).join(Team, col(Team.id) == col(Digest.team_id))
    wanted = wanted.where(Team.workspace == workspace, Digest.week == week)
    return list(session.exec(wanted.order_by(col(Digest.team_id))))


def pages_of(session: Session, team_id: int) -> list[Digest]:
    """The team's digests that stand in portfolios, the two newest."""
    wanted = select(Digest).where(Digest.team_id == team_id, Digest.channel != "")
    return list(session.exec(wanted.order_by(col(Digest.on).desc()).limit(2)))


def days(session: Session, workspace: str, week: str) -> list[tuple[int, date, str]]:
    """(team, day, channel of its portfolio or "") of the digests of that ISO week."""
    wanted = select(col(Digest.team_id), col(Digest.on), col(Digest.channel))
    wanted = wanted.join(Team, col(Team.id) == col(Digest.team_id))
    return list(session.exec(wanted.where(Team.workspace == workspace, Digest.week == week)).all())
