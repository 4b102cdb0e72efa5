"""What a tick costs when nothing is due, and that it misses nothing; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from handlers.routes import table
from jobs import schedule
from jobs.each import each
from models import db
from models.team import Team
from services import installed
from tests.bench.curve import counted
from tests.bench.filled import fill
from tests.conversation import Conversation


def _talk(engine: Engine, experiments: int = 60) -> Conversation:
    """A team with some past, for which everything that was due has been done."""
    fill(engine, experiments, answers=100)
    talk = Conversation(engine, table())
    for _ in range(3):
        schedule.tick(talk.lab)
        talk.deliver()
    return talk


def _looks(talk: Conversation, watch: schedule.Watch) -> int:
    with counted(talk.engine) as said:
        watch.tick()
    return sum("FROM team" in statement for statement in said)


@pytest.fixture
def talk(engine):
    return _talk(engine)


def test_a_tick_with_nothing_due_takes_as_many_statements_at_600_tickets_as_at_60(
    sqlite_engine, postgres_engine
):
    counts = []
    for engine, experiments in ((sqlite_engine, 60), (postgres_engine, 600)):
        talk = _talk(engine, experiments)
        talk.later(minutes=1)
        with counted(engine) as said:
            schedule.tick(talk.lab)
        counts.append(len([one for one in said if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 40


def test_a_look_that_finds_nothing_leaves_no_trace(talk):
    changes = db.Changes(talk.engine)
    before = changes.stamp()
    schedule.tick(talk.lab)
    assert changes.stamp() == before
    changes.close()


def test_within_a_minute_without_a_commit_nothing_is_looked_at(talk):
    watch = schedule.Watch(talk.lab)
    assert _looks(talk, watch) > 0
    talk.later(seconds=5)
    assert _looks(talk, watch) == 0
    watch.close()


@pytest.mark.parametrize("moved", [timedelta(minutes=1), timedelta(hours=5), timedelta(hours=-5)])
def test_wherever_the_clock_was_moved_the_next_tick_looks(talk, moved):
    watch = schedule.Watch(talk.lab)
    watch.tick()
    talk.now += moved
    assert _looks(talk, watch) > 0
    watch.close()


def test_what_another_process_has_committed_is_seen_by_the_next_tick(postgres_url, tmp_path):
    for url in (postgres_url, f"sqlite:///{tmp_path}/one.db"):
        mine, other = db.open_engine(url), db.open_engine(url)
        db.migrate(mine)
        talk = _talk(mine)
        watch = schedule.Watch(talk.lab)
        watch.tick()
        with db.transaction(other) as session:
            session.exec(select(Team)).one().name = "Speech"
        assert _looks(talk, watch) > 0
        watch.close()
        mine.dispose()
        other.dispose()


def test_from_the_first_job_with_something_to_do_on_each_runs_for_itself(talk):
    order = []

    def idle(lab, _now):
        order.append(("idle", lab.session is None))

    def rename(lab, _now):
        with lab.begin() as session:
            team = session.exec(select(Team)).one()
            team.name = f"{team.name}!"
        order.append(("rename", lab.session is None))

    schedule.tick(talk.lab, [idle, rename, idle])
    assert order == [("idle", False), ("rename", True), ("idle", True)]
    with Session(talk.engine) as session:
        assert session.exec(select(Team)).one().name == "Vision!"


def test_a_team_that_fails_while_the_tick_looks_is_logged_once_and_stops_nobody(talk, caplog):
    with db.transaction(talk.engine) as session:
        session.add(Team(workspace="T0OTHER", created_at=talk.now))
    served = []

    def fails_for_one(lab, _now):
        def act(workspace):
            if workspace != "T0OTHER":
                raise ZeroDivisionError
            served.append((workspace, lab.session is None))

        each(lab, installed.workspaces(lab), act, "%s failed")

    schedule.tick(talk.lab, [fails_for_one])
    assert served == [("T0OTHER", True)]
    assert [record.getMessage() for record in caplog.records] == ["T0LAB failed"]


def test_who_only_reads_keeps_no_writer_waiting_and_waits_for_none(tmp_path):
    engine = db.open_engine(f"sqlite:///{tmp_path}/two.db")
    db.migrate(engine)
    with db.transaction(engine) as session:
        session.add(Team(workspace="T1", created_at=Conversation.now))
    with db.reading(engine) as reader, db.transaction(engine, patience=0.01) as writer:
        writer.exec(select(Team)).one().name = "Speech"
        writer.flush()
        assert reader.exec(select(Team)).one().name == ""
    engine.dispose()


def test_a_write_while_reading_fails_loudly(engine):
    with db.transaction(engine) as session:
        session.add(Team(workspace="T1", created_at=Conversation.now))
    with pytest.raises(db.MustWrite), db.reading(engine) as session:
        session.exec(select(Team)).one().name = "Speech"
    with db.reading(engine) as session:
        assert session.exec(select(Team)).one().name == ""
