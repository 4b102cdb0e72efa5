"""The source document's translation table (chapter 5), row by row, and what is not translated."""

import pytest

from core.digest.money import Formula
from core.digest.translated import Step, told
from core.experiments.metric import Metric

TICKETS = Formula("accuracy", reach=1.0, customers=10_000, low=5, likely=5, high=5)


def step(name, was, now, direction="higher"):
    return Step(Metric(name, None, direction), was, now)


def test_an_accuracy_is_customers_and_money():
    assert told(step("Accuracy", 0.72, 0.88), TICKETS) == (
        "1,600 fewer customers get a wrong answer a week, about $8,000 saved a week; "
        "1 in 8 answers is wrong instead of 1 in 4"
    )
    assert told(step("accuracy", 0.88, 0.72), TICKETS).startswith(
        "1,600 more customers get a wrong answer a week, about $8,000 more a week"
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (step("latency_s", 2.0, 0.4, "lower"), "people wait 0.4 seconds instead of 2"),
        (step("p95 latency ms", 2000, 400, "lower"), "people wait 0.4 seconds instead of 2"),
        (step("latency (ms)", 1200, 1000, "lower"), "people wait 1 second instead of 1.2"),
        (step("latency_ms", 400, 450, "lower"), "people wait 0.45 seconds instead of 0.4"),
        (step("latency", 2000, 400, "lower"), ""),  # in what?
        (step("training time s", 0.4, 0.4, "lower"), ""),
    ],
)
def test_a_latency_is_a_wait_in_seconds(found, said):
    assert told(found, None) == said


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (0.08, 0.02, "1 in 50 answers is wrong instead of 1 in 12"),
        (0.6, 0.4, "40 of 100 answers are wrong instead of 60"),
        (0.02, 0.0, "0 of 100 answers are wrong instead of 2"),
        (0.0204, 0.0201, "201 of 10,000 answers are wrong instead of 204"),
    ],
)
def test_a_hallucination_rate_is_one_in_so_many(was, now, said):
    found = step("hallucination rate", was, now, "lower")
    assert told(found, None, ["Hallucination rate"]) == said
    assert told(found, None) == ""  # no lead said that these are wrong answers


def test_nothing_is_said_of_what_is_no_share_and_of_no_step():
    assert told(step("loss", 3.0, 2.0, "lower"), None, ["loss"]) == ""
    assert told(step("accuracy", 0.8, 0.8), TICKETS) == ""


def test_a_small_step_counts_no_customer():
    few = Formula("accuracy", reach=0.01, customers=100, low=1, likely=1, high=1)
    assert told(step("accuracy", 0.80, 0.81), few).startswith("less than one customer a week")
