"""A team whose headline metric rose from sprint to sprint, for forecasts and pictures."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from core.experiments.experiment import Experiment
from core.sprints.sprint import Calendar
from tests import seeded
from tests.conversation import WORKSPACE
from tests.tickets import stored
from tests.weeks import promoted

FIRST = date(2026, 9, 14)  # so that the conversation's Monday, 23 November, begins sprint 6
SPRINTS = Calendar(FIRST)
RISING = (0.72, 0.78, 0.81, 0.83, 0.86)


def risen(
    engine: Engine,
    values: tuple[float, ...] = RISING,
    *,
    target: float | None = 0.92,
    workspace: str = WORKSPACE,
    **team: Any,
) -> None:
    """A team with one promotion in each of its first sprints."""
    settings = {"sprint_from": FIRST.isoformat()} | team.pop("settings", {})
    created = datetime(2026, 9, 14, tzinfo=UTC)
    seeded.team(
        engine, workspace, metric_name="accuracy", metric_target=target, settings=settings,
        created_at=created, **team,
    )  # fmt: skip
    for n, value in enumerate(values):
        stored(engine, in_sprint(n + 1, value), workspace=workspace)


def in_sprint(sprint: int, value: float, *, number: int = 0, **given: Any) -> Experiment:
    """A ticket promoted on the fourth day of that sprint."""
    day = SPRINTS.of(sprint).starts + timedelta(days=3)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return promoted(number or sprint, value, **({"decided_at": at} | given))
