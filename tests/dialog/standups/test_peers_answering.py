"""The peers' table, rows 4-6 and 11-15: how people answer.

docs/peers.md names these tests by row.
"""

import json

from jobs.standups import standup as job
from tests.conversation import prefilled
from tests.standups import (
    PEOPLE,
    arrange,
    next_day,
    open_round,
    parent,
    place,
    said,
)

ANSWER = {"q0": "The reranker hurts", "q1": "Distil it", "q2": "none"}


def _answer(talk, by="UANA", **more):
    talk.press("standup_answer", "1", by)
    return talk.submit_open(ANSWER | more, by)


def _posts(talk, part):
    return [row for row in talk.sent(part) if row.kind == "post"]


def test_row_04_an_answer_is_changed_in_place_with_the_form_or_by_editing_the_message(talk):
    open_round(talk)
    _answer(talk)
    _answer(talk, q0="It hurts all queries")
    assert said(talk, "answer:1:UANA").startswith("Ana (edited): It hurts all queries")
    channel, _ = place(talk, "prompt:1:UBEN")
    talk.write("lr matters most", by="UBEN", channel=channel, ts="1.5")
    message = {"type": "message", "user": "UBEN", "ts": "1.5", "text": "lr matters little"}
    event = {"subtype": "message_changed", "channel": channel, "message": message}
    event["channel_type"] = "im"
    talk.event("message", event, "UBEN", channel=channel, text=message["text"], message_ts="1.5")
    assert said(talk, "answer:1:UBEN").startswith("Ben (edited): lr matters little")
    assert len(_posts(talk, "answer:")) == 2


def test_row_05_a_late_answer_is_marked_and_filed_to_its_day(talk):
    open_round(talk)
    next_day(talk)
    _answer(talk, by="UBEN")
    assert "Ben (late)" in said(talk, "answer:1:UBEN")
    shown = talk.say("/standup report yesterday")
    assert "1 of 3 answered (33%, 1 late)" in shown.text


def test_row_06_tomorrow_is_answered_today_and_nobody_asks_again(talk):
    open_round(talk)
    _answer(talk)
    talk.say("/standup answer tomorrow")
    talk.submit_open(ANSWER | {"q0": "written the evening before"})
    talk.deliver()
    next_day(talk)
    assert "written the evening before" in said(talk, "answer:2:UANA")
    assert _posts(talk, "prompt:2:UANA") == []


def test_row_11_answers_have_authors_and_only_the_mood_has_none(talk):
    open_round(talk)
    _answer(talk)
    assert said(talk, "answer:1:UANA").startswith("Ana: ")
    assert "anonym" not in json.dumps(talk.say("/standup setup").modal).casefold()


def test_row_12_a_round_is_one_message_with_the_answers_in_its_thread(talk):
    open_round(talk)
    for who in PEOPLE:
        _answer(talk, by=who)
    assert len(_posts(talk, "round:")) == 1
    assert {row.thread_of for row in _posts(talk, "answer:1:")} == {"round:1"}
    assert "3/3 in" in parent(talk) or "3 of 3" in parent(talk)


def test_row_13_the_form_starts_with_what_was_to_come_next(talk):
    open_round(talk)
    _answer(talk)
    next_day(talk)
    assert prefilled(talk.press("standup_answer", "2").modal)["q1"] == "Distil it"


def test_row_14_questions_are_text_choice_number_or_yes_and_no(talk):
    arrange(talk)
    talk.say("/standup questions")
    actions = [b for b in talk.replies[-1].blocks if b["type"] == "actions"]
    buttons = [e for block in actions for e in block["elements"]]
    add = next(e for e in buttons if e["action_id"] == "standup_question_add")
    form = talk.press("standup_question_add", add["value"]).modal
    shown = json.dumps(form)
    for kind in ("text", "choice", "number", "yesno"):
        assert f'"value": "{kind}"' in shown
    talk.submit_open({"text": "How many runs?", "kind": "number", "place": "0"})
    assert "How many runs? _(a number)_" in str(talk.replies[-1].blocks)


def test_row_15_the_mood_is_anonymous_and_told_from_four_votes_on(talk):
    arrange(talk, PEOPLE | {"UDEE": ("Dee", "UTC")})
    talk.say("/standup mood on")
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()
    for step, who in enumerate([*PEOPLE, "UDEE"], start=2):
        talk.press("standup_mood", f"1|{step}", who)
    talk.later(hours=5)
    talk.run(job.run)
    assert "Mood: 3.5 of 5 (4 votes)" in parent(talk)
    assert "Dee" not in str(talk.say("/standup mood").blocks)
