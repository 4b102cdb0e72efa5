"""Velocity that jumps, planning that takes hours or is skipped: cause, remedy, records."""

from datetime import date, timedelta

import pytest

from core.project import diagnosis
from core.project.diagnosis_of_team import PlanningEvidence, judge, swings
from tests.sprints import FIRST, arrange, decided, idea


def per_sprint(*counts):
    """Tickets decided so many a sprint, from the first one on."""
    days = [FIRST + timedelta(days=14 * n + 3) for n, count in enumerate(counts)
            for _ in range(count)]  # fmt: skip
    return [decided(number, day) for number, day in enumerate(days, start=1)]


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ("Velocity is wildly inconsistent", "velocity"),
        ("our throughput jumps around", "velocity"),
        ("Planning takes 4 hours", "planning"),
        ("we spend hours on planning", "planning"),
        ("Researchers skip planning", "skipping"),
        ("nobody comes: they don't attend planning", "skipping"),
        ("our velocity is slow", "ship"),
        ("we haven't shipped in 3 sprints", "ship"),
    ],
)
def test_the_documents_three_symptoms_are_understood(typed, about):
    assert diagnosis.read(typed).about == about


def test_velocity_that_jumps_more_than_chance_is_shown_with_throughput_as_the_remedy(talk_on_both):
    talk = talk_on_both
    arrange(talk, *per_sprint(1, 9, 0, 8, 1))
    said = talk.say("/diagnose velocity is wildly inconsistent", by="UBEN")
    body = str(said.blocks)
    assert said.text == ("Diagnosis, velocity jumps from sprint to sprint: the records show it")
    assert "Likely cause: Story points on uncertain work." in body
    assert "decided in the last 5 sprints: 1, 9, 0, 8, 1 (mean 3.8)" in body
    assert "Count throughput: completed experiments a sprint" in body


def test_velocity_that_only_looks_inconsistent_is_told_to_be_chance(talk):
    arrange(talk, *per_sprint(3, 5, 2, 4, 3))
    said = talk.say("/diagnose velocity is wildly inconsistent")
    assert said.text.endswith("the records do not show it")
    assert "small numbers differ as much by chance" in str(said.blocks)


def test_few_sprints_are_not_judged(talk):
    arrange(talk, *per_sprint(0, 0, 0, 0, 3), start=date(2026, 11, 9))
    said = talk.say("/diagnose velocity is wildly inconsistent")
    assert said.text.endswith("not enough data")
    assert "it takes 4" in str(said.blocks)


def test_the_test_for_swings_keeps_its_level():
    assert swings([0, 0, 0, 0]) == 1.0
    assert swings([4, 4, 4, 4]) > 0.9
    assert swings([0, 12, 0, 12]) < 0.001


def test_planning_that_takes_hours_is_told_to_ask_for_hypothesis_and_criteria_only(talk):
    arrange(talk, idea(1, kill_criteria="accuracy below 70%"), idea(2),
            idea(3, method="step " * 101))  # fmt: skip
    said = talk.say("/diagnose planning takes 4 hours", by="UBEN")
    body = str(said.blocks)
    assert said.text == "Diagnosis, planning takes too long: the records show it"
    assert "Specify the hypothesis and the success and kill criteria only." in body
    assert "1 of the 3 tickets that wait are ready for planning" in body
    assert "EXP-002: no kill criteria" in body
    assert "method of more than 100 words, which can wait: EXP-003" in body
    assert "is not recorded" in body


def test_skipped_planning_is_answered_with_whose_ideas_are_in_no_plan_and_names_nobody(talk):
    arrange(talk, idea(1), idea(2, owner="UBEN"))
    talk.say("/diagnose researchers skip planning")
    assert "cannot be said" in str(talk.replies[-1].blocks)
    talk.press("sprint_commit", "6")
    talk.submit_open({"experiments": ["1"]})
    body = str(talk.say("/diagnose researchers skip planning").blocks)
    assert "1 of 2 people have no ticket of their own in the plan of sprint 6" in body
    assert "in no plan although written more than 14 days ago: EXP-002" in body
    assert "what do YOU want to try, what do you need from the team?" in body
    assert "Ben" not in body


def test_it_is_shared_by_a_button_once(talk):
    arrange(talk, idea(1))
    said = talk.say("/diagnose planning takes 4 hours")
    (button,) = [b for block in said.blocks if block["type"] == "actions"
                 for b in block["elements"]]  # fmt: skip
    assert "Shared in <#CTEAM>" in talk.press(button["action_id"], button["value"]).text
    (told,) = talk.sent("diagnosis:")
    assert "planning takes too long" in told.payload["text"]
    assert "already" in talk.press(button["action_id"], button["value"]).text


def test_nothing_written_is_not_enough_to_judge():
    for case in ("velocity", "planning", "skipping"):
        assert judge(case, PlanningEvidence((), ())).holds is None
