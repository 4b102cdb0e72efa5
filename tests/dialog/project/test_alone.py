"""Somebody works alone for three weeks: told to the leads, kindly, once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from core.experiments.measurement import Measurement
from jobs import schedule
from jobs.project.working_alone import watch
from models.experiments.learning import Learning, about
from models.experiments.measurement import Measurement as MeasurementRow
from models.standups.absence import Absence
from models.standups.answer import Answer
from models.standups.standup import Round, Standup
from tests import seeded
from tests.scenes import change, start, three
from tests.tickets import person

LONG_AGO = datetime(2026, 11, 2, 9, tzinfo=UTC)  # a Monday
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # 15 working days later


@pytest.fixture
def lab(talk_on_both):
    """Ana's EXP-042 has had no news since 2 November; Lee leads."""
    three(talk_on_both)
    start(talk_on_both, stage_since=LONG_AGO)
    talk_on_both.now = NOON
    return talk_on_both


def told(talk):
    return [row for row in talk.sent("alone:") if row.kind == "post"]


def test_the_job_is_in_the_schedule():
    assert watch in schedule.SCHEDULE


def test_leads_hear_once_in_their_channel_and_nobody_else(lab):
    lab.run(watch)
    lab.later(hours=3)
    lab.run(watch)
    lab.later(days=1)
    lab.run(watch)
    [row] = told(lab)
    assert row.channel == "CLEADS"
    assert row.payload["text"] == "EXP-042 (ana) has had no news for 15 working days"
    assert lab.sent("alone:")[0].channel not in {"CTEAM", "UANA"}


@pytest.mark.parametrize("hours", [-4, 7])
def test_it_is_said_in_working_hours_only(lab, hours):
    lab.later(hours=hours)
    lab.run(watch)
    assert told(lab) == []


def test_a_leads_channel_that_is_the_teams_is_public_so_leads_get_a_message_each(lab):
    start(lab, number=43, owner="ULEE", stage_since=LONG_AGO)
    person(lab.engine, "UMIA", role="lead")
    with Session(lab.engine) as session:
        seeded.team_row(session).leads_channel = "CTEAM"
        session.commit()
    lab.run(watch)
    assert sorted((r.channel, r.payload["text"][:7]) for r in told(lab)) == [
        ("ULEE", "EXP-042"),  # not of themselves
        ("UMIA", "EXP-042"),
        ("UMIA", "EXP-043"),
    ]


def _answered(session, user, *numbers, at):
    standup = Standup(
        team_id=1, channel="CTEAM", starts_on=at.date(), set_at=at, created_by=user, created_at=at
    )
    session.add(standup)
    session.flush()
    row = Round(standup_id=standup.id, on=at.date(), opens_at=at, closes_at=at, state="closed")
    session.add(row)
    session.flush()
    session.add(Answer(round_id=row.id, user_id=user, experiments=list(numbers), at=at))


@pytest.mark.parametrize("news", ["answer", "learning", "stage", "somebody else"])
def test_any_news_is_enough(lab, news):
    at = LONG_AGO + timedelta(days=10)
    with Session(lab.engine) as session:
        if news == "answer":
            _answered(session, "UANA", 42, at=at)
        if news == "learning":
            session.add(Learning(
                team_id=1, source="logged", origin="x", user_id="UBEN", text="t",
                about=about([42]), at=at,
            ))  # fmt: skip
        session.commit()
    if news == "stage":
        change(lab, stage_since=at)
    if news == "somebody else":
        lab.now = at
        lab.say("/exp update 42 link=https://example.org", by="ULEE")
        lab.now = NOON
    lab.run(watch)
    assert told(lab) == []


def test_answers_that_name_nothing_are_counted_in_the_arithmetic(lab):
    with Session(lab.engine) as session:
        _answered(session, "UANA", at=LONG_AGO + timedelta(days=10))
        session.commit()
    lab.run(watch)
    assert "ana gave 1 standup answer since; none was about this." in str(told(lab)[0].payload)


def test_results_that_only_their_owner_knows_of_are_told_too(talk):
    three(talk)
    looks = (Measurement(NOON - timedelta(days=2), 0.8, 3.0, "", "UANA"),)
    start(talk, stage_since=LONG_AGO, number=44)
    with Session(talk.engine) as session:
        session.add(MeasurementRow(experiment_id=1, **vars(looks[0])))
        session.commit()
    talk.now = NOON
    talk.run(watch)
    [row] = told(talk)
    assert "EXP-044 (ana): for 15 working days nobody else touched it" in row.payload["text"]


def _away(talk, first, last):
    with Session(talk.engine) as session:
        session.add(Absence(workspace="T0LAB", user_id="UANA", first_day=first, last_day=last))
        session.commit()


def test_days_away_are_not_counted_and_who_is_away_is_not_spoken_about(lab):
    _away(lab, (LONG_AGO + timedelta(days=7)).date(), (LONG_AGO + timedelta(days=8)).date())
    lab.run(watch)
    assert told(lab) == []
    lab.later(days=2)
    lab.run(watch)
    assert "Not counted: 2 weekdays on which ana was off." in str(told(lab)[0].payload)


def test_who_is_away_today_is_left_alone(lab):
    lab.later(days=7)
    _away(lab, lab.now.date(), lab.now.date())
    lab.run(watch)
    assert told(lab) == []
    lab.later(days=1)
    lab.run(watch)
    assert len(told(lab)) == 1


def test_snooze_is_a_leads_and_says_it_once_more_after_two_weeks(lab):
    lab.run(watch)
    value = str(told(lab)[0].payload["blocks"][-1]["elements"][0]["value"])
    assert "Only a lead can snooze this" in lab.press("alone_snooze", value, by="UBEN").text
    heard = lab.press("alone_snooze", value, by="ULEE").text
    assert heard == "Nothing about ana until Mon 7 Dec; then once more if it still holds."
    assert lab.press("alone_snooze", value, by="ULEE").text == heard
    [edited] = lab.sent("edit:alone:")
    assert "Snoozed until Mon 7 Dec by <@ULEE>" in str(edited.payload)
    for _ in range(16):
        lab.later(days=1)
        lab.run(watch)
    assert [row.created_at.day for row in told(lab)] == [23, 7]


def test_news_ends_it_and_the_message_says_so(lab):
    lab.run(watch)
    value = str(told(lab)[0].payload["blocks"][-1]["elements"][0]["value"])
    lab.later(days=1)
    lab.say("/learn add EXP-042 the split leaks", by="UBEN")
    lab.run(watch)
    [edited] = lab.sent("edit:alone:")
    assert edited.payload["text"].startswith("Over: ana is no longer alone")
    assert "That is over" in lab.press("alone_snooze", value, by="ULEE").text
    assert "That is over" in lab.press("alone_snooze", "x", by="ULEE").text


def test_at_most_three_new_ones_a_day(lab):
    for number, owner in enumerate(("UBEN", "UCY", "UDAN"), start=50):
        start(lab, number=number, owner=owner, stage_since=LONG_AGO)
    lab.run(watch)
    assert len(told(lab)) == 3
    lab.later(days=1)
    lab.run(watch)
    assert len(told(lab)) == 4


def test_backlog_evaluation_and_closed_tickets_are_nobodys_loneliness(lab):
    change(lab, stage="evaluation")
    lab.run(watch)
    assert told(lab) == []
