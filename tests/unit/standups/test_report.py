"""What a report is asked for, and what it counts."""

from datetime import date

import pytest

from core.errors import Refused
from core.standups.report import Entry, ReportQuery, read, share

TODAY = date(2026, 11, 23)


def _day(n: int, month: int = 11) -> date:
    return date(2026, month, n)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", ReportQuery(TODAY, TODAY)),
        ("Today", ReportQuery(TODAY, TODAY)),
        ("yesterday", ReportQuery(_day(22), _day(22))),
        ("2026-05-01..2026-05-14", ReportQuery(_day(1, 5), _day(14, 5))),
        ("2026-05-01", ReportQuery(_day(1, 5), _day(1, 5))),
        ("last 2w", ReportQuery(_day(10), TODAY)),
        ("last 1d csv", ReportQuery(TODAY, TODAY, csv=True)),
        ("<@UBEN|ben>", ReportQuery(_day(10), TODAY, user="UBEN")),
        ("exp42", ReportQuery(_day(10), TODAY, number=42)),
        ("csv <@UBEN> EXP-042 yesterday", ReportQuery(_day(22), _day(22), "UBEN", 42, csv=True)),
    ],
)
def test_a_wish_is_read_in_any_order(text, wish):
    assert read(text, today=TODAY) == wish


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("last", "no length of time"),
        ("last moon", "no length of time"),
        ("today yesterday", "two times"),
        ("2026-05-14..2026-05-01", "before the first"),
        ("2025-01-01..2026-05-01", "more than a year"),
        ("2026-13-01", "no date"),
        ("2026-05-01..", ""),
        ("<@UA> <@UB>", "I don't know"),
        ("weekly", "I don't know “weekly”"),
    ],
)
def test_what_is_not_understood_is_refused(text, word):
    if not word:
        assert read(text, today=TODAY).last == _day(1, 5)
        return
    with pytest.raises(Refused, match=word):
        read(text, today=TODAY)


def test_a_wish_written_out_is_the_same_wish():
    wish = read("last 2w <@UBEN> 42", today=TODAY)
    assert read(wish.typed, today=date(2027, 1, 1)) == wish


def _entry(state: str, *, over: bool = True, late: bool = False) -> Entry:
    return Entry(TODAY, "S", "U", "U", state, over, late)


def test_who_skipped_was_away_was_not_asked_or_may_still_answer_is_not_counted():
    kinds = ("skipped", "away", "missed", "due", "something new")
    found = share([_entry(kind) for kind in kinds] + [_entry("asked", over=False)])
    assert (found.answered, found.expected, found.percent) == (0, 0, None)
    found = share([_entry("answered", late=True), _entry("answered"), _entry("asked")])
    assert (found.answered, found.expected, found.late, found.percent) == (2, 3, 1, 67)
