"""What takes a second named person: large extensions, and reopening what was decided."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from jobs.decisions.approval import expire
from models.decisions.approval import Approval
from models.experiments.experiment import Experiment
from tests.tickets import MONDAY, experiment, person, stored

LONG = "/exp extend 42 15d the labels come in January"
WHY = "the labels were wrong"


@pytest.fixture
def lab(talk):
    """Ana owns EXP-042 (running) and EXP-007 (killed); Lee and Mia lead."""
    return _team(talk)


def _team(talk, leads=("ULEE", "UMIA"), **places):
    for user_id in ("UANA", "UBEN"):
        person(talk.engine, user_id)
    for user_id in leads:
        person(talk.engine, user_id, role="lead")
    where = {"team_channel": "CTEAM", "leads_channel": "CLEADS"} | places
    stored(talk.engine, experiment((0.8,)), **where)
    stored(talk.engine, experiment((0.7,), number=7, title="Old", stage="killed",
                                   decided_at=MONDAY, decided_by="ULEE"))  # fmt: skip
    return talk


def ticket(talk, number=42):
    with Session(talk.engine) as session:
        return session.exec(select(Experiment).where(Experiment.number == number)).one()


def state(talk):
    with Session(talk.engine) as session:
        return [row.state for row in session.exec(select(Approval).order_by(Approval.id))]


def yes(talk, by="ULEE", number="1"):
    return talk.press("approval_yes", number, by=by).text


def test_more_than_twice_the_box_waits_for_a_lead_and_is_then_told(talk_on_both):
    lab = _team(talk_on_both)
    heard = lab.say(LONG, by="UANA").text
    assert (
        heard == "EXP-042: to extend it by 15 days takes another lead's approval; they are asked."
    )
    assert ticket(lab).box_days == 14
    (asked,) = lab.sent("approval:1:CLEADS")
    assert asked.payload["text"] == "EXP-042: <@UANA> asks to extend it by 15 days"
    assert "the labels come in January" in str(asked.payload["blocks"])
    assert yes(lab) == "EXP-042: approved by <@ULEE>; <@UANA> knows."
    assert ticket(lab).box_days == 29
    (edit,) = lab.sent("edit:approval:1:CLEADS")
    assert "approval_yes" not in str(edit.payload["blocks"])
    (answer,) = lab.sent("approval:1:answer")
    assert answer.channel == "UANA"
    assert answer.payload["text"].endswith("was approved by <@ULEE>.")
    line = next(row for row in lab.sent("decision:EXP-042") if not row.thread_of)
    assert line.payload["text"].startswith("EXP-042 extended by 15 days by <@UANA>")
    history = str(lab.say("/exp history 42").blocks)
    assert "the labels come in January (approved by lee)" in history


def test_twice_the_box_takes_nobody_else(lab):
    assert "box 14 → 28 days" in lab.say("/exp extend 42 14d labels", by="UANA").text
    assert state(lab) == []


@pytest.mark.parametrize(
    ("hours", "waits"), [("24h", False), ("25h", True), ("1d", False), ("2d", True)]
)
def test_more_than_twice_the_budget_waits(lab, hours, waits):
    heard = lab.say(f"/exp extend 42 gpu={hours} more seeds", by="UANA").text
    assert ("takes another lead's approval" in heard) is waits
    assert ticket(lab).gpu_budget == (24.0 if waits else 48.0)


def test_small_steps_do_not_add_up_unseen(lab):
    assert "24 → 44 GPU-hours" in lab.say("/exp extend 42 gpu=20h seeds", by="UANA").text
    assert (
        "takes another lead's approval"
        in lab.say("/exp extend 42 gpu=5h more seeds", by="UANA").text
    )


def test_the_edit_form_is_no_way_around_it(lab):
    lab.say("/exp edit 42", by="UANA")
    reply = lab.submit_open({"gpu_budget": "49h", "kill_criteria": "below 0.7"}, by="UANA")
    assert "`/exp extend EXP-042 gpu=12h why`" in reply.errors["gpu_budget"]


def test_reopening_takes_a_second_person_also_for_a_lead(lab):
    assert "takes another lead's approval" in lab.say(f"/exp reopen 7 {WHY}", by="ULEE").text
    assert "somebody else has to decide" in yes(lab, "ULEE")
    assert "approved by <@UMIA>" in yes(lab, "UMIA")
    assert ticket(lab, 7).stage == "backlog"


def test_only_leads_decide(lab):
    lab.say(LONG, by="UANA")
    assert yes(lab, "UBEN").startswith("Only a lead can decide this.")
    assert lab.press("approval_no", "1", by="UBEN").text.startswith("Only a lead")
    assert "Only a lead" in yes(lab, "UANA")
    assert state(lab) == ["open"]


def test_two_at_once_are_one_decision(lab):
    lab.say(LONG, by="UANA")
    yes(lab)
    assert yes(lab, "UMIA") == "EXP-042: approved by <@ULEE>; <@UANA> knows."
    assert "approved by <@ULEE>" in lab.press("approval_no", "1", by="UMIA").text
    assert ticket(lab).box_days == 29
    assert len(lab.sent("approval:1:answer")) == 1


def test_declined_leaves_all_as_it_was_and_tells_who_asked(lab):
    lab.say(LONG, by="UANA")
    heard = lab.press("approval_no", "1", by="ULEE").text
    assert heard == "EXP-042: declined by <@ULEE>; <@UANA> knows."
    assert "was declined by <@ULEE>." in lab.sent("approval:1:answer")[0].payload["text"]
    assert ticket(lab).box_days == 14


def test_who_asked_may_take_it_back(lab):
    waits = lab.say(LONG, by="UANA")
    button = waits.blocks[-1]["elements"][0]
    assert "taken back by <@UANA>" in lab.press(button["action_id"], button["value"]).text
    assert lab.sent("approval:1:answer") == []


def test_asking_twice_is_one_request(lab):
    lab.say(LONG, by="UANA")
    assert "was asked already and waits" in lab.say(LONG, by="UANA").text
    assert state(lab) == ["open"]


def test_a_request_ends_after_three_working_days_and_the_asker_hears(lab):
    lab.now = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)  # a Thursday
    lab.say(LONG, by="UANA")
    lab.now = datetime(2026, 12, 1, 9, 59, tzinfo=UTC)  # Tuesday
    lab.run(expire)
    assert state(lab) == ["open"]
    lab.now = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    lab.run(expire)
    lab.run(expire)
    assert state(lab) == ["expired"]
    (answer,) = lab.sent("approval:1:answer")
    assert "not decided within 3 working days" in answer.payload["text"]
    assert "nobody decided within 3 working days" in yes(lab)
    assert ticket(lab).box_days == 14


def test_an_old_request_gives_way_to_a_new_one(lab):
    lab.say(LONG, by="UANA")
    lab.later(days=7)
    assert "they are asked" in lab.say(LONG, by="UANA").text
    assert state(lab) == ["expired", "open"]


def test_what_is_not_possible_any_more_is_void(lab):
    lab.say(LONG, by="UANA")
    lab.say("/kill 42 it overfits on the new corpus", by="UMIA")
    assert "not possible any more" in yes(lab)
    assert state(lab) == ["void"]
    assert ticket(lab).stage == "killed"


def test_without_a_leads_channel_the_other_leads_get_it(talk):
    lab = _team(talk, leads_channel="")
    lab.say(LONG, by="ULEE")
    assert [row.channel for row in lab.sent("approval:1:")] == ["UMIA"]


def test_the_only_lead_waits_a_day_and_then_decides_alone_on_record(talk):
    lab = _team(talk, leads=("ULEE",))
    heard = lab.say(f"/exp reopen 7 {WHY}", by="ULEE").text
    assert "there is no other lead. You can approve it alone from" in heard
    assert "You can approve it alone from Tue 24 Nov 09:00 on" in yes(lab)
    lab.later(hours=24)
    assert yes(lab) == "EXP-007: approved by <@ULEE>, alone; <@ULEE> knows."
    assert f"{WHY} (approved alone, the only lead)" in str(lab.say("/exp history 7").blocks)


def test_an_owner_in_a_team_with_one_lead_needs_that_lead(talk):
    lab = _team(talk, leads=("ULEE",))
    lab.say(f"/exp reopen 7 {WHY}", by="UANA")
    assert "approved by <@ULEE>; <@UANA> knows." in yes(lab)


def test_a_team_without_leads_has_nobody_to_ask(talk):
    lab = _team(talk, leads=())
    assert lab.say(f"/exp reopen 7 {WHY}", by="UANA").text.startswith("EXP-007 reopened by")
    assert "box 14 → 29 days" in lab.say(LONG, by="UANA").text


@pytest.mark.parametrize("value", ["", "x", "99"])
def test_a_button_that_means_nothing_any_more_is_answered_in_words(lab, value):
    heard = yes(lab, "ULEE", value)
    assert "too old" in heard or "don't find that request" in heard


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/exp extend 42 gpu=12h", "An extension needs a reason."),
        ("/exp extend 42 gpu=0h why", "cannot be right"),
        ("/exp extend 7 gpu=12h why", "was killed"),
        ("/exp extend 42 gpu=lots why", "is no length of time"),
    ],
)
def test_a_wrong_budget_is_said(lab, said, heard):
    assert heard in lab.say(said, by="UANA").text
