"""Monday after Monday: the drift report of a team."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from core.digest.page import untraced
from core.facts import thaw
from jobs.digest import digest as digest_job
from jobs.drift import drift as job
from models import db
from models.digest.digest import Digest
from models.drift import drift as table
from services.drift import drift
from tests import seeded
from tests.conversation import TEAM
from tests.drifts import current, reference

MONDAY_NINE = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # 9:00 in Berlin


@pytest.fixture
def team(talk):
    """A team in Berlin that watches `customers` since the Monday before."""
    seeded.team(talk.engine, zone="Europe/Berlin", team_channel="CTEAM", alerts_channel="CALERTS")
    drift.push(talk.lab, TEAM, reference())
    return talk


def push(talk, source="customers", **change):
    return drift.push(talk.lab, TEAM, current(source, seed=talk.now.day, **change))


def at(talk, when):
    talk.now = when
    talk.run(job.report_due)


def heads(talk):
    return [row for row in talk.sent("drift-week:") if not row.thread_of]


def test_it_is_posted_on_monday_at_nine_local_time_and_once(team):
    at(team, MONDAY_NINE - timedelta(seconds=1))
    assert heads(team) == []
    push(team)
    at(team, MONDAY_NINE)
    at(team, MONDAY_NINE + timedelta(hours=1))
    (head,) = heads(team)
    assert head.channel == "CTEAM"
    assert head.payload["text"] == "Drift, Mon 30 Nov: 1 source watched: 1 OK."
    (thread,) = [row for row in team.sent("drift-week:") if row.thread_of]
    assert thread.thread_of == head.key
    assert "3 OK of 3 columns" in thread.payload["text"]


def test_what_drifts_is_named_and_what_to_check_is_said(team):
    team.now = MONDAY_NINE - timedelta(days=1)
    push(team, age=9)
    at(team, MONDAY_NINE)
    text = heads(team)[0].payload["text"]
    assert "1 ALERT (`customers`)" in text
    assert text.endswith("Inputs changed; check labels and evals.")


def test_a_source_that_fell_silent_is_named(team):
    team.now = MONDAY_NINE - timedelta(days=1)
    push(team)
    at(team, MONDAY_NINE + timedelta(days=7))
    assert "nothing pushed: `customers` 8 days" in heads(team)[0].payload["text"]


def test_weeks_go_by_with_one_report_each_and_one_after_an_outage(team):
    for week in range(3):
        team.now = MONDAY_NINE + timedelta(days=7 * week, hours=-1)
        push(team)
        at(team, MONDAY_NINE + timedelta(days=7 * week, minutes=5))
    assert len(heads(team)) == 3
    at(team, MONDAY_NINE + timedelta(days=7 * 6 + 2))  # away for weeks, back on a Wednesday
    at(team, MONDAY_NINE + timedelta(days=7 * 6 + 3))
    assert len(heads(team)) == 4
    assert heads(team)[-1].payload["text"].startswith("Drift, Mon 11 Jan:")


def test_without_sources_nothing_is_posted(talk):
    seeded.team(talk.engine, team_channel="CTEAM")
    at(talk, MONDAY_NINE + timedelta(days=7))
    assert talk.sent() == []


def test_without_a_team_channel_it_waits_until_there_is_one(team):
    seeded.team(team.engine, team_channel="")
    at(team, MONDAY_NINE)
    assert heads(team) == []
    seeded.team(team.engine, team_channel="CTEAM")
    at(team, MONDAY_NINE + timedelta(days=1))
    assert len(heads(team)) == 1


def test_one_teams_broken_report_does_not_stop_the_next(team, caplog):
    broken = seeded.team(team.engine, "T0B", team_channel="CB", zone="Europe/Berlin")
    drift.push(team.lab, broken, reference())
    other = seeded.team(team.engine, "T0C", team_channel="CC", zone="Europe/Berlin")
    drift.push(team.lab, other, reference())
    with db.transaction(team.engine) as session:
        theirs = seeded.team_row(session, "T0B")
        source = table.sources(session, theirs.id)[0]
        source.profile = {"age": {"no": "profile"}}
    at(team, MONDAY_NINE)
    assert {row.workspace for row in heads(team)} == {"T0LAB", "T0C"}
    assert f"drift report of {broken} failed" in caplog.text


def test_what_drifts_is_among_the_risks_of_the_fridays_digest(team):
    seeded.team(team.engine, digest_channel="CEXEC")
    push(team, age=9, plan=None)
    team.now = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
    team.run(digest_job.post_due)
    text = team.sent("digest:")[0].payload["text"]
    risks = next(line for line in text.splitlines() if "Inputs changed" in line)
    assert "“plan of customers” since Mon 23 Nov (gone or retyped)" in risks
    assert "“age of customers” since Mon 23 Nov" in risks
    with Session(team.engine) as session:
        kept = session.exec(select(Digest)).one()
    assert untraced(kept.text, thaw(kept.sheet)) == []
