"""Sprints are set up by leads; what has begun or is planned keeps its dates."""

import json
from datetime import UTC, datetime

import pytest

from tests import seeded
from tests.sprints import arrange, idea


def test_a_line_sets_everything_and_the_team_hears_of_it(talk):
    arrange(talk, idea(7))
    said = talk.say(
        "/sprint setup capacity=90h plan=tue 9:30 review=thu 16 retro=thu 17:00 person=10"
    )
    body = str(said.blocks)
    for part in ("Tue 09:30, Europe/Berlin", "Thu 16:00", "Thu 17:00", "90 GPU-hours"):
        assert part in body
    assert said.text in [row.payload["text"] for row in talk.sent("sprint-setup")]


def test_the_form_saves_what_was_changed(talk):
    arrange(talk, idea(7))
    talk.say("/sprint setup")
    said = talk.submit_open({"capacity": "", "review": "thu 15:00"})
    assert "not set" in str(said.blocks)
    assert "Thu 15:00" in str(said.blocks)
    assert "sprint 6 starts on Mon 23 Nov" in said.text


def test_another_length_takes_effect_after_the_running_sprint(talk):
    arrange(talk, idea(7))
    said = talk.say("/sprint setup weeks=3").text
    assert "sprint 7 starts on Mon 7 Dec 2026" in said
    assert "Sprint 6 and all before it keep their dates" in said
    assert "day 1 of 14, to Sun 6 Dec" in talk.say("/sprint").text
    talk.now = datetime(2026, 12, 20, 12, tzinfo=UTC)
    assert "Sprint 7 · day 14 of 21, to Sun 27 Dec" in talk.say("/sprint").text
    assert "sprint 8 starts on Mon 28 Dec" in talk.say("/sprint setup weeks=1").text
    talk.now = datetime(2027, 1, 4, 12, tzinfo=UTC)
    assert "Sprint 9 · day 1 of 7" in talk.say("/sprint").text
    assert "Sprint 7 review (Mon 7 Dec – Sun 27 Dec)" in talk.say("/sprint review 7").text


def test_a_planned_sprint_keeps_its_dates_too(talk):
    arrange(talk, idea(7))
    talk.press("sprint_commit", "next")
    talk.submit_open({"experiments": ["7"]})
    assert "sprint 8 starts on Mon 21 Dec" in talk.say("/sprint setup weeks=3").text
    assert "Sprint 7 runs to 2026-12-20" in talk.say("/sprint setup start=2026-12-14").text


def test_a_later_start_leaves_a_gap(talk):
    arrange(talk, idea(7))
    assert "sprint 7 starts on Mon 4 Jan" in talk.say("/sprint setup start=2027-01-04").text
    talk.now = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert "Sprint 7 starts on Mon 4 Jan; none is running" in talk.say("/sprint").text
    assert "Sprint 6 review" in talk.say("/sprint review").text


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("weeks=5", "1, 2, 3 or 4 weeks"),
        ("start=tomorrow", "“tomorrow” is no day"),
        ("start=2029-01-01", "more than a year away"),
        ("plan=often", "no weekday with a time"),
        ("plan=fri 25:00", "no weekday with a time"),
        ("capacity=much", "no number of GPU-hours"),
        ("pace=fast", "I don't know “pace”"),
        ("hello", "I don't know “hello”"),
    ],
)
def test_wrong_input_is_one_sentence_and_changes_nothing(talk, typed, complaint):
    arrange(talk, idea(7))
    before = len(talk.sent("sprint-setup"))
    assert complaint in talk.say(f"/sprint setup {typed}").text
    assert len(talk.sent("sprint-setup")) == before


def test_without_a_team_channel_it_says_that_nothing_is_posted(talk):
    seeded.team(talk.engine)
    said = talk.say("/sprint setup weeks=2", channel="DANA")
    assert "No team channel is set" in str(said.blocks)


def test_a_form_closed_half_filled_is_offered_again(talk):
    arrange(talk, idea(7))
    view = talk.say("/sprint setup").modal
    assert view is not None
    meta = json.loads(view["private_metadata"])
    talk.close("sprint_setup", {"capacity": "77h"}, meta=meta)
    assert "77h" in str(talk.say("/sprint setup").modal)
