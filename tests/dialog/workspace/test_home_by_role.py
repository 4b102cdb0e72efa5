"""What each role sees on Home, and what is left behind More."""

from datetime import timedelta

import pytest

from models import people
from tests import seeded
from tests.conversation import START, TEAM
from tests.dialog.workspace.test_home import has, led, more, opened, row_of_buttons
from tests.standups import know, led_round
from tests.weeks import experiment, live


def test_a_member_of_a_team_that_is_not_set_up_hears_who_does_it(talk):
    know(talk, {"ULEE": ("Lee", "UTC"), "UBEN": ("Ben", "UTC")})
    talk.say("/exp leads add <@ULEE>", by="ULEE")
    seen = opened(talk, by="UBEN")
    assert "The team is not set up yet: a lead of it chooses its channel." in seen
    assert "You own no open experiment. Press *New experiment* to start one." in seen
    assert "team_setup" not in seen


@pytest.mark.parametrize("by", ["ULEE", "UBEN", "UOBS"])
def test_home_has_four_buttons_and_one_for_the_rest_and_prints_no_command(talk, by):
    led(talk, "UBEN", "UOBS")
    with seeded.db.transaction(talk.engine) as session:
        people.member(session, TEAM, "UOBS").role = "observer"
    late = START.date() - timedelta(days=9)
    many = [experiment(n, owner=by, box_ends=late) for n in range(1, 12) if by != "UOBS"]
    seeded.tickets(talk.engine, experiment(20), *many)
    for n in range(4):
        talk.say(f"/need add Ask {n} by=2026-12-04 owner=<@{by}> otherwise=x", by="ULEE")
        talk.say(f"/blocker new labels of {n} are late <@{by}>", by="UANA")
    assert len(row_of_buttons(talk, by)) == 5
    first_steps = "`/exp setup` opens this again"  # what was put away has no button
    assert "`" not in opened(talk, by).replace(first_steps, "")
    assert "`" not in more(talk, by)


def test_the_status_sentence_says_where_the_metric_stands_and_what_runs(talk):
    led(talk, "UBEN")
    late = START.date() - timedelta(days=9)
    seeded.tickets(talk.engine, experiment(7, owner="UBEN", box_ends=late),
                   experiment(8, stage="hypothesis", owner="UBEN"), live(3, 0.883))  # fmt: skip
    assert (
        "Accuracy 88.3%, target 92%. 1 of 2 open experiments running, 1 over the time box."
    ) in opened(talk, by="UBEN")


def test_a_member_reaches_all_of_a_day_from_buttons(talk):
    led(talk, "UBEN")
    seen = opened(talk, by="UBEN")
    assert row_of_buttons(talk, "UBEN") == [
        "experiment_new", "home_board", "question_open", "blocker_new", "home_more",
    ]  # fmt: skip
    behind = more(talk, by="UBEN")
    assert has(behind, "experiment_new", "learn_new", "blocker_new", "learn_find",
                "question_open", "home_last_digest", "help_open", "absence_open", "locale_open",
                "home_nudges_off")  # fmt: skip
    assert not has(behind, "team_setup")
    assert "Setting Assay up" not in seen


def test_an_observer_looks_on_and_is_offered_nothing_to_report(talk):
    led(talk, "UOBS")
    with seeded.db.transaction(talk.engine) as session:
        people.member(session, TEAM, "UOBS").role = "observer"
    seeded.tickets(talk.engine, experiment(7))
    seen = opened(talk, by="UOBS")
    assert "1 of 1" not in seen
    assert "1 open experiment, running" in seen
    assert "No digest has been posted yet." in seen
    assert row_of_buttons(talk, "UOBS") == [
        "home_ask_status", "home_ask_when", "home_ask_accuracy", "question_open", "home_more",
    ]  # fmt: skip
    behind = more(talk, by="UOBS")
    assert has(behind, "learn_find", "question_open", "home_last_digest", "help_open")
    for action in ("experiment_new", "learn_new", "blocker_new", "home_nudges_off"):
        assert not has(seen, action)
        assert not has(behind, action)


def test_who_is_asked_for_decisions_and_takes_part_in_nothing_sees_an_executives_home(talk):
    led_round(talk)
    late = START.date() - timedelta(days=9)
    seeded.tickets(talk.engine, experiment(7, owner="UCY", box_ends=late))
    know(talk, {"UVIP": ("Vip", "UTC")})
    assert "home_ask_status" not in row_of_buttons(talk, "UVIP")
    talk.say("/need add Approve labels owner=<@UVIP> by=2026-11-27 otherwise=x", by="ULEE")
    seen = opened(talk, by="UVIP")
    assert seen.index("Approve labels") < seen.index("1 waits for a decision of the leads")
    assert "kill_open" not in seen
    assert "home_ask_status" in row_of_buttons(talk, "UVIP")
    told = talk.press("home_ask_status", by="UVIP", view_type="home", channel="").modal
    assert "How are we doing?" in str(told)
    talk.press("need_decide_0", "1|Approve", by="UVIP", view_type="home")
    talk.submit_open({"why": "go"}, by="UVIP")
    assert "home_ask_status" in row_of_buttons(talk, "UVIP")
    assert "experiment_new" in more(talk, "UVIP")


def test_reminders_are_stopped_behind_more_which_says_so_at_once(talk):
    held = {"view_type": "modal", "view_id": "V1", "channel": ""}
    heard = talk.press("home_nudges_off", **held)
    assert "*Reminders:* off" in str(heard.update)
    assert "Start reminders" in str(heard.update)
    assert "*Reminders:* on" in str(talk.press("home_nudges_on", **held).update)
