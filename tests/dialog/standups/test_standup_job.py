"""Standups by the clock: outages, clock jumps, restarts, people who leave."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from jobs import schedule
from jobs.standups import standup as job
from models.occurrence import Occurrence
from models.people import Profile
from models.standups.standup import Round, Standup
from services import team
from services.team import SlackProfile
from tests.conversation import WORKSPACE
from tests.standups import EIGHT, arrange, open_round, parent, prompts

FAR = {"UKIM": ("Kim", "Pacific/Auckland"), "ULEE": ("Lee", "America/Los_Angeles")}


def _missed(talk):
    with Session(talk.engine) as session:
        rows = session.exec(select(Occurrence).where(Occurrence.state == "missed")).all()
        return {(row.kind, row.subject, row.local_date, row.reason) for row in rows}


def _posts(talk, part):
    return [row.key for row in talk.sent(part) if row.kind == "post"]


def _tick_until(talk, hours, step_minutes=10):
    end = talk.now + timedelta(hours=hours)
    while talk.now < end:
        talk.later(minutes=step_minutes)
        talk.run(job.run)
        talk.deliver()


def test_the_job_is_in_the_schedule():
    assert job.run in schedule.SCHEDULE


def test_nothing_happens_before_the_hour(talk):
    arrange(talk)
    talk.later(minutes=89)
    talk.run(job.run)
    assert talk.sent("round:") == []


def test_auckland_and_los_angeles_share_one_round_and_are_asked_by_their_own_clocks(talk):
    arrange(talk, FAR)  # Monday 08:00 UTC: Monday 09:30 is over in Auckland, so Tuesday is first
    times = {}
    for _ in range(6 * 48):
        talk.later(minutes=10)
        talk.run(job.run)
        for key in [*_posts(talk, "prompt:"), *_posts(talk, "round:")]:
            times.setdefault(key, talk.now)
    assert times["round:1"].isoformat() == "2026-11-23T20:30:00+00:00"
    assert times["prompt:1:UKIM"] == times["round:1"]  # Tuesday 09:30 in Auckland
    assert times["prompt:1:ULEE"].isoformat() == "2026-11-24T17:30:00+00:00"
    with Session(talk.engine) as session:
        first = session.exec(select(Round).order_by(Round.id)).first()
        assert first.on == date(2026, 11, 24)
        assert first.closes_at == times["prompt:1:ULEE"] + timedelta(hours=4)
    assert "0 of 2 answered" in parent(talk, 1)


def test_a_week_has_five_rounds_with_one_prompt_and_one_wrap_up_each(talk):
    arrange(talk)
    _tick_until(talk, 7 * 24, step_minutes=30)
    assert len(_posts(talk, "round:")) == 5
    assert len(_posts(talk, "prompt:")) == 15
    assert len(talk.sent("edit:round:")) == 5


def test_a_round_is_wrapped_up_in_place_even_when_nobody_answered(talk):
    open_round(talk)
    talk.later(hours=4)
    talk.run(job.run)
    assert _posts(talk, "round:") == ["round:1"]
    wrapped = parent(talk)
    assert "Standup Mon 23 Nov: 0 of 3 answered" in wrapped
    assert "No answer: Ana, Ben, Cy" in wrapped
    assert "<@" not in wrapped


def test_the_wrap_up_names_answers_blockers_learnings_and_experiments(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open({"q0": "lr matters", "q2": "labels; GPU quota"})
    talk.press("standup_skip", "1", by="UBEN")
    talk.later(hours=4)
    talk.run(job.run)
    wrapped = parent(talk)
    assert "1 of 3 answered" in wrapped
    assert "Answered: Ana\nNo answer: Cy\nSkipped: Ben" in wrapped
    assert (
        "Stuck: data 1 (Ana, BLK-001); compute 1 (Ana, BLK-002)\nSaid what they learned: 1"
        in wrapped
    )


@pytest.mark.parametrize("hour", [1.5, 4.5])
def test_running_the_job_twice_doubles_nothing(talk, hour):
    arrange(talk)
    talk.later(hours=hour)
    talk.run(job.run)
    before = [row.key for row in talk.sent()]
    talk.run(job.run)
    talk.run(job.run)
    assert [row.key for row in talk.sent()] == before


def test_a_restart_during_a_round_goes_on_where_it_was(talk):
    open_round(talk)
    talk.write("a\nb\nnone", by="UBEN", channel="DBEN")
    again = type(talk)(engine=talk.engine, table=talk.table, now=talk.now)  # a new process
    again.later(hours=4)
    again.run(job.run)
    assert "1 of 3 answered" in parent(again)
    assert len(_posts(again, "prompt:")) == 3


def test_after_three_hours_down_people_are_still_asked_before_the_close(talk):
    arrange(talk)
    talk.later(hours=4.5)  # 12:30, the round closes at 13:30
    talk.run(job.run)
    assert set(prompts(talk).values()) == {"asked"}
    assert "0/3 in, 3 to go" in parent(talk)
    assert _missed(talk) == set()


def test_a_round_that_was_over_before_anybody_could_be_asked_is_missed_with_the_reason(talk):
    arrange(talk)
    talk.later(hours=10)
    talk.run(job.run)
    talk.run(job.run)
    assert talk.sent("round:") == []
    reason = "nobody was there to ask before the round was over"
    assert _missed(talk) == {("standup", "1", date(2026, 11, 23), reason)}
    talk.later(hours=15.5)
    talk.run(job.run)
    assert _posts(talk, "round:") == ["round:1"]  # Tuesday's


def test_down_over_the_close_the_unasked_are_missed_and_the_round_is_wrapped_up(talk):
    people = {"UANA": ("Ana", "UTC"), "ULEE": ("Lee", "America/New_York")}
    open_round(talk, who=people)
    assert prompts(talk) == {"UANA": "asked", "ULEE": "due"}
    talk.later(hours=12)
    talk.run(job.run)
    talk.run(job.run)
    assert prompts(talk) == {"UANA": "asked", "ULEE": "missed"}
    assert "No answer: Ana, Lee" in parent(talk)
    reason = "the round was over before it could be asked"
    assert _missed(talk) == {("prompt", "1:ULEE", date(2026, 11, 23), reason)}
    assert _posts(talk, "prompt:1:ULEE") == []


@pytest.mark.parametrize("jump", [3, -2])
def test_a_jump_of_the_clock_doubles_nothing(talk, jump):
    open_round(talk)
    talk.later(hours=jump)
    talk.run(job.run)
    talk.later(hours=-jump)
    _tick_until(talk, 5, step_minutes=30)
    assert _posts(talk, "round:") == ["round:1"]
    assert len(_posts(talk, "prompt:")) == 3
    assert "0 of 3 answered" in parent(talk)


def test_unsent_prompts_are_withdrawn_at_the_close(talk):
    arrange(talk)
    talk.later(hours=1.5)
    talk.run(job.run)  # Slack is away: nothing is delivered
    talk.later(hours=4)
    talk.run(job.run)
    assert talk.sent("prompt:") == []


@pytest.mark.parametrize("when", ["before the round", "during the round"])
def test_who_has_left_the_workspace_is_left_out(talk, when):
    gone = SlackProfile("UCY", "Cy", "UTC", active=False)
    if when == "before the round":
        arrange(talk)
        team.record_profile(talk.lab, WORKSPACE, gone)
        talk.later(hours=1.5)
        talk.run(job.run)
    else:
        open_round(talk)
        team.record_profile(talk.lab, WORKSPACE, gone)
        talk.run(job.run)
    assert "0/2 in, 2 to go" in parent(talk)


def test_a_standup_whose_people_have_all_left_stays_silent(talk):
    arrange(talk)
    with Session(talk.engine) as session:
        for row in session.exec(select(Profile)):
            row.active = False
        session.commit()
    talk.later(hours=2)
    talk.run(job.run)
    assert talk.sent("round:") == []


def test_the_roster_is_frozen_when_the_round_opens(talk):
    open_round(talk)
    talk.say("/standup setup")
    talk.submit_open({"people": ["UANA", "UNEW"], "questions": "What broke?"})
    talk.run(job.run)
    assert set(prompts(talk)) == {"UANA", "UBEN", "UCY"}
    assert "What did you learn?" in str(talk.say("/standup").modal)


def test_a_profile_read_after_the_setup_asks_nobody_at_night(talk):
    talk.now = EIGHT
    talk.say("/standup setup")
    talk.submit_open({"people": ["UANA", "UKIM"]})  # nobody's zone is known yet
    for user, zone in (("UANA", "UTC"), ("UKIM", "Pacific/Auckland")):
        team.record_profile(talk.lab, WORKSPACE, SlackProfile(user, user[1:], zone, active=True))
    talk.later(hours=1.5)
    talk.run(job.run)
    assert prompts(talk) == {"UANA": "asked"}  # Monday's half past nine was over for Kim
    talk.later(hours=11)  # 20:30 UTC, Tuesday morning in Auckland
    talk.run(job.run)
    assert prompts(talk, 2) == {"UANA": "due", "UKIM": "asked"}


def test_one_broken_standup_does_not_silence_the_others(talk, caplog):
    arrange(talk)
    talk.say("/standup setup", channel="CTWO")
    talk.submit_open({"name": "Evals", "people": ["UANA"]})
    with Session(talk.engine) as session:
        session.get(Standup, 1).at = "half past nine"
        session.commit()
    talk.later(hours=1.5)
    talk.run(job.run)
    assert [row.channel for row in talk.sent("round:")] == ["CTWO"]
    assert "standup 1 could not be served" in caplog.text
