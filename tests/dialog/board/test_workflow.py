"""Moving, extending, promoting and reopening."""

import pytest

from tests.conversation import prefilled
from tests.experiments import bring, write

LEARNED = "Deduplicate the corpus before fine-tuning."


@pytest.fixture
def lead(talk):
    talk.say("/exp leads add <@ULEE>", by="ULEE")
    return "ULEE"


def test_a_ticket_goes_the_whole_way_to_production(talk):
    bring(talk, "safe")
    reply = talk.say(f"/exp promote EXP-001 {LEARNED}")
    assert reply.text.startswith("EXP-001 promoted to production by <@UANA> · accuracy 0.86")
    line = talk.sent("decision:")[-2]
    thread = talk.sent("decision:")[-1]
    assert (line.channel, thread.thread_of) == ("CTEAM", line.key)
    assert LEARNED in str(thread.payload["blocks"])
    card = talk.say("/exp 1")
    assert card.text.startswith("EXP-001 · production, final 0.86")
    assert LEARNED in str(card.blocks)


@pytest.mark.parametrize(
    ("stage", "said", "heard"),
    [
        ("backlog", "/exp move 1 production", "cannot go from backlog to production"),
        ("backlog", "/exp move 1 experiment", "it can go to hypothesis or killed"),
        ("backlog", "/exp move 1 done", "“done” is no stage. EXP-001 is in backlog"),
        ("backlog", "/exp move 1 killed", "Type `/kill EXP-001 what we learned`."),
        ("backlog", "/exp move 1 backlog", "EXP-001 is in backlog already."),
        ("backlog", "/exp promote 1 all is well now", "only evaluation leads to production"),
        ("hypothesis", "/exp move 1 experiment", "type `/exp update EXP-001 data=ready`"),
        ("experiment", "/exp move 1 evaluation", "no result is logged"),
        ("evaluation", "/exp move 1 iteration", "the decision needs a reason"),
        ("evaluation", "/exp move 1 production", "`/exp promote EXP-001 what we learned`"),
        ("evaluation", "/exp promote 1 all is well now", "/exp update exp-001 safety=ok"),
        ("safe", "/exp promote 1 n/a", "What did we learn?"),
        ("safe", "/exp reopen 1 why not", "EXP-001 is open: it is in evaluation."),
        ("backlog", "/exp move 9 hypothesis", "There is no EXP-009."),
        ("backlog", "/exp move", "Which experiment?"),
        ("backlog", "/exp move llama", "is no experiment id"),
    ],
)
def test_what_is_missing_is_named_with_what_to_type(talk, stage, said, heard):
    bring(talk, stage)
    told = len(talk.sent("decision:"))
    assert heard.casefold() in talk.say(said).text.casefold()
    assert len(talk.sent("decision:")) == told


def test_the_refusals_offer_the_way_as_a_button(talk):
    bring(talk, "safe")
    for stage, action in (("killed", "kill_open"), ("production", "promote_open")):
        assert action in str(talk.say(f"/exp move 1 {stage}").blocks)
    assert talk.press("promote_open", "1").modal["callback_id"] == "promote_experiment"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/exp move 1 evaluation", "Only the owner (UANA) or a lead (ULEE) can move EXP-001."),
        ("/exp move 1", "Only the owner (UANA) or a lead (ULEE) can move EXP-001."),
        ("/exp extend 1 3d outage", "can extend EXP-001."),
        ("/exp promote 1 we learned a lot", "Only a lead can promote experiments. Ask ULEE."),
        ("/exp promote 1", "Only a lead can promote experiments. Ask ULEE."),
        ("/exp reopen 1 again", "Only the owner (UANA) or a lead (ULEE) can reopen EXP-001."),
    ],
)
def test_who_may_not_decide_hears_who_may(talk, lead, said, heard):
    bring(talk, "safe")
    reply = talk.say(said, by="UBEN")
    assert heard in reply.text
    assert reply.modal is None


def test_entering_the_experiment_tells_when_the_box_ends(talk):
    bring(talk, "experiment")
    told = talk.sent("decision:")[-1].payload["text"]
    assert "hypothesis → experiment by <@UANA> · time box starts, ends Sun 6 Dec" in told


def test_a_stage_may_be_named_with_to(talk):
    write(talk)
    assert "moved backlog → hypothesis" in talk.say("/exp move 1 to hypothesis").text


def test_iterating_needs_a_reason_and_a_new_result_leads_back(talk):
    bring(talk, "safe")
    talk.say("/exp move 1 iteration rank 32 looks promising")
    assert "rank 32" in str(talk.sent("decision:")[-1].payload["blocks"])
    assert "no new result" in talk.say("/exp move 1 evaluation").text
    talk.later(hours=1)
    talk.say("/exp update 1 acc=0.88")
    assert "moved iteration → evaluation" in talk.say("/exp move 1 evaluation").text
    assert "blocking criterion" in talk.say(f"/exp promote 1 {LEARNED}").text


def test_the_move_form_shows_what_is_missing_and_moves(talk):
    bring(talk, "experiment")
    form = talk.press("move_open", "1").modal
    assert "no result is logged" in str(form["blocks"])
    errors = talk.submit_open({}).errors
    assert "stays in experiment: no result is logged" in next(iter(errors.values()))
    talk.say("/exp update 1 acc=0.8")
    talk.say("/exp move 1")
    assert "moved experiment → evaluation" in talk.submit_open({"stage": "evaluation"}).text


def test_a_closed_move_form_keeps_the_reason(talk):
    bring(talk, "evaluation")
    talk.say("/exp move 1")
    values = {"stage": "iteration", "note": "half a reason"}
    talk.close("move_experiment", values, meta={"number": 1})
    assert prefilled(talk.say("/exp move 1").modal)["note"] == "half a reason"


def test_promotion_without_learnings_asks_for_them_in_a_form(talk):
    bring(talk, "safe")
    form = talk.say("/exp promote 1").modal
    assert form["callback_id"] == "promote_experiment"
    assert "What did we learn?" in talk.submit_open({"learnings": "n/a"}).errors["learnings"]
    talk.close("promote_experiment", {"learnings": "half"}, meta={"number": 1})
    assert prefilled(talk.say("/exp promote 1").modal)["learnings"] == "half"
    assert "promoted to production" in talk.submit_open({"learnings": LEARNED}).text


def test_promoting_twice_is_told_once(talk):
    bring(talk, "safe")
    talk.say(f"/exp promote 1 {LEARNED}", by="UANA")
    told = len(talk.sent("decision:"))
    again = talk.say(f"/exp promote 1 {LEARNED}", by="UBEN")
    assert again.text.startswith("EXP-001 was promoted to production on 2026-11-23 by UANA.")
    assert len(talk.sent("decision:")) == told


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/exp extend 1", "By how much, and why?"),
        ("/exp extend 1 3d", "An extension needs a reason."),
        ("/exp extend 1 3d n/a", "An extension needs a reason."),
        ("/exp extend 1 soon please", "“soon” is no length of time."),
        ("/exp extend 1 0d why", "is no length of time"),
        ("/exp extend 5 3d outage", "There is no EXP-005."),
    ],
)
def test_an_extension_needs_a_length_and_a_reason(talk, said, heard):
    bring(talk, "experiment")
    assert heard in talk.say(said).text


def test_an_extension_is_public_with_its_reason(talk):
    bring(talk, "experiment")
    reply = talk.say("/exp extend 1 3d cluster outage")
    assert reply.text == (
        "EXP-001 extended by 3 days by <@UANA>: box 14 → 17 days, ends Wed 9 Dec"
    )
    assert "cluster outage" in str(talk.sent("decision:")[-1].payload["blocks"])


def test_the_third_extension_takes_a_lead(talk, lead):
    bring(talk, "experiment")
    talk.say("/exp extend 1 1d outage")
    talk.say("/exp extend 1 1d outage again")
    assert "has been extended 2 times" in talk.say("/exp extend 1 1d third").text
    assert "box 16 → 17 days" in talk.say("/exp extend 1 1d third", by=lead).text


def test_an_undone_extension_does_not_count(talk, lead):
    bring(talk, "experiment")
    for _ in range(3):
        talk.say("/exp extend 1 1d outage")
        talk.say("/exp undo")
    assert "extended by 1 day " in talk.say("/exp extend 1 1d outage").text


def test_a_promoted_ticket_reopens_to_evaluation_in_public(talk):
    bring(talk, "safe")
    talk.say(f"/exp promote 1 {LEARNED}")
    assert "needs a reason" in talk.say("/exp reopen 1").text
    reply = talk.say("/exp reopen 1 it regressed on safety")
    assert reply.text == "EXP-001 reopened by <@UANA>: production → evaluation"
    assert talk.sent("decision:")[-2].payload["text"] == reply.text
    assert LEARNED in str(talk.say("/exp 1").blocks)


def test_moving_twice_at_once_is_one_move(talk):
    write(talk)
    first = talk._ask("command", "/exp", "UANA", text="move 1 hypothesis", key="trig:9")
    again = talk._ask("command", "/exp", "UANA", text="move 1 hypothesis", key="trig:9")
    assert first.text == again.text
    assert len(talk.sent("decision:")) == 3
    assert "in hypothesis already" in talk.say("/exp move 1 hypothesis").text


def _kill(talk):
    talk.say(f"/kill 1 {LEARNED}")
    return talk.say("/exp 1").text


def test_a_killed_ticket_reopens_to_the_stage_it_was_killed_in(talk):
    bring(talk, "result")
    assert _kill(talk).startswith("EXP-001 · killed")
    reply = talk.say("/exp reopen 1 the eval set was wrong")
    assert reply.text == "EXP-001 reopened by <@UANA>: killed → experiment"


def test_a_kill_is_undone_by_the_same_undo(talk):
    bring(talk, "result")
    assert _kill(talk).startswith("EXP-001 · killed")
    assert "the kill is undone. It is in experiment" in talk.say("/exp undo").text
