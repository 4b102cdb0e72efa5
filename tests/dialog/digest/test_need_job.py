"""Asks of leadership by the clock: reminders on the due day and once after it."""

from datetime import timedelta

import pytest

from tests.needs import DUE, asking, decide, left, tick


@pytest.fixture
def team(talk_on_both):
    """Ana leads and asked, Dana owns need 1, and there is a digest channel."""
    return asking(talk_on_both)


def _reminders(talk) -> list[tuple[str, str]]:
    return [(row.key.split(":")[3], row.channel) for row in talk.sent("need:1:2026-12-04")]


def test_owner_and_asker_are_reminded_on_the_due_day_and_once_after(team):
    tick(team, DUE - timedelta(days=1))
    assert _reminders(team) == []
    tick(team, DUE - timedelta(hours=2))  # eight in the morning
    assert _reminders(team) == []
    tick(team, DUE)
    tick(team, DUE + timedelta(hours=1))
    assert _reminders(team) == [("due", "UDANA"), ("due", "UANA")]
    tick(team, DUE + timedelta(days=1))  # Saturday
    assert len(_reminders(team)) == 2
    for days in (3, 4, 5):
        tick(team, DUE + timedelta(days=days))
    assert _reminders(team)[2:] == [("after", "UDANA"), ("after", "UANA")]
    last = str(team.sent("need:1:2026-12-04")[-1].payload)
    assert "3 days overdue" in last
    assert "This was the last reminder." in last


def test_a_reminder_can_be_stopped_by_each_for_themselves(team):
    tick(team, DUE)
    heard = team.press("need_quiet", "1", by="UDANA")
    assert heard.text.startswith("No more reminders of need 1.")
    tick(team, DUE + timedelta(days=3))
    assert _reminders(team)[2:] == [("after", "UANA")]


def test_a_decided_need_is_reminded_of_no_more(team):
    decide(team)
    tick(team, DUE)
    assert _reminders(team) == []


def test_when_the_owner_has_left_the_lead_hears_it(team):
    left(team, "UDANA")
    tick(team, DUE)
    assert _reminders(team) == [("due", "UANA")]
    assert "Its owner has left" in str(team.sent("need:1:2026-12-04")[0].payload)


def test_a_new_due_day_is_reminded_of_anew(team):
    tick(team, DUE)
    team.say("/need change 1 by=2026-12-09")
    tick(team, DUE + timedelta(days=3))
    assert team.sent("need:1:2026-12-09") == []
    tick(team, DUE + timedelta(days=5))
    assert [row.channel for row in team.sent("need:1:2026-12-09")] == ["UDANA", "UANA"]
