"""Answering the next round today, and the word `report`."""

import pytest
from sqlmodel import Session, select

from core.standups import early as rules
from jobs.standups import standup as job
from models.experiments.learning import Learning
from models.standups.early import Early
from tests.conversation import prefilled
from tests.standups import arrange, know, open_round, parent, place, prompts, said

KEY = "early:1:2026-11-24:UANA"
ANSWER = {"q0": "lr matters", "q1": "Distil it", "q2": "none"}


@pytest.fixture
def answered(talk):
    """Ana has answered Monday's round."""
    open_round(talk)
    talk.say("/standup")
    talk.submit_open({"q0": "today's", "q1": "b", "q2": "none"})
    return talk


def _next_round(talk):
    talk.deliver()
    talk.later(days=1)
    talk.run(job.run)


def _rows(talk):
    with Session(talk.engine) as session:
        return list(session.exec(select(Early)))


def _changed(talk, ts, text, **more):
    message = {"type": "message", "user": "UANA", "ts": ts, "text": text} | more
    event = {"type": "message", "subtype": "message_changed", "channel": "DANA",
             "message": message, "channel_type": "im"}  # fmt: skip
    return talk.event("message", event, channel="DANA", text=text, message_ts=ts)


def test_an_early_answer_is_posted_when_its_round_opens_and_nobody_is_asked_again(answered):
    talk = answered
    view = talk.say("/standup answer tomorrow").modal
    assert "Standup Tue 24 Nov" in str(view)
    talk.submit_open(ANSWER)
    assert said(talk, KEY) == (
        "Standup Tue 24 Nov: your answer is kept and posted when the round opens."
    )
    assert talk.sent("answer:2:") == []
    _next_round(talk)
    assert said(talk, "answer:2:UANA") == "Ana: lr matters · Distil it · none"
    assert prompts(talk, 2)["UANA"] == "answered"
    assert "1/3 in, 2 to go" in parent(talk, 2)
    assert talk.sent("prompt:2:UANA") == []
    assert said(talk, KEY) == "Standup Tue 24 Nov: your answer is in the round."
    assert _rows(talk) == []
    with Session(talk.engine) as session:
        assert [row.text for row in session.exec(select(Learning))] == ["today's", "lr matters"]


def test_the_prompt_that_was_answered_offers_the_next_one(answered):
    row = answered.sent("edit:prompt:1:UANA")[-1]
    assert "Answer the next one now" in str(row.payload["blocks"])
    assert "Tue 24 Nov" in str(answered.press("early_open").modal)


def test_it_can_be_changed_and_taken_back(answered):
    talk = answered
    talk.press("early_open")
    talk.submit_open(ANSWER)
    assert prefilled(talk.press("early_open", "1").modal)["q0"] == "lr matters"
    talk.submit_open({"q0": "lr matters most"})
    assert "lr matters most" in str(talk.sent(f"edit:{KEY}")[-1].payload["blocks"])
    talk.press("early_back", "1|2026-11-24")
    assert "is taken back" in said(talk, KEY)
    assert "no early answer" in talk.press("early_back", "1|2026-11-24").text
    _next_round(talk)
    assert prompts(talk, 2)["UANA"] == "asked"


def test_an_empty_form_takes_it_back(answered):
    answered.press("early_open")
    answered.submit_open(ANSWER)
    answered.press("early_open")
    answered.submit_open({"q0": "", "q1": "", "q2": ""})
    assert _rows(answered) == []
    answered.press("early_open")
    assert "no early answer" in answered.submit_open({}).errors[""]


def test_a_half_typed_early_answer_is_offered_again(answered):
    meta = {"standup": 1, "on": "2026-11-24"}
    answered.close("early_answer", {"q0": "half a"}, meta=meta)
    assert prefilled(answered.press("early_open").modal)["q0"] == "half a"


def test_who_owes_todays_answer_gives_that_first(talk):
    open_round(talk)
    assert "is open and waits for your answer" in talk.say("/standup answer tomorrow").text
    assert "waits for your answer" in talk.write("report tomorrow", channel="DANA").text
    assert _rows(talk) == []


def test_who_is_in_no_standup_is_told(talk):
    arrange(talk)
    assert "You are in no standup" in talk.say("/standup answer tomorrow", "UZOE").text
    assert "I cannot answer “friday”" in talk.say("/standup answer friday").text


def test_before_the_first_round_the_next_one_is_that(talk):
    arrange(talk)
    assert "Mon 23 Nov" in str(talk.say("/standup answer tomorrow").modal)


def test_when_nothing_is_coming_it_says_so(answered):
    answered.say("/standup pause")
    assert "No standup is coming up" in answered.say("/standup answer tomorrow").text


@pytest.mark.parametrize("how", ["at once", "below", "next messages"])
def test_report_tomorrow_in_a_message(answered, how):
    talk = answered
    talk.later(minutes=11)
    lines = "lr matters\nDistil it next\nnone"
    if how == "at once":
        talk.write(f"report tomorrow\n{lines}", channel="DANA")
    else:
        assert talk.write("report tomorrow", channel="DANA").text == ""
        assert "answer it now, and you are not asked" in said(talk, KEY)
        talk.deliver()
        ts = place(talk, KEY)[1]
        for line in [lines] if how == "below" else lines.splitlines():
            talk.write(line, channel="DANA", thread_ts=ts if how == "below" else "")
    _next_round(talk)
    assert said(talk, "answer:2:UANA") == "Ana: lr matters · Distil it next · none"


def test_an_early_message_is_followed_when_it_is_edited_or_deleted(answered):
    talk = answered
    talk.write("report tomorrow\na\nb\nnone", channel="DANA", ts="9.1")
    _changed(talk, "9.1", "report tomorrow\na2\nb\nnone")
    assert "a2" in str(talk.sent(f"edit:{KEY}")[-1].payload["blocks"])
    _changed(talk, "9.1", "This message was deleted.", subtype="tombstone")
    assert "is taken back" in said(talk, KEY)
    talk.write("report tomorrow\nc\nd\nnone", channel="DANA", ts="9.2")
    _next_round(talk)
    assert said(talk, "answer:2:UANA") == "Ana: c · d · none"
    _changed(talk, "9.2", "report tomorrow\nc2\nd\nnone")
    assert said(talk, "answer:2:UANA") == "Ana (edited): c2 · d · none"


def test_an_opened_round_refuses_replies_below_the_early_message(answered):
    talk = answered
    talk.write("report tomorrow", channel="DANA")
    _next_round(talk)
    assert "there was no early answer" in said(talk, KEY)
    ts = place(talk, KEY)[1]
    reply = talk.write("lr matters", channel="DANA", thread_ts=ts)
    assert "is open by now" in reply.text


def test_a_form_sent_after_the_round_has_opened_is_an_answer_in_it(answered):
    talk = answered
    form = talk.say("/standup answer tomorrow")
    _next_round(talk)
    talk.replies.append(form)
    talk.submit_open(ANSWER)
    assert said(talk, "answer:2:UANA") == "Ana: lr matters · Distil it · none"


def test_other_questions_by_then_lose_nothing(answered):
    talk = answered
    talk.press("early_open")
    talk.submit_open(ANSWER)
    talk.say("/standup setup")
    talk.submit_open({"questions": "What broke?\nWhat's your next experiment?"})
    _next_round(talk)
    assert said(talk, "answer:2:UANA") == (
        "Ana: What did you learn? lr matters Are you stuck on data, compute or clarity? none "
        "· Distil it"
    )


def test_it_waits_for_the_next_round_when_its_day_has_none(answered):
    talk = answered
    talk.press("early_open")
    talk.submit_open(ANSWER)
    talk.say("/standup setup")
    talk.submit_open({"days": ["3"]})
    talk.deliver()
    talk.later(days=3)
    talk.run(job.run)
    assert said(talk, "answer:2:UANA").startswith("Ana: lr matters")
    assert said(talk, KEY) == "Standup Thu 26 Nov: your answer is in the round."


def test_who_was_taken_out_is_told_that_it_was_not_posted(answered):
    talk = answered
    talk.press("early_open")
    talk.submit_open(ANSWER)
    know(talk, {"UBEN": ("Ben", "UTC")})
    talk.say("/standup setup")
    talk.submit_open({"people": ["UBEN"]})
    _next_round(talk)
    assert talk.sent("answer:2:") == []
    assert "was not posted" in said(talk, KEY)
    assert "lr matters" in str(talk.sent(f"edit:{KEY}")[-1].payload["blocks"])


def test_report_alone_offers_the_form_or_says_when(talk):
    open_round(talk)
    reply = talk.write("Report", channel="DANA")
    assert reply.blocks[1]["elements"][0]["value"] == "1"
    assert talk.sent("answer:") == []
    assert "No standup is open" not in reply.text
    talk.write("report today: a\nb\nnone", channel="DANA")
    assert said(talk, "answer:1:UANA") == "Ana: a · b · none"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("report", ("today", "")),
        ("Report tomorrow", ("tomorrow", "")),
        ("report next\n1. a", ("tomorrow", "1. a")),
        ("report: ", ("today", "")),
        ("reports are late", None),
        ("report the loss curve next", None),
        ("report next experiment is EXP-043", None),
        ("report\na\nb\nc", ("today", "a\nb\nc")),
        ("I report", None),
    ],
)
def test_only_the_word_itself_is_the_word(text, word):
    assert rules.word(text) == word


def test_a_key_in_an_early_answer_is_told_to_its_writer(answered):
    key = "sk-ant-" + "a1B2" * 20
    answered.write(f"report tomorrow\nuse {key}\nb\nnone", channel="DANA")
    assert any("key" in row.payload["text"] or "secret" in row.payload["text"]
               for row in answered.sent("secret"))  # fmt: skip
