"""ML engineering tickets and their audit rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, Session, col, select

import core.board.engineering as rules
from models.row import Row


class Engineering(Row, table=True):
    """A ticket. Column meanings are those of core.board.engineering.Engineering."""

    __table_args__ = (UniqueConstraint("team_id", "number"),)

    team_id: int = Field(foreign_key="team.id", index=True)
    number: int
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
    version: int = 1

    def snapshot(self) -> rules.Engineering:
        """The ticket as a value."""
        known = {name: getattr(self, name) for name in rules.Engineering.__dataclass_fields__}
        return rules.Engineering(**known | {"experiments": tuple(self.experiments)})

    def apply(self, value: rules.Engineering) -> None:
        """Take over every field of the value and count the version up."""
        for name in rules.Engineering.__dataclass_fields__:
            setattr(self, name, getattr(value, name))
        self.experiments = list(value.experiments)
        self.version += 1


class EngineeringChange(Row, table=True):
    """Who changed what on a ticket, when, from what to what, and why; `before` undoes it."""

    engineering_id: int = Field(foreign_key="engineering.id", index=True)
    at: datetime
    who: str
    action: str
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))
    why: str = ""
    undone: bool = False


def find(session: Session, team_id: int, number: int) -> Engineering | None:
    """The team's ticket with that number, or None."""
    wanted = select(Engineering).where(
        Engineering.team_id == team_id, Engineering.number == number
    )
    return session.exec(wanted).first()


def all_of(session: Session, team_id: int) -> list[Engineering]:
    """Every ticket of the team, by number."""
    wanted = select(Engineering).where(Engineering.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Engineering.number))))


def changes_of(session: Session, engineering_id: int) -> list[EngineeringChange]:
    """Its audit rows, newest first."""
    wanted = select(EngineeringChange).where(EngineeringChange.engineering_id == engineering_id)
    return list(session.exec(wanted.order_by(col(EngineeringChange.id).desc())))


def last_by(session: Session, team_id: int, who: str) -> EngineeringChange | None:
    """The last change that person made on any ticket and did not take back, or None."""
    wanted = (
        select(EngineeringChange)
        .join(Engineering)
        .where(
            Engineering.team_id == team_id,
            EngineeringChange.who == who,
            EngineeringChange.action != "undone",
            col(EngineeringChange.undone).is_(False),
        )
    )
    return session.exec(wanted.order_by(col(EngineeringChange.id).desc())).first()
