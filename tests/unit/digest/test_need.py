"""When an ask of leadership is reminded of."""

from datetime import date

import pytest

from core.digest.need import closes, reminder
from core.project.note import Note

FRIDAY, SATURDAY = date(2026, 12, 4), date(2026, 12, 5)


@pytest.mark.parametrize(
    ("due", "today", "which"),
    [
        (FRIDAY, date(2026, 12, 3), ""),
        (FRIDAY, FRIDAY, "due"),
        (FRIDAY, SATURDAY, "after"),
        (SATURDAY, FRIDAY, "due"),
        (date(2026, 12, 6), FRIDAY, "due"),
        (date(2026, 12, 6), date(2026, 12, 7), "after"),
    ],
    ids=["day before", "due day", "day after", "due on Saturday", "due on Sunday", "Monday after"],
)
def test_the_reminder_of_a_day(due, today, which):
    assert reminder(due, today) == which


def test_a_decision_is_kept_in_words():
    assert closes(Note("need", "Approve it"), "Decline") == "Declined"
    assert closes(Note("need", "Launch", choice="now | later"), "now") == "now"
