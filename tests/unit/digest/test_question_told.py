"""Answers are held to their own facts: what no fact vouches for is not said."""

from datetime import date, timedelta

import numpy as np
import pytest

from core.digest import question_accuracy, question_add, question_when
from core.digest.page import LEFT_OUT
from core.digest.question import DigestQuestion
from core.digest.question_accuracy import AccuracySlice, Measured
from core.digest.question_add import cost
from core.digest.question_told import AskedQuestion, put, told
from core.digest.question_when import chance, horizons
from core.experiments.metric import Metric
from core.facts import Book
from core.forecasts.headline import HeadlineOutlook, SprintAhead, outlook
from core.forecasts.track_record import record
from core.sprints.sprint import Calendar, Span
from core.stats.sample import Interval
from tests.weeks import NOW, any_week, experiment, killed, promoted
from tests.weeks import week as week_of

WHERE = week_of().where
ASKED = AskedQuestion(DigestQuestion("when"), NOW, WHERE)
SPRINTS = Calendar(date(2026, 8, 31))


def test_a_figure_that_no_fact_vouches_for_is_left_out():
    book = Book()
    fact = book.note("value", 0.88, "88%")
    found = told(
        ASKED, book, [f"It is {put(fact)}", "It will be 99% by Friday"], ["twice as much"]
    )
    assert found.lines == ("It is 88%", LEFT_OUT)
    assert found.small == (LEFT_OUT,)


def test_an_answer_without_its_first_line_says_so_first():
    found = told(ASKED, Book(), ["It is 88%", "Nothing is known"], [])
    assert found.lines == (LEFT_OUT, "Nothing is known")


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_records_hold_every_figure_is_traced(seed):
    week = any_week(seed)
    experiments = list(week.experiments)
    rng = np.random.default_rng(seed)
    best = [float(v) for v in rng.uniform(0.7, 0.9, size=seed % 7)]
    forecast = outlook(Metric("F1 @ 10", 0.92), best, SPRINTS, rng)
    risks = [(note.text, "Ana 2") for note in week.notes]
    answers = [
        question_when.answer(ASKED, forecast, record([]), risks),
        question_add.answer(ASKED, experiments, SPRINTS.at(week.today), {}),
    ]
    for e in experiments:
        part = AccuracySlice("topic=92% of 3", 0.5, 40)
        measured = Measured(
            Metric(e.metric, e.target, e.direction), e, e.final_metric, bool(seed % 2), week.today,
            seed, Interval(0.1, 0.2), e.baseline, week.on, (part,), ("2 of 3",),
        )  # fmt: skip
        answers.append(question_accuracy.answer(ASKED, measured))
    for found in answers:
        assert LEFT_OUT not in (*found.lines, *found.small)


def _steps(*chances: float) -> tuple[SprintAhead, ...]:
    return tuple(
        SprintAhead(SPRINTS.of(8 + n), p, 0.8, 0.85, 0.9, is_sure=n < 3)
        for n, p in enumerate(chances)
    )


@pytest.mark.parametrize(
    ("chances", "told_"),
    [
        ((0.1, 0.55, 0.7, 0.9, 0.95, 0.97), (1, 3)),
        ((0.9, 0.95, 0.97, 0.98, 0.98, 0.99), (0, 1)),
        ((0.1, 0.9, 0.95, 0.95, 0.95, 0.95), (0, 1)),
        ((0.01, 0.02, 0.05, 0.07, 0.1, 0.2), (2, 5)),
        ((0.1, 0.2, 0.3, 0.4, 0.45, 0.6), (4, 5)),
    ],
    ids=["usual", "at once", "a leap", "far away", "late"],
)
def test_two_days_are_told_never_the_same_twice(chances, told_):
    steps = _steps(*chances)
    assert horizons(steps) == (steps[told_[0]], steps[told_[1]])


@pytest.mark.parametrize(
    ("p", "said"),
    [(0.0, "under 1% chance"), (0.347, "35% chance"), (1.0, "over 99% chance")],
)
def test_nothing_is_told_as_certain(p, said):
    assert chance(p) == said


def test_a_forecast_names_low_confidence_only_when_it_reaches_that_far():
    near = HeadlineOutlook(
        "FORECAST", Metric("accuracy", 0.9), 7, best=0.8, steps=_steps(0.9, 0.99, 0.99)
    )
    found = question_when.answer(ASKED, near, record([]), ())
    assert "low confidence" not in found.small[0]


def test_the_cost_is_that_of_the_last_twenty_that_were_decided():
    old = [promoted(n, 0.9, decided_at=NOW - timedelta(days=90 + n), gpu_used=500.0)
           for n in range(1, 6)]  # fmt: skip
    new = [killed(n, "no", box_starts=date(2026, 11, 16), gpu_used=6.0) for n in range(6, 26)]
    found = cost([*old, *new, experiment(99)])
    assert (found.decided, found.promoted, found.days, found.gpu) == (20, 0, 10.0, 6.0)


def test_without_boxes_and_hours_no_median_is_told():
    bare = [killed(n, "no", box_starts=None, gpu_used=0.0) for n in range(1, 7)]
    found = question_add.answer(ASKED, bare, Span(1, NOW.date(), NOW.date()), {})
    assert "Of your last 6 experiments, 0 were promoted" in found.lines[1]
    assert "median" not in found.lines[1]
