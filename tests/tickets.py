"""Experiments for tests: a value, or a row with its team in a database."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from core.experiments.experiment import FIELDS, Experiment
from core.experiments.measurement import Measurement
from models import db
from models import team as teams
from models.experiments.experiment import Experiment as Row
from models.experiments.measurement import Measurement as MeasurementRow
from models.people import Member, Profile
from models.team import Team, Workspace

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PLAIN: dict[str, Any] = {
    "number": 42,
    "title": "Fine-tune Llama-3-8B on support corpus",
    "hypothesis": "Fine-tuning lifts accuracy from 72% to 85%",
    "method": "QLoRA",
    "owner": "UANA",
    "metric": "accuracy",
    "direction": "higher",
    "baseline": 0.72,
    "target": 0.85,
    "success_primary": "",
    "success_secondary": "",
    "success_blocking": "",
    "kill_criteria": "",
    "gpu_budget": 24.0,
    "gpu_used": 0.0,
    "box_days": 14,
    "box_starts": date(2026, 11, 16),
    "box_ends": date(2026, 11, 29),
    "link": "",
    "dataset_ready": True,
    "blocking_ok": False,
    "stage": "experiment",
    "stage_since": MONDAY - timedelta(days=7),
    "outcome": "",
    "final_metric": None,
    "learnings": "",
    "decided_at": None,
    "decided_by": "",
    "created_at": MONDAY - timedelta(days=8),
    "progress_at": MONDAY,
}


def experiment(values: tuple[float, ...] = (), **fields: Any) -> Experiment:
    """An open, running experiment with these results; nothing about it asks for a decision."""
    used = fields.get("gpu_used", 0.0)
    looks = tuple(Measurement(MONDAY, value, used, "", "UANA") for value in values)
    return Experiment(**PLAIN | fields, measurements=looks)


def stored(
    engine: Engine,
    value: Experiment,
    *,
    workspace: str = "T0LAB",
    team_id: int | None = None,
    **team: Any,
) -> int:
    """Put the ticket into the database, with its team when that is new; the row's id. team_id: the
    first team of the workspace when none is named.
    """
    with db.transaction(engine) as session:
        team_id = team_id or team_of(session, workspace, team).pk
        row = Row(team_id=team_id, **{name: getattr(value, name) for name in FIELDS})
        session.add(row)
        session.flush()
        for look in value.measurements:
            session.add(MeasurementRow(experiment_id=row.id, **vars(look)))
        return row.id or 0


def person(engine: Engine, user_id: str, *, workspace: str = "T0LAB", **fields: Any) -> None:
    """A member of the team: role, zone, name, active."""
    with db.transaction(engine) as session:
        theirs = team_of(session, workspace, {})
        fields.setdefault("name", user_id[1:].lower())
        person_of(session, theirs, user_id, **fields)


def person_of(
    session: Session, theirs: Team, user_id: str, *, role: str = "member", **fields: Any
) -> None:
    """A member of that team, with those fields of the profile."""
    known = {"workspace": theirs.workspace, "user_id": user_id, "admin": role == "admin"}
    session.add(Profile(**known, **fields))
    role = "lead" if role == "admin" else role
    session.add(Member(team_id=theirs.id, user_id=user_id, role=role))


def team_of(session: Session, workspace: str, fields: Mapping[str, Any]) -> Team:
    """The first team of that workspace, with those columns set."""
    if not teams.workspace(session, workspace):
        session.add(Workspace(slack_id=workspace, created_at=MONDAY))
    found = next(iter(teams.of_workspace(session, workspace)), None)
    if found is None:
        found = Team(workspace=workspace, created_at=MONDAY)
        session.add(found)
    for name, value in fields.items():
        setattr(found, name, value)
    session.flush()
    return found
