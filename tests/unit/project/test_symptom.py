"""Signs of the wrong phase: each rule with its arithmetic, and silence without data."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.experiments.metric import Metric
from core.project.symptoms import (
    Ready,
    SymptomEpisode,
    almost,
    exploring,
    is_due,
    polishing,
    unshipped,
)
from core.sprints.phase import PHASES, begins, named
from core.sprints.phase_place import Gate, Ratio, place

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
ACCURACY = Metric("accuracy", 0.92)
EXPLORES = Ratio(date(2026, 11, 9), {}, {"exploration": 3})
TUNES = Ratio(date(2026, 11, 9), {"optimisation": 30.0, "exploration": 5.0}, {})
NOTHING = Ratio(date(2026, 11, 9), {}, {"exploration": 2})


def at(weeks: int, *gates: Gate):
    """A project of that many weeks."""
    return place(TODAY - timedelta(weeks=weeks), gates, TODAY)


def gate(key: str, weeks: int) -> Gate:
    """A decision so many weeks ago."""
    return Gate(key, TODAY - timedelta(weeks=weeks), "why", "UANA", NOW)


@pytest.mark.parametrize(
    ("where", "ratio", "holds"),
    [
        (at(8), EXPLORES, True),
        (at(7), EXPLORES, False),
        (at(12), TUNES, False),
        (at(12), NOTHING, None),
        (None, EXPLORES, None),
        (at(12, gate("convergence", 5)), EXPLORES, False),
        (at(20, gate("discovery", 9)), EXPLORES, True),
        (at(20, gate("convergence", 9), gate("discovery", 2)), EXPLORES, False),
    ],
    ids=["week-9", "week-8", "tunes", "little", "no-start", "gate", "re-explores", "pivot"],
)
def test_exploring_after_eight_weeks(where, ratio, holds) -> None:
    """A gate ends it, a pivot starts the weeks anew."""
    assert exploring(where, ratio, ()).holds is holds


@pytest.mark.parametrize(
    ("best", "ratio", "noise", "holds"),
    [
        ([0.75, 0.76, 0.765], TUNES, None, True),
        ([0.75, 0.76, 0.80], TUNES, None, False),
        ([0.75, 0.76, 0.80], TUNES, 0.03, True),
        ([0.87, 0.875, 0.88], TUNES, None, False),
        ([0.75, 0.76, 0.765], EXPLORES, None, False),
        ([0.75, 0.765], TUNES, None, None),
        ([0.75, None, 0.74], TUNES, None, True),
        ([0.93, 0.93, 0.93], TUNES, None, False),
    ],
    ids=["polish", "gain", "noise", "near", "explores", "short", "worse", "reached"],
)
def test_polishing_a_75_percent_model(best, ratio, noise, holds) -> None:
    """Small gains, a large gap, and a team that tunes."""
    assert polishing(ACCURACY, best, ratio, noise).holds is holds


def test_polishing_shows_its_arithmetic() -> None:
    """From, to, gain, gap and what the team does."""
    text = polishing(ACCURACY, [0.75, 0.76, 0.765], TUNES, None).text
    assert "accuracy 0.75 → 0.765 in 3 sprints (gain 0.015, polish up to 0.018)" in text
    assert "gap to 0.92: 0.155; 86% of the work tunes and builds" in text


def test_polishing_of_a_metric_where_lower_is_better() -> None:
    """A latency of 900 ms that goes to 890 with a target of 500."""
    slow = Metric("latency", 500.0, "lower")
    assert polishing(slow, [900.0, 895.0, 895.0], TUNES, None).holds is True
    assert polishing(slow, [900.0, 700.0, 650.0], TUNES, None).holds is False


def test_without_a_target_there_is_not_enough_data() -> None:
    """Neither polishing nor almost done can be told."""
    assert polishing(Metric("accuracy"), [0.7] * 5, TUNES, None).holds is None
    assert almost(Metric("accuracy"), [0.7] * 5, ()).holds is None


@pytest.mark.parametrize(
    ("best", "extended", "holds"),
    [
        ([0.905, 0.91, 0.91], (), True),
        ([0.89, 0.91, 0.91], (), False),
        ([0.905, 0.91, 0.92], (), False),
        ([0.905, 0.91], (), None),
        ([0.905, 0.91], [(7, 3)], True),
        ([0.5, 0.6, 0.7], [(7, 2)], False),
        ([0.5, 0.6, 0.7], [(7, 3)], True),
    ],
    ids=["near", "far", "reached", "short", "short-box", "two", "three"],
)
def test_almost_done_forever(best, extended, holds) -> None:
    """Three sprints within two points, or three extensions of one box."""
    assert almost(ACCURACY, best, extended).holds is holds


def test_never_shipping_counts_two_weeks() -> None:
    """A day less is none."""
    ready = Ready(3, NOW - timedelta(days=14), "has a GO of the eval gate")
    late = unshipped([ready], NOW, known=True)
    assert (late.holds, late.text) == (
        True, "EXP-003 has a GO of the eval gate for 2 weeks, not promoted",
    )  # fmt: skip
    assert unshipped([ready], NOW - timedelta(days=1), known=True).holds is False
    assert unshipped([], NOW, known=False).holds is None


def told(**given) -> SymptomEpisode:
    """Holds for a week and was told then."""
    since = NOW - timedelta(weeks=1)
    return SymptomEpisode(
        **{"holds": True, "since": since, "told_at": since, "snoozed_until": None} | given
    )


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ({}, False),
        ({"told_at": None}, True),
        ({"holds": False, "told_at": None}, False),
        ({"told_at": NOW - timedelta(weeks=3)}, True),
        ({"told_at": NOW - timedelta(weeks=4), "since": NOW - timedelta(weeks=9)}, True),
        ({"told_at": NOW - timedelta(days=27), "since": NOW - timedelta(weeks=9)}, False),
        ({"told_at": None, "snoozed_until": NOW + timedelta(days=1)}, False),
        ({"told_at": None, "snoozed_until": NOW}, True),
    ],
    ids=["told", "new", "gone", "came-back", "four-weeks", "less", "snoozed", "snooze-over"],
)
def test_a_symptom_is_told_once(given, due) -> None:
    """Again only when it went away and came back, or after four weeks."""
    assert is_due(told(**given), NOW) is due


@pytest.mark.parametrize(
    ("typed", "name"),
    [("convergence", "Convergence"), ("Optimisation", "Optimization"), ("prod", PHASES[3].name),
     ("discovry", "Discovery"), ("production", PHASES[3].name)],
    ids=["plain", "british", "short", "typo", "production"],
)  # fmt: skip
def test_phases_are_understood_as_people_write_them(typed, name) -> None:
    """Either spelling, a beginning, a slip."""
    assert named(typed).name == name


def test_a_phase_counts_its_own_weeks() -> None:
    """By the calendar from the week it begins in; by a gate from its day."""
    found = at(5)
    assert found is not None
    assert (found.phase.name, found.phase_week, found.week) == ("Convergence", 2, 6)
    decided = at(13, gate("convergence", 4), gate("convergence", 2))
    assert decided is not None
    assert (decided.phase.name, decided.phase_week, decided.due.name) == (
        "Convergence", 5, "Productionization",
    )  # fmt: skip
    assert [begins(phase) for phase in PHASES] == [0, 4, 8, 12]
    assert place(None, (), TODAY) is None
