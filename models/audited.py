"""What the tables of every ticket with a history share: the row, its version, its audit rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import JSON
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, col, select

from models.row import Row

# What history tells and nothing takes back.
_NOT_UNDONE = ("undone", "compared")


class Change(Row):
    """Who changed what, when, from what to what, and why. of: the column that names the ticket."""

    of: ClassVar[str]

    at: datetime
    who: str
    action: str
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=True)
    after: dict[str, Any] = Field(default_factory=dict, sa_type=JSON, nullable=True)
    why: str = ""

    @classmethod
    def is_of(cls, ticket_id: int) -> ColumnElement[bool]:
        """It is a change of the ticket with that key."""
        return col(getattr(cls, cls.of)) == ticket_id

    @property
    def ticket_id(self) -> int:
        """The key of the ticket it changed."""
        return int(getattr(self, self.of))


class Undoable(Change):
    """A change whose `before` lets it be taken back."""

    undone: bool = False


class Ticket(Row):
    """A row that stands for a value of core; version: compare-and-set; changes: its audit rows."""

    changes: ClassVar[type[Change]]

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
    version: int = 1

    def snapshot(self) -> Any:
        """The ticket as a value."""
        raise NotImplementedError

    def apply(self, value: Any) -> None:
        """Take over every field of the value that is a column, and count the version up."""
        for name in value.__dataclass_fields__:
            if name in type(self).model_fields:
                setattr(self, name, _stored(getattr(value, name)))
        self.version += 1


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


T = TypeVar("T", bound=Ticket)
C = TypeVar("C", bound=Change)
U = TypeVar("U", bound=Undoable)


def find(session: Session, kind: type[T], team_id: int, number: int) -> T | None:
    """The team's ticket of that kind with that number, or None."""
    wanted = select(kind).where(kind.team_id == team_id, kind.number == number)
    return session.exec(wanted).first()


def all_of(session: Session, kind: type[T], team_id: int, *which: ColumnElement[bool]) -> list[T]:
    """The team's tickets of that kind of which all of that holds, by number."""
    wanted = select(kind).where(kind.team_id == team_id, *which)
    return list(session.exec(wanted.order_by(col(kind.number))))


def changes_of(session: Session, kind: type[C], ticket_id: int) -> list[C]:
    """The audit rows of a ticket, newest first."""
    wanted = select(kind).where(kind.is_of(ticket_id))
    return list(session.exec(wanted.order_by(col(kind.id).desc())))


def last_by(session: Session, kind: type[U], who: str, within: ColumnElement[bool]) -> U | None:
    """The last change within those that person made and did not take back, or None."""
    wanted = select(kind).where(within, kind.who == who, *_stands(kind))
    return session.exec(wanted.order_by(col(kind.at).desc(), col(kind.id).desc()).limit(1)).first()


def change_after(session: Session, made: U) -> U | None:
    """The first later change of the same ticket that stands, or None."""
    kind = type(made)
    wanted = select(kind).where(kind.is_of(made.ticket_id), col(kind.id) > made.pk, *_stands(kind))
    return session.exec(wanted.order_by(col(kind.id)).limit(1)).first()


def _stands(kind: type[Undoable]) -> tuple[ColumnElement[bool], ...]:
    return col(kind.action).not_in(_NOT_UNDONE), col(kind.undone).is_(False)
