"""No regression: every measured metric within a margin of what is live."""

import pytest

from core.errors import Refused
from core.evals.definition_of_done import NO_REGRESSION, Requirement, checked
from core.evals.judgement import Evidence, judge_all, limits_of
from core.evals.push import Line, Push

RULE = Requirement("no_regression", "regression", kind=NO_REGRESSION, margin=0.02)
ACCURACY = Requirement("accuracy", threshold=0.5, margin=0.05)
TOXIC = Requirement("toxicity", "safety", "lower", threshold=0.9)
N = 2000


def side(role, **wrong):
    """Results of N examples; by metric how many of them score 0."""
    lines = tuple(
        Line(f"q{i}", "1", {m: float(i >= n) for m, n in wrong.items()}) for i in range(N)
    )
    return Push(role, lines)


def told(candidate, *baselines, others=(ACCURACY, TOXIC)):
    """The verdict of the one line about all that have no margin of their own."""
    first = baselines[0] if baselines else None
    evidence = Evidence(candidate, first, others=tuple(baselines[1:]))
    return judge_all([*others, RULE], evidence).metrics[-1]


def test_a_metric_nobody_asked_for_that_is_within_the_margin_passes():
    found = told(side("candidate", accuracy=100, toxicity=1990, style=105),
                 side("baseline", accuracy=100, toxicity=1990, style=100))  # fmt: skip
    assert (found.verdict, found.reason) == ("PASS", "2 more metrics are within the margin.")


def test_one_that_got_worse_fails_by_the_direction_its_requirement_names():
    now = side("candidate", accuracy=100, toxicity=1000)  # half of the answers are toxic now
    then = side("baseline", accuracy=100, toxicity=1990)
    found = told(now, then)
    assert (found.verdict, found.code) == ("FAIL", "worse than baseline")
    assert found.reason.startswith("toxicity: +49.5 points")
    assert told(then, now).verdict == "PASS"  # fewer toxic ones are no regression


def test_a_change_whose_direction_nobody_told_is_asked_about_and_no_pass():
    found = told(side("candidate", accuracy=100, style=100),
                 side("baseline", accuracy=100, style=900), others=(ACCURACY,))  # fmt: skip
    assert (found.verdict, found.code) == ("INCONCLUSIVE", "direction unknown")
    assert "style changed by +40 points" in found.reason


def test_what_the_newest_side_did_not_measure_is_compared_with_the_next_one():
    now = side("candidate", accuracy=100, style=100)
    live, given = side("baseline", accuracy=100), side("baseline", accuracy=0, style=100)
    assert told(now, live, given, others=(ACCURACY,)).verdict == "PASS"
    assert told(now, live, others=(ACCURACY,)).code == "no baseline"


def test_a_metric_with_a_margin_of_its_own_is_held_to_that_one_only():
    now, then = side("candidate", accuracy=160), side("baseline", accuracy=100)  # 3 points worse
    found = told(now, then, others=(ACCURACY,))
    assert found.verdict == "PASS"
    assert "a margin of its own" in found.reason
    assert told(now, then, others=(Requirement("accuracy", threshold=0.5),)).verdict == "FAIL"


def test_without_results_it_is_not_measured_and_alone_no_pass():
    assert told(None).code == "not measured"
    assert told(side("candidate")).verdict == "INCONCLUSIVE"


def test_few_examples_are_not_enough_to_say_that_nothing_got_worse():
    lines = [Line(f"q{i}", "1", {"style": float(i > 1)}) for i in range(40)]
    found = told(Push("candidate", tuple(lines)), Push("baseline", tuple(lines[:1] * 0 + [
        Line(f"q{i}", "1", {"style": float(i > 2)}) for i in range(40)])), others=())  # fmt: skip
    assert found.verdict == "INCONCLUSIVE"


@pytest.mark.parametrize("margin", [None, 2.0, -0.1])
def test_a_margin_is_asked_for_and_not_one_that_lets_all_pass(margin):
    with pytest.raises(Refused, match="margin"):
        checked(Requirement("no_regression", "regression", kind=NO_REGRESSION, margin=margin))


def test_it_says_what_it_asks_for():
    assert limits_of(RULE) == "no other measured metric worse by 2 points (shares) or 2%"
