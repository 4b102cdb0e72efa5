"""A margin that lets every loss pass is refused, with what was probably meant."""

import pytest

from core.errors import Refused
from core.evals.definition_of_done import checked, from_records, from_toml
from core.evals.metric import Metric


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("margin = 2", "200 points of a score from 0 to 1, which lets every loss pass"),
        ("margin = 1", "100 points"),
        ("kind = 'exact'\nmargin = 5", "5 points are 0.05"),
        ("kind = 'mean'\nthreshold = 0.9\nmargin = 2", "2 points are 0.02"),
        ("kind = 'deterministic'\nthreshold = 0.9\nmargin = 200", "2 points are 0.02"),
        ("kind = 'p95'\ndirection = 'lower'\nrelative = true\nmargin = 10",
         "1000 % of the baseline, which lets every loss pass; 10 % are 0.1"),
        ("margin = -0.02", "below zero"),
    ],
)  # fmt: skip
def test_a_margin_that_lets_every_loss_pass_is_refused(line, says):
    with pytest.raises(Refused) as refused:
        from_toml(f"[[metric]]\nname = 'accuracy'\n{line}\n")
    assert says in refused.value.sentence


@pytest.mark.parametrize(
    "line",
    [
        "margin = 0.02",
        "margin = 0.5",
        "kind = 'mean'\nmargin = 2",
        "kind = 'mean'\nthreshold = 80\nmargin = 2",
        "kind = 'mean'\ndirection = 'lower'\nthreshold = 0.5\nmargin = 1",
        "kind = 'p95'\ndirection = 'lower'\nthreshold = 0.5\nmargin = 1",
        "kind = 'mean'\nrelative = true\nmargin = 0.05",
    ],
)
def test_a_margin_in_the_metrics_own_unit_is_taken(line):
    assert from_toml(f"[[metric]]\nname = 'score'\n{line}\n")[0].margin is not None


def test_one_that_was_stored_before_judges_nothing():
    assert Metric("accuracy", kind="rate", margin=2.0).fault is not None
    (found,) = from_records([{"name": "accuracy", "margin": 2.0}])
    with pytest.raises(Refused) as refused:
        checked(found)
    assert refused.value.field == "margin"
