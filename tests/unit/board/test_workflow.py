"""The workflow of the source document: its moves, exit criteria, and nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.board import workflow
from core.errors import NotAllowed, Refused
from core.experiments import timebox
from core.experiments.experiment import STAGES
from tests.experiments import MONDAY, a_ticket, looks

LATER = MONDAY + timedelta(hours=1)
TODAY = date(2026, 11, 24)
LEARNED = "The corpus has near-duplicates; deduplicate first."
BOXLESS = {"box_starts": None, "box_ends": None}


def _move(ticket, to, note=""):
    return workflow.moved(ticket, to, note=note, now=LATER, today=TODAY)


@pytest.mark.parametrize(
    ("ticket", "to", "lack", "typed"),
    [
        ({"stage": "backlog", "hypothesis": ""}, "hypothesis", "no hypothesis", "/exp edit"),
        ({"stage": "backlog", "target": None}, "hypothesis", "no target", "/exp edit"),
        ({"stage": "backlog", "kill_criteria": ""}, "hypothesis", "no kill crit", "/exp edit"),
        ({"stage": "backlog", "gpu_budget": 0.0}, "hypothesis", "no compute", "/exp edit"),
        (
            {"stage": "hypothesis", "dataset_ready": False},
            "experiment",
            "the dataset is not ready",
            "/exp update EXP-042 data=ready",
        ),
        (
            {"stage": "hypothesis", "baseline": None},
            "experiment",
            "no baseline is measured",
            "/exp update EXP-042 baseline=",
        ),
        ({"stage": "experiment"}, "evaluation", "no result is logged", "EXP-042 acc="),
        (
            {"stage": "evaluation", "measurements": looks(0.8)},
            "iteration",
            "the decision needs a reason",
            "/exp move EXP-042 iteration why",
        ),
        (
            {"stage": "iteration", "measurements": looks(0.8)},
            "evaluation",
            "no new result since the iteration began",
            "EXP-042 acc=",
        ),
    ],
)
def test_each_exit_criterion_holds_a_ticket_back_and_says_what_to_type(ticket, to, lack, typed):
    with pytest.raises(Refused) as refused:
        _move(a_ticket(**ticket), to)
    assert lack in refused.value.message
    assert typed in refused.value.hint


def test_every_missing_criterion_is_named_at_once():
    ticket = a_ticket(stage="hypothesis", dataset_ready=False, baseline=None)
    with pytest.raises(Refused, match="dataset is not ready and no baseline is measured"):
        _move(ticket, "experiment")


def test_entering_the_experiment_stage_starts_the_time_box():
    new = _move(a_ticket(stage="hypothesis", **BOXLESS), "experiment")
    assert (new.box_starts, new.box_ends) == (TODAY, TODAY + timedelta(days=13))
    assert (new.stage, new.stage_since, new.progress_at) == ("experiment", LATER, LATER)


def test_iterating_is_an_outcome_and_asks_for_the_blocking_criteria_again():
    ticket = a_ticket(stage="evaluation", measurements=looks(0.8), blocking_ok=True)
    new = _move(ticket, "iteration", "rank 32 looks promising")
    assert (new.outcome, new.blocking_ok) == ("iterating", False)


def test_a_result_after_the_iteration_began_leads_back_to_evaluation():
    old, new = looks(0.8), looks(0.84, at=LATER)
    ticket = a_ticket(stage="iteration", outcome="iterating", measurements=old + new)
    assert _move(ticket, "evaluation").outcome == ""


@given(st.sampled_from(STAGES), st.sampled_from(STAGES))
def test_only_the_moves_of_the_document_succeed(start, to):
    looked = looks(0.9, at=LATER)
    ticket = a_ticket(stage=start, measurements=looked, **BOXLESS)
    if (start, to) in workflow.MOVES:
        assert _move(ticket, to, "a good reason").stage == to
        return
    with pytest.raises(Refused):
        _move(ticket, to, "a good reason")


def test_the_moves_are_those_of_the_document():
    # Source: chapter 2, jira_ai_sprint_config.yaml, workflow: Experiment.
    assert set(workflow.MOVES) == {
        ("backlog", "hypothesis"),
        ("hypothesis", "experiment"),
        ("experiment", "evaluation"),
        ("evaluation", "iteration"),
        ("iteration", "evaluation"),
    }
    assert workflow.next_stages("evaluation") == ["iteration", "production", "killed"]


@pytest.mark.parametrize(
    ("typed", "stage"),
    [("evaluation", "evaluation"), ("EVAL", "evaluation"), ("`iter`", "iteration")],
)
def test_a_stage_is_read_by_its_beginning(typed, stage):
    assert workflow.read_stage(typed, a_ticket()) == stage


@pytest.mark.parametrize("typed", ["", "e", "done", "42", "to evaluation"])
def test_an_unknown_stage_is_answered_with_the_next_ones(typed):
    with pytest.raises(Refused) as refused:
        workflow.read_stage(typed, a_ticket())
    assert "can go to evaluation or killed" in refused.value.message
    assert refused.value.hint == "Write `/exp move EXP-042 evaluation`."


@pytest.mark.parametrize(
    ("ticket", "said"),
    [
        ({"stage": "experiment"}, "only evaluation leads to production"),
        ({"measurements": looks(0.84)}, "does not meet its target: accuracy has best 0.84"),
        ({"measurements": ()}, "accuracy has no result"),
        ({"blocking_ok": False}, "blocking criterion nobody has confirmed"),
        ({"direction": "lower", "target": 0.5}, "needed at most 0.5"),
    ],
)
def test_promotion_is_held_back_with_the_reason(ticket, said):
    ready = {"stage": "evaluation", "measurements": looks(0.86), "blocking_ok": True}
    with pytest.raises(Refused, match=said):
        workflow.promoted(a_ticket(**ready | ticket), learnings=LEARNED, by="ULEE", now=LATER)


def test_a_promotion_keeps_the_result_the_learnings_and_who_decided():
    ticket = a_ticket(stage="evaluation", measurements=looks(0.8, 0.86), blocking_ok=True)
    new = workflow.promoted(ticket, learnings=LEARNED, by="ULEE", now=LATER)
    assert (new.stage, new.outcome, new.final_metric) == ("production", "promoted", 0.86)
    assert (new.learnings, new.decided_at, new.decided_by) == (LEARNED, LATER, "ULEE")


def test_without_blocking_criteria_nothing_is_to_be_confirmed():
    ticket = a_ticket(stage="evaluation", measurements=looks(0.86), success_blocking="")
    assert workflow.promoted(ticket, learnings=LEARNED, by="U", now=LATER).outcome == "promoted"


@pytest.mark.parametrize("learned", ["", "n/a", "None.", "nothing", "ok", "  -  "])
def test_learnings_that_say_nothing_are_refused_under_their_field(learned):
    with pytest.raises(Refused) as refused:
        workflow.checked_learnings(learned)
    assert refused.value.field == "learnings"


@pytest.mark.parametrize(
    ("today", "days", "total"),
    [
        (date(2026, 11, 25), 3, 17),
        (date(2026, 12, 6), 3, 17),
        (date(2026, 12, 8), 3, 19),  # two days over: the box is extended from today
    ],
)
def test_an_extension_counts_from_the_boxs_end_or_from_today(today, days, total):
    span = timedelta(days=days)
    new = timebox.extended(a_ticket(), span, today=today, is_lead=False, before=[])
    assert new.box_days == total
    assert new.box_ends == max(today, date(2026, 12, 6)) + span


@pytest.mark.parametrize(
    ("days", "before", "too_long"),
    [(14, [], False), (15, [], True), (6, [10], False), (7, [10], True), (9, [20, 14], False)],
)
def test_more_than_twice_the_original_box_is_too_long(days, before, too_long):
    span = timedelta(days=days)
    new = timebox.extended(a_ticket(), span, today=TODAY, is_lead=True, before=before)
    assert timebox.is_too_long(new, before, 14) is too_long


def test_more_than_two_extensions_take_a_lead():
    day = timedelta(days=1)
    with pytest.raises(NotAllowed, match="extended 2 times"):
        timebox.extended(a_ticket(), day, today=TODAY, is_lead=False, before=[14, 15])
    new = timebox.extended(a_ticket(), day, today=TODAY, is_lead=True, before=[14, 15])
    assert new.box_days == 15


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("gpu=12h more seeds", (12.0, "more seeds")),
        ("gpu = +1d: a bigger sweep", (24.0, "a bigger sweep")),
        ("3d more time", None),
    ],
)
def test_a_larger_budget_is_read_with_its_reason(typed, read):
    assert timebox.read_budget(typed) == read


def test_hours_extend_by_whole_days_and_a_box_not_started_only_grows():
    ticket = a_ticket(stage="backlog", **BOXLESS)
    span = timedelta(hours=36)
    new = timebox.extended(ticket, span, today=TODAY, is_lead=False, before=[])
    assert (new.box_days, new.box_ends) == (16, None)


def test_reopening_keeps_the_learnings_and_clears_the_decision():
    killed = a_ticket(
        stage="killed", outcome="killed", learnings=LEARNED, decided_by="U", decided_at=MONDAY
    )
    new = workflow.reopened(killed, to="evaluation", now=LATER)
    assert (new.stage, new.outcome, new.decided_by) == ("evaluation", "", "")
    assert (new.decided_at, new.learnings) == (None, LEARNED)


def test_an_open_ticket_is_not_reopened():
    with pytest.raises(Refused, match="EXP-042 is open: it is in experiment"):
        workflow.reopened(a_ticket(), to="evaluation", now=LATER)


@pytest.mark.parametrize(
    ("typed", "days", "why"),
    [
        ("3d cluster outage", 3, "cluster outage"),
        ("by 3 days: cluster outage", 3, "cluster outage"),
        ("+2w more data", 14, "more data"),
        ("1 sprint", 14, ""),
    ],
)
def test_an_extension_is_read_however_it_is_written(typed, days, why):
    assert timebox.read(typed) == (timedelta(days=days), why)


@pytest.mark.parametrize("typed", ["soon", "3 cluster outages", "0d outage", "outage 3d", "99w x"])
def test_an_extension_without_a_length_is_refused(typed):
    with pytest.raises(Refused, match="time"):
        timebox.read(typed)
