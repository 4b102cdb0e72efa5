"""What a tick costs when nothing is due, and that it misses nothing; on both databases."""

import random
from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from handlers.routes import table
from jobs import schedule
from jobs.each import each
from models import db
from models.team import Team
from services import team
from tests import company, seeded, standups
from tests.bench.curve import counted
from tests.bench.filled import fill
from tests.conversation import TEAM, Conversation
from tests.statements import watched


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


def _empty(engine: Engine) -> None:
    names = [f'"{one.name}"' for one in reversed(SQLModel.metadata.sorted_tables)]
    with engine.begin() as connection:
        if not db.is_sqlite(engine):
            connection.exec_driver_sql(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
        for name in names:
            connection.exec_driver_sql(f"DELETE FROM {name}")


def test_with_nothing_due_600_tickets_take_the_few_statements_that_60_take(engine):
    """By the minute, and by the quarter of an hour when every job looks."""
    counts = []
    for experiments in (60, 600):
        _empty(engine)
        talk = _talk(engine, experiments)
        watch = schedule.Watch(talk.lab)
        watch.tick()
        for minutes in (1, 15):
            talk.later(minutes=minutes)
            with watched(engine) as work:
                watch.tick()
            counts.append(work.asked)
        watch.close()
    assert counts[:2] == counts[2:]
    assert counts[0] <= 15
    assert counts[1] <= 42


def test_with_nothing_due_by_the_minute_five_teams_take_the_statements_that_one_takes(engine):
    """In the night, and while every team's round is open."""
    counts = []
    for teams in (1, 5):
        _empty(engine)
        company.found(engine, teams, people=4, tickets=2)
        talk = Conversation(engine, table())
        for hour in (4, 10):
            talk.now = talk.now.replace(day=24, hour=hour, minute=2)
            for _ in range(4):
                schedule.tick(talk.lab)
                talk.deliver()
            watch = schedule.Watch(talk.lab)
            watch.tick()
            talk.later(minutes=1)
            with watched(engine) as work:
                watch.tick()
            counts.append(work.asked)
            watch.close()
        assert len(talk.sent("prompt:")) == 4 * teams
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15


def test_no_zone_has_an_hour_that_begins_beside_a_quarter_of_an_hour(talk):
    half_a_year = timedelta(days=182)
    for name in available_timezones():
        for at in (talk.now, talk.now + half_a_year):
            offset = at.astimezone(ZoneInfo(name)).utcoffset()
            assert offset is not None
            assert offset % timedelta(minutes=15) == timedelta(0), name


def _lively(engine: Engine) -> Conversation:
    """Two teams for which something falls due every hour or so, at odd minutes too."""
    talk = Conversation(engine, table())
    standups.arrange(talk, at="09:07")
    for number in range(1, 5):
        standups.ticket(talk, number, owner=("UANA", "UBEN")[number % 2])
    for line in (
        "/standup evening 17:41", "/sprint setup weeks=1 start=2026-11-23 plan=mon 11:23",
        "/blocker new no GPUs anywhere",
    ):  # fmt: skip
        talk.say(line)
    talk.say("/team new Vision", "UEVE", channel="CVISION")
    talk.say("/standup setup", "UEVE", channel="CVISION")
    talk.submit_open({"people": ["UEVE", "UANA"], "at": "10:23", "days": ["0", "1", "3"]}, "UEVE")
    talk.say("/standup evening 16:52", "UEVE", channel="CVISION")
    talk.say("/exp setup")
    talk.submit_open({"digest_channel": "CDIGEST", "leads_channel": "CLEADS"})
    talk.deliver()
    return talk


def test_a_watch_says_all_that_every_job_says_by_itself_however_the_clock_moves(twins):
    """Minutes, hours and days, back and forth: the same posts after every step."""
    whole, watching = (_lively(engine) for engine in twins)
    watch = schedule.Watch(watching.lab)
    dice = random.Random(11)
    spans = [4] * 25 + [dice.choice((1, 4, 15, 38, 61, 240, -3, -50, 600)) for _ in range(50)]
    for step, minutes in enumerate(spans):
        for talk in (whole, watching):
            talk.later(minutes=minutes)
        for job in schedule.SCHEDULE:
            job(whole.lab, whole.now)
        watch.tick()
        for talk in (whole, watching):
            talk.deliver()
        said = [[row.key for row in talk.sent()] for talk in (whole, watching)]
        assert said[0] == said[1], (step, whole.now)
    watch.close()
    kinds = {key.split(":")[0] for key in said[0]}
    assert kinds >= {"round", "prompt", "nudge", "evening", "proposal"}
    assert {row.team_id for row in watching.sent("prompt:")} == {1, 2}


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
        seeded.team_row(session, "T0OTHER")
    served = []

    def fails_for_one(lab, _now):
        def act(team_id):
            if team_id == TEAM:
                raise ZeroDivisionError
            served.append(lab.session is None)

        each(lab, team.team_ids(lab), act, "%s failed")

    schedule.tick(talk.lab, [fails_for_one])
    assert served == [True]
    assert [record.getMessage() for record in caplog.records] == [f"{TEAM} failed"]


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
