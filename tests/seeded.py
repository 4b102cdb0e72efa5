"""Rows that a test starts with, written straight into the database."""

from sqlalchemy import Engine
from sqlmodel import Session

from core.experiments.experiment import Experiment
from models import db
from models import team as teams
from models.team import Team
from tests.conversation import START, WORKSPACE
from tests.tickets import stored


def team_row(session: Session, workspace: str = WORKSPACE, **given: object) -> Team:
    """That team's row, with those columns set."""
    found = teams.of_workspace(session, workspace)
    if found is None:
        found = Team(workspace=workspace, created_at=START)
    for name, value in given.items():
        setattr(found, name, value)
    session.add(found)
    session.flush()
    return found


def team(engine: Engine, workspace: str = WORKSPACE, **given: object) -> int:
    """The id of that team, with those columns set."""
    with db.transaction(engine) as session:
        found = team_row(session, workspace, **given)
        assert found.id is not None
        return found.id


def tickets(engine: Engine, *values: Experiment) -> None:
    """Those experiments, with their checkpoints, on the conversation's team."""
    for value in values:
        stored(engine, value)
