"""Trackers, runs and decisions on their way, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from models import db
from models.experiments.experiment import Experiment, oldest_open
from models.tracking import decision, losses, run
from models.tracking.decision import RunDecision
from models.tracking.run import Run
from models.tracking.tracker import Tracker, connected, of_team
from tests.tickets import MONDAY, experiment, stored

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def session(engine):
    stored(engine, experiment())
    stored(engine, experiment(number=43, stage="killed", created_at=MONDAY - 90 * 24 * HOUR))
    with db.transaction(engine) as session:
        for number, kind in ((1, "mlflow"), (2, "assay")):
            row = Tracker(team_id=1, number=number, kind=kind, url="https://m.example",
                          connected_by="UANA", connected_at=NOW)  # fmt: skip
            session.add(row)
        session.flush()
        yield session


def _run(session: Session, name: str, **more) -> Run:
    told = {"tracker_id": 1, "experiment_id": 1, "status": "finished", "seen_at": NOW} | more
    row = Run(source_id=name, name=name, **({"started_at": NOW} | told))
    session.add(row)
    session.flush()
    return row


def test_what_is_mapped_is_counted_and_what_is_not_is_shown_the_newest_first(session):
    _run(session, "a")
    _run(session, "b", experiment_id=None, started_at=NOW - HOUR)
    _run(session, "c", experiment_id=None)
    _run(session, "d", experiment_id=None, deleted_at=NOW)
    assert run.counts(session, 1) == {1: (1, 2)}
    assert [row.name for row in run.unmapped(session, 1, most=2)] == ["c", "b"]
    assert run.of_team(session, 2, 1) is None
    of_team(session, 1)[0].ended_at = NOW
    session.flush()
    assert [row.number for row in connected(session)] == [2]
    assert run.unmapped(session, 1, most=2) == []


def test_the_leading_run_is_the_best_that_counts_or_else_the_newest(session):
    _run(session, "none")
    assert run.leading(session, 1, "higher").name == "none"
    _run(session, "low", best=0.7)
    _run(session, "high", best=0.9, started_at=NOW - HOUR)
    _run(session, "sweep", best=0.99, is_parent=True)
    assert run.leading(session, 1, "higher").name == "high"
    assert run.leading(session, 1, "lower").name == "low"
    assert run.newest(session, 1).name == "low"


def test_what_a_sweep_did_not_see_is_missing(session):
    _run(session, "seen", parent="p")
    _run(session, "gone", seen_at=NOW - HOUR)
    _run(session, "old", seen_at=NOW - HOUR, started_at=NOW - 50 * HOUR)
    assert [row.name for row in run.missing(session, 1, NOW - 24 * HOUR, NOW)] == ["gone"]
    assert run.parents(session, 1, ["p", "q"]) == {"p"}


def test_the_oldest_open_experiment_says_since_when_runs_are_read(session):
    created, began = oldest_open(session, 1)
    assert (created, began) == (MONDAY - timedelta(days=8), experiment().box_starts)
    session.get_one(Experiment, 1).stage = "killed"
    session.flush()
    assert oldest_open(session, 1) == (None, None)


def test_of_several_decisions_the_last_is_what_a_run_is_told_once(session):
    _run(session, "a")
    _run(session, "ours", tracker_id=2)
    _run(session, "other", experiment_id=2)
    decision.tell(session, 1, {}, at=NOW)  # nothing was ever told: nothing to take back
    assert not decision.is_any_due(session, NOW)
    decision.tell(session, 1, {"decision": "killed"}, at=NOW)
    [(row, told, _)] = decision.due(session, NOW, most=9)
    assert (told.name, row.told) == ("a", {"decision": "killed"})
    row.state, row.tries = "sent", 1
    decision.tell(session, 1, {}, at=NOW + HOUR)
    assert not decision.is_any_due(session, NOW)
    [(row, *_)] = decision.due(session, NOW + HOUR, most=9)
    assert (row.told, row.tries) == ({}, 0)
    assert len(session.exec(select(RunDecision)).all()) == 1


def test_training_losses_are_those_of_the_newest_five_runs(session):
    for n in range(7):
        row = _run(session, f"r{n}", started_at=NOW + n * HOUR, params={"epochs": "2"})
        run.keep_curves(session, row.pk, [("loss", [[0, 2.0], [1, float(n)]])])
        run.keep_curves(session, row.pk, [("loss", [[0, 2.0], [1, float(n)]])])  # and again
    found = losses.of_each(session, [1, 2])
    assert [curve[-1] for curve in found[1]] == [(2, 2.0), (2, 3.0), (2, 4.0), (2, 5.0), (2, 6.0)]
    assert 2 not in found
