"""Blockers over days: their age, the wrap-up, the one escalation, and where they show."""

from datetime import UTC, datetime

import pytest

from jobs.blockers import blocker as job
from jobs.standups import standup as standups
from tests.standups import blocker_row, blocker_steps, led_round, next_day, said, stuck


@pytest.fixture
def led(talk):
    return led_round(talk)


def test_lists_show_ages_helpers_and_states(led):
    stuck(led)
    stuck(led, "spec is unclear", by="UCY")
    led.later(days=2)
    mine = str(led.say("/blocker list mine", by="UBEN").blocks)
    assert "*BLK-001* 2 d · data, Ana, asks Ben: labels are late @Ben" in mine
    assert "BLK-002" not in mine
    led.say("/blocker resolve 2 asked", by="ULEE")
    assert "*BLK-002* 2 d (resolved)" in str(led.say("/blocker list all").blocks)
    assert "BLK-001" not in str(led.say("/blocker list resolved").blocks)


def test_the_wrap_up_tells_the_age_also_of_what_nobody_repeated(led):
    stuck(led)
    next_day(led)
    led.later(days=1)
    led.run(standups.run)
    row = led.sent("edit:round:2")[0]
    assert "Stuck: data 1 (Ana, BLK-001, 2 d)" in str(row.payload["blocks"])


def test_what_nobody_moved_for_three_working_days_goes_to_a_lead_once_in_working_hours(led):
    stuck(led)
    led.now = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)  # Thursday, too early for Lee
    led.run(job.escalate)
    assert led.sent("blocker:1:ULEE") == []
    led.later(hours=3)
    led.run(job.escalate)
    led.run(job.escalate)
    assert [row.channel for row in led.sent("blocker:1:ULEE") if row.kind == "post"] == ["ULEE"]
    assert blocker_steps(led) == ["BLK-001 nobody has moved it for days; Lee was asked"]
    led.later(days=10)
    led.run(job.escalate)
    assert len(blocker_steps(led)) == 1


@pytest.mark.parametrize("action", ["blocker_ack", "blocker_update"])
def test_a_sign_that_somebody_is_on_it_puts_the_escalation_off(led, action):
    stuck(led)
    led.later(days=2)
    if led.press(action, "1", by="UBEN").modal:
        led.submit_open({"text": "vendor sends Friday"}, "UBEN")
    led.later(days=1)
    led.run(job.escalate)
    assert led.sent("blocker:1:ULEE") == []


def test_a_blocker_told_again_keeps_its_helper_number_and_age(led):
    stuck(led)
    next_day(led)
    stuck(led, "still no labels", round_id="2")
    row = blocker_row(led)
    assert (row.helper, row.text, row.at.day) == ("UBEN", "still no labels", 23)
    assert [sent.key for sent in led.sent("blocker:1:UBEN") if sent.kind == "post"] == [
        "blocker:1:UBEN"
    ]
    assert "still no labels" in str(led.sent("edit:blocker:1:UBEN")[0].payload)


def test_the_helpers_home_shows_it_too(led):
    stuck(led)
    for who, there in (("UANA", True), ("UBEN", True), ("UCY", False)):
        home = led.event("app_home_opened", {"tab": "home"}, by=who).home
        assert ("*BLK-001* data, new, Ana" in str(home)) == there


def test_withdrawing_the_answer_withdraws_the_blocker_and_frees_no_number(led):
    led.write("a\nb\nlabels, <@UBEN>!", by="UANA", channel="DANA", ts="7.1")
    led.deliver()
    gone = {"subtype": "message_deleted", "channel": "DANA", "ts": "7.2"}
    led.event("message", gone, by="UANA", channel="DANA", message_ts="7.1")
    assert said(led, "blocker:1:UBEN") == "BLK-001 withdrawn: Ana is stuck on data"
    assert "is gone" in led.say("/blocker resolve 1 done", by="UANA").text
    stuck(led, "GPU quota", by="UCY")
    assert blocker_row(led, 2).kind == "compute"
