"""How a project's place is told."""

from datetime import date

import pytest

from core.sprints import phase_place


@pytest.mark.parametrize(
    ("today", "deadline", "told"),
    [
        (date(2026, 10, 8), None, "Convergence, week 6 of 16"),
        (date(2026, 10, 8), date(2026, 11, 11), "Optimization, week 6 of 10"),
        (date(2027, 1, 20), None, "Productionization, week 20"),
    ],
)
def test_phase_and_week_are_told_in_one_line(today, deadline, told):
    found = phase_place.place(date(2026, 9, 3), (), today, deadline)
    assert found is not None
    assert found.told == told
