"""Days away as people type them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import calendar
from core.errors import Refused
from core.standups import absence
from core.standups import round as rounds
from core.standups.absence import DaySpan

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def _d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("said", "first", "last", "reason"),
    [
        ("until Friday", "2026-11-23", "2026-11-27", ""),
        ("UNTIL FRI", "2026-11-23", "2026-11-27", ""),
        ("until Monday", "2026-11-23", "2026-11-30", ""),
        ("until sat: moving house", "2026-11-23", "2026-11-28", "moving house"),
        ("till tomorrow (dentist)", "2026-11-23", "2026-11-24", "dentist"),
        ("today", "2026-11-23", "2026-11-23", ""),
        ("tomorrow", "2026-11-24", "2026-11-24", ""),
        ("Friday", "2026-11-27", "2026-11-27", ""),
        ("2w", "2026-11-23", "2026-12-06", ""),
        ("for 3 days sick", "2026-11-23", "2026-11-25", "sick"),
        ("1 week conference in Wien", "2026-11-23", "2026-11-29", "conference in Wien"),
        ("this week", "2026-11-23", "2026-11-29", ""),
        ("next week", "2026-11-30", "2026-12-06", ""),
        ("2026-12-24..2027-01-03", "2026-12-24", "2027-01-03", ""),
        ("2026-12-24 – 2027-01-03 home", "2026-12-24", "2027-01-03", "home"),
        ("24 Dec to 3 Jan", "2026-12-24", "2027-01-03", ""),
        ("Dec 24th - Jan 3rd", "2026-12-24", "2027-01-03", ""),
        ("from Wed to Fri", "2026-11-25", "2026-11-27", ""),
        ("until 2 Jan", "2026-11-23", "2027-01-02", ""),
        ("until January 2, 2027", "2026-11-23", "2027-01-02", ""),
        ("2026-11-20..2026-11-25", "2026-11-23", "2026-11-25", ""),
    ],
)
def test_what_people_type_is_read_as_days(said, first, last, reason):
    assert absence.read(said, MONDAY) == (DaySpan(_d(first), _d(last)), reason)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("", "Away until when?"),
        ("holiday", "“holiday” says no days I understand."),
        ("until saturn", "“until saturn” says no days"),
        ("until 03/04", "“until 03/04” says no days"),
        ("0d", "“0d” says no days"),
        ("31 Feb", "There is no 31 Feb."),
        ("2026-13-01", "There is no 2026-13-01."),
        ("until 2026-11-20", "2026-11-20 is over already."),
        ("2026-12-24..2026-12-20", "2026-12-20 comes before 2026-12-24."),
        ("until 2031-01-01", "further than a year"),
        ("999w", "further than a year"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_type(said, heard):
    with pytest.raises(Refused) as refusal:
        absence.read(said, MONDAY)
    assert heard in refusal.value.sentence
    assert "until Friday" in refusal.value.hint


@given(st.dates(date(2025, 1, 1), date(2035, 12, 31)), st.integers(0, 6))
def test_until_a_weekday_ends_on_it_within_the_next_seven_days(today, weekday):
    span, _ = absence.read(f"until {absence.WEEKDAYS[weekday]}", today)
    assert span.first == today
    assert span.last.weekday() == weekday
    assert 1 <= (span.last - today).days <= 7


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text):
    try:
        span, reason = absence.read(text, MONDAY)
    except Refused:
        return
    assert MONDAY <= span.first <= span.last
    assert len(reason) <= 200


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("ooo until Friday", ("ooo", "until Friday")),
        ("OOO", ("ooo", "")),
        ("back", ("back", "")),
        ("I’m back!", ("back", "")),
        ("back to the drawing board with the labels", None),
        ("ooo\nI learnt a lot", None),
        ("ooops, the seed was fixed", None),
        ("skip", None),
    ],
)
def test_only_the_word_itself_is_a_word_in_a_direct_message(said, word):
    assert absence.word(said) == word


def test_a_later_word_corrects_the_end_of_what_runs_and_joins_what_is_planned():
    runs, planned = (
        DaySpan(MONDAY - timedelta(days=3), FRIDAY),
        DaySpan(_d("2026-12-24"), _d("2027-01-03")),
    )
    known = [runs, planned]
    shorter = absence.join(DaySpan(MONDAY, _d("2026-11-25")), known, MONDAY)
    assert shorter == (DaySpan(runs.first, _d("2026-11-25")), [runs])
    longer = absence.join(DaySpan(MONDAY, _d("2026-12-28")), known, MONDAY)
    assert longer == (DaySpan(runs.first, planned.last), known)
    within = absence.join(DaySpan(_d("2026-11-25"), _d("2026-11-25")), known, MONDAY)
    assert within == (runs, [runs])
    apart = DaySpan(_d("2026-12-01"), _d("2026-12-02"))
    assert absence.join(apart, known, MONDAY) == (apart, [])


def test_in_every_zone_the_day_of_a_prompt_is_the_day_of_the_absence():
    at, day = time(0, 15), _d("2026-03-29")  # a night on which some clocks jump
    plan = rounds.Plan(
        tuple(range(7)), at, timedelta(hours=4), day, datetime.min.replace(tzinfo=UTC)
    )
    zones = {name: name for name in sorted(available_timezones()) if "/" in name}
    due = rounds.times(plan, day, zones).due_at
    assert len(due) == len(zones)
    assert {calendar.local(due[n], calendar.zone(n)).date() for n in zones} == {day}


def test_the_next_round_leaves_out_who_is_away():
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    plan = rounds.Plan((0, 1, 2, 3, 4), time(9, 30), timedelta(hours=4), MONDAY, now)
    zones = {"UANA": "UTC", "UBEN": "Asia/Tokyo"}
    away = DaySpan(MONDAY, _d("2027-01-03"))
    found = rounds.first_after(
        plan, zones, now, is_away=lambda u, d: u == "UBEN" and away.covers(d)
    )
    assert list(found.due_at) == ["UANA"]
    alone = rounds.first_after(plan, {"UBEN": "UTC"}, now, is_away=lambda _u, d: away.covers(d))
    assert alone.on == _d("2027-01-04")
