"""What the kill form shows, asks and keeps."""

import pytest

from tests.scenes import LEARNED, last_change, row, start, three
from tests.tickets import experiment, stored


@pytest.fixture
def lab(talk):
    """Ana owns EXP-042, Lee leads, Ben does neither; the team has its channels."""
    start(three(talk), values=(0.7, 0.74), gpu_used=19.0)
    return talk


def test_without_learnings_a_form_shows_the_evidence_and_asks(lab):
    form = lab.say("/kill EXP-042", by="UANA").modal
    assert form["submit"]["text"] == form["title"]["text"] == "Kill EXP-042"
    shown = str(form["blocks"])
    assert "0.74, target 0.85" in shown
    assert "day 8 of 14" in shown
    assert "19/24 h" in shown
    reply = lab.submit_open({"learnings": LEARNED, "call": "late"}, by="UANA")
    assert "EXP-042 is killed" in reply.text
    assert last_change(lab).after["call"] == "late"
    assert "too late" in str(lab.sent("decision:EXP-042")[0].payload["blocks"])


def test_the_form_names_the_rules_that_fire_and_what_a_person_must_judge(lab):
    lab.say("/exp rules document", by="ULEE")
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
