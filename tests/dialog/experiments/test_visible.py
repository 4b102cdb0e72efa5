"""A ticket says what its eval set will be able to show, as soon as its size is known."""

import pytest

from tests.evals import pushed, results
from tests.experiments import FORM
from tests.scenes import start, three

DONE = '[[metric]]\nname = "accuracy"\nthreshold = 0.9\nmargin = 0.02\nexamples = '


@pytest.fixture
def lab(talk):
    """Ana, Ben, and Lee, who leads."""
    return three(talk)


def write(talk, **fields):
    talk.say("/exp new Late chunking")
    return str(talk.submit_open(FORM | {"title": "Late chunking"} | fields).blocks)


def plan(talk, examples):
    talk.send("gate_done_toml", {"toml": f"{DONE}{examples}"}, by="ULEE")


def test_nothing_is_said_while_no_eval_set_is_known(lab):
    assert "eval set of" not in write(lab)


def test_a_new_ticket_is_told_what_the_planned_eval_set_shows(lab):
    plan(lab, 500)
    shown = write(lab)
    assert "An eval set of 500 examples shows a change of 7.9 points or more" in shown
    assert "aims at" not in shown


def test_an_aim_the_eval_set_cannot_see_is_told_with_what_it_would_take(lab):
    plan(lab, 100)
    shown = write(lab, baseline="84%")
    assert "The 1 points this ticket aims at are less: they take about 21,0" in shown


def test_what_was_pushed_for_the_ticket_counts_more_than_the_plan(lab):
    plan(lab, 500)
    start(lab)
    pushed(lab, results(n=2000))
    assert "An eval set of 2,000 examples" in str(lab.say("/exp EXP-042").blocks)


def test_the_team_s_last_eval_set_stands_for_a_new_ticket(lab):
    start(lab)
    pushed(lab, results(n=1000))
    assert "An eval set of 1,000 examples" in write(lab)


def test_a_metric_that_is_no_share_has_no_smallest_visible_change(lab):
    plan(lab, 500)
    assert "eval set of" not in write(lab, baseline="700", target="500", direction="lower")
