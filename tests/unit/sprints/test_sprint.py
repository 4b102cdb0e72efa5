"""The calendar of sprints."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sprints.sprint import LENGTHS, Calendar, Span

FIRST = date(2026, 11, 2)


def test_sprints_follow_each_other_without_gaps() -> None:
    """Every day from the first on belongs to one sprint, and a sprint has its length."""
    assert Calendar(FIRST).at(date(2026, 11, 15)) == Span(1, FIRST, date(2026, 11, 15))
    assert Calendar(FIRST).at(date(2026, 11, 16)) == Span(
        2, date(2026, 11, 16), date(2026, 11, 29)
    )


def test_there_is_no_sprint_before_the_first() -> None:
    """Days before the first sprint belong to none, and no number below one exists."""
    assert Calendar(FIRST).at(FIRST - timedelta(days=1)) is None
    assert Calendar(FIRST).closed(FIRST - timedelta(days=1)) == []
    with pytest.raises(ValueError, match="count from 1"):
        Calendar(FIRST).of(0)


def test_a_sprint_is_closed_the_day_after_its_last() -> None:
    """On its last day it still runs."""
    assert Calendar(FIRST).closed(date(2026, 11, 15)) == []
    assert [s.number for s in Calendar(FIRST).closed(date(2026, 11, 30))] == [1, 2]


@given(st.integers(0, 4000), st.sampled_from(LENGTHS))
def test_each_day_lies_within_its_sprint(after: int, days: int) -> None:
    """For every length and day."""
    day = FIRST + timedelta(days=after)
    span = Calendar(FIRST, days).at(day)
    assert span is not None
    assert span.starts <= day <= span.ends
    assert (span.ends - span.starts).days == days - 1
