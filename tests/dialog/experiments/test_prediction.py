"""Did the result match the prediction? Asked once, at the decision; skippable, kept with it."""

import pytest
from sqlmodel import Session

from models.experiments import experiment as table
from models.experiments import measurement as measurements
from tests.conversation import prefilled
from tests.experiments import bring
from tests.standups import PEOPLE, know, open_round, ticket


@pytest.fixture
def ready(talk):
    """EXP-042 of Ana's predicts accuracy ≥ 0.85."""
    know(talk, PEOPLE)
    ticket(talk, 42)
    return talk


def _ask(talk):
    """The buttons of the question, by their action."""
    found = [e for b in talk.replies[-1].blocks if b["type"] == "actions" for e in b["elements"]]
    return {e["action_id"]: e.get("value", "") for e in found}


def _kept(talk):
    with Session(talk.engine) as session:
        return [(c.matched, c.matched_why) for c in measurements.of(session, 1)]


def _killed(talk, by="UANA"):
    """A result is logged, and the experiment is killed."""
    talk.say("/exp update EXP-042 0.79")
    return talk.say("/kill EXP-042 Half of the labels were wrong all along", by=by)


def test_a_killed_experiment_is_compared_with_one_click_and_a_sentence(ready):
    reply = _killed(ready)
    assert "EXP-042: 0.79, target accuracy ≥ 0.85. Did the result match" in str(reply.blocks)
    said = ready.press("prediction_worse", _ask(ready)["prediction_worse"])
    assert said.replace
    assert said.text == "EXP-042: 0.79, target accuracy ≥ 0.85: worse than predicted."
    assert "kill_undo" in _ask(ready)
    ready.press("prediction_why", _ask(ready)["prediction_why"])
    assert prefilled(ready.replies[-1].modal)["matched"] == "worse"
    ready.submit_open({"why": "Half of the labels were wrong"})
    assert _kept(ready) == [("worse", "Half of the labels were wrong")]
    card = str(ready.say("/exp EXP-042").blocks)
    assert "0.79 worse than predicted: Half of the labels were wrong" in card
    history = str(ready.say("/exp history EXP-042").blocks)
    assert "*compared*" in history
    assert "0.79 worse than predicted" in history


def test_results_before_the_decision_ask_nothing(ready):
    open_round(ready)
    ready.say("/exp update EXP-042 0.79")
    assert "prediction_as" not in _ask(ready)
    ready.say("/standup")
    reply = ready.submit_open({"q0": "a", "experiment": "42", "result": "0.9"})
    assert (reply.text, list(reply.blocks)) == ("", [])


def test_a_range_somebody_bet_on_is_named_in_the_place_of_the_target(ready):
    ready.say("/exp update EXP-042 predict=0.8..0.88")
    assert "EXP-042: 0.79, predicted 0.8 to 0.88. Did" in str(_killed(ready).blocks)


def test_a_promotion_and_an_iteration_ask_and_each_result_once(talk):
    know(talk, PEOPLE)
    bring(talk, "safe")
    reply = talk.say("/exp move EXP-001 iteration The reranker is worth another look")
    assert "EXP-001 moved evaluation → iteration" in reply.text
    value = _ask(talk)["prediction_better"]
    assert "Did the result match" in str(reply.blocks)
    said = talk.press("prediction_better", value)
    assert "better than predicted" in said.text
    assert "undo" in _ask(talk)
    talk.say("/kill EXP-001 Refining the reranker gives nothing more")
    assert "prediction_as" not in _ask(talk)


def test_a_promotion_asks(talk):
    bring(talk, "safe")
    reply = talk.say("/exp promote EXP-001 Deduplicate the corpus before fine-tuning")
    assert "promoted to production" in reply.text
    assert {"prediction_as", "undo"} <= set(_ask(talk))


def test_an_experiment_killed_without_a_result_or_a_target_asks_nothing(ready):
    ready.say("/kill EXP-042 The labels never came, so we stop")
    assert "prediction_as" not in _ask(ready)
    ticket(ready, 43)
    with Session(ready.engine) as session:
        row = table.find(session, 1, 43)
        row.target = None
        session.add(row)
        session.commit()
    ready.say("/exp update EXP-043 0.79")
    ready.say("/kill EXP-043 The labels never came, so we stop")
    assert "prediction_as" not in _ask(ready)


def test_skipping_is_kept_and_says_so(ready):
    _killed(ready)
    said = ready.press("prediction_skipped", _ask(ready)["prediction_skipped"])
    assert "not compared with the prediction" in said.text
    assert _kept(ready) == [("skipped", "")]
    assert "Against the prediction" not in str(ready.say("/exp EXP-042").blocks)


def test_twice_the_same_is_once_and_another_answer_is_refused(ready):
    _killed(ready)
    value = _ask(ready)["prediction_as"]
    ready.press("prediction_as", value)
    ready.press("prediction_as", value)
    assert "is noted already: as predicted" in ready.press("prediction_worse", value).text
    history = str(ready.say("/exp history EXP-042").blocks)
    assert history.count("*compared*") == 1


def test_others_are_refused_and_leads_are_not(ready):
    ready.say("/exp leads add <@UCY>", by="UCY")
    _killed(ready)
    value = _ask(ready)["prediction_as"]
    assert (
        "Only who reported it, Ana or a lead" in ready.press("prediction_as", value, "UBEN").text
    )
    assert "as predicted" in ready.press("prediction_as", value, "UCY").text


def test_the_kill_can_still_be_undone_and_its_second_does_not_ask_again(ready):
    _killed(ready)
    ready.press("prediction_as", _ask(ready)["prediction_as"])
    ready.press("kill_undo", _ask(ready)["kill_undo"])
    assert "EXP-042 · experiment" in ready.say("/exp EXP-042").text
    ready.say("/kill EXP-042 Half of the labels were wrong all along")
    assert "prediction_as" not in _ask(ready)


def test_an_answer_to_a_result_that_was_taken_back_is_refused(ready):
    undo = _undo(ready.say("/exp update EXP-042 0.79"))
    ready.press("prediction_why", "1|0")
    ready.press("undo", undo)
    assert "was taken back" in ready.press("prediction_as", "1|0").text


def _undo(reply):
    found = [e for b in reply.blocks if b["type"] == "actions" for e in b["elements"]]
    return next(e["value"] for e in found if e["action_id"] == "undo")


def test_a_form_without_an_answer_or_with_a_novel_is_refused_under_its_field(ready):
    _killed(ready)
    ready.press("prediction_why", _ask(ready)["prediction_as"])
    assert "Choose one" in ready.submit_open({"why": "x"}).errors["matched"]
    ready.press("prediction_why", f"{1}|0")
    long = {"matched": "as", "why": "x" * 501}
    assert "at most 500" in ready.submit_open(long).errors["why"]
    assert "too old" in ready.press("prediction_why", "").text
