"""The Home tab: what each person sees, and that it stays true."""

from datetime import timedelta

import pytest

from jobs.decisions import proposal
from jobs.standups import standup
from jobs.workspace import home as job
from sandbox.blocks.rules import view_errors, view_too_large
from tests import seeded
from tests.conversation import START
from tests.standups import know, led_round, stuck
from tests.weeks import any_week, experiment, killed


def opened(talk, by="UANA") -> str:
    view = talk.event("app_home_opened", {"tab": "home"}, by=by).home
    assert view_errors(view, kind="home") == []
    return str(view)


def more(talk, by="UANA") -> str:
    """What stands behind More."""
    view = talk.press("home_more", by=by, view_type="home", channel="").modal
    assert view_errors(view, kind="modal") == []
    return str(view)


def row_of_buttons(talk, by="UANA") -> list[str]:
    """The four of Home, and More."""
    view = talk.event("app_home_opened", {"tab": "home"}, by=by).home
    rows = [
        [one.get("action_id") for one in block.get("elements", ())] for block in view["blocks"]
    ]
    (found,) = [row for row in rows if "home_more" in row]
    return found


def test_an_empty_home_says_how_to_begin(talk):
    seen = opened(talk)
    for words in ("Setting Assay up: 0 of 3 steps done", "No experiment is open yet",
                  "experiment_new", "home_more"):  # fmt: skip
        assert words in seen
    for words in ("No team channel is set yet", "team_setup", "*Away:* not planned", "none yet"):
        assert words in more(talk)


def test_other_tabs_are_left_alone(talk):
    assert talk.event("app_home_opened", {"tab": "messages"}).home is None


def test_my_experiments_show_bars_for_time_and_budget_and_an_update_button(talk):
    mine = experiment(7, box_starts=START.date() - timedelta(days=6), progress_at=START)
    seeded.tickets(talk.engine, mine, experiment(8, owner="UBEN", title="Other"))
    seen = opened(talk)
    assert "▓▓▓▓▓░░░░░ day 7 of 14" in seen
    assert "▓▓▓▓▓▓▓▓░░ GPU 19/24 h" in seen
    assert "'action_id': 'update_open', 'value': '7'" in seen
    assert "'action_id': 'update_open', 'value': '8'" not in seen
    assert "2 of 2 open experiments running" in seen
    assert "Other" not in seen  # the board is one button away


def test_of_many_own_experiments_seven_are_shown_and_the_rest_is_a_button_away(talk):
    seeded.tickets(talk.engine, *[experiment(n) for n in range(1, 24)], killed(30, "no"))
    seen = opened(talk)
    assert seen.count("'action_id': 'update_open'") == 7
    assert "16 more" in seen
    assert "EXP-030" not in seen
    mine = talk.press("home_list", "mine", view_type="home").modal
    assert "EXP-010" in str(mine)
    assert "23 open experiments" in str(talk.press("home_list", "open", view_type="home").modal)


def test_leads_see_what_waits_for_a_decision_and_others_do_not(talk):
    talk.say("/exp leads add <@UANA>")
    late = START.date() - timedelta(days=9)
    seeded.tickets(talk.engine, experiment(7, owner="UBEN", box_ends=late))
    talk.run(proposal.propose)
    seen = opened(talk)
    assert "1 waiting for a decision" in seen
    for action in ("kill_open", "proposal_extend", "proposal_snooze"):
        assert f"'action_id': '{action}', 'value': '7'" in seen
    assert "waiting for a decision" not in opened(talk, by="UBEN")
    assert "team_setup" not in opened(talk, by="UBEN")
    talk.press("proposal_snooze", "7")
    assert "1 snoozed" in opened(talk)


def test_of_many_proposals_five_are_shown_and_the_rest_is_counted(talk):
    late = START.date() - timedelta(days=9)
    seeded.tickets(talk.engine, *[experiment(n, box_ends=late) for n in range(1, 9)])
    talk.run(proposal.propose)
    seen = opened(talk)
    assert "8 waiting for a decision" in seen
    assert seen.count("proposal_snooze") == 5
    assert "3 more" in seen
    assert "EXP-008" in str(talk.press("home_candidates", view_type="home").modal)


def test_an_answer_that_is_due_comes_first_with_its_button(talk):
    talk.say("/exp leads add <@UANA>")
    talk.say("/standup setup", by="UANA")
    talk.submit_open({"people": ["UANA", "UBEN"]}, by="UANA")
    for _ in range(26):
        talk.later(hours=1)
        talk.run(standup.run)
        if "Your answer is due" in opened(talk):
            break
    view = talk.event("app_home_opened", {"tab": "home"}).home
    answer, skip = view["blocks"][1]["elements"]
    assert (answer["action_id"], skip["action_id"]) == ("standup_answer", "standup_skip")
    assert talk.press("standup_answer", answer["value"]).modal
    talk.press("standup_skip", skip["value"])
    assert "Your answer is due" not in opened(talk)


def test_an_open_home_is_published_again_when_something_has_changed_and_only_then(talk):
    opened(talk)
    talk.run(job.keep_fresh)
    assert talk.sent("home:") == []
    seeded.tickets(talk.engine, experiment(7))
    talk.run(job.keep_fresh)
    (row,) = talk.sent("home:T0LAB:UANA")
    assert "EXP-007" in str(row.payload["view"])
    talk.deliver()
    talk.run(job.keep_fresh)
    assert talk.sent("home:")[0].state == "sent"


def test_a_home_nobody_has_opened_for_a_day_rests(talk):
    opened(talk)
    talk.later(days=1, seconds=1)
    seeded.tickets(talk.engine, experiment(7))
    talk.run(job.keep_fresh)
    assert talk.sent("home:") == []


def test_foreign_words_on_it_cannot_ping_or_link(talk):
    seeded.tickets(talk.engine, experiment(7, title="<!channel> <https://evil.example|x>"))
    seen = opened(talk)
    assert "<!channel>" not in seen
    assert "<https" not in seen


@pytest.mark.parametrize("seed", range(12))
def test_any_teams_home_is_a_view_slack_takes(talk, seed):
    seeded.tickets(talk.engine, *any_week(seed).experiments)
    talk.run(proposal.propose)
    view = talk.event("app_home_opened", {"tab": "home"}).home
    assert view_errors(view, kind="home") == []
    assert not view_too_large(view)


def test_the_settings_button_opens_the_form_for_leads(talk):
    assert talk.press("team_setup", view_type="home").modal["callback_id"] == "setup"


def led(talk, *members):
    """Lee leads a team with a channel; the others are known by name."""
    know(talk, {"ULEE": ("Lee", "Europe/Berlin"), **{m: (m.title(), "UTC") for m in members}})
    seeded.team(talk.engine, team_channel="CTEAM")
    talk.say("/exp leads add <@ULEE>", by="ULEE")


def has(seen: str, *actions: str) -> bool:
    return all(f"'action_id': '{action}'" in seen for action in actions)


@pytest.mark.parametrize(
    ("action", "form"),
    [
        ("experiment_new", "new_experiment"),
        ("learn_new", "learn_log"),
        ("blocker_new", "blocker_new"),
        ("learn_find", "learn_find"),
        ("question_open", "question"),
        ("home_last_digest", "shown"),
        ("home_board", "shown"),
        ("home_sprint", "shown"),
        ("home_phase", "shown"),
        ("home_canvas", "shown"),
        ("home_engineering", "shown"),
        ("home_gpus", "shown"),
        ("home_data", "shown"),
        ("home_forecast", "shown"),
        ("home_digest", "shown"),
        ("home_more", "shown"),
        ("home_needs", "shown"),
        ("home_all_teams", "shown"),
        ("home_need", "need"),
        ("home_standup", "standup_setup"),
        ("absence_open", "absence"),
        ("locale_open", "locale"),
        ("help_open", "help"),
    ],
)
def test_every_entry_of_home_opens_its_form_at_once(talk, action, form):
    assert talk.press(action, view_type="home", channel="").modal["callback_id"] == form


def test_what_is_shared_over_home_goes_to_the_teams_channel(talk):
    led(talk, "UBEN")
    shown = talk.press("home_board", view_type="home", channel="").modal
    button = next(e for block in shown["blocks"] for e in block.get("elements", ())
                  if e.get("type") == "button")  # fmt: skip
    talk.press(button["action_id"], button["value"], channel="")
    assert [row.channel for row in talk.sent("share:")] == ["CTEAM"]


def test_my_experiment_is_moved_and_shown_from_home(talk):
    seeded.tickets(talk.engine, experiment(7, owner="UANA", stage="hypothesis"))
    assert has(opened(talk), "update_open", "move_open", "home_experiment")
    assert talk.press("move_open", "7", view_type="home").modal["callback_id"] == "move_experiment"
    shown = talk.press("home_experiment", "7", view_type="home").modal
    assert "EXP-007" in str(shown)


def test_a_blocker_is_acknowledged_by_its_helper_and_not_by_its_owner(talk):
    led_round(talk)
    stuck(talk, "labels are late @Ben", by="UANA")
    assert has(opened(talk, by="UANA"), "blocker_update", "blocker_resolve")
    assert not has(opened(talk, by="UANA"), "blocker_ack")
    assert has(opened(talk, by="UBEN"), "blocker_ack", "blocker_update", "blocker_resolve")
    assert not has(opened(talk, by="UCY"), "blocker_resolve")
    talk.press("blocker_ack", "1", by="UBEN")
    assert "Ben is on it" in opened(talk, by="UBEN")
    assert not has(opened(talk, by="UBEN"), "blocker_ack")


def test_many_blockers_are_counted_and_opened_in_a_window(talk):
    led(talk, "UBEN")
    for n in range(7):
        talk.say(f"/blocker new quota of cluster {n} is gone", by="UBEN")
    seen = opened(talk, by="UBEN")
    assert seen.count("blocker_resolve") == 5
    assert "2 more" in seen
    assert "7 blockers" in str(talk.press("home_blockers", "mine", by="UBEN").modal)


def test_a_second_tab_that_is_stale_only_hears_what_became_of_it(talk):
    led_round(talk)
    stuck(talk, "labels are late @Ben", by="UANA")
    talk.press("blocker_resolve", "1", by="UBEN", view_type="home")
    talk.submit_open({"text": "they came"}, by="UBEN")
    heard = talk.press("blocker_ack", "1", by="UBEN", view_type="home")
    assert "resolved" in heard.text
