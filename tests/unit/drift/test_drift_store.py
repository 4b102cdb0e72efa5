"""Drift on both databases: two pushes at once, and what is kept of them."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlmodel import Session, select

from core.drift.profile import profile
from core.drift.source import Pushed
from models import db
from models.drift import drift as table
from models.drift.drift import DriftEpisode, DriftPush, DriftSource
from models.outbox import Outbox
from services.drift import drift, weekly
from tests import databases, seeded
from tests.conversation import TEAM
from tests.drifts import REFERENCE, current, reference
from tests.tickets import MONDAY
from tests.unit.decisions.test_decision_store import both, lab


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def shared(request, tmp_path):
    """A database that several threads can use, each with a connection of its own."""
    if request.param == "postgres":
        yield request.getfixturevalue("postgres_engine")
        return
    engine = db.open_engine(databases.file(tmp_path / "drift.db"))
    yield engine
    engine.dispose()


def push(engine, pushed):
    return drift.push(lab(engine), TEAM, pushed)


def rows(engine, kept):
    with Session(engine) as session:
        return session.exec(select(kept)).all()


def test_two_first_pushes_at_once_make_one_reference(shared):
    seeded.team(shared, team_channel="CTEAM")
    one, two = both(lambda: push(shared, current(seed=1)), lambda: push(shared, current(seed=2)))
    assert sorted([one.role, two.role]) == ["current", "reference"]
    assert len(rows(shared, DriftSource)) == 1
    assert len(rows(shared, DriftPush)) == 2


def test_the_same_push_twice_at_once_is_one_alarm(shared):
    seeded.team(shared, team_channel="CTEAM")
    push(shared, reference())
    reports = both(*[lambda: push(shared, current(age=9))] * 2)
    assert sorted(report.is_repeat for report in reports) == [False, True]
    assert len(rows(shared, DriftEpisode)) == 1
    assert len(rows(shared, Outbox)) == 1


def test_two_alerts_on_one_feature_at_once_are_one_episode(shared):
    seeded.team(shared, team_channel="CTEAM")
    push(shared, reference())
    both(
        lambda: push(shared, current(seed=5, age=9)), lambda: push(shared, current(seed=6, age=9))
    )
    (episode,) = rows(shared, DriftEpisode)
    assert episode.alerts == 2
    assert len([row for row in rows(shared, Outbox) if row.kind == "post"]) == 1


def test_two_processes_post_one_report_a_week(shared):
    seeded.team(shared, team_channel="CTEAM", created_at=MONDAY)
    push(shared, reference())
    later = replace(lab(shared), clock=lambda: MONDAY + timedelta(days=7))
    done = both(*[lambda: weekly.publish(later, TEAM)] * 2)
    assert sorted(done) == [False, True]
    assert len([row for row in rows(shared, Outbox) if not row.thread_of]) == 1


def test_the_reference_and_its_audit_are_kept(engine):
    seeded.team(engine, team_channel="CTEAM")
    push(engine, reference(by="UANA"))
    push(engine, reference(by="ULEE", at=MONDAY - timedelta(days=1)))
    first, second = rows(engine, DriftPush)
    assert (first.by, second.by) == ("UANA", "ULEE")
    assert second.against == first.sha256
    assert drift.reference(lab(engine), TEAM, "customers") == REFERENCE


def test_the_newest_rows_are_the_last_verdict_and_teams_are_apart(engine):
    seeded.team(engine, team_channel="CTEAM")
    push(engine, reference())
    push(engine, current(seed=5, at=MONDAY))
    push(engine, current(seed=6, at=MONDAY - timedelta(days=2)))
    with Session(engine) as session:
        assert table.watched_since(session, 999) is None
        (source,) = session.exec(select(DriftSource)).all()
        assert table.last_current(session, source.id).at == MONDAY
        assert table.last_heard(session, source.id) == MONDAY
        assert table.source(session, source.team_id, "CUSTOMERS") == source
        assert table.source(session, 999, "customers") is None
        assert table.open_of_team(session, source.team_id) == []


def test_figures_that_are_not_finite_can_be_kept(engine):
    seeded.team(engine, team_channel="CTEAM")
    huge = [1e308, -1e308] * 50
    push(engine, reference(profile=profile({"a": huge})))
    assert drift.reference(lab(engine), TEAM, "customers")["a"].sd is None


def test_verdicts_that_are_not_finite_can_be_kept(engine):
    seeded.team(engine, team_channel="CTEAM")
    before = profile({"a": np.linspace(0, 1, 100)})
    push(engine, reference(profile=before))
    far = {"a": replace(before["a"], mean=1.7e308, sd=0.1)}
    push(engine, Pushed("customers", "current", far, None, "ci"))
    (column,) = drift.seen(lab(engine), TEAM, "customers").last.columns
    assert column.mean_shift_sd is None
