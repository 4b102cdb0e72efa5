"""/ask how accurate is it: the figure with its test set, and what it does not say."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from core.evals.push import Line, Push
from jobs.digest import digest as digest_job
from models import db
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services.drift import drift
from tests import drifts, seeded
from tests.conversation import TEAM
from tests.evals import pushed, results
from tests.weeks import experiment, live, promoted


@pytest.fixture
def led(talk):
    """A team whose lead is Ana."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    return talk


def _words(reply) -> str:
    return f"{reply.text}\n{reply.blocks}"


def _sliced(n: int = 400, wrong: int = 60, role: str = "candidate") -> Push:
    lines = tuple(
        Line(f"q{i}", "1", {"accuracy": float(i >= wrong)},
             slices={"language": "de" if i < 100 else "en"})
        for i in range(n)
    )  # fmt: skip
    return Push(role, lines, by="ci", source="tests")


def _promoted_with(talk, push: Push, number: int, final: float) -> None:
    """An experiment in production whose results had been pushed before."""
    seeded.tickets(talk.engine, experiment(number, stage="evaluation"))
    pushed(talk, push, number)
    with db.transaction(talk.engine) as session:
        row = session.exec(select(Row).where(Row.number == number)).one()
        row.stage, row.outcome, row.final_metric, row.decided_at = (
            "production", "promoted", final, talk.now,
        )  # fmt: skip
        row.deploy_status, row.live_since = "live", talk.now


def test_accuracy_is_told_with_its_test_set_its_range_and_its_worst_part(led):
    seeded.team(led.engine, metric_name="accuracy", metric_target=0.92)
    _promoted_with(led, _sliced(), 3, 0.85)
    heard = led.say("/ask how accurate is it", by="ULEE")
    first = heard.text.split("\n")[0]
    assert "85% accuracy on our test set of 400 questions: EXP-003 “Hard negatives”" in first
    assert "in production since Mon 23 Nov, measured Mon 23 Nov" in first
    assert "only within 81.8% to 87.7% (90% range)" in heard.text
    assert "wrong answer" not in heard.text
    assert "no lead has confirmed that this measure counts them" in _words(heard)
    led.say("/digest money confirm")
    told = led.say("/ask how accurate is it", by="ULEE")
    assert "15 of 100 get a wrong answer by this measure" in told.text
    assert "no lead has confirmed" not in _words(told)
    assert "The target is 92%: 7 points to go" in heard.text
    assert "moved" not in heard.text  # its baseline was typed, the result was measured
    assert "Worst parts: language=de 40% of 100, language=en 100% of 300" in heard.text
    assert "A test set is not real use" in _words(heard)
    assert "could not be traced" not in _words(heard)


def test_what_was_measured_in_production_has_its_own_worst_part(led):
    seeded.team(led.engine, metric_name="accuracy", metric_target=0.92)
    _promoted_with(led, _sliced(), 3, 0.85)
    led.later(hours=1)
    pushed(led, _sliced(wrong=80, role="production"), 3)
    heard = led.say("/ask how accurate is it", by="ULEE")
    assert "80% accuracy on our test set of 400 questions" in heard.text
    assert "Worst parts: language=de 20% of 100, language=en 100% of 300" in heard.text


def test_what_is_newest_in_production_answers_not_what_is_best(led):
    seeded.team(led.engine, metric_name="accuracy")
    early = datetime(2026, 11, 2, tzinfo=UTC)
    seeded.tickets(led.engine, live(3, 0.91, live_since=early), live(4, 0.90))
    assert "90% accuracy as the team reported it: EXP-004" in led.say("/ask accuracy").text


def test_while_nothing_is_live_it_says_so_and_a_candidate_is_called_one(led):
    seeded.team(led.engine, metric_name="accuracy")
    seeded.tickets(led.engine, promoted(3, 0.91), experiment(4, stage="experiment"))
    led.say("/digest money confirm")
    heard = led.say("/ask accuracy").text
    assert "Nothing is in production yet; the best candidate has 91% accuracy" in heard
    assert "EXP-003 “Hard negatives”, a candidate, not in production (promoted, not live)" in heard
    assert "9 of 100 would get a wrong answer by this measure" in heard
    led.say("/exp update 3 deploy=live")
    heard = led.say("/ask accuracy").text
    assert "Nothing is" not in heard
    assert "9 of 100 get a wrong answer" in heard
    led.say("/exp update 3 deploy=rolled-back")
    assert "not in production any more (rolled back)" in led.say("/ask accuracy").text


def test_results_that_were_only_pushed_count_while_nothing_is_in_production(led):
    seeded.tickets(led.engine, experiment(42, stage="evaluation"))
    pushed(led, _sliced(), 42)
    assert "85% accuracy on our test set of 400 questions" in led.say("/ask accuracy").text


def test_without_pushed_results_it_says_what_is_missing(led):
    seeded.tickets(led.engine, live(3, 0.85))
    heard = led.say("/ask accuracy?")
    assert "85% accuracy as the team reported it: EXP-003" in heard.text
    assert "No eval results were pushed for it" in _words(heard)


def test_one_experiment_is_answered_for_itself(led):
    seeded.tickets(led.engine, live(3, 0.85), experiment(42))
    pushed(led, results(n=500, wrong=35), 42)
    heard = led.say("/ask how accurate is EXP-042")
    assert heard.text.startswith("How accurate is EXP-042? 93% accuracy on our test set of 500")
    assert "not in production (in experiment)" in heard.text
    assert "The target of 92% is met on this test set" in heard.text


def test_an_experiment_without_a_result_and_one_that_is_not_there(led):
    seeded.tickets(led.engine, experiment(42))
    assert "Not known yet: EXP-042" in led.say("/ask how good is EXP-042").text
    assert led.say("/ask how good is EXP-999").text.startswith("There is no EXP-999.")
    assert "no result of the headline metric" in led.say("/ask how accurate is it").text


def test_inputs_that_changed_after_the_eval_are_said(led):
    _promoted_with(led, _sliced(), 3, 0.85)
    led.later(hours=1)
    drift.push(led.lab, TEAM, drifts.reference())
    drift.push(led.lab, TEAM, drifts.current(age=30))
    assert "no eval was pushed since: age of customers" in _words(led.say("/ask accuracy"))


def test_a_change_is_told_between_two_measurements_of_the_same_thing_only(led):
    """Another experiment in last Friday's digest, or another test set, is no change of it."""
    seeded.team(led.engine, metric_name="accuracy", digest_channel="CX")
    seeded.tickets(led.engine, live(3, 0.91), experiment(42, stage="evaluation"))
    led.now = datetime(2026, 11, 27, 17, tzinfo=UTC)
    led.run(digest_job.post_due)
    led.later(days=1)
    pushed(led, results(n=500, wrong=35), 42)
    assert "since" not in _moved(led)
    led.later(days=1)
    pushed(led, results(n=500, wrong=25), 42)
    assert "It moved 93% → 95% since Sat 28 Nov" in _moved(led)
    led.later(days=1)
    pushed(led, results(n=400, wrong=40), 42)
    assert "since" not in _moved(led)


def _moved(led) -> str:
    text = led.say("/ask how accurate is EXP-042").text
    return next((line for line in text.splitlines() if "It moved" in line), "")


def test_a_target_that_moved_since_the_last_report_is_told_with_what_it_was(led):
    seeded.team(
        led.engine, metric_name="accuracy", metric_target=0.90, digest_channel="CEXEC",
        created_at=datetime(2026, 9, 1, tzinfo=UTC),
    )  # fmt: skip
    seeded.tickets(led.engine, promoted(3, 0.85))
    led.now = datetime(2026, 11, 28, 9, tzinfo=UTC)
    led.run(digest_job.post_due)
    assert "it was" not in led.say("/ask how accurate is it").text
    with db.transaction(led.engine) as session:
        session.exec(select(Team)).one().metric_target = 0.92
    said = led.say("/ask how accurate is it").text
    assert "The target is 92%: 7 points to go (it was 90% in the report of Fri 27 Nov)" in said


def test_what_was_promoted_and_never_said_to_be_live_is_one_press_away(led):
    seeded.tickets(led.engine, promoted(31, 0.88, decided_at=datetime(2026, 11, 20, tzinfo=UTC)))
    heard = led.say("/ask how accurate is it")
    assert "EXP-031 “Hard negatives” is promoted, and nobody said that it is live" in heard.text
    assert "EXP-031 is live…" in str(heard.blocks)
    led.press("live_open", "31", "UANA")
    led.submit_open({}, by="UANA")
    after = led.say("/ask how accurate is it")
    assert "nobody said" not in after.text
    assert "live_open" not in str(after.blocks)
