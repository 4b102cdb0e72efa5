"""A standup's questions: rearranged by leads, answered in every way, shown everywhere."""

import csv
import io
import json

import pytest

from core.standups.questions import Question
from jobs.standups import standup as job
from tests.conversation import Conversation, prefilled
from tests.standups import arrange, led_round, open_round, parent, place, said

TYPED = (
    {"text": "How are the labels?", "kind": "choice", "choices": "good\nbad", "place": "0"},
    {"text": "How many runs?", "kind": "number", "place": "1"},
    {"text": "Stuck?", "kind": "yesno", "place": "2", "rules": ["required"]},
)


def _buttons(reply):
    found = [e for b in reply.blocks if b["type"] == "actions" for e in b["elements"]]
    return {(e["action_id"], e["value"].split("|")[1]): e["value"] for e in found}


def _press(talk, action, at="0", by="UANA"):
    return talk.press(action, _buttons(talk.replies[-1])[action, at], by)


def typed_standup(talk):
    """A standup that asks a choice, a number and yes or no, and then what was learned."""
    arrange(talk, questions="What did you learn?")
    talk.say("/standup questions")
    for question in TYPED:
        _press(talk, "standup_question_add")
        talk.submit_open(question)
    return talk


def open_typed(talk):
    """Its round is open."""
    typed_standup(talk).later(minutes=91)
    talk.run(job.run)
    talk.deliver()


def test_a_lead_adds_edits_moves_and_removes_questions(talk):
    typed_standup(talk)
    shown = str(talk.replies[-1].blocks)
    assert talk.replies[-1].text == "Saved. Standup asks 4 questions"
    assert "1. How are the labels? _(one of: good, bad)_" in shown
    assert "3. Stuck? _(yes or no, must be answered)_" in shown
    _press(talk, "standup_question_down")
    assert talk.replies[-1].replace
    assert "2. How are the labels?" in str(talk.replies[-1].blocks)
    _press(talk, "standup_question_up", "1")
    _press(talk, "standup_question_edit", "1")
    assert prefilled(talk.replies[-1].modal)["kind"] == "number"
    talk.submit_open({"text": "How many seeds?", "place": "3"})
    _press(talk, "standup_question_remove", "2")
    listed = str(talk.say("/standup questions").blocks)
    assert "3. How many seeds? _(a number)_" in listed
    assert "What did you learn?" not in listed


def test_the_channel_has_one_message_about_a_days_changes(talk):
    typed_standup(talk)
    posts = [row for row in talk.sent("questions:1:") if row.kind == "post"]
    assert len(posts) == 1
    now = talk.sent("edit:questions:1:")[-1].payload
    assert "changed by Ana" in now["text"]
    assert "4. What did you learn?" in str(now["blocks"])


def test_who_is_no_lead_reads_and_cannot_change(talk):
    led_round(talk)
    reply = talk.say("/standup questions", by="UZOE")
    assert _buttons(reply) == {}
    assert "A lead can change them." in str(reply.blocks)
    value = _buttons(talk.say("/standup questions", by="ULEE"))["standup_question_remove", "0"]
    assert (
        "Only a lead can change the questions"
        in talk.press("standup_question_remove", value, "UZOE").text
    )


def test_a_button_under_an_older_list_changes_nothing(talk):
    typed_standup(talk)
    old = _buttons(talk.say("/standup questions"))["standup_question_remove", "0"]
    assert talk.press("standup_question_remove", old).text.startswith("Removed.")
    assert "were changed since" in talk.press("standup_question_remove", old).text
    assert "too old" in talk.press("standup_question_up", "1").text
    assert "How many runs?" in str(talk.say("/standup questions").blocks)


def test_a_half_typed_question_is_offered_again(talk):
    arrange(talk)
    talk.say("/standup questions")
    form = _press(talk, "standup_question_add").modal
    meta = json.loads(form["private_metadata"])
    talk.close("standup_question_form", {"text": "How many", "kind": "number"}, meta=meta)
    talk.say("/standup questions")
    filled = prefilled(_press(talk, "standup_question_add").modal)
    assert (filled["text"], filled["kind"]) == ("How many", "number")


def test_a_question_without_choices_is_refused_under_its_field(talk):
    arrange(talk)
    talk.say("/standup questions")
    _press(talk, "standup_question_add")
    reply = talk.submit_open({"text": "Labels?", "kind": "choice"})
    assert "2 to 20 choices" in reply.errors["choices"]


def test_before_there_is_a_standup_it_says_how_to_start(talk):
    assert "A lead starts one: `/standup setup`" in talk.say("/standup questions").text


def test_a_running_round_keeps_its_questions(talk):
    open_round(talk)
    talk.say("/standup questions")
    _press(talk, "standup_question_remove")
    assert "What did you learn?" in str(talk.say("/standup").modal)
    talk.later(days=1)
    talk.run(job.run)
    assert "What did you learn?" not in str(talk.press("standup_answer", "2").modal)


def test_changing_the_setup_keeps_what_the_questions_take(talk):
    typed_standup(talk)
    talk.say("/standup setup")
    talk.submit_open({"at": "10:00"})
    assert "_(a number)_" in str(talk.say("/standup questions").blocks)


def test_the_form_has_the_right_field_for_each_kind(talk):
    open_typed(talk)
    view = talk.press("standup_answer", "1").modal
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    kinds = [block["element"]["type"] for block in inputs]
    assert kinds == ["radio_buttons", "number_input", "radio_buttons", "plain_text_input"]
    assert [block["optional"] for block in inputs] == [True, True, False, True]
    talk.submit_open({"q0": "bad", "q1": "7", "q2": "no", "q3": "lr matters"})
    assert said(talk, "answer:1:UANA") == "Ana: bad · 7 · no · lr matters"
    assert prefilled(talk.press("standup_answer", "1").modal)["q0"] == "bad"


def test_what_must_be_answered_is_asked_for_under_its_field(talk):
    open_typed(talk)
    talk.press("standup_answer", "1")
    assert "must be answered" in talk.submit_open({"q0": "bad"}).errors["q2"]
    assert talk.sent("answer:") == []


@pytest.mark.parametrize("where", ["dm", "dm thread", "channel thread"])
def test_a_plain_reply_is_read_line_by_line(talk: Conversation, where):
    open_typed(talk)
    channel, ts = place(talk, "round:1" if where == "channel thread" else "prompt:1:UBEN")
    text = "B\nabout 7 runs\nKeine.\nlr matters"
    reply = talk.write(text, "UBEN", channel=channel, thread_ts="" if where == "dm" else ts)
    assert said(talk, "answer:1:UBEN") == "Ben: bad · about 7 runs · no · lr matters"
    assert reply.text == ""
    assert [row.payload["name"] for row in talk.sent("react:")] == ["white_check_mark"]


def test_what_cannot_be_read_is_kept_and_the_writer_is_told(talk):
    open_typed(talk)
    reply = talk.write("so so\na few\nno\nlr", "UBEN", channel="DBEN")
    assert said(talk, "answer:1:UBEN") == "Ben: so so · a few · no · lr"
    assert reply.text.startswith("Your answer is in, but not all of it is clear to me.")
    assert "takes one of: good, bad; “so so” is kept as you wrote it" in str(reply.blocks)
    assert [row.payload["name"] for row in talk.sent("react:")] == ["question"]
    changed = talk.write("2. 7", "UBEN", channel="DBEN", thread_ts=place(talk, "prompt:1:UBEN")[1])
    assert changed.text == ""
    assert said(talk, "answer:1:UBEN") == "Ben (edited): so so · 7 · no · lr"
    fields = talk.press("standup_answer", "1", "UBEN").modal["blocks"]
    kept = next(block for block in fields if block.get("block_id") == "q0")
    assert kept["element"]["initial_value"] == "so so"
    assert "It takes one of: good, bad" in talk.submit_open({}, "UBEN").errors["q0"]


def test_what_must_be_answered_and_is_left_out_is_told(talk):
    open_typed(talk)
    reply = talk.write("1. bad\n2. 7", "UBEN", channel="DBEN")
    assert "3. Stuck? must be answered, too." in str(reply.blocks)
    assert said(talk, "answer:1:UBEN") == "Ben: bad · 7"


def test_an_edit_that_makes_it_clear_is_acknowledged(talk):
    open_typed(talk)
    talk.write("bad\na few\nno\nlr", "UBEN", channel="DBEN", ts="9.1")
    message = {"type": "message", "user": "UBEN", "ts": "9.1", "text": "bad\n12\nno\nlr"}
    event = {"type": "message", "subtype": "message_changed", "channel": "DBEN",
             "message": message, "channel_type": "im"}  # fmt: skip
    talk.event("message", event, by="UBEN", channel="DBEN", text=message["text"], message_ts="9.1")
    assert [row.payload["name"] for row in talk.sent("react:")] == ["question", "white_check_mark"]


def test_one_short_typed_reply_in_the_rounds_thread_is_an_answer(talk):
    arrange(talk, questions="Stuck?")
    talk.say("/standup questions")
    _press(talk, "standup_question_edit")
    talk.submit_open({"kind": "yesno"})
    talk.later(minutes=91)
    talk.run(job.run)
    talk.deliver()
    channel, ts = place(talk, "round:1")
    talk.write("nice one", "UBEN", channel=channel, thread_ts=ts)
    assert talk.sent("answer:") == []
    talk.write("nope", "UBEN", channel=channel, thread_ts=ts)
    assert said(talk, "answer:1:UBEN") == "Ben: no"


def test_wrap_up_report_and_file_count_what_was_answered(talk):
    open_typed(talk)
    for user, text in {"UANA": "good\n3\nno\na", "UBEN": "bad\n12\nyes\nb"}.items():
        talk.write(text, user, channel=f"D{user[1:]}")
    talk.later(hours=4)
    talk.run(job.run)
    wrapped = parent(talk)
    assert "How are the labels? good 1, bad 1\nHow many runs? median 7.5 (3 to 12)" in wrapped
    assert "Stuck? yes 1, no 1" in wrapped
    assert "How many runs? median 7.5 (3 to 12)" in str(talk.say("/standup report").blocks)
    talk.say("/standup report csv")
    content = talk.sent("csv:")[0].payload["content"].removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["How are the labels?"], row["How many runs?"]) for row in rows] == [
        ("good", "3"),
        ("bad", "12"),
        ("", ""),
    ]


def test_a_shape_is_only_what_differs_from_free_text():
    assert Question("a").shape == {}
