"""Rows that a test starts with, written straight into the database."""

from sqlalchemy import Engine
from sqlmodel import Session

from core.experiments.experiment import Experiment
from models import db
from models.team import Team
from tests.conversation import WORKSPACE
from tests.tickets import stored, team_of


def team_row(session: Session, workspace: str = WORKSPACE, **given: object) -> Team:
    """That team's row, with those columns set."""
    return team_of(session, workspace, given)


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
