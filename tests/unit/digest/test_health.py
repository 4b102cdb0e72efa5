"""On track, at risk, off track: never a guess."""

from datetime import timedelta

import pytest

from core.digest.sheet import sheet
from core.experiments.metric import Metric
from core.forecasts.track_record import Foretold
from services.llm import narrate
from tests.weeks import FRIDAY, experiment, live, past, week


def _forecast(*chances: float) -> Foretold:
    return Foretold(tuple((FRIDAY + timedelta(weeks=2 * n), n, p)
                          for n, p in enumerate(chances, start=1)))  # fmt: skip


def _first(*experiments, **given) -> str:
    return narrate.plain(sheet(week(*experiments, **given))).text.splitlines()[0]


@pytest.mark.parametrize(
    ("chances", "before", "word"),
    [
        ((0.2, 0.5, 0.70, 0.9), 0.86, "on track"),
        ((0.2, 0.5, 0.69, 0.9), 0.86, "at risk"),
        ((0.1, 0.2, 0.39, 0.9), 0.86, "off track"),
        ((0.8, 0.9, 0.95), 0.89, "at risk"),  # worse than last time
        ((0.75,), 0.86, "on track"),
    ],
)
def test_with_a_forecast_the_chance_within_three_sprints_decides(chances, before, word):
    head = _first(live(3, 0.883), earlier=[past(before)], forecast=_forecast(*chances))
    assert f" — {word}: {chances[0]:.0%} chance of 92% by Fri 11 Dec" in head


@pytest.mark.parametrize(
    ("now", "before", "late", "said"),
    [
        (0.883, [0.861], False, "on track: up from 86.1% to 88.3% since Fri 20 Nov."),
        (0.883, [0.861], True,
         "at risk: up from 86.1% to 88.3% since Fri 20 Nov, 1 experiment is late."),
        (0.883, [0.883], False, "at risk: no change for 1 week."),
        (0.883, [0.883] * 4, False, "off track: no change for 4 weeks."),
        (0.861, [0.883], False, "off track: down from 88.3% to 86.1% since Fri 20 Nov."),
        (0.93, [0.9], False, "on track: target reached, up from 90% to 93% since Fri 20 Nov."),
        (0.883, [], False, "not enough data: there is no earlier report to compare with."),
        (0.883, [88.1], False, "not enough data: the last report was written in another unit."),
    ],
)  # fmt: skip
def test_without_one_direction_and_time_boxes_do(now, before, late, said):
    ends = FRIDAY - timedelta(days=2) if late else FRIDAY + timedelta(days=5)
    earlier = [past(v, weeks_ago=n) for n, v in enumerate(before, start=1)]
    head = _first(live(3, now), experiment(4, box_ends=ends), earlier=earlier)
    assert head.endswith(f"accuracy — {said}")


def test_without_a_target_or_a_result_nothing_is_on_any_track():
    without = live(3, 0.883, target=None)
    assert "not enough data: no target is set" in _first(without, metric=Metric("accuracy"))
    assert "not enough data: no result has been evaluated yet" in _first(experiment(1))
    assert _first().startswith("No headline metric — not enough data")


def test_where_lower_is_better_the_words_turn_round():
    loss = Metric("error rate", 0.05, "lower")
    one = live(3, 0.13, metric="error rate", direction="lower", target=0.05, baseline=0.2)
    head = _first(one, metric=loss, earlier=[past(0.15, metric="error rate")])
    assert head == "13% / 5% error rate — on track: better, down from 15% to 13% since Fri 20 Nov."
    worse = _first(one, metric=loss, earlier=[past(0.1, metric="error rate")])
    assert worse.endswith("off track: worse, up from 10% to 13% since Fri 20 Nov.")


def test_a_forecast_that_cannot_be_made_changes_nothing():
    reason = Foretold(reason="2 of 3 sprints with results")
    assert _first(live(3, 0.883), earlier=[past(0.86)], forecast=reason) == _first(
        live(3, 0.883), earlier=[past(0.86)]
    )


def test_nothing_is_certain_in_a_forecast():
    head = _first(live(3, 0.883), earlier=[past(0.86)], forecast=_forecast(0.0, 0.5, 1.0))
    assert "1% chance of 92% by Fri 11 Dec, 99% by Fri 8 Jan" in head
