"""ML engineering tickets and their audit rows."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, col, select

import core.board.engineering as rules
from models.audited import Change, Ticket, Undoable


class EngineeringChange(Undoable, table=True):
    """What was changed on a ticket."""

    of: ClassVar[str] = "engineering_id"

    engineering_id: int = Field(foreign_key="engineering.id", index=True)


class Engineering(Ticket, table=True):
    """A ticket. Column meanings are those of core.board.engineering.Engineering."""

    changes: ClassVar[type[Change]] = EngineeringChange

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    title: str = ""
    kind: str = ""
    owner: str = Field(default="", index=True)
    box_days: int = 14
    status: str = Field(default="todo", index=True)
    since: datetime
    model_artifact: str = ""
    latency_target: str = ""
    cost_target: str = ""
    latency_measured: str = ""
    cost_measured: str = ""
    missed: str = ""
    box_ends: date | None = None
    experiments: list[int] = Field(default_factory=list, sa_column=Column(JSON))
    created_by: str = ""
    created_at: datetime

    def snapshot(self) -> rules.Engineering:
        """The ticket as a value."""
        known = self.in_columns(rules.Engineering.__dataclass_fields__)
        return rules.Engineering(**known | {"experiments": tuple(self.experiments)})


def is_open() -> ColumnElement[bool]:
    """Not done yet."""
    return col(Engineering.status) != "done"


def of_team(team_id: int) -> ColumnElement[bool]:
    """A change of one of the team's tickets."""
    theirs = select(Engineering.id).where(Engineering.team_id == team_id)
    return col(EngineeringChange.engineering_id).in_(theirs)


def change(session: Session, team_id: int, change_id: int) -> EngineeringChange | None:
    """That change, if it is of one of the team's tickets."""
    wanted = select(EngineeringChange).where(EngineeringChange.id == change_id, of_team(team_id))
    return session.exec(wanted).first()
