"""Blockers follow what people answer: opened, renewed and closed with their standup answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.blocker import Blocker as Stuck
from models import blocker as table
from models.blocker import Blocker
from models.team import Team
from services import team as teams


@dataclass(frozen=True)
class Told:
    """What one answer says about being stuck.

    stuck: text by kind, {} for "not stuck", None when the answer does not say. newest: False when
    that person has answered a later round; then only this answer's own blockers change.
    """

    answer_id: int
    user_id: str
    stuck: Mapping[str, str] | None
    experiments: Sequence[int]
    newest: bool


def open_of_team(session: Session, team: Team) -> list[Stuck]:
    """The team's unresolved blockers as values, oldest first."""
    assert team.id is not None
    return [_value(session, team, row) for row in table.open_of(session, team.id)]


def follow(session: Session, team: Team, told: Told, *, now: datetime) -> None:
    """Open, renew and close that person's blockers after they answered or edited.

    What an answer names is opened, or renewed when an open one of its kind is there (its age
    counts on). An answer that says "not stuck" closes all of that person's.
    """
    assert team.id is not None
    if told.stuck is None:
        return
    for row in table.resolved_by(session, told.answer_id):
        row.state, row.resolved_at, row.resolved_by = "open", None, None  # told anew below
    session.flush()
    theirs = table.open_of(session, team.id, told.user_id)
    if not told.newest:
        theirs = [row for row in theirs if row.answer_id == told.answer_id]
    for row in theirs:
        own = row.answer_id == told.answer_id
        if row.kind not in told.stuck and (own or not told.stuck):
            row.state, row.resolved_at, row.resolved_by = "resolved", now, told.answer_id
    _keep(session, team.id, told, {row.kind: row for row in theirs}, now)


def forget(session: Session, answer_id: int, *, answered_at: datetime) -> None:
    """The answer was withdrawn: what only it told goes, what it closed is open again."""
    for row in table.resolved_by(session, answer_id):
        row.state, row.resolved_at, row.resolved_by = "open", None, None
    for row in table.told_in(session, answer_id):
        if row.at >= answered_at:
            session.delete(row)
    session.flush()


def _keep(
    session: Session, team_id: int, told: Told, theirs: Mapping[str, Blocker], now: datetime
) -> None:
    for kind, text in (told.stuck or {}).items():
        row = theirs.get(kind)
        if row is None:
            row = Blocker(
                team_id=team_id,
                user_id=told.user_id,
                kind=kind,
                text=text,
                at=now,
            )
            session.add(row)
        row.text, row.answer_id = text, told.answer_id
        row.experiments = list(told.experiments)
    session.flush()


def _value(session: Session, team: Team, row: Blocker) -> Stuck:
    assert row.id is not None
    name = teams.name_of(session, team, row.user_id)
    return Stuck(row.id, row.user_id, name, row.kind, row.text, tuple(row.experiments), row.at)
