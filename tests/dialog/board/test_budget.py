"""A large compute budget is approved and agreed on before it is spent; a small one never waits."""

import pytest

from tests.sprints import arrange, idea


def ready(number, hours, **more):
    """Ben's ticket in Hypothesis with all that starting takes."""
    return idea(number, owner="UBEN", stage="hypothesis", gpu_budget=hours, **more)


@pytest.fixture
def team(talk_on_both):
    """Sprints of 120 GPU-hours; EXP-001 takes 96 of them, EXP-002 40, EXP-003 waits."""
    arrange(talk_on_both, ready(1, 96.0), ready(2, 40.0),
            idea(3, owner="UBEN", gpu_budget=96.0, kill_criteria="accuracy below 70%"),
            leads_channel="CLEADS")  # fmt: skip
    return talk_on_both


def asked(talk):
    """The request in the leads' channel, and the number on its buttons."""
    (told,) = talk.sent("approval:")
    (buttons,) = [b["elements"] for b in told.payload["blocks"] if b["type"] == "actions"]
    return told, buttons[0]["value"]


def test_a_large_budget_waits_for_a_lead_who_approves_it_with_one_press(team):
    said = team.say("/exp move EXP-001 experiment", by="UBEN")
    assert said.text.startswith(
        "EXP-001 stays in hypothesis: no lead has approved its 96 of the sprint’s 120 GPU-hours."
    )
    assert "budget_ask" in str(said.blocks)
    assert "no lead has approved" in str(team.say("/exp move EXP-001", by="UBEN").modal)
    assert "they are asked" in team.press("budget_ask", "1", by="UBEN").text
    assert "was asked already" in team.press("budget_ask", "1", by="UBEN").text
    told, number = asked(team)
    assert told.channel == "CLEADS"
    assert told.payload["text"] == "EXP-001: <@UBEN> asks to let it use 96 GPU-hours"
    assert "Only a lead" in team.press("approval_yes", number, by="UBEN").text
    assert "approved by <@UANA>" in team.press("approval_yes", number).text
    assert "96 GPU-hours approved by <@UANA>" in str(team.say("/exp show EXP-001").blocks)
    assert "moved hypothesis → experiment" in team.say("/exp move 1 experiment", by="UBEN").text


def test_a_small_budget_never_waits(team):
    assert "→ experiment" in team.say("/exp move EXP-002 experiment", by="UBEN").text


def test_a_lead_approves_by_command_or_by_moving_it(team):
    assert "Only a lead" in team.say("/gpu approve EXP-001", by="UBEN").text
    said = team.say("/gpu approve EXP-001")
    assert said.text == "EXP-001: <@UANA> approved its 96 GPU-hours"
    assert "are approved already" in team.say("/gpu approve EXP-001").text
    assert "approved already" in team.press("budget_ask", "1", by="UBEN").text
    team.press("undo", str(_undo(said)))
    assert "stays in hypothesis" in team.say("/exp move EXP-001 experiment", by="UBEN").text
    assert "→ experiment" in team.say("/exp move EXP-001 experiment").text
    assert "96 GPU-hours approved by <@UANA>" in str(team.say("/exp show EXP-001").blocks)


def _undo(said):
    return said.blocks[-1]["elements"][0]["value"]


def test_more_than_was_approved_is_approved_anew(team):
    team.say("/gpu approve EXP-001")
    team.say("/exp edit EXP-001", by="UBEN")
    team.submit_open({"gpu_budget": "100h", "kill_criteria": "accuracy below 70%"}, by="UBEN")
    assert "no lead has approved its 100" in team.say("/exp move 1 experiment", by="UBEN").text


def test_leads_say_from_which_share_on(team):
    assert "Only a lead" in team.say("/gpu approve 90%", by="UBEN").text
    assert "“200%” is no share" in team.say("/gpu approve 200%").text
    assert "Which experiment?" in team.say("/gpu approve").text
    assert "more than 90% of the sprint’s GPU-hours" in team.say("/gpu approve 90%").text
    assert "→ experiment" in team.say("/exp move EXP-001 experiment", by="UBEN").text
    assert "No budget waits" in team.say("/gpu approve off").text


def test_without_gpu_hours_of_the_sprint_nothing_waits(team):
    team.say("/sprint setup capacity=0h")
    assert "→ experiment" in team.say("/exp move EXP-001 experiment", by="UBEN").text


def test_the_backlog_is_left_when_the_team_agreed_to_run_it_this_sprint(team):
    team.press("sprint_commit", "6")
    team.submit_open({"experiments": ["2"]})
    said = team.say("/exp move EXP-003 hypothesis", by="UBEN").text
    assert "EXP-003 stays in backlog: it takes 96 of the sprint’s 120 GPU-hours and is not" in said
    assert "plan of sprint 6. A lead takes it in: `/sprint add EXP-003 why`." in said
    team.say("/sprint add EXP-003 the data came early")
    assert "→ hypothesis" in team.say("/exp move EXP-003 hypothesis", by="UBEN").text
    assert "Agreed for sprint 6 by <@UANA>" in str(team.say("/exp show EXP-003").blocks)


def test_a_lead_who_moves_one_out_of_the_backlog_takes_it_into_the_sprint_with_one_press(team):
    team.press("sprint_commit", "6")
    team.submit_open({"experiments": ["2"]})
    said = team.say("/exp move EXP-003 hypothesis")
    assert "It is not in the plan of sprint 6" in str(said.blocks)
    assert "Only a lead" in team.press("sprint_agree", "3", by="UBEN").text
    team.press("sprint_agree", "3")
    assert "in sprint 6 already" in team.press("sprint_agree", "3").text
    assert "Agreed for sprint 6 by <@UANA>" in str(team.say("/exp show EXP-003").blocks)


def test_a_large_one_is_not_queued_for_a_gpu_before_it_is_approved(team):
    team.say("/gpu 1")
    team.say("/exp move EXP-002 experiment", by="UBEN")
    assert "no lead has approved" in team.say("/exp move EXP-001 experiment", by="UBEN").text
    assert "0 wait" in team.say("/gpu").text
