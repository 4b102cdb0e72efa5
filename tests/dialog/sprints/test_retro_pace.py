"""Velocity against its own forecast in the retro, with what took time from the sprint."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.sprints.retro_pace import Pace, Stuck, blocked
from models import db
from models.blockers.blocker import Blocker
from tests.sprints import FIRST, arrange, decided, idea

FRIDAY = datetime(2026, 12, 4, 14, tzinfo=UTC)  # of sprint 6, which ends on Sunday


def per_sprint(*counts):
    """Tickets killed so many a sprint, from the first one on."""
    days = [FIRST + timedelta(days=14 * n + 3) for n, count in enumerate(counts)
            for _ in range(count)]  # fmt: skip
    return [decided(number, day) for number, day in enumerate(days, start=1)]


def stuck(talk, number, cause, first, last=None, **more):
    """A blocker from noon of one day to noon of another."""
    at, until = (datetime(2026, 11, day, 12, tzinfo=UTC) if day else None for day in (first, last))
    with db.transaction(talk.engine) as session:
        session.add(Blocker(team_id=1, number=number, user_id="UBEN", kind="compute", cause=cause,
                            text="no GPU", at=at, moved_at=at, resolved_at=until,
                            state="resolved" if until else "open", **more))  # fmt: skip


def test_a_short_sprint_is_told_with_its_causes(talk_on_both):
    talk = talk_on_both
    arrange(talk, *per_sprint(6, 8, 7, 6, 8, 3), idea(90), idea(91))
    talk.press("sprint_commit", "6")
    talk.submit_open({"experiments": ["90"]})
    talk.later(days=2)
    talk.say("/sprint add EXP-091 the board asked for it")
    stuck(talk, 1, "gpu_shortage", 24, 27)
    stuck(talk, 2, "gpu_shortage", 26)
    stuck(talk, 3, "", 16, 20)  # of the sprint before
    talk.now = FRIDAY
    body = str(talk.say("/sprint retro", by="UBEN").blocks)
    assert "*Velocity against its forecast*" in body
    assert "3 decided; the 5 sprints before held 7 on average, 6 or more in 85% of them" in body
    assert ": *short*, 43% of the average, and none of them held so few." in body
    assert "GPU shortage: a blocker open on 9 working days (BLK-001, BLK-002)" in body
    assert "BLK-003" not in body
    assert "Scope after the start: +1 −0 on 1 committed" in body


def test_a_usual_sprint_is_as_forecast_and_says_when_nothing_is_recorded(talk):
    arrange(talk, *per_sprint(3, 4, 3, 4, 3, 3))
    talk.now = FRIDAY
    body = str(talk.say("/sprint retro").blocks)
    assert "3 or more in 85% of them: as forecast." in body
    assert "No blocker, change of scope or late kill is recorded in it." in body


def test_few_sprints_forecast_nothing(talk):
    arrange(talk, *per_sprint(0, 0, 0, 0, 3), start=date(2026, 11, 9))
    assert "a forecast takes 3 sprints before it" in str(talk.say("/sprint retro").blocks)


@pytest.mark.parametrize(
    ("decided_", "over", "word"),
    [(2, False, "running"), (2, True, "short"), (5, False, "as forecast")],
)
def test_a_sprint_that_runs_is_not_called_short(decided_, over, word):
    assert Pace(decided_, (5, 6, 5), 4, over, {}).word == word


def test_days_are_the_sprints_working_days_and_each_counts_once_a_cause():
    start, end = date(2026, 11, 23), date(2026, 12, 6)
    found = blocked(
        [Stuck(1, "data", date(2026, 11, 1), date(2026, 11, 24)),
         Stuck(2, "data", date(2026, 11, 24), date(2026, 11, 25)),
         Stuck(3, "gpu_shortage", date(2026, 12, 4), None),
         Stuck(4, "clarity", date(2026, 11, 28), date(2026, 11, 29))],  # a weekend
        start, end,
    )  # fmt: skip
    assert found == {"data": (3, (1, 2)), "gpu_shortage": (1, (3,))}
