"""Velocity against an independent recount, its trend, and what a sprint surely holds."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from core.sprints import velocity as rules
from core.sprints.sprint import Calendar, Span
from core.sprints.velocity import Past
from tests.sprints import decided, idea

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar(date(2026, 9, 14))


def _past(*counts):
    one = rules.Decision(1, "killed", date(2026, 9, 15))
    return [Past(CALENDAR.of(n), (one,) * count) for n, count in enumerate(counts, start=1)]


def test_velocity_is_what_a_recount_by_hand_finds():
    """Recounted from instants: every sprint from local midnight to local midnight."""
    rng = np.random.default_rng(7)
    tickets, expected = [], [0] * 6
    for number in range(1, 301):
        at = datetime(2026, 9, 13, 12, tzinfo=UTC) + timedelta(hours=float(rng.uniform(0, 2100)))
        outcome = str(rng.choice(["killed", "promoted"]))
        lesson = str(rng.choice(["We learned it", "  ", ""]))
        tickets.append(decided(number, at.date(), outcome, decided_at=at, learnings=lesson))
        for n in range(6):
            first = datetime(2026, 9, 14) + timedelta(days=14 * n)
            start, end = (
                (first + timedelta(days=d)).replace(tzinfo=BERLIN).timestamp() for d in (0, 14)
            )
            expected[n] += bool(lesson.strip()) and start <= at.timestamp() < end
    found = rules.decisions([*tickets, idea(400)], BERLIN)
    counted = [len(rules.within(found, CALENDAR.of(n))) for n in range(1, 7)]
    assert counted == expected
    assert sum(expected) > 50


def test_open_and_iterating_experiments_are_no_velocity():
    again = decided(1, date(2026, 9, 15), stage="iteration", outcome="iterating")
    reopened = decided(2, date(2026, 9, 15), stage="evaluation")
    assert rules.decisions([again, reopened, idea(3)], BERLIN) == []


def test_the_day_of_a_decision_is_the_teams():
    late = decided(1, date(2026, 9, 27), decided_at=datetime(2026, 9, 27, 22, 30, tzinfo=UTC))
    (found,) = rules.decisions([late], BERLIN)
    assert found.on == date(2026, 9, 28)
    assert rules.load(found.stored()) == found


def test_a_trend_takes_six_sprints():
    assert rules.trend(_past(1, 2, 3, 4, 5)) is None
    flat = rules.trend(_past(2, 2, 2, 3, 2, 2))
    assert flat is not None
    assert flat.word == "no clear change"
    assert flat.p == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("counts", "word"),
    [((1, 0, 1, 5, 6, 5), "up"), ((6, 5, 5, 1, 0, 1), "down"), ((0,) * 6, "no clear change")],
    ids=["up", "down", "nothing"],
)
def test_the_trend_says_which_way(counts, word):
    seen = rules.trend(_past(*counts))
    assert seen is not None
    assert seen.word == word


def test_what_85_percent_of_the_sprints_decided():
    assert rules.sure_count([4, 4]) is None
    assert rules.sure_count([1, 2, 3]) == 1
    assert rules.sure_count([0, 3, 3, 3, 3, 3, 3]) == 3  # six of seven are 86 %
    assert rules.sure_count([0, 3, 3, 3, 3]) == 0
    assert rules.chance_of([1, 2, 3, 4], 3) == pytest.approx(0.5)


def test_what_is_decided_later_in_a_sprint_scales_with_its_length():
    week = Span(1, date(2026, 9, 14), date(2026, 9, 20))
    on = [rules.Decision(n, "killed", date(2026, 9, 13) + timedelta(days=n)) for n in (1, 4, 7)]
    assert rules.later_counts([Past(week, tuple(on))], day=7, of=14) == [2]
    assert rules.later_counts([Past(week, tuple(on))], day=14, of=14) == [0]
