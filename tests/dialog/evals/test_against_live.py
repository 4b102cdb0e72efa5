"""The gate compares with what is in production, and says with what."""

import pytest

from services.evals import gate
from tests import seeded
from tests.evals import pushed, results
from tests.scenes import change, start, three
from tests.tickets import stored
from tests.two_teams import VISION, vision
from tests.weeks import live, promoted

TOML = '[[metric]]\nname = "accuracy"\nthreshold = 0.5\nmargin = 0.02\n'


@pytest.fixture
def lab(talk):
    """EXP-042 under evaluation, EXP-031 live, and accuracy as all that counts."""
    three(talk)
    start(talk, stage="evaluation", values=(0.86,))
    seeded.tickets(talk.engine, live(31, 0.98))
    talk.say("/gate done toml", by="ULEE")
    talk.submit_open({"toml": TOML}, by="ULEE")
    return talk


def _newest(talk) -> str:
    posted = [row for row in talk.sent() if row.key.endswith("gate:1:EXP-042")]
    return str(posted[-1].payload["blocks"])


def test_the_live_model_is_the_baseline_whatever_was_pushed_as_one(lab):
    pushed(lab, results("baseline", wrong=100))
    pushed(lab, results("production", wrong=10), 31)
    status = pushed(lab, results(wrong=100), gate=True).status
    assert status.decision == "NO-GO"  # as good as the pushed baseline, worse than what is live
    assert "*Compared with* EXP-031, which is live." in _newest(lab)
    assert "EXP-031 (live): 500 examples" in _newest(lab)


def test_a_promoted_model_that_nobody_said_is_live_is_no_baseline(lab):
    seeded.tickets(lab.engine, promoted(32, 0.98))
    change(lab, 31, deploy_status="rolled back")
    pushed(lab, results("production", wrong=10), 32)
    pushed(lab, results("baseline", wrong=100))
    assert pushed(lab, results(wrong=100), gate=True).status.decision == "GO"
    assert "Compared with" not in _newest(lab)


def test_live_results_on_another_eval_set_are_not_compared_and_the_card_says_so(lab):
    pushed(lab, results("production", n=400), 31)
    pushed(lab, results("baseline"))
    assert pushed(lab, results(), gate=True).status.decision == "GO"
    shown = _newest(lab)
    assert "*Compared with* the pushed baseline. EXP-031 is live and was not measured" in shown
    assert "`--role production`" in shown


@pytest.mark.parametrize(("deployed", "why"), [
    ("live", "EXP-031 is live and was not measured on this eval set"),
    ("", "nothing is live, and no baseline was pushed"),
])  # fmt: skip
def test_with_nothing_to_compare_with_it_says_that_there_is_not_enough_data(lab, deployed, why):
    change(lab, 31, deploy_status=deployed)
    assert pushed(lab, results(), gate=True).status.decision == "HOLD"
    assert "*Not enough data* for a regression" in _newest(lab)
    assert why in _newest(lab)


def test_what_another_team_has_live_is_nothing_to_compare_with(lab):
    vision(lab)
    stored(lab.engine, live(33, 0.98), team_id=VISION)
    gate.push(lab.lab, VISION, 33, results("production", wrong=0), gate=False)
    change(lab, 31, deploy_status="")
    pushed(lab, results("baseline", wrong=10))
    assert pushed(lab, results(wrong=10), gate=True).status.decision == "GO"
    assert "EXP-033" not in _newest(lab)


def test_when_something_else_goes_live_a_verdict_is_out_of_date_and_holds_no_promotion(lab):
    pushed(lab, results("production", wrong=10), 31)
    assert pushed(lab, results(wrong=10), gate=True).status.decision == "GO"
    seeded.tickets(lab.engine, live(34, 0.99))
    pushed(lab, results("production", wrong=0), 34)
    lab.say("/exp update EXP-042 acc=0.98")
    heard = lab.say("/exp promote EXP-042 rank 8 is enough here", by="ULEE").text
    assert (
        "was judged GO before its results, what is live, confirmations or the Definition of Done"
        in heard
    )
    lab.say("/gate EXP-042")
    assert "*Compared with* EXP-034, which is live." in _newest(lab)
