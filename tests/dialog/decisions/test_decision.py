"""Killing: said, by whom, heard."""

import pytest
from sqlmodel import select

from models import db
from models.experiments.experiment import Experiment as Row
from tests.scenes import LEARNED, last_change, row, start, three
from tests.tickets import experiment, person, stored


@pytest.fixture
def lab(talk):
    """Ana owns EXP-042, Lee leads, Ben does neither; the team has its channels."""
    start(three(talk), values=(0.7, 0.74), gpu_used=19.0)
    return talk


@pytest.mark.parametrize("id_", ["EXP-042", "exp42", "EXP-42", "042", "42", "exp 42", "exp_42:"])
def test_an_id_may_be_written_in_many_ways(lab, id_):
    assert "EXP-042 is killed" in lab.say(f"/kill {id_} {LEARNED}", by="ULEE").text
    assert row(lab).learnings == LEARNED


@pytest.mark.parametrize("by", ["UANA", "ULEE"])
def test_with_learnings_it_is_done_at_once_and_said_in_public(lab, by):
    reply = lab.say(f"/kill EXP-042 {LEARNED}", by=by)
    assert reply.text == "EXP-042 is killed; the team is told. 5 GPU-h released."
    found, made = row(lab), last_change(lab)
    assert (found.stage, found.outcome, found.final_metric) == ("killed", "killed", 0.74)
    assert (found.decided_by, found.decided_at) == (by, lab.now)
    assert (made.before["stage"], made.after["stage"], made.why) == (
        "experiment",
        "killed",
        LEARNED,
    )
    public, evidence = lab.sent("decision:EXP-042")
    assert public.channel == "CTEAM"
    assert public.payload["text"] == (
        f"EXP-042 killed by <@{by}> · accuracy 0.74, target 0.85 · 19/24 GPU-h"
    )
    assert "5 GPU-h released" in str(public.payload["blocks"])
    assert "kill_undo" in str(public.payload["blocks"])
    assert evidence.thread_of == public.key
    assert LEARNED in str(evidence.payload["blocks"])
    assert "day 8 of 14" in str(evidence.payload["blocks"])


@pytest.mark.parametrize("stage", ["backlog", "hypothesis", "evaluation", "iteration"])
def test_every_open_stage_can_be_killed_and_the_audit_says_from_where(lab, stage):
    stored(lab.engine, experiment(number=7, title="other", stage=stage))
    lab.say(f"/kill 7 {LEARNED}", by="UANA")
    assert last_change(lab).before["stage"] == stage


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        ("/kill EXP-099", "ULEE", "There is no EXP-099."),
        ("/kill EXP-099 " + LEARNED, "ULEE", "There is no EXP-099."),
        ("/kill overfits", "ULEE", "“overfits” is no experiment id."),
        ("/kill EXP-042", "UBEN", "Only the owner (ana) or a lead can kill EXP-042."),
        ("/kill EXP-042 " + LEARNED, "UBEN", "Only the owner (ana) or a lead can kill"),
        ("/kill 0", "ULEE", "is no experiment id"),
        ("/kill help", "UBEN", "/kill: what you can type"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_way_on(lab, said, by, heard):
    assert heard in lab.say(said, by=by).text
    assert row(lab).stage == "experiment"


def test_an_already_killed_one_says_by_whom_and_when(lab):
    lab.say(f"/kill EXP-042 {LEARNED}", by="ULEE")
    for said in ("/kill EXP-042", "/kill EXP-042 it was hopeless from the start", "/kill 42 no"):
        for by in ("UANA", "UBEN"):
            heard = lab.say(said, by=by).text
            assert heard.startswith("EXP-042 was already killed by <@ULEE> on <!date^")


def test_the_second_of_two_hears_who_was_first_and_adds_what_they_learned(lab):
    lab.say("/kill EXP-042", by="UANA")
    form = lab.replies[-1].modal
    lab.say(f"/kill EXP-042 {LEARNED}", by="ULEE")
    reply = lab.send(
        form["callback_id"], {"learnings": "labels disagree on refunds"}, "UANA",
        meta={"number": 42, "channel": "CTEAM"},
    )  # fmt: skip
    assert "already killed by <@ULEE>" in reply.text
    assert not reply.errors
    (late,) = lab.sent(":late:UANA")
    assert "labels disagree on refunds" in str(late.payload["blocks"])
    assert len(lab.sent("decision:EXP-042")) == 3


def test_production_is_not_killed_but_reopened(lab):
    stored(lab.engine, experiment(number=8, stage="production", title="live"))
    for said in ("/kill 8", f"/kill 8 {LEARNED}"):
        heard = lab.say(said, by="ULEE").text
        assert "EXP-008 is in production" in heard
        assert "`/exp reopen EXP-008 reason`" in heard


@pytest.mark.parametrize(
    ("said", "learned"),
    [("/kill 42 3 seeds all overfit the same way", "3 seeds all overfit the same way"),
     ("/kill EXP-042: no lift over the baseline", "no lift over the baseline"),
     ("/kill 42 “no lift over the baseline”", "no lift over the baseline")],
)  # fmt: skip
def test_numbers_and_quotes_in_the_sentence_stay_in_the_sentence(lab, said, learned):
    lab.say(said, by="UANA")
    assert row(lab).learnings == learned


def test_without_a_team_channel_the_decision_is_said_where_it_was_typed(talk):
    person(talk.engine, "UANA")
    stored(talk.engine, experiment())
    talk.say(f"/kill EXP-042 {LEARNED}", by="UANA", channel="CELSE")
    assert talk.sent("decision:EXP-042")[0].channel == "CELSE"


def test_typed_in_a_dm_without_a_team_channel_only_the_person_hears_it(talk):
    person(talk.engine, "UANA")
    stored(talk.engine, experiment())
    reply = talk.say(f"/kill EXP-042 {LEARNED}", by="UANA", channel="D1")
    assert "no team channel is set; a lead sets it: `/exp setup`" in reply.text
    assert talk.sent("decision:EXP-042")[0].channel == "UANA"


def test_foreign_words_cannot_ping_anybody(lab):
    lab.say("/kill EXP-042 <!channel> it went <@UBEN> wrong & <b>badly</b>", by="UANA")
    for message in lab.sent("decision:EXP-042"):
        for block in message.payload["blocks"]:
            if block["type"] == "section":
                assert "<!channel>" not in str(block)


def test_guests_of_another_workspace_change_nothing(lab):
    reply = lab._ask("command", "/kill", "ULEE", text=f"42 {LEARNED}", foreign=True)
    assert "Only people of this workspace" in reply.text
    assert row(lab).stage == "experiment"


def test_the_whole_kill_is_lost_together_when_it_fails(lab):
    with db.transaction(lab.engine) as session:
        session.exec(select(Row)).one().stage = "production"
    lab.say(f"/kill EXP-042 {LEARNED}", by="UANA")
    assert lab.sent("decision:") == []
    assert last_change(lab) is None
