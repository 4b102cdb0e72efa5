"""A database of the first release, with rows in it, becomes today's; and today's tables are all
that the migrations make.
"""

from datetime import UTC, date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from models import db
from models.blockers.blocker import Blocker
from models.digest.digest import Digest
from models.experiments.experiment import Checkpoint, Experiment
from models.sprints.sprint import Sprint
from models.standups.standup import Round, Standup
from models.tables import metadata
from models.team import Member, Team

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AT = "'2026-11-23 09:00:00'"
ROWS = (
    "INSERT INTO team (id, workspace, name, zone, team_channel, leads_channel, alerts_channel, "
    "digest_channel, leads_group, metric_name, metric_direction, active, created_at) VALUES "
    f"(1, 'T1', 'Lab', 'UTC', '', '', '', '', '', '', 'higher', true, {AT})",
    "INSERT INTO member (team_id, user_id, name, zone, zone_override, role, active, home_shown) "
    "VALUES (1, 'U1', 'ana', 'UTC', '', 'lead', true, '')",
    "INSERT INTO experiment (id, team_id, number, title, hypothesis, method, owner, metric, "
    "direction, success_primary, success_secondary, success_blocking, kill_criteria, gpu_budget, "
    "gpu_used, box_days, link, dataset_ready, blocking_ok, stage, stage_since, outcome, "
    "learnings, decided_by, created_at, progress_at, version) VALUES (1, 1, 42, 'Old', '', '', "
    f"'U1', 'accuracy', 'higher', '', '', '', '', 24, 3, 14, '', true, false, 'experiment', {AT}, "
    f"'', '', '', {AT}, {AT}, 1)",
    f"INSERT INTO checkpoint (experiment_id, at, value, gpu_used, note, author) VALUES (1, {AT}, "
    "0.7, 3, '', 'U1')",
    "INSERT INTO standup (id, team_id, name, channel, weeks, at, close_after, active, starts_on, "
    f"set_at, created_by, created_at) VALUES (1, 1, 'S', 'C1', 1, '09:30', 240, true, "
    f"'2026-11-23', {AT}, 'U1', {AT})",
    f"INSERT INTO round (standup_id, \"on\", opens_at, closes_at, state) VALUES (1, '2026-11-23', "
    f"{AT}, {AT}, 'open')",
    'INSERT INTO digest (team_id, week, "on", sha256, text, written_by, at) VALUES (1, '
    f"'2026-W47', '2026-11-20', '', 'old', 'template', {AT})",
)


def _to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        upgrade(config, revision)
        connection.commit()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path):
    """A database without any table."""
    if request.param == "sqlite":
        engine = db.open_engine(f"sqlite:///{tmp_path}/old.db")
    else:
        server = db.open_engine(request.getfixturevalue("postgres_server"))
        with server.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS first_release"))
            connection.execute(text("CREATE DATABASE first_release"))
        server.dispose()
        address = server.url.set(database="first_release").render_as_string(hide_password=False)
        engine = db.open_engine(address)
    yield engine
    engine.dispose()


def test_rows_of_the_first_release_are_there_and_complete_afterwards(empty):
    _to(empty, "0001")
    with empty.begin() as connection:
        for statement in ROWS:
            connection.execute(text(statement))
    db.migrate(empty)
    with Session(empty) as session:
        assert session.exec(select(Team)).one().workspace == "T1"
        assert session.exec(select(Member)).one().role == "lead"
        ticket = session.exec(select(Experiment)).one()
        looks = list(session.exec(select(Checkpoint)))
        value = ticket.snapshot(looks)
        assert (value.id, value.checkpoints[0].value) == ("EXP-042", 0.7)
        assert session.exec(select(Standup)).one().name == "S"
        assert session.exec(select(Round)).one().on == date(2026, 11, 23)
        assert session.exec(select(Digest)).one().text == "old"
        assert list(session.exec(select(Blocker))) == []


def test_what_earlier_sprints_decided_is_counted_by_day(empty):
    _to(empty, "0016")
    decided = '[{"number": 1, "outcome": "killed", "on": "2026-11-09"}, '
    decided += '{"number": 2, "outcome": "killed", "on": "2026-11-11"}, '
    decided += '{"number": 3, "outcome": "promoted", "on": "2026-11-11"}]'
    closed = (
        "INSERT INTO sprint (team_id, number, starts, ends, goal, split, planned_by, decided, "
        f"review, sha256, closed_at) VALUES (1, 1, '2026-11-09', '2026-11-13', '', '{{}}', 'U1', "
        f"'{decided}', '{{}}', '', {AT})"
    )
    with empty.begin() as connection:
        for statement in (ROWS[0], closed):
            connection.exec_driver_sql(statement)
    db.migrate(empty)
    with Session(empty) as session:
        assert [row.by_day for row in session.exec(select(Sprint))] == [[1, 0, 2, 0, 0]]


def test_the_migrations_make_all_tables_of_today_and_nothing_else(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        found = [
            one for one in compare_metadata(context, metadata) if "learning_search" not in str(one)
        ]
    assert found == []
