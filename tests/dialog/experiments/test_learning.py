"""/learn: what was learned is found wherever it was written, and kept in step."""

from datetime import timedelta

import pytest

from tests.experiments import write
from tests.standups import open_round, ticket

ANSWER = {"q0": "The tokenizer splits EXP-042 numbers", "q1": "Distil it", "q2": "none"}
LEARNED = "the eval set cannot see two points"


def _shown(talk, line, by="UANA"):
    reply = talk.say(line, by=by)
    return f"{reply.text}\n{reply.blocks}"


def _shortcut(talk, text, by="UANA", ts="5.1"):
    message = {"user": "UBEN", "text": text}
    return talk._ask("shortcut", "learn_from_message", by, text=text, message_ts=ts, event=message)


def test_a_standup_answer_is_found_by_part_of_a_word_and_by_experiment(talk):
    ticket(talk, 42)
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    for line in ("/learn search OKENIZ numbers", "/learn EXP-042", "/learn show 42"):
        shown = _shown(talk, line, by="UCY")
        assert "*EXP-042*: The tokenizer splits EXP-042 numbers" in shown
        assert "_Ana, Mon 23 Nov, only said in a standup_" in shown
    assert "Nothing is kept yet" in _shown(talk, "/learn")


def _below_the_answer(talk):
    """Text and buttons of Ana's answer as it stands in the thread."""
    row = [row for row in talk.sent("answer:1:UANA") if row.kind in ("post", "update")][-1]
    return str(row.payload["blocks"])


def test_one_press_below_an_answer_makes_it_a_learning_once(talk):
    ticket(talk, 42)
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    assert "Keep as a learning" in _below_the_answer(talk)
    for by in ("UBEN", "UCY"):  # the second press changes nothing
        assert talk.press("standup_keep", "1", by=by).text == ""
    assert "Kept as a learning by Ben" in _below_the_answer(talk)
    assert "'Keep as a learning'" not in _below_the_answer(talk)
    assert "_Ana, Mon 23 Nov, standup, kept by Ben_" in _shown(talk, "/learn")
    talk.say("/standup")
    talk.submit_open({"q0": "It splits dates as well"})  # edited: still kept
    assert "It splits dates as well" in _shown(talk, "/learn")


def test_the_same_sentence_is_kept_and_found_once(talk):
    ticket(talk, 42)
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    talk.say("/standup", by="UBEN")
    talk.submit_open(ANSWER | {"q0": "EXP-042: the Tokenizer splits EXP-042 numbers!"}, by="UBEN")
    assert _shown(talk, "/learn search tokenizer").count("splits") == 1
    talk.press("standup_keep", "2", by="UCY")
    shown = _shown(talk, "/learn search tokenizer")
    assert "*EXP-042*: the Tokenizer splits" in shown  # the id once, and the kept one
    assert shown.count("splits") == 1
    assert "That is kept already, by Cy" in talk.press("standup_keep", "1", by="UCY").text
    again = talk.say("/learn add the tokenizer splits EXP-042 numbers").text
    assert "It is there already" in again


@pytest.mark.parametrize("answer", ["7", "1"])
def test_what_is_not_there_cannot_be_kept(talk, answer):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER | {"q0": "none"})
    assert "Keep as a learning" not in _below_the_answer(talk)
    assert "nothing learned in that answer" in talk.press("standup_keep", answer).text


def test_kept_ones_are_found_before_what_was_only_said(talk):
    talk.say("/learn add the tokenizer is slow")
    open_round(talk)
    talk.later(hours=1)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    shown = _shown(talk, "/learn search tokenizer")
    assert shown.index("tokenizer is slow") < shown.index("tokenizer splits")


def test_an_edited_answer_is_found_by_its_new_words_only(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    talk.say("/standup")
    talk.submit_open({"q0": "Batching helps"})
    assert "No learning has “tokenizer”" in _shown(talk, "/learn search tokenizer")
    assert "Batching helps" in _shown(talk, "/learn search batching")
    talk.say("/standup")
    talk.submit_open({"q0": "nothing"})
    assert "No learning has" in _shown(talk, "/learn search batching")


def test_a_withdrawn_answer_is_not_found(talk):
    open_round(talk)
    talk.write("The tokenizer\nb\nnone", by="UANA", channel="DANA", ts="7.1")
    assert "The tokenizer" in _shown(talk, "/learn search tokenizer")
    gone = {"subtype": "message_deleted", "channel": "DANA", "ts": "7.2"}
    talk.event("message", gone, by="UANA", channel="DANA", message_ts="7.1")
    assert "No learning has" in _shown(talk, "/learn search tokenizer")


def test_a_kill_is_found_until_it_is_undone(talk):
    write(talk, by="UANA")
    talk.say(f"/kill EXP-001 {LEARNED}", by="UANA")
    talk.submit_open({}, by="UANA") if talk.replies[-1].modal else None
    assert f"*EXP-001*: {LEARNED}" in _shown(talk, "/learn search two points")
    talk.say("/exp undo", by="UANA")
    assert "No learning has" in _shown(talk, "/learn search two points")


def test_what_was_learned_from_a_decision_that_stood_stays_when_it_is_decided_anew(talk):
    write(talk, by="UANA")
    talk.say(f"/kill EXP-001 {LEARNED}", by="UANA")
    talk.now += timedelta(days=20)
    talk.say("/exp reopen 1 new labels came", by="UANA")
    assert f"*EXP-001*: {LEARNED}" in _shown(talk, "/learn search two points")
    talk.say("/kill EXP-001 with new labels it is worse still", by="UANA")
    assert f"*EXP-001*: {LEARNED}" in _shown(talk, "/learn search two points")
    assert "*EXP-001*: with new labels" in _shown(talk, "/learn search new labels")
    talk.say("/exp undo", by="UANA")
    assert "No learning has" in _shown(talk, "/learn search worse still")
    assert f"*EXP-001*: {LEARNED}" in _shown(talk, "/learn search two points")


def test_a_message_is_kept_once_with_its_experiment(talk):
    ticket(talk, 42)
    view = _shortcut(talk, "exp 42 shows: <https://x.y|long> contexts <!here> hurt").modal
    assert "EXP-042" in str(view)
    reply = talk.submit_open({})
    assert "Kept with EXP-042: `/learn EXP-042` shows it" in reply.text
    assert "UBEN, Mon 23 Nov, logged, kept by UANA" in _shown(talk, "/learn search contexts")
    again = _shortcut(talk, "exp 42 shows: …", by="UCY")
    assert again.text.startswith("It is there already, kept by UANA with EXP-042")


def test_two_forms_open_on_one_message_keep_it_once(talk):
    first = _shortcut(talk, "contexts hurt").modal
    _shortcut(talk, "contexts hurt", by="UCY")
    assert talk.submit_open({}, by="UCY").text.startswith("Kept for the team")
    meta = {"origin": "message:CTEAM:5.1", "author": "UBEN"}
    again = talk.send(first["callback_id"], {"text": "contexts do hurt"}, meta=meta)
    assert "It is there already" in again.text


def test_half_typed_words_are_offered_again(talk):
    meta = {"origin": "message:CTEAM:5.1", "author": "UBEN"}
    talk.close("learn_log", {"text": "contexts hu", "experiment": "EXP-9"}, meta=meta)
    assert "contexts hu" in str(_shortcut(talk, "anything").modal)


@pytest.mark.parametrize(
    ("values", "field", "heard"),
    [
        ({"text": "none"}, "text", "What was learned?"),
        ({"experiment": "EXP-777"}, "", "There is no EXP-777"),
        ({"experiment": "soon"}, "experiment", "is no experiment id"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(talk, values, field, heard):
    _shortcut(talk, "contexts hurt")
    assert heard in talk.submit_open(values).errors[field]
    assert "Nothing is kept yet" in _shown(talk, "/learn")


def test_a_message_without_words_is_refused(talk):
    assert "no words" in _shortcut(talk, " ").text


def test_adding_by_command_and_taking_it_back(talk):
    talk.say("/exp leads add <@ULEE>", by="ULEE")
    ticket(talk, 42)
    reply = talk.say("/learn add exp42 short <b>contexts</b> win")
    assert "Kept with EXP-042" in reply.text
    assert "already" in talk.say("/learn add short <b>contexts</b> win", by="UBEN").text
    number = reply.blocks[-1]["elements"][0]["value"]
    assert "Only UANA or a lead" in talk.press("learn_forget", number, by="UBEN").text
    gone = talk.press("learn_forget", number, by="UANA")
    assert gone.replace
    assert "short <b>contexts</b> win" in str(gone.blocks)
    assert "already" in talk.press("learn_forget", number, by="UANA").text


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("/learn", "Nothing is kept yet"),
        ("/learn search", "What should I look for?"),
        ("/learn search <!here>", "No learning has “&lt;!here&gt;”"),
        ("/learn EXP-042", "There is no EXP-042"),
        ("/learn add", "What was learned?"),
        ("/learn add EXP-042", "What was learned?"),
        ("/learn add EXP-042 it works", "There is no EXP-042"),
        ("/learn serch x", "Did you mean `/learn search`?"),
        ("/learn help", "/learn: what you can type"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(talk, line, heard):
    assert heard in talk.say(line).text


def test_more_than_ten_are_counted_out_loud(talk):
    for n in range(11):
        talk.say(f"/learn add number {n} is prime")
    reply = talk.say("/learn search prime")
    assert "There are older ones" in str(reply.blocks)
    assert "number 0 is" not in str(reply.blocks)


def test_the_button_logs_a_learning_without_a_message_and_keeps_what_was_typed(talk):
    talk.press("learn_new", view_type="home", channel="")
    talk.close(
        "learn_log", {"text": "half", "experiment": None}, meta={"origin": "", "author": ""}
    )
    view = talk.press("learn_new", view_type="home", channel="").modal
    assert "half" in str(view)
    assert "Kept for the team" in talk.submit_open({"text": "Longer context hurts"}).text
    assert "half" not in str(talk.press("learn_new", view_type="home").modal)
    assert "What was learned?" in talk.submit_open({"text": "none"}).errors["text"]
    talk.press("learn_new", view_type="home")
    heard = talk.submit_open({"text": "It hurts", "experiment": "abc"})
    assert "no experiment id" in heard.errors["experiment"]


def test_the_search_window_shows_what_it_finds_and_searches_on(talk):
    talk.say("/learn add Longer context hurts the tokenizer")
    talk.press("learn_find", view_type="home")
    found = talk.submit_open({"words": "token"})
    assert "Longer context hurts" in str(found.update)
    assert "No learning has" in str(talk.submit_open({"words": "<!channel>"}).update)
    assert "What should I look for?" in talk.submit_open({"words": " "}).errors["words"]
