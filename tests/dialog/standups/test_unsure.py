"""A direct message that may be an answer: its writer is asked, and nothing is published before."""

import pytest
from sqlmodel import Session, select

from jobs.standups import evening as evening_job
from jobs.standups import standup as job
from models.experiments.learning import Learning
from models.form_draft import Draft
from tests.standups import open_round, place, prompts, said, ticket

DOUBTFUL = "was in meetings all day"  # an answer, or only talk
QUESTION = "which experiments are over their box?"
PLACE = "DBEN|9.000001"


def _write(talk, text=DOUBTFUL, by="UBEN"):
    talk.write(text, by=by, channel=f"D{by[1:]}", ts="9.000001")


def _edited(talk, text, subtype="message_changed"):
    message = {"type": "message", "user": "UBEN", "ts": "9.000001", "text": text}
    part = "message" if subtype == "message_changed" else "previous_message"
    event = {"subtype": subtype, "channel": "DBEN", part: message, "channel_type": "im"}
    talk.event("message", event, by="UBEN", channel="DBEN", text=text, message_ts="9.000001")


def _kept(talk):
    with Session(talk.engine) as session:
        return [row.values["text"] for row in session.exec(select(Draft)).all()]


@pytest.fixture
def asked(talk_on_both):
    """Ben has written what may be an answer while his standup waits."""
    open_round(talk_on_both)
    _write(talk_on_both)
    talk_on_both.deliver()
    return talk_on_both


def test_what_may_be_an_answer_is_asked_about_and_published_nowhere(asked):
    assert said(asked, f"unsure:{PLACE}") == "Was that your standup answer?"
    (row,) = asked.sent("unsure:")
    assert row.channel == "UBEN"
    assert DOUBTFUL in str(row.payload)
    assert (asked.sent("answer:"), asked.sent("react:"), prompts(asked)["UBEN"]) == (
        [],
        [],
        "asked",
    )


def test_post_it_does_what_the_answer_would_have_done_and_once(asked):
    asked.press("standup_post", PLACE, by="UBEN")
    assert said(asked, "answer:1:UBEN") == f"Ben: {DOUBTFUL}"
    assert [row.payload["name"] for row in asked.sent("react:")] == ["white_check_mark"]
    assert said(asked, f"unsure:{PLACE}").startswith("Posted as your answer.")
    for action in ("standup_post", "standup_drop"):
        assert "settled already" in asked.press(action, PLACE, by="UBEN").text
    assert said(asked, "answer:1:UBEN") == f"Ben: {DOUBTFUL}"
    _edited(asked, "dropout hurts")
    assert said(asked, "answer:1:UBEN") == "Ben (edited): dropout hurts"


def test_no_keeps_nothing(asked):
    asked.press("standup_drop", PLACE, by="UBEN")
    assert said(asked, f"unsure:{PLACE}").startswith("Not posted.")
    assert (_kept(asked), asked.sent("answer:")) == ([], [])
    assert "settled already" in asked.press("standup_post", PLACE, by="UBEN").text
    assert asked.sent("answer:") == []


def test_what_was_no_answer_is_a_question_with_one_press(asked):
    asked.press("standup_drop", PLACE, by="UBEN")
    edits = asked.sent(f"edit:unsure:{PLACE}")
    buttons = [one for block in edits[-1].payload["blocks"] for one in block.get("elements", [])]
    (say,) = [one for one in buttons if one.get("action_id") == "assay_say_instead"]
    assert say["value"] == DOUBTFUL
    assert asked.press("assay_say_instead", say["value"], by="UBEN").text


def test_nobody_else_can_settle_it(asked):
    for action in ("standup_post", "standup_drop"):
        assert "settled already" in asked.press(action, PLACE, by="UCY").text
    assert (_kept(asked), asked.sent("answer:")) == ([DOUBTFUL], [])


def test_after_the_round_it_is_a_late_answer(asked):
    asked.later(hours=5)
    asked.run(job.run)
    asked.press("standup_post", PLACE, by="UBEN")
    assert said(asked, "answer:1:UBEN") == f"Ben (late): {DOUBTFUL}"
    assert "late answer" in said(asked, f"unsure:{PLACE}")


def test_an_edit_meanwhile_is_what_is_posted(asked):
    _edited(asked, "whatever Cy says")
    assert "whatever Cy says" in str(asked.sent("edit:unsure:")[0].payload)
    asked.press("standup_post", PLACE, by="UBEN")
    assert said(asked, "answer:1:UBEN") == "Ben: whatever Cy says"


@pytest.mark.parametrize("how", ["message_deleted", "message_changed"])
def test_a_message_deleted_or_emptied_meanwhile_is_not_posted(asked, how):
    _edited(asked, "", how)
    assert said(asked, f"unsure:{PLACE}").startswith("You deleted that message")
    assert "settled already" in asked.press("standup_post", PLACE, by="UBEN").text
    assert (_kept(asked), asked.sent("answer:")) == ([], [])


def test_with_another_answer_given_meanwhile_it_is_added(asked):
    asked.write("1. dropout hurts", by="UBEN", channel="DBEN")
    asked.press("standup_post", PLACE, by="UBEN")
    assert said(asked, "answer:1:UBEN") == f"Ben (edited): dropout hurts · {DOUBTFUL}"


def test_a_question_in_the_prompts_own_thread_is_an_answer(talk):
    open_round(talk)
    channel, ts = place(talk, "prompt:1:UBEN")
    talk.write("what if we distil it?", by="UBEN", channel=channel, thread_ts=ts)
    assert said(talk, "answer:1:UBEN") == "Ben: what if we distil it?"


def test_a_question_after_report_tomorrow_is_asked_about_too(talk):
    open_round(talk)
    talk.write("1. dropout hurts\n2. distil it\n3. none", by="UBEN", channel="DBEN")
    talk.write("report tomorrow", by="UBEN", channel="DBEN")
    _write(talk)
    assert DOUBTFUL not in str(talk.sent("edit:early:"))
    talk.press("standup_post", PLACE, by="UBEN")
    assert DOUBTFUL in str(talk.sent("early:")[-1].payload) + str(talk.sent("edit:early:"))
    assert said(talk, f"unsure:{PLACE}").startswith("Posted")


def test_a_question_in_the_evening_is_no_learning_until_posted(talk):
    open_round(talk)
    ticket(talk, 43, owner="UBEN")
    talk.write("1. dropout hurts\n2. distil it\n3. none", by="UBEN", channel="DBEN")
    talk.say("/standup evening 17:30")
    talk.later(hours=8)
    talk.run(evening_job.run)
    _write(talk)
    with Session(talk.engine) as session:
        assert DOUBTFUL not in [row.text for row in session.exec(select(Learning))]
    talk.press("standup_post", PLACE, by="UBEN")
    with Session(talk.engine) as session:
        assert DOUBTFUL in [row.text for row in session.exec(select(Learning))]


@pytest.mark.parametrize("said_", [QUESTION, "kill EXP-043", "who is blocked?", "thanks"])
def test_what_is_surely_no_answer_is_neither_posted_nor_asked_about(talk, said_):
    open_round(talk)
    _write(talk, said_)
    assert (talk.sent("answer:"), talk.sent("unsure:"), _kept(talk)) == ([], [], [])
    assert talk.replies[-1].text or talk.sent("react:DBEN")
