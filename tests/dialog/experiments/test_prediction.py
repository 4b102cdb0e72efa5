"""Did the result match the prediction? Asked once per result, skippable, kept with it."""

import pytest
from sqlmodel import Session

from models.experiments import experiment as table
from models.experiments import measurement as measurements
from tests.conversation import prefilled
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


def test_a_result_is_compared_with_one_click_and_a_sentence(ready):
    reply = ready.say("/exp update EXP-042 0.79")
    assert "EXP-042: 0.79, predicted accuracy ≥ 0.85. Did the result match" in str(reply.blocks)
    said = ready.press("prediction_worse", _ask(ready)["prediction_worse"])
    assert said.replace
    assert said.text == "EXP-042: 0.79, predicted accuracy ≥ 0.85: worse than predicted."
    ready.press("prediction_why", _ask(ready)["prediction_why"])
    assert prefilled(ready.replies[-1].modal)["matched"] == "worse"
    ready.submit_open({"why": "Half of the labels were wrong"})
    assert _kept(ready) == [("worse", "Half of the labels were wrong")]
    card = str(ready.say("/exp EXP-042").blocks)
    assert "0.79 worse than predicted: Half of the labels were wrong" in card
    history = str(ready.say("/exp history EXP-042").blocks)
    assert "*compared*" in history
    assert "0.79 worse than predicted" in history


def test_a_result_given_with_the_standup_is_asked_about_too(ready):
    open_round(ready)
    ready.say("/standup")
    reply = ready.submit_open({"q0": "a", "experiment": "42", "result": "0.9"})
    assert reply.text.endswith("Did the result match the prediction?")
    ready.press("prediction_better", _ask(ready)["prediction_better"])
    assert _kept(ready) == [("better", "")]


@pytest.mark.parametrize("update", ["gpu=6h", '"only words"'])
def test_without_a_result_nothing_is_asked(ready, update):
    ready.say(f"/exp update EXP-042 {update}")
    assert "prediction_as" not in _ask(ready)


def test_without_a_target_nothing_is_asked(ready):
    with Session(ready.engine) as session:
        row = table.find(session, 1, 42)
        row.target = None
        session.add(row)
        session.commit()
    ready.say("/exp update EXP-042 0.79")
    assert "prediction_as" not in _ask(ready)


def test_skipping_is_kept_and_says_so(ready):
    ready.say("/exp update EXP-042 0.79")
    said = ready.press("prediction_skipped", _ask(ready)["prediction_skipped"])
    assert "not compared with the prediction" in said.text
    assert _kept(ready) == [("skipped", "")]
    assert "Against the prediction" not in str(ready.say("/exp EXP-042").blocks)


def test_twice_the_same_is_once_and_another_answer_is_refused(ready):
    ready.say("/exp update EXP-042 0.79")
    value = _ask(ready)["prediction_as"]
    ready.press("prediction_as", value)
    ready.press("prediction_as", value)
    assert "is noted already: as predicted" in ready.press("prediction_worse", value).text
    history = str(ready.say("/exp history EXP-042").blocks)
    assert history.count("*compared*") == 1


def test_others_are_refused_and_leads_are_not(ready):
    ready.say("/exp leads add <@UCY>", by="UCY")
    ready.say("/exp update EXP-042 0.79")
    value = _ask(ready)["prediction_as"]
    assert (
        "Only who reported it, Ana or a lead" in ready.press("prediction_as", value, "UBEN").text
    )
    assert "as predicted" in ready.press("prediction_as", value, "UCY").text


def test_the_result_can_still_be_undone_and_takes_the_answer_along(ready):
    ready.say("/exp update EXP-042 0.79")
    value = _ask(ready)["prediction_as"]
    ready.press("prediction_as", value)
    undone = ready.press("undo", _ask(ready)["undo"])
    assert "your update is undone" in undone.text
    assert _kept(ready) == []
    assert "was taken back" in ready.press("prediction_as", value).text


def test_a_form_without_an_answer_or_with_a_novel_is_refused_under_its_field(ready):
    ready.say("/exp update EXP-042 0.79")
    ready.press("prediction_why", _ask(ready)["prediction_as"])
    assert "Choose one" in ready.submit_open({"why": "x"}).errors["matched"]
    ready.press("prediction_why", f"{1}|0")
    long = {"matched": "as", "why": "x" * 501}
    assert "at most 500" in ready.submit_open(long).errors["why"]
    assert "too old" in ready.press("prediction_why", "").text
