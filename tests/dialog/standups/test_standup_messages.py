"""Answering by plain messages, and what happens when they are edited or deleted."""

import pytest
from sqlmodel import Session

from jobs.standups import standup as job
from models.blockers import blocker as blockers
from tests.standups import open_round, parent, place, prompts, said

THREE = "lr matters most\nEXP-7\nnone"


def _changed(talk, user, channel, ts, text, **more):
    message = {"type": "message", "user": user, "ts": ts, "text": text} | more
    event = {"type": "message", "subtype": "message_changed", "channel": channel, "hidden": True,
             "message": message, "channel_type": "im"}  # fmt: skip
    return talk.event("message", event, by=user, channel=channel, text=text, message_ts=ts)


def _deleted(talk, user, channel, ts):
    event = {"type": "message", "subtype": "message_deleted", "channel": channel, "hidden": True,
             "previous_message": {"user": user, "ts": ts}, "channel_type": "im"}  # fmt: skip
    return talk.event("message", event, by=user, channel=channel, message_ts=ts)


@pytest.mark.parametrize("where", ["dm", "dm thread", "channel thread"])
def test_a_plain_reply_counts_as_an_answer_and_is_acknowledged(talk, where):
    open_round(talk)
    channel, ts = place(talk, "round:1" if where == "channel thread" else "prompt:1:UBEN")
    talk.write(THREE, by="UBEN", channel=channel, thread_ts="" if where == "dm" else ts)
    assert said(talk, "answer:1:UBEN") == "Ben: lr matters most · EXP-7 · none"
    assert [row.payload["name"] for row in talk.sent("react:")] == ["white_check_mark"]
    assert "1/3 in, 2 to go" in parent(talk)


def test_text_without_structure_answers_the_first_question(talk):
    open_round(talk)
    talk.write("The reranker hurts", by="UBEN", channel="DBEN")
    assert said(talk, "answer:1:UBEN") == "Ben: The reranker hurts"


def test_three_messages_in_a_row_answer_three_questions(talk):
    open_round(talk)
    for text in ("The reranker hurts", "Distil it next", "labels are late"):
        talk.write(text, by="UBEN", channel="DBEN")
        talk.later(minutes=2)
    expected = "Ben (edited): The reranker hurts · Distil it next · labels are late"
    assert said(talk, "answer:1:UBEN") == expected
    with Session(talk.engine) as session:
        assert [b.kind for b in blockers.open_of(session, 1)] == ["data"]
    talk.write("By the way, who has the key to the office?", by="UBEN", channel="DBEN")
    assert said(talk, "answer:1:UBEN") == expected


@pytest.mark.parametrize(
    ("text", "by", "where"),
    [
        ("thanks!", "UBEN", "dm"),
        (":+1:", "UBEN", "dm"),
        ("I am not in it", "UZOE", "dm"),
        ("The reranker hurts", "UZOE", "channel thread"),
        ("<@UBEN> great find", "UANA", "channel thread"),
        ("which dataset is that?", "UANA", "channel thread"),
        ("The reranker hurts", "UBEN", "channel"),
        ("The reranker hurts", "UBEN", "other thread"),
        ("The reranker hurts", "UBEN", "Ana's thread"),
    ],
)
def test_what_is_no_answer_passes_by(talk, text, by, where):
    open_round(talk)
    channel, ts = {
        "dm": (f"D{by[1:]}", ""),
        "channel thread": place(talk, "round:1"),
        "channel": ("CTEAM", ""),
        "other thread": ("CTEAM", "1.000001"),
        "Ana's thread": place(talk, "prompt:1:UANA"),
    }[where]
    reply = talk.write(text, by=by, channel=channel, thread_ts=ts)
    marks = [row.payload["name"] for row in talk.sent("react:")]
    assert (talk.sent("answer:"), "white_check_mark" in marks) == ([], False)
    assert bool(reply.text or marks) == channel.startswith("D")  # to us: it is answered


def test_talk_in_the_thread_after_ones_answer_does_not_change_it(talk):
    open_round(talk)
    channel, ts = place(talk, "round:1")
    talk.write(THREE, by="UBEN", channel=channel, thread_ts=ts)
    talk.write("I will try that tomorrow with more data", by="UBEN", channel=channel, thread_ts=ts)
    assert said(talk, "answer:1:UBEN") == "Ben: lr matters most · EXP-7 · none"


def test_a_reply_in_ones_own_thread_adds_to_the_form(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open({"q0": "a", "q1": "b", "q2": "none"})
    channel, ts = place(talk, "prompt:1:UANA")
    talk.write("3. GPU quota", channel=channel, thread_ts=ts)
    assert said(talk, "answer:1:UANA") == "Ana (edited): a · b · GPU quota"
    talk.write("and the loss was 0.3", channel=channel, thread_ts=ts)
    assert said(talk, "answer:1:UANA") == "Ana (edited): a and the loss was 0.3 · b · GPU quota"


@pytest.mark.parametrize("subtype", ["channel_join", "bot_message", "message_replied"])
def test_other_kinds_of_messages_are_ignored(talk, subtype):
    open_round(talk)
    event = {"type": "message", "subtype": subtype, "channel_type": "im", "channel": "DBEN"}
    talk.event("message", event, by="UBEN", channel="DBEN", text=THREE, message_ts="9.1")
    event = {"type": "message", "bot_id": "B1", "channel_type": "im", "channel": "DBEN"}
    talk.event("message", event, by="UBEN", channel="DBEN", text=THREE, message_ts="9.2")
    assert talk.sent("answer:") == []


def test_a_file_without_words_gets_a_question_mark_and_a_hint(talk):
    open_round(talk)
    event = {"type": "message", "subtype": "file_share", "channel_type": "im", "channel": "DBEN"}
    reply = talk.event("message", event, by="UBEN", channel="DBEN", message_ts="9.1")
    assert "words only" in reply.text
    assert [row.payload["name"] for row in talk.sent("react:")] == ["question"]
    assert prompts(talk)["UBEN"] == "asked"


def test_an_edit_of_the_message_edits_the_answer(talk):
    open_round(talk)
    talk.write(THREE, by="UBEN", channel="DBEN", ts="9.1")
    _changed(talk, "UBEN", "DBEN", "9.1", "lr matters\nEXP-8\nGPU quota")
    assert said(talk, "answer:1:UBEN") == "Ben (edited): lr matters · EXP-8 · GPU quota"
    with Session(talk.engine) as session:
        assert [b.kind for b in blockers.open_of(session, 1)] == ["compute"]


def test_an_unfurled_link_is_no_edit(talk):
    open_round(talk)
    talk.write(THREE, by="UBEN", channel="DBEN", ts="9.1")
    _changed(talk, "UBEN", "DBEN", "9.1", THREE, attachments=[{}])
    assert said(talk, "answer:1:UBEN") == "Ben: lr matters most · EXP-7 · none"


@pytest.mark.parametrize("how", ["deleted", "tombstone"])
def test_deleting_the_message_withdraws_the_answer_and_its_words(talk, how):
    open_round(talk)
    talk.write("a\nb\nGPU quota", by="UBEN", channel="DBEN", ts="9.1")
    if how == "deleted":
        _deleted(talk, "UBEN", "DBEN", "9.1")
    else:
        gone = "This message was deleted."
        _changed(talk, "UBEN", "DBEN", "9.1", gone, subtype="tombstone")
    assert said(talk, "answer:1:UBEN") == "Ben: (withdrawn)"
    assert "0/3 in, 3 to go" in parent(talk)
    assert "your turn" in said(talk, "prompt:1:UBEN")
    with Session(talk.engine) as session:
        assert blockers.open_of(session, 1) == []
    talk.write(THREE, by="UBEN", channel="DBEN", ts="9.2")
    assert said(talk, "answer:1:UBEN") == "Ben: lr matters most · EXP-7 · none"


def test_deleting_one_of_two_messages_keeps_the_other(talk):
    open_round(talk)
    talk.write("dropout hurts", by="UBEN", channel="DBEN", ts="9.1")
    talk.write("labels are late", by="UBEN", channel="DBEN", ts="9.2")
    _deleted(talk, "UBEN", "DBEN", "9.1")
    assert said(talk, "answer:1:UBEN") == "Ben (edited): labels are late"


def test_edits_and_deletions_of_other_messages_pass_by(talk):
    open_round(talk)
    _changed(talk, "UBEN", "DBEN", "5.5", "whatever")
    _deleted(talk, "UBEN", "DBEN", "5.5")
    assert talk.sent("answer:") == []


def test_a_thread_reply_after_the_close_is_a_late_answer(talk):
    open_round(talk)
    channel, ts = place(talk, "prompt:1:UBEN")
    talk.later(hours=5)
    talk.run(job.run)
    talk.write("not a thread, so no answer any more", by="UBEN", channel=channel)
    assert talk.sent("answer:") == []
    talk.write(THREE, by="UBEN", channel=channel, thread_ts=ts)
    assert said(talk, "answer:1:UBEN").startswith("Ben (late):")
    assert "0 of 3 answered (1 late)" in parent(talk)


def test_skip_after_the_close_is_refused_in_words(talk):
    open_round(talk)
    channel, ts = place(talk, "prompt:1:UBEN")
    talk.later(hours=5)
    talk.run(job.run)
    assert "over" in talk.write("skip", by="UBEN", channel=channel, thread_ts=ts).text


def test_a_message_that_leaves_the_stuck_question_out_neither_opens_nor_closes_blockers(talk):
    open_round(talk)
    talk.write("a\nb\nGPU quota", by="UBEN", channel="DBEN")
    talk.later(days=1)
    talk.run(job.run)
    talk.write("The reranker hurts", by="UBEN", channel="DBEN")
    with Session(talk.engine) as session:
        assert [b.kind for b in blockers.open_of(session, 1)] == ["compute"]


def test_being_stuck_told_in_passing_is_a_blocker(talk):
    open_round(talk)
    talk.write("The reranker hurts. I am waiting for labels.", by="UBEN", channel="DBEN")
    with Session(talk.engine) as session:
        [row] = blockers.open_of(session, 1)
        assert (row.kind, row.text) == ("data", "I am waiting for labels.")
