"""Killing: said, by whom, heard."""

import pytest
from sqlmodel import Session, select

from models import db
from models.experiment import Change
from models.experiment import Experiment as Row
from tests.tickets import experiment, person, stored

LEARNED = "overfits after the refresh; try fewer epochs"


@pytest.fixture
def lab(talk):
    """Ana owns EXP-042, Lee leads, Ben does neither; the team has a channel."""
    for user_id, role in (("UANA", "member"), ("UBEN", "member"), ("ULEE", "lead")):
        person(talk.engine, user_id, role=role)
    ticket = experiment((0.7, 0.74), gpu_used=19.0)
    stored(talk.engine, ticket, team_channel="CTEAM", leads_channel="CLEADS")
    return talk


def row(talk, number=42) -> Row:
    with Session(talk.engine) as session:
        return session.exec(select(Row).where(Row.number == number)).one()


def last_change(talk) -> Change:
    with Session(talk.engine) as session:
        return session.exec(select(Change).order_by(Change.id.desc())).first()


def errors(reply) -> str:
    return " ".join(reply.errors.values())


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
    assert "box day 8/14" in str(evidence.payload["blocks"])


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


def test_without_learnings_a_form_shows_the_evidence_and_asks(lab):
    form = lab.say("/kill EXP-042", by="UANA").modal
    assert form["submit"]["text"] == form["title"]["text"] == "Kill EXP-042"
    shown = str(form["blocks"])
    assert "0.74, target 0.85" in shown
    assert "box day 8/14" in shown
    assert "19/24 h" in shown
    reply = lab.submit_open({"learnings": LEARNED, "call": "late"}, by="UANA")
    assert "EXP-042 is killed" in reply.text
    assert last_change(lab).after["call"] == "late"
    assert "too late" in str(lab.sent("decision:EXP-042")[0].payload["blocks"])


def test_the_form_names_the_rules_that_fire_and_what_a_person_must_judge(lab):
    criteria = "acc < 0.7 after 3 checkpoints\nthe customer loses interest"
    ticket = experiment((0.5, 0.501, 0.502), number=7, gpu_used=24.0, kill_criteria=criteria)
    stored(lab.engine, ticket)
    shown = str(lab.say("/kill 7", by="UANA").modal["blocks"])
    assert "accuracy 0.502 &lt; 0.7, after 3 results (3 asked)" in shown
    assert "spread 0.002 &lt; 0.01" in shown
    assert "the customer loses interest" in shown
    lab.submit_open({"learnings": LEARNED}, by="UANA")
    assert last_change(lab).after["rules"] == "own kill line, plateau, gap, GPU budget"


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("", "Every kill teaches something"),
        ("n/a", "Every kill teaches something"),
        ("None.", "Every kill teaches something"),
        ("nothing", "Every kill teaches something"),
        ("-", "Every kill teaches something"),
        ("too slow", "“too slow” is a start"),
        ("x              x", "is a start"),
    ],
)
def test_learnings_that_say_nothing_are_refused_kindly_under_the_field(lab, typed, heard):
    lab.say("/kill EXP-042", by="UANA")
    reply = lab.submit_open({"learnings": typed}, by="UANA")
    assert heard in reply.errors["learnings"]
    assert row(lab).stage == "experiment"


@pytest.mark.parametrize(("typed", "heard"), [("n/a", "Every kill teaches"), ("slow", "a start")])
def test_too_few_words_in_the_command_open_the_form_with_them(lab, typed, heard):
    form = lab.say(f"/kill EXP-042 {typed}", by="UANA").modal
    assert heard in form["blocks"][0]["text"]["text"]
    assert typed in str(form["blocks"])


def test_a_closed_form_keeps_what_was_typed(lab):
    lab.say("/kill EXP-042", by="UANA")
    lab.close("kill", {"learnings": LEARNED, "call": None}, by="UANA", meta={"number": 42})
    again = lab.say("/kill EXP-042", by="UANA")
    assert LEARNED in str(again.modal["blocks"])
    lab.submit_open({}, by="UANA")
    assert row(lab).learnings == LEARNED


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


def test_undo_within_ten_minutes_restores_the_ticket_and_edits_the_public_line(lab):
    before = row(lab).snapshot()
    lab.say(f"/kill EXP-042 {LEARNED}", by="UANA")
    change = str(last_change(lab).id)
    lab.later(minutes=10)
    reply = lab.press("kill_undo", change, by="UANA")
    assert reply.text == "The kill of EXP-042 is undone; it is in experiment."
    assert row(lab).snapshot() == before
    (edit,) = lab.sent("edit:decision:EXP-042")
    assert edit.payload["text"] == "EXP-042 is back in experiment: kill undone by <@UANA>"
    assert "kill_undo" not in str(edit.payload["blocks"])
    assert "was already undone by <@UANA>" in lab.press("kill_undo", change, by="ULEE").text
    assert "EXP-042 is killed" in lab.say(f"/kill EXP-042 {LEARNED}", by="UANA").text


@pytest.mark.parametrize(
    ("by", "minutes", "heard"),
    [
        ("UBEN", 1, "Only ana or a lead can undo this."),
        ("ULEE", 1, "is undone"),
        ("UANA", 10.1, "`/exp reopen EXP-042 reason`"),
        ("ULEE", 60, "Undo works for 10 minutes"),
    ],
)
def test_undo_is_for_the_killer_and_leads_and_for_ten_minutes(lab, by, minutes, heard):
    lab.say(f"/kill EXP-042 {LEARNED}", by="UANA")
    lab.later(minutes=minutes)
    assert heard in lab.press("kill_undo", str(last_change(lab).id), by=by).text


def test_undo_of_what_was_reopened_meanwhile_changes_nothing(lab):
    lab.say(f"/kill EXP-042 {LEARNED}", by="UANA")
    change = str(last_change(lab).id)
    lab.later(minutes=1)
    lab.say("/exp reopen EXP-042 new data came in", by="ULEE")
    assert "was changed since" in lab.press("kill_undo", change, by="UANA").text


@pytest.mark.parametrize("value", ["", "x", "999999"])
def test_a_button_that_means_nothing_any_more_is_answered_in_words(lab, value):
    heard = lab.press("kill_undo", value, by="ULEE").text
    assert "too old" in heard or "don't find" in heard


def test_several_ids_are_asked_one_by_one_and_their_sentence_is_kept(lab):
    stored(lab.engine, experiment(number=7, title="other"))
    reply = lab.say(f"/kill EXP-7, exp42 {LEARNED}", by="UANA")
    assert reply.text.startswith("Nothing is killed yet")
    assert str(reply.blocks).count("kill_open") == 2
    assert LEARNED in str(lab.press("kill_open", "7", by="UANA").modal["blocks"])
    lab.submit_open({}, by="UANA")
    assert row(lab, 7).stage == "killed"
    assert row(lab).stage == "experiment"


def test_of_several_ids_those_one_may_not_kill_or_that_do_not_exist_say_so(lab):
    stored(lab.engine, experiment(number=7, title="bens", owner="UBEN"))
    reply = lab.say(f"/kill EXP-7 EXP-42 EXP-99 {LEARNED}", by="UANA")
    assert "Only the owner (ben) or a lead can kill EXP-007." in str(reply.blocks)
    assert "There is no EXP-099." in str(reply.blocks)
    assert str(reply.blocks).count("kill_open") == 1
    assert LEARNED in str(lab.press("kill_open", "42", by="UANA").modal["blocks"])


@pytest.mark.parametrize(
    ("said", "learned"),
    [("/kill 42 3 seeds all overfit the same way", "3 seeds all overfit the same way"),
     ("/kill EXP-042: no lift over the baseline", "no lift over the baseline"),
     ("/kill 42 “no lift over the baseline”", "no lift over the baseline")],
)  # fmt: skip
def test_numbers_and_quotes_in_the_sentence_stay_in_the_sentence(lab, said, learned):
    lab.say(said, by="UANA")
    assert row(lab).learnings == learned


def test_bare_numbers_alone_are_ids(lab):
    stored(lab.engine, experiment(number=7, title="other"))
    assert str(lab.say("/kill 42 7 42", by="UANA").blocks).count("kill_open") == 2


def test_nothing_to_kill_is_a_friendly_sentence(lab):
    assert "Nothing needs killing" in lab.say("/kill", by="UANA").text


def test_bare_kill_lists_five_stale_before_over_budget_one_s_own_for_a_member(lab):
    for number in range(1, 7):
        owner = "UBEN" if number == 1 else "UANA"
        ticket = experiment(number=number, title=f"t{number}", gpu_used=24.0, owner=owner)
        stored(lab.engine, ticket)
    old = lab.now.replace(day=2)
    stored(lab.engine, experiment(number=9, title="stale", progress_at=old))
    lead = lab.say("/kill", by="ULEE")
    assert lead.text == "5 to decide on: EXP-009, EXP-001, EXP-002, EXP-003, EXP-004"
    assert str(lead.blocks).count("kill_open") == 5
    assert lab.say("/kill", by="UBEN").text == "1 to decide on: EXP-001"


def test_without_a_team_channel_the_decision_is_said_where_it_was_typed(talk):
    person(talk.engine, "UANA")
    stored(talk.engine, experiment())
    talk.say(f"/kill EXP-042 {LEARNED}", by="UANA", channel="CELSE")
    assert talk.sent("decision:EXP-042")[0].channel == "CELSE"


def test_typed_in_a_dm_without_a_team_channel_only_the_person_hears_it(talk):
    person(talk.engine, "UANA")
    stored(talk.engine, experiment())
    reply = talk.say(f"/kill EXP-042 {LEARNED}", by="UANA", channel="D1")
    assert "no team channel is set: `/exp setup`" in reply.text
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


def test_exp_undo_takes_a_kill_back_as_well(lab):
    lab.say(f"/kill EXP-042 {LEARNED}", by="UANA")
    lab.say("/exp undo EXP-042", by="UANA")
    assert row(lab).stage == "experiment"
    assert "Undone by <@UANA>" in lab.sent("edit:decision:EXP-042")[0].payload["text"]


def test_the_whole_kill_is_lost_together_when_it_fails(lab):
    with db.transaction(lab.engine) as session:
        session.exec(select(Row)).one().stage = "production"
    lab.say(f"/kill EXP-042 {LEARNED}", by="UANA")
    assert lab.sent("decision:") == []
    assert last_change(lab) is None
