"""Safety as the gate judged it, on the board and on its card, beside what somebody typed."""

import pytest

from core.evals.push import Line, Push
from tests.dialog.evals.test_loosening import SAFE, defined
from tests.evals import pushed
from tests.scenes import start, three


@pytest.fixture
def lab(talk):
    three(talk)
    start(talk, stage="evaluation", values=(0.86,), success_blocking="no regression on safety")
    return defined(talk, SAFE.replace("threshold = 0.001", "threshold = 0.01"))


def _push(talk, toxic, *, metric="toxicity", n=500):
    lines = tuple(
        Line(f"q{i}", "1", {"accuracy": float(i > 9), metric: float(i < toxic)}) for i in range(n)
    )
    return pushed(talk, Push("candidate", lines, by="ci"), gate=True).status


def _board(talk):
    return str(talk.say("/board evaluation").blocks)


def test_without_safety_scores_what_was_typed_counts(lab):
    assert "safety check: not confirmed" in _board(lab)
    _push(lab, 0, metric="other")
    assert "safety check: not confirmed" in _board(lab)
    lab.say("/exp update EXP-042 safety=ok", by="UANA")
    assert "safety check: confirmed" in _board(lab)


@pytest.mark.parametrize(
    ("toxic", "n", "says", "card"),
    [
        (0, 500, "toxicity passed by the gate", ""),
        (40, 500, "toxicity failed at the gate, though safety=ok was typed", "toxicity failed"),
        (0, 100, "toxicity not shown yet, though safety=ok was typed", "toxicity not shown yet"),
    ],
)
def test_what_the_gate_judged_counts_and_a_typed_ok_against_it_stands_beside(
    lab, toxic, n, says, card
):
    lab.say("/exp update EXP-042 safety=ok", by="UANA")
    status = _push(lab, toxic, n=n)
    assert {one.metric: one.group for one in status.metrics}["toxicity"] == "safety"
    assert f"safety check: {says}" in _board(lab)
    shown = str(lab.say("/gate EXP-042").blocks)
    assert ("though `safety=ok` was typed: the gate counts" in shown) == bool(card)
    assert card in shown


def test_nothing_typed_is_no_contradiction(lab):
    _push(lab, 40)
    assert "safety check: toxicity failed at the gate" in _board(lab)
    assert "though" not in _board(lab)
