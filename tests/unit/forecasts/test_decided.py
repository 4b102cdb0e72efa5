from collections import Counter
from datetime import UTC, datetime

from core.forecasts.when_decided import decided_when
from tests.forecasts import SPRINTS

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)  # sprint 6


def _when(need, *sprints, now=NOON):
    return decided_when(need, Counter(sprints), SPRINTS, now.date())


def test_dates_come_from_the_closed_sprints_only():
    found = _when(3, 1, 2, 2, 3, 4, 4, 5, 5)
    assert [count for _, count in found.history] == [1, 2, 1, 2, 2]
    assert [(p, span.number) for p, span in found.by] == [(0.5, 7), (0.85, 8), (0.95, 8)]


def test_what_this_sprint_has_decided_comes_on_top():
    found = _when(1, 1, 2, 3, 4, 5, 6)
    assert (found.now, found.by[0][1].number) == (1, 7)


def test_without_three_closed_sprints_there_is_no_date():
    found = _when(3, 1, now=datetime(2026, 10, 13, tzinfo=UTC))
    assert found.why.startswith("2 of 3 sprints are over")
    before = _when(3, 1, now=datetime(2026, 9, 1, tzinfo=UTC))
    assert before.why == "The first sprint has not begun."


def test_without_any_decision_there_is_no_pace():
    assert _when(3).why.startswith("Nothing was decided in 5 sprints")


def test_beyond_the_horizon_there_is_no_date():
    assert [span for _, span in _when(900, 1, 2, 3).by] == [None, None, None]
