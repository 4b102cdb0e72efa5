"""When the headline metric may reach its target: from results to dates."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.experiments.measurement import Measurement
from core.experiments.metric import Metric
from core.forecasts.headline import (
    best_by_sprint,
    goal_of,
    history_of,
    outlook,
    places,
    results,
    share_left,
    shown,
)
from core.forecasts.track_record import Closed, record, sentence, told
from core.sprints.sprint import Calendar
from tests.forecasts import FIRST, SPRINTS, in_sprint
from tests.part_of_sprint import played
from tests.weeks import NOW, experiment, killed, promoted

ACC = Metric("accuracy", 0.92)
BERLIN = ZoneInfo("Europe/Berlin")


def _outlook(best, metric=ACC, sprints=SPRINTS):
    return outlook(metric, best, sprints, np.random.default_rng([1, len(best)]))


@pytest.mark.parametrize(
    ("best", "metric", "status", "why"),
    [
        ([], ACC, "NOT ENOUGH", "No result of accuracy has been evaluated yet."),
        ([None, None], ACC, "NOT ENOUGH", "No result"),
        ([0.8], ACC, "NOT ENOUGH", "1 sprint with results so far, and a forecast takes 3."),
        ([0.8, 0.82, None], ACC, "NOT ENOUGH", "2 sprints with results"),
        ([0.8, 0.82, 0.84, None], ACC, "FORECAST", ""),
        ([0.8, 0.8, 0.79, None], ACC, "STALLED", "No gain in 3 sprints"),
        ([0.8, 0.93, None], ACC, "REACHED", "reached in sprint 2"),
        ([0.8, 0.82, 0.84], Metric("accuracy", 92), "INVALID", "different units"),
        ([0.8, 0.82, 0.84], Metric("accuracy", 1.2, percent=True), "INVALID", "beyond"),
        ([0.8, 0.82], Metric("accuracy"), "NOT SET", "No target is set for accuracy."),
        ([], Metric(), "NOT SET", "No experiment has a metric yet."),
    ],
)
def test_the_status_says_what_can_be_known(best, metric, status, why):
    found = _outlook(best, metric)
    assert (found.status, why in found.why) == (status, True), found.why
    assert bool(found.steps) == (status == "FORECAST")


def test_the_first_sprint_ahead_is_the_running_one_until_it_has_a_gain():
    quiet = _outlook([0.72, 0.78, 0.81, 0.83, None])
    assert [s.span.number for s in quiet.steps] == [5, 6, 7, 8, 9, 10]
    worse = _outlook([0.72, 0.78, 0.81, 0.83, 0.80])
    assert worse.steps == quiet.steps
    gained = _outlook([0.72, 0.78, 0.81, 0.83, 0.84])
    assert (gained.steps[0].span.number, gained.best) == (6, 0.84)
    assert gained.steps[0].span.ends == FIRST + timedelta(days=6 * 14 - 1)


def test_only_three_sprints_are_sure():
    found = _outlook([0.72, 0.78, 0.81, 0.83, None])
    assert [s.is_sure for s in found.steps] == [True] * 3 + [False] * 3
    assert found.last_sure == found.steps[2]


def test_the_same_sprint_of_a_team_gives_the_same_forecast():
    assert _outlook([0.7, 0.8, 0.82, None]) == _outlook([0.7, 0.8, 0.82, None])


@pytest.mark.parametrize(
    ("metric", "known", "bound"),
    [
        (ACC, [0.8], 1.0),
        (Metric("accuracy", 92), [88.0], None),
        (Metric("accuracy", 0.9, percent=False), [0.8], None),
        (Metric("p95 latency ms", 450, "lower"), [600.0], 0.0),
        (Metric("loss", -2.0, "lower"), [-1.0], None),
        (Metric("loss ratio", 0.9), [0.8], None),
    ],
)
def test_the_bound_is_that_of_the_metric(metric, known, bound):
    assert goal_of(metric, known).bound == bound


def test_lower_is_better_looks_down():
    found = _outlook([620, 540, None, 510, None], Metric("p95 latency ms", 450, "lower"))
    assert [value for _, value in found.history] == [620, 540, 540, 510]
    assert all(s.low <= s.middle <= s.high <= 510 for s in found.steps)


def test_the_history_begins_with_the_first_result():
    found = history_of(ACC, [None, None, 0.7, None, 0.8], SPRINTS)
    assert [(span.number, value) for span, value in found] == [(3, 0.7), (4, 0.7), (5, 0.8)]


@pytest.mark.parametrize(
    ("value", "percent", "text"),
    [(0.8834, True, "88.3%"), (253.917, False, "253.9"), (0.41273, False, "0.4127"),
     (0.0, False, "0"), (12345.6, False, "12,346"), (-1.5, False, "-1.5")],
)  # fmt: skip
def test_simulated_values_have_few_digits(value, percent, text):
    assert shown(value, percent=percent) == text


def test_results_count_from_the_first_evaluation_on_and_never_after_a_kill():
    at = [NOW - timedelta(days=d) for d in (40, 30, 20, 10)]
    values = (0.7, 0.75, 0.8, 0.78)
    looks = tuple(Measurement(when, v, 1, "", "") for when, v in zip(at, values, strict=True))
    evaluated = experiment(1, stage="evaluation", measurements=looks)
    found = results(ACC, [evaluated], {1: NOW - timedelta(days=25)})
    assert [(r.value, r.at) for r in found] == [
        (0.75, NOW - timedelta(days=25)), (0.8, at[2]), (0.78, at[3]),
    ]  # fmt: skip
    others = [
        experiment(2, measurements=looks),
        killed(3, "no", measurements=looks),
        experiment(4, stage="evaluation", measurements=looks, metric="F1"),
        experiment(5, stage="evaluation", measurements=looks, direction="lower"),
    ]
    assert results(ACC, others, {n: at[0] for n in range(2, 6)}) == []


def test_a_better_value_that_did_not_hold_in_production_does_not_count():
    looks = (Measurement(NOW - timedelta(days=9), 0.95, 1, "", ""),)
    found = results(ACC, [promoted(1, 0.9, measurements=looks)], {1: NOW - timedelta(days=10)})
    assert [r.value for r in found] == [0.9]


def test_sprints_begin_at_midnight_where_the_team_is():
    late = datetime(2026, 9, 27, 22, 30, tzinfo=UTC)  # Monday 00:30 in Berlin: sprint 2
    found = results(ACC, [in_sprint(1, 0.7), in_sprint(2, 0.8, decided_at=late)], {})
    until = date(2026, 10, 1)

    def best(calendar, zone, day):
        return best_by_sprint(found, ACC, places(calendar, zone, day), {})

    assert best(SPRINTS, BERLIN, until) == [0.7, 0.8]
    assert best(SPRINTS, ZoneInfo("UTC"), until) == [0.8, None]
    assert best(Calendar(date(2027, 1, 4)), BERLIN, until) == []
    assert best(SPRINTS, BERLIN, date(2026, 9, 20)) == [0.7]


def _closed(n, *, actual=0.8, low=0.78, high=0.85, p=0.2, before=0.78, reached=False):
    return Closed(n, FIRST, low, 0.8, high, p, before, actual, reached)


def test_below_ten_closed_ranges_nothing_is_claimed():
    assert sentence(record([])) == "too few to be sure (0 of 10 ranges closed)"
    assert sentence(record([_closed(n) for n in range(3)])) == (
        "too few to be sure (3 of 10 ranges closed)"
    )


def test_the_record_speaks_of_the_last_twelve_beside_no_change():
    many = [_closed(n, actual=0.5) for n in range(5)]
    many += [_closed(n, actual=0.9) for n in range(3)]
    many += [_closed(n, actual=0.78) for n in range(4)] + [_closed(n) for n in range(5)]
    found = record(many)
    assert sentence(found) == "9 of 12 earlier ranges held"
    assert found.unchanged == 4
    assert found.briers == (pytest.approx(0.04), 0.0)
    assert found.score.pinball_no_change is not None


def test_the_digest_gets_days_sprints_and_the_record():
    found = told(_outlook([0.72, 0.78, 0.81, 0.83, None]), record([_closed(1)]))
    assert next((n, day) for day, n, _ in found.probabilities) == (5, SPRINTS.of(5).ends)
    assert found.track_record == (1, 1)
    assert (found.reason, found.baseline_held) == ("", 0)
    none = told(_outlook([0.8]), record([]))
    assert (none.probabilities, none.track_record) == ((), None)
    assert none.reason.startswith("1 sprint")


def test_two_days_before_its_end_a_sprint_has_little_chance_left():
    best = [0.72, 0.78, 0.81, 0.83, None]
    rng = np.random.default_rng
    near = Metric("accuracy", 0.84)
    whole = outlook(near, best, SPRINTS, rng(1)).steps
    late = outlook(near, best, SPRINTS, rng(1), left=0.1).steps
    over = outlook(near, best, SPRINTS, rng(1), left=0.0).steps
    assert late[0].p < whole[0].p / 2
    assert (over[0].p, over[0].low, over[0].high) == (0.0, 0.83, 0.83)
    assert late[0].p < late[1].p < whole[1].p
    gained = [0.72, 0.78, 0.81, 0.83, 0.84]  # the next sprint is forecast, and that is whole
    assert _outlook(gained).steps == outlook(ACC, gained, SPRINTS, rng([1, 5]), left=0.1).steps


@pytest.mark.parametrize(
    ("day", "left"),
    [(-3, 1.0), (0, 0.95), (4, 0.55), (5, 0.5), (11, 0.05), (13, 0.0)],
)
def test_what_is_left_of_a_sprint_is_counted_in_working_days(day, left):
    found = share_left(SPRINTS.of(3), SPRINTS.of(3).starts + timedelta(days=day), lambda _: False)
    assert found == pytest.approx(left)


def test_a_day_off_is_no_working_day_of_a_sprint():
    span = SPRINTS.of(3)
    off = span.starts + timedelta(days=11)  # its last Friday
    assert share_left(span, off - timedelta(days=1), lambda day: day == off) == 0.5 / 9


def test_chances_of_what_is_left_come_as_told():
    rows = played(400, 3, paths=200)
    for left in (0.05, 0.1, 0.2):
        told, whole, came = (np.mean([getattr(r, n) for r in rows[left]])
                             for n in ("now", "whole", "came"))  # fmt: skip
        assert abs(told - came) < abs(whole - came)
        assert abs(told - came) < 0.03
