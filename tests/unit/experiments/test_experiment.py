"""Staleness, time box, budget and target of an experiment."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.experiments.experiment import budget_share, meets_target
from core.experiments.words import box_day, days_left, days_silent, is_late, is_stale
from tests.experiments import a_ticket, looks

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("progress", "now", "stale"),
    [
        ("2026-11-23 10:00", "2026-11-26 09:59", False),  # Monday → Thursday, not yet 3 days
        ("2026-11-23 10:00", "2026-11-26 10:00", True),
        ("2026-11-20 10:00", "2026-11-24 23:00", False),  # Friday → Tuesday: a weekend between
        ("2026-11-20 10:00", "2026-11-25 10:00", True),
        ("2026-11-21 10:00", "2026-11-25 10:00", True),  # progress on a Saturday
        ("2026-11-23 10:00", "2026-11-23 09:00", False),  # a clock that went back
    ],
)
def test_an_experiment_is_stale_after_three_working_days(progress, now, stale):
    at = datetime.fromisoformat(progress).replace(tzinfo=BERLIN)
    ticket = a_ticket(progress_at=at.astimezone(UTC))
    assert is_stale(ticket, datetime.fromisoformat(now).replace(tzinfo=BERLIN), BERLIN) is stale


@pytest.mark.parametrize("stage", ["backlog", "killed", "production"])
def test_what_is_not_under_way_is_never_stale(stage):
    ticket = a_ticket(stage=stage)
    assert not is_stale(ticket, datetime(2027, 3, 1, tzinfo=UTC), BERLIN)


def test_working_days_are_counted_on_the_teams_calendar():
    ticket = a_ticket(progress_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))
    now = datetime(2026, 11, 25, 23, 0, tzinfo=UTC)
    assert not is_stale(ticket, now, ZoneInfo("UTC"))
    assert is_stale(ticket, now, ZoneInfo("Pacific/Auckland"))


@pytest.mark.parametrize(
    ("today", "day", "left", "over"),
    [
        (date(2026, 11, 22), 1, 14, False),
        (date(2026, 11, 23), 1, 13, False),
        (date(2026, 12, 6), 14, 0, False),
        (date(2026, 12, 7), 15, -1, True),
    ],
)
def test_the_box_counts_its_first_day_as_one_and_its_last_day_in(today, day, left, over):
    ticket = a_ticket()
    assert (box_day(ticket, today), days_left(ticket, today)) == (day, left)
    assert is_late(ticket, today) is over


def test_a_box_that_has_not_started_has_no_day():
    ticket = a_ticket(box_starts=None, box_ends=None, stage="backlog")
    today = date(2027, 1, 1)
    assert (box_day(ticket, today), days_left(ticket, today)) == (None, None)
    assert not is_late(ticket, today)


@pytest.mark.parametrize(
    ("used", "budget", "share"), [(6, 24, 0.25), (30, 24, 1.25), (6, 0, None)]
)
def test_the_budget_share_is_used_over_budget(used, budget, share):
    assert budget_share(a_ticket(gpu_used=used, gpu_budget=budget)) == share


@pytest.mark.parametrize(
    ("direction", "target", "value", "met"),
    [
        ("higher", 0.85, 0.85, True),
        ("higher", 0.85, 0.849, False),
        ("lower", 500, 500, True),
        ("lower", 500, 501, False),
        ("higher", None, 0.9, False),
        ("higher", 0.85, None, False),
    ],
)
def test_a_target_is_met_in_the_metrics_direction(direction, target, value, met):
    assert meets_target(a_ticket(direction=direction, target=target), value) is met


def test_the_best_result_follows_the_direction():
    values = looks(0.7, None, 0.9, 0.8)
    assert a_ticket(measurements=values).best == 0.9
    assert a_ticket(measurements=values, direction="lower").best == 0.7
    assert a_ticket().best is None


def test_a_public_holiday_where_the_team_is_is_no_silent_day():
    ticket = a_ticket(progress_at=datetime(2026, 12, 23, 12, tzinfo=UTC))  # a Wednesday
    tuesday = datetime(2026, 12, 29, 13, tzinfo=UTC)
    assert days_silent(ticket, tuesday.date(), ZoneInfo("UTC")) == 4
    assert days_silent(ticket, tuesday.date(), BERLIN) == 3  # without Christmas Day
    before = tuesday - timedelta(days=1)
    assert is_stale(ticket, before, ZoneInfo("UTC"))
    assert not is_stale(ticket, before, BERLIN)
