"""The first line: where the metric stands and which way it goes, honestly."""

import pytest

from core import figures
from core.experiments.headline import headline, standing
from core.experiments.metric import Metric, shared_metric
from tests.weeks import FRIDAY, experiment, killed, looks, past, promoted

ACCURACY = Metric("accuracy", 0.92)


def _head(*experiments, earlier=(), metric=ACCURACY):
    return headline(metric, experiments, list(earlier), on=FRIDAY)


@pytest.mark.parametrize(
    ("now", "before", "trajectory"),
    [
        (0.93, [0.90], "reached"),
        (0.92, [], "reached"),
        (0.883, [0.861], "improving"),
        (0.861, [0.883], "back"),
        (0.883, [0.883], "unchanged"),
        (0.883, [], "unknown"),
        (0.9199999, [0.91], "improving"),
    ],
)
def test_the_trajectory_compares_with_the_last_report(now, before, trajectory):
    found = _head(promoted(1, now), earlier=[past(v) for v in before])
    assert found.trajectory == trajectory


def test_for_a_metric_where_lower_is_better_directions_turn_round():
    loss = Metric("loss", 0.3, "lower")
    one = promoted(1, 0.4, metric="loss", direction="lower")
    assert _head(one, earlier=[past(0.5, metric="loss")], metric=loss).trajectory == "improving"
    assert _head(one, earlier=[past(0.35, metric="loss")], metric=loss).trajectory == "back"


def test_weeks_without_change_are_counted_through_the_reports():
    earlier = [past(0.883, weeks_ago=n) for n in (1, 2, 3)] + [past(0.86, weeks_ago=4)]
    assert _head(promoted(1, 0.883), earlier=earlier).weeks == 3


def test_a_result_that_was_killed_counts_no_more():
    dead = killed(1, "no", measurements=looks(0.91), final_metric=0.91)
    assert standing(ACCURACY, [dead, promoted(2, 0.88)]) == (0.88, 2)
    assert _head(dead).why == "no result has been evaluated yet"


def test_under_evaluation_the_latest_value_counts_and_while_running_none_does():
    running = experiment(1, measurements=looks(0.95))
    judged = experiment(2, stage="evaluation", measurements=looks(0.91, 0.89))
    assert standing(ACCURACY, [running, judged]) == (0.89, 2)


def test_reports_on_another_metric_are_not_compared_with():
    assert _head(promoted(1, 0.88), earlier=[past(0.4, metric="loss")]).trajectory == "unknown"


def test_a_target_in_another_unit_is_named_instead_of_compared():
    found = _head(promoted(1, 0.88), metric=Metric("accuracy", 92), earlier=[past(0.8)])
    assert (found.trajectory, found.why) == (
        "unknown",
        "results and target are written in different units",
    )


def test_without_a_chosen_metric_the_one_most_open_experiments_share_is_taken():
    pool = [experiment(1, target=0.9), experiment(2, metric="Accuracy", target=0.92),
            experiment(3, metric="loss", target=0.3), killed(4, "x", metric="loss")]  # fmt: skip
    assert shared_metric(pool) == Metric("accuracy", 0.92)
    assert shared_metric([]) == Metric()


@pytest.mark.parametrize(
    ("one", "two", "percent", "shown"),
    [
        (0.883, 0.92, True, ("88.3%", "92%")),
        (0.9199999, 0.92, True, ("91.99999%", "92%")),
        (0.8812, 0.8814, True, ("88.12%", "88.14%")),
        (0.412, 0.3, False, ("0.412", "0.3")),
        (24.0, 24.0, False, ("24", "24")),
        (1234.5, 0.00004, False, ("1,234.5", "0.00004")),
        (-0.0001, 1.0, True, ("-0%", "100%")),
    ],
)
def test_two_values_are_shown_with_the_digits_it_takes_to_tell_them_apart(
    one, two, percent, shown
):
    if shown[0] == "-0%":
        shown = ("0%", "100%")
    assert figures.pair(one, two, percent=percent) == shown
