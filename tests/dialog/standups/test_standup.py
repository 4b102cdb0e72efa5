"""Answering with the form, skipping, looking."""

import pytest
from sqlmodel import Session

from jobs.standups import standup as job
from models.experiments import learning as learnings
from services.standups import standup
from tests import seeded
from tests.conversation import prefilled
from tests.standups import arrange, open_round, parent, place, prompts, said

ANSWER = {"q0": "The reranker hurts short queries", "q1": "Distil it", "q2": "none"}


def _team(talk, session):
    return seeded.team_row(session)


def test_an_answer_is_posted_in_the_thread_counted_and_acknowledged(talk):
    open_round(talk)
    talk.say("/standup")
    assert talk.submit_open(ANSWER).errors == {}
    row = talk.sent("answer:1:UANA")[0]
    assert (row.channel, row.thread_of) == ("CTEAM", "round:1")
    assert row.payload["text"].startswith("Ana: The reranker hurts short queries")
    assert "1/3 in, 2 to go" in parent(talk)
    assert "your answer is in" in said(talk, "prompt:1:UANA")


def test_answering_again_edits_the_one_answer(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    again = talk.press("standup_answer", "1").modal
    assert prefilled(again)["q0"] == ANSWER["q0"]
    talk.submit_open({"q0": "It hurts all queries"})
    assert said(talk, "answer:1:UANA") == "Ana (edited): It hurts all queries · Distil it · none"
    assert len([row for row in talk.sent("answer:1:UANA") if row.kind == "post"]) == 1
    assert "1/3 in" in parent(talk)


def test_the_form_cannot_be_sent_empty(talk):
    open_round(talk)
    talk.say("/standup")
    assert "All fields are empty" in talk.submit_open({"q0": " ", "q1": None}).errors["q0"]


def test_an_unsent_answer_is_offered_again_until_it_is_sent(talk):
    open_round(talk)
    talk.say("/standup")
    talk.close("standup_answer", {"q0": "half a tho"}, meta={"round": 1})
    assert prefilled(talk.say("/standup").modal)["q0"] == "half a tho"
    talk.submit_open({"q0": "half a thought, and the rest"})
    assert prefilled(talk.say("/standup").modal)["q0"] == "half a thought, and the rest"


def test_the_next_step_of_the_last_answer_is_offered_the_next_day(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    talk.later(days=1)
    talk.run(job.run)
    filled = prefilled(talk.say("/standup").modal)
    assert (filled["q0"], filled["q1"], filled["q2"]) == (None, "Distil it", None)


def test_answering_early_spares_the_prompt(talk):
    people = {"UANA": ("Ana", "UTC"), "ULEE": ("Lee", "America/Los_Angeles")}
    open_round(talk, who=people)
    assert prompts(talk) == {"UANA": "asked", "ULEE": "due"}
    talk.say("/standup", by="ULEE")
    talk.submit_open(ANSWER, by="ULEE")
    talk.later(hours=8)
    talk.run(job.run)
    assert [row.key for row in talk.sent("prompt:1:") if row.kind == "post"] == ["prompt:1:UANA"]


def test_before_the_round_opens_it_says_when_the_next_one_is(talk):
    arrange(talk)
    heard = talk.say("/standup").text
    assert "No standup is open for you now. Next: Standup Mon 23 Nov." in heard
    assert "<!date^1795426200^" in heard


def test_somebody_outside_the_standup_is_told_so(talk):
    open_round(talk)
    assert "You are in no standup here (Standup)" in talk.say("/standup", by="UZOE").text
    assert "not in this round" in talk.press("standup_answer", "1", by="UZOE").text
    reply = talk.send("standup_answer", ANSWER, by="UZOE", meta={"round": 1})
    assert "not in this round" in reply.text
    assert talk.sent("answer:") == []


def test_a_round_that_does_not_exist_is_refused(talk):
    open_round(talk)
    assert "gone" in talk.press("standup_answer", "99").text


@pytest.mark.parametrize("how", ["button", "command", "word"])
def test_skipping_takes_the_person_out_of_those_to_go(talk, how):
    open_round(talk)
    if how == "button":
        talk.press("standup_skip", "1", by="UBEN")
    elif how == "command":
        assert "Skipped: Standup." in talk.say("/standup skip", by="UBEN").text
    else:
        talk.write("Skip.", by="UBEN", channel="DBEN")
        assert talk.sent("react:DBEN")
    assert "0/3 in, 1 skipped, 2 to go" in parent(talk)
    assert "skipped" in said(talk, "prompt:1:UBEN")
    assert "nothing to skip" in talk.say("/standup skip", by="UBEN").text


def test_who_skipped_can_answer_after_all_and_who_answered_cannot_skip(talk):
    open_round(talk)
    talk.press("standup_skip", "1")
    talk.press("standup_answer", "1")
    talk.submit_open(ANSWER)
    assert "1/3 in, 2 to go" in parent(talk)
    assert "answered already" in talk.press("standup_skip", "1").text


def test_status_shows_who_is_in_and_who_is_to_go_to_the_asker_only(talk):
    people = {"UANA": ("Ana", "UTC"), "UBEN": ("Ben", "UTC"), "ULEE": ("Lee", "America/New_York")}
    open_round(talk, who=people)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    status = talk.say("/standup status", by="UZOE")
    assert status.text == "Standup Mon 23 Nov: 1/3 in, 2 to go"
    shown = status.blocks[0]["text"]["text"]
    assert "In: Ana\nTo go: Ben\nNot asked yet: Lee" in shown


def test_status_before_the_first_round_points_to_the_list(talk):
    arrange(talk)
    assert "no round yet" in talk.say("/standup status").text


def test_a_late_answer_is_taken_marked_and_only_counted(talk):
    open_round(talk)
    talk.press("standup_answer", "1")
    talk.submit_open(ANSWER)
    talk.later(hours=5)
    talk.run(job.run)
    wrapped = parent(talk)
    assert "Standup Mon 23 Nov: 1 of 3 answered" in wrapped
    assert said(talk, "prompt:1:UBEN") == "Standup Mon 23 Nov: not answered."
    view = talk.say("/standup", by="UBEN").modal
    assert "marked late" in str(view["blocks"][0])
    talk.submit_open(ANSWER, by="UBEN")
    assert said(talk, "answer:1:UBEN").startswith("Ben (late):")
    assert parent(talk) == wrapped.replace("1 of 3 answered", "1 of 3 answered (1 late)")


def test_an_answer_sent_after_the_hour_but_before_the_wrap_up_is_late_too(talk):
    open_round(talk)
    talk.later(hours=4)
    talk.press("standup_answer", "1")
    talk.submit_open(ANSWER)
    talk.run(job.run)
    assert "0 of 3 answered (1 late)" in parent(talk)


def test_what_was_learned_and_what_is_due_can_be_asked_for(talk):
    open_round(talk)
    with Session(talk.engine) as session:
        due = standup.due(session, _team(talk, session), "UANA", now=talk.now)
        assert (due.round_id, due.questions[0]) == (1, "What did you learn?")
        assert standup.due(session, _team(talk, session), "UZOE", now=talk.now) is None
    start = talk.now
    talk.later(minutes=1)
    talk.say("/standup")
    talk.submit_open(ANSWER)
    talk.say("/standup", by="UBEN")
    talk.submit_open(ANSWER | {"q0": "n/a"}, by="UBEN")
    with Session(talk.engine) as session:
        until = talk.now.replace(hour=23)
        (heard,) = learnings.between(session, _team(talk, session).pk, start, until)
        assert (heard.user_id, heard.text) == ("UANA", ANSWER["q0"])
        assert standup.due(session, _team(talk, session), "UANA", now=talk.now) is None


def test_two_standups_of_one_person_are_offered_one_after_the_other(talk):
    arrange(talk)
    talk.say("/standup setup", channel="CTWO")
    talk.submit_open({"name": "Evals", "people": ["UANA"], "questions": "What broke?"})
    talk.later(minutes=91)
    talk.run(job.run)
    assert "Evals" in str(talk.say("/standup", channel="CTWO").modal)
    assert "one more standup" in talk.submit_open({"q0": "nothing broke"}).text
    assert "What did you learn?" in str(talk.say("/standup", channel="CTWO").modal)
    assert talk.submit_open(ANSWER).text == ""


def test_markup_in_an_answer_stays_text(talk):
    open_round(talk)
    talk.say("/standup")
    talk.submit_open(ANSWER | {"q0": "<!channel> *bold* & <@UBEN>"})
    payload = talk.sent("answer:1:UANA")[0].payload
    assert "<!channel>" not in payload["text"]
    prose = [block for block in payload["blocks"] if block["type"] == "rich_text"]
    assert "<!channel> *bold* & <@UBEN>" in str(prose[0])
    assert place(talk, "round:1")[0] == "CTEAM"
