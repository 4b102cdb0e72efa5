"""Nudges over simulated days: when, how often, and when not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from models.occurrence import Occurrence
from models.people import Profile
from services.ports import Policy
from tests.scenes import (
    ROOMY,
    SPENT,
    change,
    days,
    dms,
    edits,
    episodes,
    start,
    texts,
    three,
    tick,
)
from tests.tickets import MONDAY, person


@pytest.fixture
def lab(talk):
    """Ana, Ben, and Lee, who leads."""
    return three(talk)


def test_an_owner_hears_at_once_and_then_weekly_monday_to_friday_nine_to_six(lab):
    lab.now = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)  # a Thursday
    start(lab, **SPENT, **ROOMY, progress_at=datetime(2027, 1, 1, tzinfo=UTC))
    days(lab, 16)
    told = [row.created_at for row in dms(lab)]
    assert [at.date().isoformat() for at in told] == ["2026-11-26", "2026-12-03", "2026-12-10"]
    assert {at.hour for at in told} == {9}
    posts = [r.key for r in lab.sent("decisions:1:CLEADS:") if r.kind == "post"]
    assert posts == ["decisions:1:CLEADS:2026-11-26"]
    assert len(episodes(lab)) == 1


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Berlin", 8), ("America/New_York", 14), ("Asia/Tokyo", 0)]
)
def test_working_hours_are_those_of_the_person_told(lab, zone, hour):
    with Session(lab.engine) as session:
        session.exec(select(Profile).where(Profile.user_id == "UANA")).one().zone = zone
        session.commit()
    lab.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    start(lab, **SPENT)
    for _ in range(48):
        tick(lab)
        lab.later(minutes=30)
    (dm,) = [row for row in dms(lab) if row.created_at.date() == date(2026, 11, 24)]
    assert dm.created_at.hour == hour


def test_after_an_outage_there_is_one_nudge_not_one_per_lost_day(lab):
    start(lab, **SPENT)
    tick(lab)
    lab.later(days=8, hours=12)  # down until a Tuesday evening
    tick(lab)
    assert len(dms(lab)) == 1
    lab.later(hours=13)  # a Wednesday, nine days after the first
    tick(lab)
    tick(lab)
    assert len(dms(lab)) == 2


def test_snooze_silences_it_for_everybody_for_two_days_and_says_who(lab):
    assert Policy().snooze_days == 2  # the button says so
    start(lab, **SPENT)
    tick(lab)
    heard = lab.press("proposal_snooze", "42", by="ULEE").text
    assert heard.startswith("Proposals about EXP-042 sleep until <!date^")
    assert "by <@ULEE>" in str(lab.sent(f"edit:{dms(lab)[0].key}")[0].payload["blocks"])
    (board,) = lab.sent("edit:decisions:1:CLEADS:2026-11-23")
    assert board.payload["text"] == "No experiment needs a decision."
    assert "1 snoozed" in str(board.payload["blocks"])
    days(lab, 2)
    assert len(dms(lab)) == 1
    days(lab, 1)
    assert len(dms(lab)) == 2


def test_a_snooze_also_covers_a_rule_that_fires_meanwhile(lab):
    start(lab, **SPENT)
    tick(lab)
    lab.press("proposal_snooze", "42", by="UANA")
    change(lab, gpu_used=60.0)
    lab.later(days=1)
    tick(lab)
    assert len(dms(lab)) == 1
    assert [e.rule for e in episodes(lab)] == ["GPU budget", "over budget"]
    lab.later(days=1, minutes=1)
    tick(lab)
    assert "kill it? over budget" in texts(dms(lab))[-1]


def test_only_owner_and_leads_snooze(lab):
    start(lab, **SPENT)
    tick(lab)
    heard = lab.press("proposal_snooze", "42", by="UBEN").text
    assert heard.startswith("Only the owner (ana) or a lead can snooze EXP-042.")


def test_snooze_before_anything_was_proposed_is_refused(lab):
    start(lab)
    assert "Nobody proposes anything" in lab.press("proposal_snooze", "42", by="UANA").text
    assert "too old" in lab.press("proposal_snooze", "x", by="UANA").text


def test_a_stronger_rule_is_a_new_episode_with_nudges_of_its_own(lab):
    start(lab, progress_at=MONDAY - timedelta(days=7), **ROOMY)
    days(lab, 5)
    assert len(dms(lab)) == 1
    change(lab, gpu_used=49.0)
    lab.later(days=1)  # a Sunday
    tick(lab)
    assert len(dms(lab)) == 1
    lab.later(days=1)
    tick(lab)
    assert "kill it? over budget" in texts(dms(lab))[-1]
    assert "also" not in texts(dms(lab))[-1]
    assert edits(lab, dms(lab)[0].key) == [
        "EXP-042 settled: a stronger rule fires now (over budget)"
    ]


def test_figures_that_change_are_brought_up_to_date_without_a_new_nudge(lab):
    start(lab, gpu_used=27.0)
    tick(lab)
    change(lab, gpu_used=30.0)
    tick(lab)
    assert len(dms(lab)) == 1
    assert "30 of 24 GPU-h used (125%)" in edits(lab, dms(lab)[0].key)[0]


def test_80_percent_warns_the_owner_once_and_not_the_leads(lab):
    start(lab, gpu_used=20.0)
    days(lab, 3)
    (dm,) = dms(lab)
    assert dm.payload["text"] == "EXP-042: nearly used up: 20 of 24 GPU-h used (83%)"
    assert "kill_open" not in str(dm.payload["blocks"])
    assert lab.sent("decisions:") == []


def test_a_budget_crossed_again_after_it_was_raised_warns_again(lab):
    start(lab, gpu_used=20.0, **ROOMY)
    tick(lab)
    change(lab, gpu_budget=40.0, progress_at=lab.now)
    lab.later(days=1)
    tick(lab)
    assert len(dms(lab)) == 1
    change(lab, gpu_used=33.0, progress_at=lab.now)
    tick(lab)
    assert "33 of 40 GPU-h used" in texts(dms(lab))[-1]


def test_80_then_100_percent_of_the_time_box(lab):
    start(lab, box_starts=date(2026, 11, 16), box_days=10, box_ends=date(2026, 11, 25))
    change(lab, progress_at=MONDAY)
    days(lab, 1)
    assert "nearly used up: day 8 of its 10-day time box" in texts(dms(lab))[0]
    change(lab, progress_at=MONDAY + timedelta(days=2))
    days(lab, 2)
    assert len(dms(lab)) == 1
    days(lab, 1)
    assert "a decision is due: time box · day 11 of its 10-day time box: " in texts(dms(lab))[1]


def test_a_warning_and_a_proposal_of_one_day_are_one_message(lab):
    start(lab, gpu_used=20.0, progress_at=MONDAY - timedelta(days=7))
    tick(lab)
    (dm,) = dms(lab)
    assert "no update" in dm.payload["text"]
    assert "20 of 24 GPU-h used (83%)" in str(dm.payload["blocks"])
    lab.later(days=7)
    tick(lab)
    assert len(dms(lab)) == 2  # the stale one again; the warning brings no third


def test_when_the_owner_has_left_the_leads_are_told_instead(lab):
    with Session(lab.engine) as session:
        session.exec(select(Profile).where(Profile.user_id == "UANA")).one().active = False
        session.commit()
    start(lab, gpu_used=20.0)
    tick(lab)
    assert dms(lab) == []
    (warned,) = dms(lab, "CLEADS")
    assert "nearly used up" in warned.payload["text"]
    change(lab, gpu_used=24.0)
    tick(lab)
    (board,) = lab.sent("decisions:1:CLEADS:")
    assert "nobody (its owner has left)" in str(board.payload["blocks"])
    assert len(dms(lab, "CLEADS")) == 1


def test_without_a_leads_channel_each_lead_has_a_list_of_their_own(lab):
    person(lab.engine, "UMIA", role="lead")
    start(lab, channels=False, owner="ULEE", **SPENT)
    tick(lab)
    assert [r.channel for r in lab.sent("decisions:1:")] == ["UMIA"]
    assert len(dms(lab, "ULEE")) == 1  # as the owner; not once more as a lead


def test_nothing_happens_twice_when_two_ticks_meet(lab):
    start(lab, **SPENT)
    tick(lab)
    with Session(lab.engine) as session:
        before = len(session.exec(select(Occurrence)).all())
    tick(lab)
    with Session(lab.engine) as session:
        assert len(session.exec(select(Occurrence)).all()) == before
