"""Planning, review, retro and closing at their hours: once, in the zone, on working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from core.facts import fingerprint
from jobs.sprints import sprint as job
from models.sprints.sprint import Sprint
from services.project import canvas
from services.sprints import ceremony
from tests import seeded
from tests.conversation import TEAM
from tests.sprints import arrange, decided, done, idea

PLAN = datetime(2026, 12, 7, 9, tzinfo=UTC)  # sprint 7 in Berlin, 10:00
REVIEW = datetime(2026, 12, 4, 13, tzinfo=UTC)  # sprint 6, Friday 14:00 in Berlin


def _at(talk, when):
    talk.now = when
    talk.run(job.hold)


def _keys(talk, part):
    return [row.key for row in talk.sent(part) if row.kind == "post"]


def _rows(talk):
    with Session(talk.engine) as session:
        return list(session.exec(select(Sprint).order_by(Sprint.number)))


def test_each_ceremony_comes_once_at_its_hour(talk):
    arrange(talk, decided(1, date(2026, 11, 25)), idea(7))
    for due, key in (
        (REVIEW, "sprint-review:1:6"),
        (REVIEW + timedelta(hours=1), "sprint-retro:1:6"),
        (PLAN, "sprint-plan-due:1:7"),
    ):
        _at(talk, due - timedelta(seconds=1))
        assert key not in _keys(talk, "sprint-")
        _at(talk, due)
        _at(talk, due + timedelta(minutes=5))
        assert _keys(talk, "sprint-").count(key) == 1
    assert (
        "(Mon 7 Dec – Sun 20 Dec) is to be planned: 1 candidate"
        in (talk.sent("sprint-plan-due")[0].payload["text"])
    )
    talk.press("sprint_plan_open", "7")
    assert talk.replies[-1].text.startswith("Sprint 7")


def test_a_planned_sprint_is_not_asked_for(talk):
    arrange(talk, idea(7))
    talk.press("sprint_commit", "next")
    talk.submit_open({"experiments": ["7"]})
    _at(talk, PLAN)
    assert _keys(talk, "sprint-plan-due") == []


def test_the_review_says_first_what_was_learned_and_its_facts_are_frozen(talk):
    arrange(talk, decided(1, date(2026, 11, 25)), idea(7))
    talk.say("/learn add EXP-001 Hard negatives matter more than size")
    _at(talk, REVIEW)
    head, *thread = talk.sent("sprint-review:1:6")
    assert head.payload["text"].startswith(
        "Sprint 6 review (Mon 23 Nov – Sun 6 Dec): 1 experiment"
    )
    assert "What we learned" in head.payload["blocks"][1]["text"]["text"]
    assert [row.thread_of for row in thread] == [head.key, head.key]
    assert "velocity" in str(thread[0].payload["blocks"]).lower()
    (row,) = [row for row in _rows(talk) if row.number == 6]
    assert row.sha256 == fingerprint(row.review)
    seeded.tickets(talk.engine, decided(8, date(2026, 12, 5)))
    _at(talk, PLAN)  # closed since then, with both
    assert talk.say("/sprint velocity").text.startswith("Velocity: 2 in sprint 6")
    assert "1 experiment decided" in talk.say("/sprint review 6").text
    assert "Not held yet" not in str(talk.replies[-1].blocks)


def test_what_a_closed_sprint_decided_never_moves(talk):
    arrange(talk, decided(1, date(2026, 11, 25)), decided(2, date(2026, 12, 6)), idea(7))
    _at(talk, datetime(2026, 12, 6, 23, 59, tzinfo=UTC))  # 00:59 in Berlin
    assert done(talk, "sprint-close") == []
    assert all(row.closed_at is None for row in _rows(talk) if row.number == 6)
    _at(talk, datetime(2026, 12, 7, 0, 1, tzinfo=UTC))
    assert [len(row.decided) for row in _rows(talk) if row.number == 6] == [2]
    talk.say("/exp reopen EXP-002 it was good after all")
    assert talk.say("/sprint velocity").text.startswith("Velocity: 2 in sprint 6")


def test_an_outage_posts_late_but_not_what_nobody_wants_any_more(talk):
    arrange(talk, idea(7))
    _at(talk, REVIEW + timedelta(days=4))
    assert _keys(talk, "sprint-review") == ["sprint-review:1:6", "sprint-review:1:6:figures"]
    _at(talk, REVIEW + timedelta(days=14 + 7))
    assert "sprint-review:1:7" not in _keys(talk, "sprint-review")


def test_nothing_is_made_up_for_that_fell_due_before_the_setup(talk):
    talk.now = REVIEW + timedelta(hours=3)
    arrange(talk, decided(1, date(2026, 11, 25)))
    _at(talk, REVIEW + timedelta(hours=4))
    assert _keys(talk, "sprint-re") == []


def test_days_off_move_planning_on_and_the_review_back(talk):
    arrange(talk, idea(7))
    talk.say("/standup off 2026-12-07 move")
    talk.say("/standup off 2026-12-03..2026-12-04 fair")
    _at(talk, REVIEW - timedelta(days=2, seconds=1))
    assert _keys(talk, "sprint-review") == []
    _at(talk, REVIEW - timedelta(days=2))
    assert "sprint-review:1:6" in _keys(talk, "sprint-review")
    _at(talk, PLAN + timedelta(hours=3))
    assert _keys(talk, "sprint-plan-due") == []
    _at(talk, PLAN + timedelta(days=1))
    assert "moved here from a day off" in talk.sent("sprint-plan-due")[0].payload["text"]


def test_a_public_holiday_moves_it_too(talk):
    arrange(talk, idea(7), start=date(2026, 12, 14))  # ends 27 December; Christmas is on Friday
    _at(talk, datetime(2026, 12, 24, 12, 59, tzinfo=UTC))
    assert _keys(talk, "sprint-review") == []
    _at(talk, datetime(2026, 12, 24, 13, tzinfo=UTC))
    assert "sprint-review:1:1" in _keys(talk, "sprint-review")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2027, 3, 8), datetime(2027, 3, 19, 13, tzinfo=UTC)),  # winter: 14:00 is 13 UTC
        (date(2027, 3, 22), datetime(2027, 4, 2, 12, tzinfo=UTC)),  # summer: 12 UTC
        (date(2026, 10, 12), datetime(2026, 10, 23, 12, tzinfo=UTC)),
        (date(2026, 10, 19), datetime(2026, 10, 30, 13, tzinfo=UTC)),
    ],
    ids=["before spring", "after spring", "before autumn", "after autumn"],
)
def test_the_clock_change_does_not_move_the_hour(talk, start, due):
    talk.now = datetime.combine(start, datetime.min.time(), tzinfo=UTC)
    arrange(talk, idea(7), start=start)
    _at(talk, due - timedelta(seconds=1))
    assert _keys(talk, "sprint-review") == []
    _at(talk, due)
    assert "sprint-review:1:1" in _keys(talk, "sprint-review")


def test_two_processes_at_once_hold_it_once(talk):
    arrange(talk, idea(7))
    talk.now = REVIEW
    ceremony.run(talk.lab, TEAM, canvas.close_sprint)
    ceremony.run(talk.lab, TEAM, canvas.close_sprint)
    assert _keys(talk, "sprint-review").count("sprint-review:1:6") == 1


def test_without_a_channel_nothing_is_posted_but_history_is_kept(talk):
    arrange(talk, decided(1, date(2026, 11, 25)), team_channel="")
    _at(talk, REVIEW)
    _at(talk, PLAN)
    assert [r for r in talk.sent("sprint-") if not r.key.startswith("sprint-setup")] == []
    assert [len(row.decided) for row in _rows(talk) if row.number == 6] == [1]


def test_a_team_that_never_set_sprints_up_hears_nothing(talk):
    seeded.team(talk.engine, team_channel="CTEAM")
    _at(talk, REVIEW + timedelta(days=30))
    assert talk.sent("sprint-") == []


def test_one_teams_broken_sprint_does_not_stop_the_next(talk, caplog):
    arrange(talk, idea(7))
    broken = {"sprint_from": "not a day"}
    other = seeded.team(talk.engine, "T0B", team_channel="CB", settings=broken)
    _at(talk, REVIEW)
    assert "sprint-review:1:6" in _keys(talk, "sprint-review")
    assert f"sprint job of {other} failed" in caplog.text
