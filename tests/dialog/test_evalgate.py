"""Eval results come in, are judged, and the card in the channel says so."""

import pytest

from tests.evals import pushed, results
from tests.scenes import start, three


@pytest.fixture
def lab(talk):
    """Ana, Ben, Lee who leads, and EXP-042."""
    three(talk)
    start(talk)
    return talk


def test_a_push_with_gate_posts_one_card_and_edits_it_on_the_next(lab):
    pushed(lab, results("baseline"))
    first = pushed(lab, results(), gate=True)
    assert first.status.decision == "HOLD"
    (card,) = lab.sent("gate:1:EXP-042")[:1]
    assert card.channel == "CTEAM"
    assert card.payload["text"].startswith("EXP-042 HOLD · ")
    pushed(lab, results(wrong=200), gate=True)
    (edit,) = lab.sent("edit:gate:1:EXP-042")[:1]
    assert edit.payload["text"].startswith("EXP-042 NO-GO · accuracy failed")
    assert len([r for r in lab.sent() if r.key == "gate:1:EXP-042"]) == 1
