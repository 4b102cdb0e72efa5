"""Tokens of programs, and what each push was answered."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint, delete, false
from sqlmodel import Field, Session, SQLModel, col, select

from models.row import Row


class Token(Row, table=True):
    """One token of a team. Only the SHA-256 of it is kept; `number` is what people name it by.

    scopes: of core.workspace.token.SCOPES, with commas. owner: the person it acts for, "" for
    created_by. wide: it sees all teams its owner may read.
    """

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    label: str
    sha256: str = Field(unique=True, max_length=64)
    created_by: str
    created_at: datetime
    last_used: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str = ""
    scopes: str = Field(default="push", sa_column_kwargs={"server_default": "push"})
    owner: str = Field(default="", sa_column_kwargs={"server_default": ""})
    wide: bool = Field(default=False, sa_column_kwargs={"server_default": false()})

    @property
    def acts_for(self) -> str:
        """User id of the person it acts for."""
        return self.owner or self.created_by


class Pushed(SQLModel, table=True):
    """A push that was taken: the same key again gets `answer`, if its body is the same."""

    team_id: int = Field(foreign_key="team.id", primary_key=True)
    key: str = Field(primary_key=True, max_length=255)
    sha256: str = Field(max_length=64)  # of the whole request
    at: datetime = Field(index=True)
    answer: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


def by_hash(session: Session, sha256: str) -> Token | None:
    """The token with that hash, revoked or not."""
    return session.exec(select(Token).where(Token.sha256 == sha256)).first()


def of_team(session: Session, team_id: int) -> list[Token]:
    """Every token of the team, oldest first."""
    wanted = select(Token).where(Token.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Token.number))))


def pushed(session: Session, team_id: int, key: str) -> Pushed | None:
    """The push with that key, or None."""
    return session.get(Pushed, (team_id, key))


def prune(session: Session, *, now: datetime, keep_days: int) -> int:
    """Forget answers older than that; how many went."""
    gone = session.execute(delete(Pushed).where(col(Pushed.at) < now - timedelta(days=keep_days)))
    return int(gone.rowcount)  # type: ignore[attr-defined]
