"""The peers' table, rows 1-3, 7-10 and 32: who is asked, when, and who is left alone.

docs/peers.md names these tests by row.
"""

from datetime import timedelta

from jobs.standups import standup as job
from tests.standups import (
    EIGHT,
    PEOPLE,
    arrange,
    know,
    led_round,
    next_day,
    open_round,
    parent,
    prompts,
)

ANSWER = {"q0": "The reranker hurts", "q1": "Distil it", "q2": "none"}


def _tick(talk, hours):
    for _ in range(int(hours * 6)):
        talk.later(minutes=10)
        talk.run(job.run)
        talk.deliver()


def _posts(talk, part):
    return [row for row in talk.sent(part) if row.kind == "post"]


def test_row_01_everybody_is_asked_by_their_own_clock(talk):
    who = {"UANA": ("Ana", "Europe/Berlin"), "ULEE": ("Lee", "America/Los_Angeles")}
    arrange(talk, who)
    _tick(talk, 24)
    hours = {row.channel: row.created_at.hour for row in _posts(talk, "prompt:1:")}
    assert hours == {"UANA": 8, "ULEE": 17}  # 09:30 there, in UTC


def test_row_02_a_team_has_as_many_standups_as_channels(talk):
    arrange(talk)
    talk.say("/standup setup", channel="CDATA")
    talk.submit_open({"people": ["UANA", "UCY"], "name": "Data", "channel": "CDATA"})
    listed = str(talk.say("/standup list").blocks)
    assert "<#CTEAM>" in listed
    assert "<#CDATA>" in listed


def test_row_03_days_are_chosen_and_weeks_left_out(talk):
    arrange(talk, days=["0"], weeks="2")
    for day in range(21):
        talk.now = EIGHT + timedelta(days=day, minutes=91)
        talk.run(job.run)
    assert [row.created_at.day for row in _posts(talk, "round:")] == [23, 7]


def test_row_07_only_who_owes_an_answer_is_reminded_twice_at_most_and_never_against_their_will(
    talk,
):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    talk.say("/standup nudges off", by="UBEN")
    _tick(talk, 5)
    assert [row.key for row in _posts(talk, "nudge:")] == ["nudge:1:UCY:1", "nudge:1:UCY:2"]


def test_row_08_who_is_away_is_neither_asked_nor_missing(talk):
    led_round(talk)
    talk.write("ooo until Friday", by="UBEN", channel="DBEN")
    talk.say("/standup ooo <@UCY> today", by="ULEE")
    assert "0/1 in, 2 away, 1 to go" in parent(talk)
    assert "Welcome back." in talk.say("/standup back", by="UBEN").text
    assert prompts(talk) == {"UANA": "asked", "UBEN": "asked", "UCY": "away"}


def test_row_09_public_holidays_and_company_days_ask_nobody(talk):
    arrange(talk, PEOPLE | {"ULEE": ("Lee", "America/New_York")})
    talk.say("/standup off 24 Nov company party")
    for day in range(4):
        talk.now = EIGHT + timedelta(days=day, hours=9)
        talk.run(job.run)
        talk.deliver()
    days = {row.created_at.day for row in _posts(talk, "round:")}
    assert 24 not in days
    asked = {row.created_at.day for row in _posts(talk, "prompt:") if row.channel == "ULEE"}
    assert asked == {23, 25}  # Thursday the 26th is Thanksgiving


def test_row_10_some_may_answer_but_need_not(talk):
    talk.now = EIGHT
    know(talk, PEOPLE)
    talk.say("/standup setup")
    talk.submit_open({"people": ["UANA", "UBEN"], "optional": ["UCY"]})
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()
    _tick(talk, 5)
    assert _posts(talk, "prompt:1:UCY")
    assert not _posts(talk, "nudge:1:UCY")
    assert "No answer: Ana, Ben" in parent(talk)


def test_row_32_a_restart_neither_loses_nor_doubles_a_prompt(talk):
    open_round(talk)
    again = type(talk)(engine=talk.engine, table=talk.table, now=talk.now)  # a new process
    again.run(job.run)
    next_day(again)
    assert len(_posts(again, "prompt:1:")) == len(_posts(again, "prompt:2:")) == 3
