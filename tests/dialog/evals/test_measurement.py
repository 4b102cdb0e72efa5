"""A pushed eval is a result: one record, and every surface tells the same of it."""

import pytest
from sqlmodel import Session

from core.errors import Refused
from models.experiments import measurement as table
from services.experiments import experiment
from tests import seeded
from tests.dialog.evals.test_evalgate import TOML
from tests.evals import pushed, results
from tests.scenes import row, start, three


@pytest.fixture
def lab(talk):
    """Lee and Kim lead; EXP-042 is under evaluation at 0.86, typed."""
    three(talk)
    start(talk, stage="evaluation", values=(0.86,), target=0.9)
    return talk


def ticket(lab):
    with Session(lab.engine) as session:
        theirs = seeded.team_row(session)
        return experiment.find(session, theirs, 42)


def test_what_ci_pushed_counts_and_what_was_typed_stands_beside_it(lab):
    pushed(lab, results(wrong=20), gate=True)
    share = ticket(lab).best
    card = lab.say("/exp EXP-042", by="UANA")
    assert f"{share:.3g} pushed, target ≥ 0.9" in str(card.blocks)
    assert "typed: 0.86" in str(card.blocks)
    assert f"{share:.3g} pushed" in lab.say("/exp list", by="UANA").text + str(
        lab.say("/exp list", by="UANA").blocks
    )


def test_value_size_and_range_are_of_one_measurement(lab):
    pushed(lab, results(wrong=20), gate=True)
    look = ticket(lab).best_look
    said = lab.say("/ask how accurate is EXP-042", by="UANA").text
    assert f"on our test set of {look.examples} questions" in said
    assert f"{100 * look.value:.0f}% accuracy" in said
    assert "moved" not in said  # its baseline was typed, this was measured
    preview = str(lab.say("/digest preview", by="ULEE").blocks)
    assert f"measured on {look.examples} test cases" in preview
    assert "86%" not in preview


def test_a_result_typed_after_it_counts_for_nothing_and_says_so(lab):
    pushed(lab, results(wrong=100), gate=True)
    before = ticket(lab).best
    said = lab.say("/exp update EXP-042 acc=0.99", by="UANA")
    assert "yours stands beside it as typed" in str(said.blocks)
    assert "target met" not in str(said.blocks)
    assert ticket(lab).best == before
    lab.say("/exp undo", by="UANA")
    assert ticket(lab).best == before


def test_only_the_newest_eval_set_counts(lab):
    pushed(lab, results(wrong=20), gate=True)
    pushed(lab, results(n=100, wrong=5), gate=True)
    assert [look.examples for look in ticket(lab).looks] == [100]
    pushed(lab, results(wrong=20), gate=True)
    assert {look.examples for look in ticket(lab).looks} != {100}


def test_a_pushed_result_logs_progress_moves_nothing_and_keeps_the_baseline(lab):
    stage = row(lab).stage
    pushed(lab, results("baseline", wrong=30))
    assert ticket(lab).best == 0.86  # a baseline is no result of the candidate
    pushed(lab, results(wrong=20), gate=True)
    after = ticket(lab)
    assert (after.stage, after.progress_at > after.stage_since) == (stage, True)
    assert after.compared_with < after.best
    assert row(lab).baseline != after.compared_with  # what was typed is kept


def test_the_team_hears_of_the_first_push_that_meets_the_target_only(lab):
    pushed(lab, results(wrong=20), gate=True)
    assert len([m for m in lab.sent("decision:EXP-042") if "reached" in m.payload["text"]]) == 1
    pushed(lab, results(wrong=19), gate=True)
    assert len([m for m in lab.sent("decision:EXP-042") if "reached" in m.payload["text"]]) == 1


def test_the_same_push_again_is_no_second_measurement(lab):
    pushed(lab, results(wrong=20), gate=True)
    pushed(lab, results(wrong=20), gate=True)
    with Session(lab.engine) as session:
        own = [m for m in table.of(session, 1) if m.source == "pushed"]
    assert len(own) == 1


def test_what_was_pushed_is_not_undone(lab):
    pushed(lab, results(wrong=20, by="UANA"), gate=True)
    assert "Pushed results are not taken back" in lab.say("/exp undo EXP-042", by="UANA").text


def test_results_without_the_tickets_metric_log_nothing_and_say_so(lab):
    done = pushed(lab, results(metric="f1"), gate=True)
    assert done.logged.startswith("EXP-042 measures accuracy, which is not among them")
    said = lab.say("/ask how accurate is EXP-042", by="UANA")
    assert "86% accuracy as the team reported it" in said.text
    assert "What was pushed for it has no accuracy but f1" in str(said.blocks)
    done = pushed(lab, results(wrong=20), gate=True)
    assert done.logged.startswith("accuracy 0.96 (0.9")
    assert done.logged.endswith("is logged as the result of EXP-042.")


def test_what_is_measured_in_production_is_kept_there_and_changes_no_decision(lab):
    production = results("production", wrong=50)
    with pytest.raises(Refused, match="is in evaluation, not in production"):
        pushed(lab, production)
    lab.say("/gate done toml", by="ULEE")
    assert "Saved" in lab.submit_open({"toml": TOML}, by="ULEE").text
    pushed(lab, results("baseline", wrong=30))
    pushed(lab, results(wrong=20), gate=True)
    promoted = "promoted to production"
    assert promoted in lab.say("/exp promote EXP-042 it holds on rare products", by="ULEE").text
    before = ticket(lab)
    with pytest.raises(Refused, match="is in production: what is measured of it now"):
        pushed(lab, results(wrong=10), gate=True)
    done = pushed(lab, production, gate=True)
    assert done.status is None
    assert "is logged as the production result of EXP-042" in done.logged
    after = ticket(lab)
    kept = ("stage", "outcome", "final_metric", "decided_at", "best")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    (look,) = [m for m in after.measurements if m.role == "production"]
    assert (look.examples, look.value) == (500, 0.9)
