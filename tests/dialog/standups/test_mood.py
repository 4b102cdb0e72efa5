"""The anonymous mood: voted once, kept without names, shown from four votes on."""

import logging

import pytest
from sqlmodel import Session, select

from handlers import edge
from handlers.ask import Ask
from jobs.standups import standup as job
from models.inbox import Inbox
from models.standups.mood import Mood, MoodMark
from models.standups.standup import Round
from tests.conversation import WORKSPACE
from tests.standups import PEOPLE, arrange, led_round, parent

SIX = PEOPLE | {"UDEE": ("Dee", "UTC"), "UEVE": ("Eve", "UTC"), "UFAY": ("Fay", "UTC")}
STEPS = {"UANA": 5, "UBEN": 4, "UCY": 4, "UDEE": 2, "UEVE": 5}


@pytest.fixture
def moody(talk):
    """Monday's round of six people is open and asks for the mood."""
    arrange(talk, SIX)
    talk.say("/standup mood on")
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()
    return talk


def _vote(talk, votes):
    return [talk.press("standup_mood", f"1|{step}", by) for by, step in votes.items()]


def _close(talk):
    talk.later(hours=4)
    talk.run(job.run)


def _rows(talk, table):
    with Session(talk.engine) as session:
        return list(session.exec(select(table)))


def test_votes_are_counted_and_the_mean_is_in_the_wrap_up(moody):
    assert "How are you? (anonymous)" in str(moody.sent("prompt:1:UANA")[0].payload)
    assert _vote(moody, STEPS)[0].text.startswith("Your vote is counted")
    assert [row.counts for row in _rows(moody, Mood)] == [[0, 1, 0, 2, 2]]
    assert "Mood" not in parent(moody)
    _close(moody)
    assert "Mood: 4.0 of 5 (5 votes)" in parent(moody)
    shown = str(moody.say("/standup mood").blocks)
    assert "Week of Mon 23 Nov: ▓▓▓▓▓▓▓▓░░ 4.0 of 5 (5 votes)" in shown


def test_fewer_than_four_votes_are_forgotten(moody):
    _vote(moody, {"UANA": 5, "UBEN": 1, "UCY": 1})
    _close(moody)
    assert "Mood: fewer than 4 votes, so it is not shown" in parent(moody)
    assert _rows(moody, Mood) == []
    assert "No round of the last four weeks" in str(moody.say("/standup mood").blocks)


def test_a_second_vote_is_refused_and_changes_nothing(moody):
    _vote(moody, {"UANA": 5})
    again = moody.press("standup_mood", "1|1")
    assert "You have voted in this round" in again.text
    assert [row.counts for row in _rows(moody, Mood)] == [[0, 0, 0, 0, 1]]


def test_nothing_in_the_database_ties_a_vote_to_a_person(moody):
    _vote(moody, STEPS)
    marks = {row.mark for row in _rows(moody, MoodMark)}
    assert len(marks) == 5
    assert not any(user in mark for user in STEPS for mark in marks)
    for row in _rows(moody, Inbox):
        if row.kind == "action:standup_mood":
            assert row.body in (None, {})
            assert "vote is counted" in str(row.reply)
            assert not any(f"|{step}" in str(row.reply) for step in range(6))


def test_key_and_marks_are_gone_when_the_round_is_closed(moody):
    _vote(moody, STEPS)
    assert all(row.mood_key for row in _rows(moody, Round))
    _close(moody)
    assert _rows(moody, MoodMark) == []
    assert [row.mood_key for row in _rows(moody, Round)] == [""]
    assert "is over" in moody.press("standup_mood", "1|3", "UFAY").text


def test_a_vote_that_fails_on_us_is_not_kept_with_its_body(moody, caplog):
    with Session(moody.engine) as session:
        session.get(Round, 1).mood_key = "broken"
        session.commit()
    ask = Ask("action", "standup_mood", WORKSPACE, "UANA", moody.now, "twice", value="1|2")
    with caplog.at_level(logging.CRITICAL):
        reply = edge.answer(moody.lab, moody.table, ask, {"actions": [{"value": "1|2"}]})
    failed = [row for row in _rows(moody, Inbox) if row.state == "failed"]
    assert "our fault" in reply.text
    assert [row.body for row in failed] == [{}]


def test_who_is_not_in_the_round_cannot_vote(moody):
    assert "You are not in this round" in moody.press("standup_mood", "1|3", "UZOE").text
    assert "That round is gone" in moody.press("standup_mood", "99|3").text
    assert "none of the five" in moody.press("standup_mood", "1|9").text
    assert "Nothing was chosen" in moody.press("standup_mood", "").text


def test_the_menu_comes_with_the_command_until_one_has_voted(moody):
    assert "standup_mood" in str(moody.say("/standup mood").blocks)
    _vote(moody, {"UANA": 3})
    assert "standup_mood" not in str(moody.say("/standup mood").blocks)
    assert "standup_mood" in str(moody.say("/standup mood", "UBEN").blocks)


def test_it_is_off_until_a_lead_of_four_or_more_turns_it_on(talk):
    led_round(talk)
    assert "does not ask for the mood" in talk.say("/standup mood").text
    assert "Only a lead can turn the mood" in talk.say("/standup mood on", "UZOE").text
    assert "has 3 people" in talk.say("/standup mood on", "ULEE").text
    assert "would stand in a log" in talk.say("/standup mood 4").text
    assert "standup_mood" not in str(talk.sent("prompt:1:UANA")[0].payload)


def test_turning_it_off_is_told_and_counts_from_the_next_round(moody):
    told = [row.payload["text"] for row in moody.sent("mood_set:")]
    assert told == ["Standup asks for an anonymous mood from the next round on (by Ana)."]
    moody.say("/standup mood off")
    _vote(moody, STEPS)
    _close(moody)
    assert "Mood: 4.0 of 5" in parent(moody)
    moody.later(hours=20)
    moody.run(job.run)
    assert "standup_mood" not in str(moody.sent("prompt:2:UANA")[0].payload)


def test_the_csv_holds_no_mood(moody):
    _vote(moody, STEPS)
    _close(moody)
    moody.say("/standup report csv")
    assert "mood" not in moody.sent("csv:")[0].payload["content"].casefold()
