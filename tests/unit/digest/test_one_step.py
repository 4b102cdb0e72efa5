"""What moved, by whom, since when: beyond the noise, once, and with the move of the target."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.digest.sheet import sheet
from core.experiments.headline import headline, noise_of
from core.experiments.metric import Metric
from core.experiments.past import Past
from services.llm import narrate
from tests.weeks import FRIDAY, NOW, experiment, killed, looks, past, promoted, pushed, week

ACC = Metric("accuracy", 0.92)


def _told(*experiments, **given):
    return narrate.plain(sheet(week(*experiments, metric=given.pop("metric", ACC), **given))).text


def _in_evaluation(number, value, **given):
    return experiment(number, stage="evaluation", measurements=looks(value), **given)


def test_a_change_that_the_usual_digits_do_not_tell_is_none():
    text = _told(_in_evaluation(1, 0.883), earlier=[past(0.88304)])
    assert "no change beyond noise for 1 week" in text
    assert "88.304" not in text.splitlines()[0]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (pushed(0.90, 500, 0.877, 0.922), "no change beyond noise for 1 week"),
        (pushed(0.90, 50_000, 0.898, 0.902), "up from 88% to 90% since Fri 20 Nov"),
    ],
)
def test_a_trend_lies_beyond_the_noise_of_both_measurements(now, said):
    one = experiment(1, stage="evaluation", measurements=now)
    assert said in _told(one, earlier=[past(0.88)])


def test_a_noisy_last_report_makes_a_small_change_no_trend():
    one = experiment(1, stage="evaluation", measurements=pushed(0.90, 50_000, 0.898, 0.902))
    before = Past(FRIDAY - timedelta(weeks=1), "accuracy", 0.88, noise=0.02)
    assert "no change beyond noise" in _told(one, earlier=[before])


def test_noise_is_measured_typed_or_seen_in_repeated_results():
    told = replace(pushed(0.9, 500, 0.88, 0.92)[0], noise=0.0123)
    evaluated = NOW - timedelta(days=2)
    again = looks(0.90, 0.92, 0.91)
    cases = {
        0.0123: experiment(1, stage="evaluation", measurements=(told,)),
        0.02 / 1.6448536269514722: experiment(
            2, stage="evaluation", measurements=pushed(0.9, 500, 0.88, 0.92)
        ),
        0.005: experiment(3, stage="evaluation", measurements=looks(0.9), noise_sd=0.005),
        0.01: experiment(4, stage="evaluation", measurements=again, stage_since=evaluated),
        0.0: experiment(5, stage="evaluation", measurements=again, stage_since=NOW),
    }
    assert {known: pytest.approx(known) == noise_of(e) for known, e in cases.items()} == (
        dict.fromkeys(cases, True)
    )


def test_weeks_without_change_go_on_through_noise():
    one = _in_evaluation(1, 0.885, noise_sd=0.01)
    earlier = [past(0.88 + 0.004 * n, weeks_ago=n) for n in (1, 2, 3)]
    assert headline(ACC, [one], earlier, on=FRIDAY).weeks == 3


def test_the_step_told_is_the_one_that_moved_the_headline():
    larger = promoted(1, 0.84, baseline=0.60)  # a larger step, but not where the metric stands
    mover = _in_evaluation(2, 0.90, baseline=0.88)
    text = _told(larger, mover, earlier=[past(0.88)])
    assert "EXP-002 “Hard negatives”: from 88% to 90% on Thu 26 Nov." in text
    assert "EXP-001 “" not in text


def test_a_gain_is_told_once_with_the_day_of_its_result():
    gained = _in_evaluation(1, 0.90)
    assert "from 86% to 90% on Thu 26 Nov." in _told(gained, earlier=[past(0.86)])
    decided = promoted(1, 0.90, measurements=looks(0.90, days_ago=8))
    assert "EXP-001 “" not in _told(decided, earlier=[past(0.90)])
    assert "from 86% to" not in _told(_in_evaluation(1, 0.80), earlier=[past(0.9)])


@pytest.mark.parametrize(
    ("before", "metric", "said"),
    [
        (
            0.90,
            ACC,
            "88% / 92% accuracy (candidate; target moved from 90% to 92% since Fri 20 Nov) — ",
        ),
        (
            None,
            ACC,
            "88% / 92% accuracy (candidate; target moved from none to 92% since Fri 20 Nov) — ",
        ),
        (
            0.90,
            Metric("accuracy"),
            "(candidate; target moved from 90% to none since Fri 20 Nov) — ",
        ),
        (0.92, ACC, "88% / 92% accuracy (candidate) — "),
    ],
)
def test_a_target_that_moved_is_told_from_what_to_what(before, metric, said):
    last = Past(date(2026, 11, 20), "accuracy", 0.86, target=before, knows_target=True)
    text = _told(_in_evaluation(1, 0.88, target=None), earlier=[last], metric=metric)
    assert said in text.splitlines()[0]


def test_what_is_finished_adds_up_and_a_refined_one_is_counted_once():
    yesterday = NOW - timedelta(days=1)
    refined = _in_evaluation(3, 0.8)
    refined = replace(refined, stage="iteration", outcome="iterating", decided_at=yesterday)
    text = _told(killed(1, "no"), promoted(2, 0.8), refined)
    assert "2 experiments finished: 1 stopped, 1 promoted." in text
    assert "1 is under way, 1 of them sent back to be refined" in text
    later = _told(killed(3, "no gain", outcome="killed"), promoted(2, 0.8))
    assert "2 experiments finished: 1 stopped, 1 promoted." in later
    assert "refined" not in later
