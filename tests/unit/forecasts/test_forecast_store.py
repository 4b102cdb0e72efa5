"""Forecasts are kept once a sprint, scored once when they close: on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from core.experiments.measurement import Measurement
from handlers.routes import table
from jobs.forecasts import forecast as job
from models import db
from models.experiments.experiment import Change
from models.forecasts import forecast as rows
from models.team import Team
from services.forecasts import forecast
from tests import seeded
from tests.conversation import TEAM, Conversation
from tests.forecasts import in_sprint, risen
from tests.tickets import stored
from tests.weeks import experiment

SPRINT_6_OVER = datetime(2026, 12, 7, 0, 30, tzinfo=UTC)


@pytest.fixture
def talk(engine):
    """A team with five sprints behind it, on the first day of the sixth."""
    risen(engine)
    return Conversation(engine=engine, table=table())


def _keep(talk) -> bool:
    with db.transaction(talk.engine) as session:
        return forecast.keep(session, session.get_one(Team, 1), talk.now)


def _all(talk):
    with Session(talk.engine) as session:
        return rows.all_of(session, 1)


def test_the_first_forecast_of_a_sprint_is_kept_and_no_other(talk):
    assert _keep(talk)
    talk.later(days=7)
    seeded.tickets(talk.engine, in_sprint(6, 0.9, number=9))
    assert not _keep(talk)
    (kept,) = _all(talk)
    assert (kept.made_in, kept.first, kept.best, kept.state) == (6, 6, 0.86, "open")
    assert len(kept.steps) == 6
    assert kept.closes.isoformat() == "2026-12-06"


@pytest.mark.parametrize(("value", "state"), [(0.87, "held"), (None, "held"), (0.999, "missed")])
def test_it_is_scored_the_day_after_the_sprint_and_once(talk, value, state):
    _keep(talk)
    if value:
        seeded.tickets(talk.engine, in_sprint(6, value, number=9))
    talk.now = SPRINT_6_OVER.replace(day=6, hour=23)
    talk.run(job.close_due)
    assert _all(talk)[0].state == "open"
    talk.now = SPRINT_6_OVER
    assert forecast.close_due(talk.lab, 1, talk.now) == 1
    assert forecast.close_due(talk.lab, 1, talk.now) == 0
    (closed,) = _all(talk)
    assert (closed.state, closed.actual) == (state, value or 0.86)


def test_the_sprint_ends_where_the_team_is(talk):
    seeded.team(talk.engine, zone="America/New_York")
    _keep(talk)
    assert forecast.close_due(talk.lab, 1, SPRINT_6_OVER) == 0
    assert forecast.close_due(talk.lab, 1, SPRINT_6_OVER.replace(hour=5)) == 1


def test_of_two_processes_one_scores(talk):
    _keep(talk)
    with db.transaction(talk.engine) as session:
        assert rows.close(session, 1, "held", 0.9, at=talk.now)
        assert not rows.close(session, 1, "missed", 0.1, at=talk.now)
    assert _all(talk)[0].state == "held"


def test_what_comes_after_the_sprint_does_not_count_for_it(talk):
    _keep(talk)
    seeded.tickets(talk.engine, in_sprint(7, 0.99, number=9))
    talk.now = SPRINT_6_OVER.replace(day=14)
    talk.run(job.close_due)
    assert _all(talk)[0].actual == 0.86


def test_without_any_result_left_it_is_void_and_not_scored(talk):
    _keep(talk)
    seeded.team(talk.engine)
    with db.transaction(talk.engine) as session:
        _all_killed(session)
    talk.now = SPRINT_6_OVER
    talk.run(job.close_due)
    assert (_all(talk)[0].state, _all(talk)[0].actual) == ("void", None)
    found = forecast.asked(talk.lab, TEAM)
    assert (found.record.void, found.record.score) == (1, None)


def test_a_forecast_without_a_range_is_not_kept(talk):
    seeded.team(talk.engine, metric_target=0.8)
    assert not _keep(talk)
    assert _all(talk) == []


def test_one_teams_broken_forecast_does_not_stop_the_next(talk, caplog):
    _keep(talk)
    seeded.team(talk.engine, "T0B", settings={"sprint_from": "no day"})
    with db.transaction(talk.engine) as session:
        broken = rows.Forecast(
            team_id=2, made_in=1, first=1, closes=datetime(2026, 1, 1, tzinfo=UTC).date(),
            metric="accuracy", direction="higher", target=0.9, best=0.8, steps=[], at=talk.now,
        )  # fmt: skip
        session.add(broken)
    talk.now = SPRINT_6_OVER
    talk.run(job.close_due)
    assert "forecasts of team 2 were not scored" in caplog.text
    assert _all(talk)[0].state == "held"


def test_three_sprints_ahead_is_scored_where_that_sprint_closed_too(talk):
    for sprint, value in ((7, 0.87), (8, 0.875), (9, 0.88)):
        _keep(talk)
        talk.later(days=14)
        seeded.tickets(talk.engine, in_sprint(sprint - 1, value, number=20 + sprint))
    talk.run(job.close_due)
    found = forecast.asked(talk.lab, TEAM)
    assert [one.sprint for one in found.record.closed] == [6, 7, 8]
    assert [(one.sprint, one.before, one.actual) for one in found.further.closed] == [
        (8, 0.86, 0.88)
    ]


def test_results_count_from_the_first_evaluation_that_was_not_taken_back(talk):
    day = datetime(2026, 10, 1, 12, tzinfo=UTC)
    looks = tuple(
        Measurement(day + timedelta(days=14 * n), 0.87 + 0.01 * n, 1.0, "", "") for n in range(4)
    )  # sprints 2, 3, 4, 5
    ticket = stored(talk.engine, experiment(9, stage="evaluation", measurements=looks))
    with db.transaction(talk.engine) as session:
        for at, undone in ((day - timedelta(days=10), True), (day + timedelta(days=28), False)):
            session.add(Change(
                team_id=1, experiment_id=ticket, at=at, who="UANA", action="moved",
                after={"stage": "evaluation"}, undone=undone,
            ))  # fmt: skip
    history = forecast.asked(talk.lab, TEAM).outlook.history
    assert [value for _, value in history] == [0.72, 0.78, 0.81, 0.89, 0.9]


def test_a_result_from_after_the_moment_asked_about_does_not_count(talk):
    seeded.tickets(talk.engine, in_sprint(6, 0.9, number=9))  # on Thursday; it is Monday
    assert forecast.asked(talk.lab, TEAM).outlook.best == 0.86
    talk.later(days=4)
    assert forecast.asked(talk.lab, TEAM).outlook.best == 0.9


def _all_killed(session: Session) -> None:
    from models.experiments.experiment import Experiment, chosen

    for row in chosen(session, 1):
        assert isinstance(row, Experiment)
        row.stage = "killed"
