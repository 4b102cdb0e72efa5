"""Tickets elsewhere as values: what differs, what was decided, what is said of it."""

from dataclasses import replace

import pytest

from core.board.workflow import next_stages
from core.experiments.experiment import STAGES
from core.tracking.issue import STATUSES, Desk, Linked, comment, desk_of, word_of
from tests.tickets import experiment

JIRA = Desk(1, "jira", "https://acme.atlassian.net", "ML", None, {}, "UANA")
GITHUB = Desk(2, "github", "https://api.github.com", "acme/ml", None, {}, "UANA")


def linked(**more):
    made = Linked(1, JIRA, 42, "ML-17", "evaluation", "", "Evaluation")
    return replace(made, **more)


def test_another_status_differs_and_what_is_on_its_way_does_not():
    assert not linked().differs
    assert not linked(theirs="In Progress").differs  # nothing was said of it yet
    assert linked(theirs="Killed").differs
    assert linked(ours="Killed", theirs="Done", stage="killed").differs
    assert not linked(ours="Killed", theirs="killed", stage="killed").differs
    assert not linked(ours="Killed", theirs="Done", waiting=1).differs
    assert not linked(ours="Killed", theirs="Done", dead=1).differs
    assert not linked(ours="Killed", theirs="").differs


def test_the_documents_workflow_is_ours():
    """Its seven transitions, by the names of its statuses."""
    ways = {(STATUSES[one], STATUSES[to]) for one in STAGES for to in next_stages(one)}
    early = {way for way in ways if way[1] == "Killed" and way[0] != "Evaluation"}
    assert ways - early == {  # what is hopeless may be killed at any stage here
        ("Backlog", "Hypothesis"), ("Hypothesis", "Experiment"), ("Experiment", "Evaluation"),
        ("Evaluation", "Killed"), ("Evaluation", "Iteration"), ("Evaluation", "Production"),
        ("Iteration", "Evaluation"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "desk", "key"),
    [("ml-17", JIRA, "ML-17"), ("<ML-17>", JIRA, "ML-17"), ("#17", GITHUB, "17"),
     ("acme/ml#17", GITHUB, "17"), ("Acme/ML#017", GITHUB, "17"), ("17", GITHUB, "17")],
)  # fmt: skip
def test_a_ticket_is_found_by_what_it_is_called(typed, desk, key):
    assert desk_of(typed, [JIRA, GITHUB]) == (desk, key)


def test_decisions_have_words_and_other_changes_none():
    killed = experiment(stage="killed", outcome="killed")
    assert word_of("evaluation", killed, outcome_changed=True, undone=False) == "killed"
    back = experiment(stage="evaluation")
    assert word_of("killed", back, outcome_changed=True, undone=True) == "undone"
    assert word_of("killed", back, outcome_changed=True, undone=False) == "reopened"
    assert word_of("experiment", back, outcome_changed=False, undone=False) == ""
    again = experiment(stage="iteration", outcome="iterating")
    assert word_of("evaluation", again, outcome_changed=True, undone=False) == "iterating"
    live = experiment(stage="production", outcome="promoted")
    assert word_of("evaluation", live, outcome_changed=True, undone=False) == "promoted"


def test_a_comment_says_the_figure_and_why():
    live = experiment(
        stage="production", final_metric=0.9, target=0.85, learnings="Longer context helps."
    )
    assert comment(live, "promoted", who="Ana") == (
        "EXP-042 was promoted to production by Ana: accuracy 0.9 (target 0.85).\n"
        "Learned: Longer context helps."
    )
    back = experiment(stage="evaluation")
    assert comment(back, "reopened", who="Ben", why="The labels were wrong.") == (
        "EXP-042 was reopened by Ben, in evaluation again.\nWhy: The labels were wrong."
    )
