"""Rows written by every earlier release are there and complete today, on both databases; and
today's tables are all that the migrations make.
"""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from handlers.routes import table
from models import db, people
from models.experiments.experiment import Experiment
from models.form_draft import Draft
from models.outbox import Outbox
from models.people import Member, Profile
from models.sprints.sprint import Sprint
from models.standups import absence
from models.standups.absence import Absence
from models.standups.answer import Answer
from models.tables import metadata
from models.team import TeamChannel, Workspace, next_number, of_workspace
from services import which
from services.team import begin
from services.which import Spot
from tests import earlier
from tests.conversation import START, TEAM, Conversation

BEFORE_TEAMS = 18  # how many revisions there were when a workspace had one team
# What no row has any more, and where it went.
GONE = {
    ("outbox", "attempted_at"),  # nobody read it
    ("team", "active"),  # workspace.active
    ("absence", "team_id"),  # absence.workspace
    ("member", "name"),  # these: profile
    ("member", "zone"),
    ("member", "zone_override"),
    ("member", "active"),
    ("member", "seen_at"),
    ("member", "home_opened_at"),
    ("member", "home_shown"),
}
RENAMED = {"checkpoint": "measurement"}
CHANGED = {("member", "role"): ("admin", "lead")}  # profile.admin


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = db.open_engine(f"sqlite:///{tmp_path}/old.db")
    else:
        server = db.open_engine(request.getfixturevalue("postgres_server"))
        with server.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS earlier"))
            connection.execute(text("CREATE DATABASE earlier"))
        server.dispose()
        address = server.url.set(database="earlier").render_as_string(hide_password=False)
        engine = db.open_engine(address)
    yield engine
    engine.dispose()


def _lost(before: earlier.Kept, after: earlier.Kept) -> tuple[set, dict]:
    """Which columns are gone, and which hold something else: (before, now)."""
    gone, changed = set(), {}
    for at, row in before.items():
        if at[0] in ("draft", "preference"):  # are written anew: see _is_one_team
            continue
        now = after[RENAMED.get(at[0], at[0]), *at[1:]]  # every row is there, under its key
        for name, value in row.items():
            if name not in now:
                gone.add((at[0], name))
            elif now[name] != value:
                changed[at[0], name] = (value, now[name])
    return gone, changed


def test_rows_of_every_release_are_there_with_all_they_held_and_belong_to_one_team(empty):
    before: earlier.Kept = {}
    for n, revision in enumerate(earlier.revisions(), start=1):
        db.migrate(empty, revision)
        before |= earlier.write(empty, n)
    db.migrate(empty)
    assert _lost(before, earlier.now(empty)) == (GONE, CHANGED)
    with Session(empty) as session:
        counted = session.exec(select(Sprint.by_day).order_by(col(Sprint.id)))
        assert counted.first() == [1, 0, 2, 0, 0]  # of the days it decided on, since 0017
        for n in range(1, BEFORE_TEAMS + 1):
            _is_one_team(session, f"T{n:02}", f"{n:02}")


def _is_one_team(session: Session, workspace: str, n: str) -> None:
    """Its people are the workspace's, its messages, forms, channels and numbers its own."""
    space = session.exec(select(Workspace).where(Workspace.slack_id == workspace)).one()
    (team,) = of_workspace(session, workspace)
    assert (space.active, space.zone, team.visibility) == (True, "Europe/Berlin", "open")
    who = people.people(session, team.pk).get(f"U{n}")
    known = ("member name " + n, "admin", "Asia/Tokyo")
    assert (who.name, who.role, who.zone) == known
    profile = session.exec(select(Profile).where(Profile.workspace == workspace)).one()
    assert (profile.home_shown, profile.home_opened_at) != ("", None)
    assert (profile.country, profile.nudges) == (f"preference country {n}", True)
    away = session.exec(select(Absence).where(Absence.user_id == f"U{n}")).one()
    assert away.workspace == workspace
    assert people.teams_of(session, workspace, f"U{n}") == {team.pk: "lead"}
    owned = select(TeamChannel.channel).where(TeamChannel.team_id == team.pk)
    assert set(session.exec(owned)) == {
        f"C{n}{use}" for use in ("STANDUP", "TEAM", "LEADS", "ALERTS")
    }
    sent = session.exec(select(Outbox).where(Outbox.workspace == workspace)).one()
    assert sent.team_id == team.pk
    draft = session.exec(select(Draft).where(Draft.team_id == team.pk)).one()
    assert (draft.user_id, draft.values) == (f"U{n}", {"hypothesis": "half typed"})
    ticket = session.exec(select(Experiment).where(Experiment.team_id == team.pk)).one()
    assert next_number(session, Experiment, team.pk) == ticket.number + 1
    begin(session, workspace, "Vision", now=START)
    below = Spot(workspace, "U0NEW", channel=sent.slack_channel, said_at=[sent.slack_ts])
    assert which.team_of(session, below).team_id == team.pk


def test_what_somebody_told_two_teams_is_one_absence_and_one_choice(empty):
    db.migrate(empty, "0019")
    with empty.begin() as connection:
        for team_id in (1, 2):
            connection.execute(text(_TEAM.format(team_id)))
        for team_id, first, last in (
            (1, "2026-11-23", "2026-11-27"),
            (2, "2026-11-25", "2026-12-01"),
            (2, "2026-12-24", "2026-12-24"),
        ):
            values = f"VALUES ({team_id}, 'UBEN', '{first}', '{last}', '', 'UBEN')"
            connection.execute(text(f"INSERT INTO absence {_ABSENCE} {values}"))
        for team_id, country, nudges in ((1, "DE-BE", "true"), (2, "", "false")):
            values = f"VALUES ({team_id}, 'UBEN', '{country}', {nudges})"
            connection.execute(
                text(f"INSERT INTO preference (team_id, user_id, country, nudges) {values}")
            )
    db.migrate(empty)
    with Session(empty) as session:
        known = absence.of_people(session, "T0LAB", ["UBEN"], date(2026, 11, 1))
        ben = people.profile(session, "T0LAB", "UBEN")
    days = [(row.first_day.isoformat(), row.last_day.isoformat()) for row in known]
    assert days == [("2026-11-23", "2026-12-01"), ("2026-12-24", "2026-12-24")]
    assert (ben.country, ben.nudges) == ("DE-BE", False)


def test_what_a_team_chose_for_its_workspace_is_the_workspaces(empty):
    """The oldest team's choice, where several had been begun; no team's settings hold it."""
    db.migrate(empty, "0022")
    chosen = (
        {"llm_policy": "never", "gpus": 2.0},
        {"llm_policy": "redacted", "retention_days": 90, "retention_by": "UANA",
         "retention_on": "2026-11-02"},
    )  # fmt: skip
    with empty.begin() as connection:
        named = "INSERT INTO workspace (slack_id, name, zone, active, created_at)"
        values = "VALUES ('T0LAB', '', '', true, '2026-11-01 09:00')"
        connection.execute(text(f"{named} {values}"))
        for team_id, settings in enumerate(chosen, start=1):
            connection.execute(text(_TEAM.format(team_id)))
            connection.execute(
                text("UPDATE team SET settings = :kept WHERE id = :id"),
                {"kept": json.dumps(settings), "id": team_id},
            )
    db.migrate(empty)
    with Session(empty) as session:
        space = session.exec(select(Workspace)).one()
        kept = [team.settings for team in of_workspace(session, "T0LAB")]
    assert (space.llm_policy, space.retention_days) == ("never", 90)
    assert (space.retention_by, space.retention_on) == ("UANA", "2026-11-02")
    assert kept == [{"gpus": 2.0}, {}]


def test_what_was_told_live_is_live_since_it_was_told_else_since_it_was_promoted(empty):
    db.migrate(empty, "0024")
    told = '{"deploy_status": "live"}'
    with empty.begin() as connection:
        connection.execute(text(_TEAM.format(1)))
        for number, stage, status in (
            (1, "production", "live"), (2, "production", "live"), (3, "production", "canary"),
            (4, "evaluation", "live"),
        ):  # fmt: skip
            connection.execute(text(_TICKET.format(number, stage, status)))
        for day, who, undone in (("10", "UBEN", "false"), ("12", "UANA", "false"),
                                 ("14", "UEVE", "true")):  # fmt: skip
            connection.execute(
                text(_CHANGE.format(who=who, day=day, undone=undone)), {"after": told}
            )
    db.migrate(empty)
    with Session(empty) as session:
        rows = session.exec(select(Experiment).order_by(col(Experiment.number))).all()
        days = [(row.live_since and row.live_since.day, row.live_by) for row in rows]
    assert days == [(12, "UANA"), (2, ""), (None, ""), (None, "")]


_TICKET = (
    "INSERT INTO experiment (id, team_id, number, title, hypothesis, method, owner, metric,"
    " direction, success_primary, success_secondary, success_blocking, kill_criteria, gpu_budget,"
    " gpu_used, box_days, link, dataset_ready, blocking_ok, stage, stage_since, outcome,"
    " learnings, decided_by, created_at, progress_at, version, deploy_status)"
    " VALUES ({0}, 1, {0}, '', '', '', 'UANA', 'accuracy', 'higher', '', '', '', '', 1, 0, 14, '',"
    " false, false, '{1}', '2026-11-02 09:00', '', '', '', '2026-11-01 09:00',"
    " '2026-11-01 09:00', 1, '{2}')"
)
_CHANGE = (
    "INSERT INTO change (team_id, experiment_id, at, who, action, before, after, why, undone)"
    " VALUES (1, 1, '2026-11-{day} 09:00', '{who}', 'reported', '{{}}', :after, '', {undone})"
)
_ABSENCE = "(team_id, user_id, first_day, last_day, reason, noted_by)"
_TEAM = (
    "INSERT INTO team (id, workspace, name, zone, team_channel, leads_channel, alerts_channel,"
    " digest_channel, leads_group, metric_name, metric_direction, created_at)"
    " VALUES ({}, 'T0LAB', '', 'UTC', '', '', '', '', '', '', 'higher', '2026-11-01 09:00')"
)


@pytest.fixture
def demo(empty) -> Conversation:
    """A demo of before there were teams, opened today; a second team has begun there."""
    db.migrate(empty, earlier.DEMO_REVISION)
    before = earlier.write_demo(empty)
    db.migrate(empty)
    gone, changed = _lost(before, earlier.now(empty))
    assert gone <= GONE
    assert changed.items() <= CHANGED.items()
    with db.transaction(empty) as session:
        second = begin(session, "T0ASSAY", "Vision", now=START)
        for who in ("U0ZOE", "U0KENJI"):
            session.add(Member(team_id=second.pk, user_id=who))
        newest = session.exec(select(Outbox.created_at).order_by(col(Outbox.id).desc())).first()
    return Conversation(empty, table(), now=newest, workspace="T0ASSAY")


def test_a_demo_of_before_there_were_teams_goes_on_as_it_was(demo):
    said = demo.say("/exp list", "U0LENA", channel="C0STANDUP")
    assert "EXP-042" in str(said)
    assert "EXP-036" in str(demo.say("/board", "U0LENA", channel="C0STANDUP"))
    demo.say("/exp new The next idea", "U0ANA", channel="C0STANDUP")
    filled = {"hypothesis": "It helps", "metric": "recall", "target": "0.9", "gpu_budget": "8h"}
    told = demo.submit_open(filled | {"kill_criteria": "recall < 0.8"}, "U0ANA")
    assert "EXP-044" in str(told)


def test_old_buttons_and_threads_are_those_of_the_team_there_was(demo):
    """Nothing else could say it: who presses and who answers are in both teams by now."""
    assert "Which team" in demo.say("/board", "U0KENJI", channel="D0KENJI").text
    (proposed,) = demo.sent("proposal:11:U0KENJI:1")
    at = {"channel": proposed.slack_channel, "message_ts": proposed.slack_ts}
    opened = demo.press("kill_open", _value(proposed, "kill_open"), "U0KENJI", **at)
    assert json.loads(opened.modal["private_metadata"])["team"] == TEAM
    (asked,) = demo.sent("prompt:22:U0ZOE")[:1]
    text = "1. The old thread still works\n2. next\n3. none"
    demo.write(text, "U0ZOE", channel=asked.slack_channel, thread_ts=asked.slack_ts)
    with Session(demo.engine) as session:
        kept = session.exec(select(Answer).where(Answer.user_id == "U0ZOE", Answer.round_id == 22))
        assert kept.one().replies[0] == "The old thread still works"


def _value(row: Outbox, action: str) -> str:
    buttons = (one for block in row.payload["blocks"] for one in block.get("elements", ()))
    return next(one["value"] for one in buttons if one.get("action_id") == action)


def test_the_migrations_make_all_tables_of_today_and_nothing_else(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        found = [
            one for one in compare_metadata(context, metadata) if "learning_search" not in str(one)
        ]
    assert found == []
