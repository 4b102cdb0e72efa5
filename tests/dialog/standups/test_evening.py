"""The evening check: set by a lead, asked once, kept as a learning."""

import pytest
from sqlmodel import Session, select

from jobs import schedule
from jobs.standups import evening as job
from models.experiments.learning import Learning
from tests.conversation import prefilled
from tests.standups import arrange, led_round, place, said, ticket


@pytest.fixture
def evening(talk):
    """It is half past five on Monday; Ana and Ben have an open experiment, Cy has none."""
    arrange(talk)
    ticket(talk, 42)
    ticket(talk, 43, owner="UBEN")
    ticket(talk, 44, owner="UCY", stage="killed")
    talk.say("/standup evening 17:30")
    talk.later(hours=9.5)
    talk.run(job.run)
    talk.deliver()
    return talk


def _learned(talk):
    with Session(talk.engine) as session:
        rows = session.exec(select(Learning).order_by(Learning.id))
        return [(row.source, row.text, row.about) for row in rows]


def _asked(talk):
    return [row.channel for row in talk.sent("evening:") if row.kind == "post"]


def test_only_who_has_an_open_experiment_is_asked_and_only_once(evening):
    assert job.run in schedule.SCHEDULE
    assert _asked(evening) == ["UANA", "UBEN"]
    for _ in range(6):
        evening.later(minutes=50)
        evening.run(job.run)
    assert _asked(evening) == ["UANA", "UBEN"]
    assert "No answer is fine; nobody is told." in str(evening.sent("evening:1")[0].payload)


def test_the_answer_becomes_a_learning_that_can_be_changed_and_taken_back(evening):
    talk = evening
    form = talk.press("evening_open", "1").modal
    assert prefilled(form)["experiment"] == "42"
    talk.submit_open({"text": "Dropout hurts here"})
    assert _learned(talk) == [("evening", "Dropout hurts here", ",42,")]
    assert said(talk, "evening:1") == "Mon 23 Nov: your learning is kept with EXP-042."
    assert "Dropout hurts here" in str(talk.say("/learn EXP-042").blocks)
    talk.press("evening_open", "1")
    talk.submit_open({"text": "Dropout hurts below 0.2"})
    assert _learned(talk) == [("evening", "Dropout hurts below 0.2", ",42,")]
    talk.press("evening_back", "1")
    assert _learned(talk) == []
    assert said(talk, "evening:1").startswith("What did you learn today?")


@pytest.mark.parametrize("where", ["below", "next"])
def test_a_plain_reply_is_the_answer_and_its_edits_are_followed(evening, where):
    talk = evening
    ts = place(talk, "evening:2")[1] if where == "below" else ""
    talk.write("EXP-43 needs more data", "UBEN", channel="DBEN", ts="9.1", thread_ts=ts)
    assert _learned(talk) == [("evening", "EXP-43 needs more data", ",43,")]
    assert [row.payload["name"] for row in talk.sent("react:")] == ["white_check_mark"]
    message = {"type": "message", "user": "UBEN", "ts": "9.1", "text": "It needs labels"}
    event = {"type": "message", "subtype": "message_changed", "channel": "DBEN",
             "message": message, "channel_type": "im"}  # fmt: skip
    talk.event("message", event, by="UBEN", channel="DBEN", text="It needs labels",
               message_ts="9.1")  # fmt: skip
    assert _learned(talk) == [("evening", "It needs labels", "")]
    gone = {"type": "message", "subtype": "message_deleted", "channel": "DBEN",
            "previous_message": {"user": "UBEN", "ts": "9.1"}, "channel_type": "im"}  # fmt: skip
    talk.event("message", gone, by="UBEN", channel="DBEN", message_ts="9.1")
    assert _learned(talk) == []


@pytest.mark.parametrize("text", ["nothing", "none", "skip", "nichts"])
def test_nothing_is_an_answer_and_no_learning(evening, text):
    evening.write(text, "UBEN", channel="DBEN")
    assert said(evening, "evening:2") == "Mon 23 Nov: nothing new today. Noted."
    assert _learned(evening) == []


@pytest.mark.parametrize("text", ["thanks!", ":+1:"])
def test_chatter_is_no_learning(evening, text):
    evening.write(text, "UBEN", channel="DBEN")
    assert _learned(evening) == []


def test_who_is_in_two_standups_with_an_evening_check_is_asked_once(evening):
    evening.say("/standup setup", channel="CTWO")
    evening.submit_open({"name": "Evals", "people": ["UANA", "UBEN"]})
    evening.say("/standup evening 17:45", channel="CTWO")
    evening.later(minutes=20)
    evening.run(job.run)
    assert _asked(evening) == ["UANA", "UBEN"]
    evening.later(days=1)
    evening.run(job.run)
    assert _asked(evening) == ["UANA", "UBEN"] * 2


def test_others_cannot_answer_it_and_an_empty_form_is_refused(evening):
    assert "somebody else's" in evening.press("evening_open", "1", "UBEN").text
    assert "That evening is gone" in evening.press("evening_open", "99").text
    evening.press("evening_open", "1")
    assert "is an answer" in evening.submit_open({"text": " "}).errors["text"]


def test_a_half_typed_evening_is_offered_again(evening):
    evening.close("evening_answer", {"text": "half a"}, meta={"evening": 1})
    assert prefilled(evening.press("evening_open", "1").modal)["text"] == "half a"


def test_who_is_away_is_not_asked(talk):
    arrange(talk)
    ticket(talk, 42)
    ticket(talk, 43, owner="UBEN")
    talk.say("/standup evening 17:30")
    talk.say("/standup ooo today")
    talk.later(hours=9.5)
    talk.run(job.run)
    assert _asked(talk) == ["UBEN"]


@pytest.mark.parametrize("how", ["off", "paused", "late"])
def test_nobody_is_asked_when_it_is_off_paused_or_too_late(talk, how):
    arrange(talk)
    ticket(talk, 42)
    talk.say("/standup evening 17:30")
    if how == "off":
        assert "no evening check" in talk.say("/standup evening off").text
    if how == "paused":
        talk.say("/standup pause")
    talk.later(hours=14 if how == "late" else 9.5)
    talk.run(job.run)
    assert _asked(talk) == []


def test_the_report_counts_who_said_nothing_only_when_the_team_wants_it(evening):
    talk = evening
    talk.write("It needs labels", "UBEN", channel="DBEN")
    assert "Evening check: 1 answered" in str(talk.say("/standup report").blocks)
    talk.say("/standup evening count on")
    talk.later(days=1)
    talk.run(job.run)
    assert "Evening check: 0 of 2 answered" in str(talk.say("/standup report").blocks)
    assert "Evening check: 1 of 3 answered" in str(talk.say("/standup report last 2d").blocks)


def test_it_is_told_in_the_channel_once_and_shown_to_who_asks(talk):
    arrange(talk)
    assert "has no evening check" in talk.say("/standup evening").text
    talk.say("/standup evening 18:00")
    talk.say("/standup evening 18:00")
    told = [row.payload["text"] for row in talk.sent("evening_set:")]
    assert told == ["Standup: evening check at 18:00 for who has an open experiment (by Ana)."]
    assert "at 18:00 local time" in talk.say("/standup evening").text


def test_only_leads_set_it_and_mistakes_are_explained(talk):
    led_round(talk)
    assert "Only a lead can set the evening check" in talk.say("/standup evening on", "UZOE").text
    assert "is not in the evening" in talk.say("/standup evening 9:00", "ULEE").text
    assert "I don't know “soon”" in talk.say("/standup evening soon", "ULEE").text


def test_an_evening_learning_is_in_the_digest(evening):
    evening.write("It needs cleaner labels for long answers", "UBEN", channel="DBEN")
    preview = evening.say("/digest preview")
    assert "cleaner labels" in f"{preview.text} {preview.blocks}"
