"""Taking a kill back."""

import pytest

from tests.scenes import LEARNED, last_change, row, start, three


@pytest.fixture
def lab(talk):
    """Ana owns EXP-042, Lee leads, Ben does neither; the team has its channels."""
    start(three(talk), values=(0.7, 0.74), gpu_used=19.0)
    return talk


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
    lab.say("/exp reopen EXP-042 new data came in", by="UANA")
    lab.press("approval_yes", "1", by="ULEE")
    assert "was changed since" in lab.press("kill_undo", change, by="UANA").text


@pytest.mark.parametrize("value", ["", "x", "999999"])
def test_a_button_that_means_nothing_any_more_is_answered_in_words(lab, value):
    heard = lab.press("kill_undo", value, by="ULEE").text
    assert "too old" in heard or "don't find" in heard


def test_exp_undo_takes_a_kill_back_as_well(lab):
    lab.say(f"/kill EXP-042 {LEARNED}", by="UANA")
    lab.say("/exp undo EXP-042", by="UANA")
    assert row(lab).stage == "experiment"
    assert "Undone by <@UANA>" in lab.sent("edit:decision:EXP-042")[0].payload["text"]
