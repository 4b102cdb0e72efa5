"""The Home tab: what each person sees, and that it stays true."""

from datetime import timedelta

import pytest

from jobs import home as job
from jobs import proposal, standup
from sandbox.blocks import view_errors, view_too_large
from tests import seeded
from tests.conversation import START
from tests.weeks import any_week, experiment, killed


def _open(talk, by="UANA") -> str:
    view = talk.event("app_home_opened", {"tab": "home"}, by=by).home
    assert view_errors(view, kind="home") == []
    return str(view)


def test_an_empty_home_says_how_to_begin(talk):
    seen = _open(talk)
    for words in ("You own no open experiment", "experiment_new", "No open experiment yet",
                  "No team channel is set yet", "team_setup"):  # fmt: skip
        assert words in seen


def test_other_tabs_are_left_alone(talk):
    assert talk.event("app_home_opened", {"tab": "messages"}).home is None


def test_my_experiments_show_bars_for_time_and_budget_and_an_update_button(talk):
    mine = experiment(7, box_starts=START.date() - timedelta(days=6), progress_at=START)
    seeded.tickets(talk.engine, mine, experiment(8, owner="UBEN", title="Other"))
    seen = _open(talk)
    assert "▓▓▓▓▓░░░░░ box day 7/14" in seen
    assert "▓▓▓▓▓▓▓▓░░ GPU 19/24 h" in seen
    assert "'action_id': 'update_open', 'value': '7'" in seen
    assert "'action_id': 'update_open', 'value': '8'" not in seen
    assert "2 in experiment" in seen
    assert "*EXP-008* Other" in seen


def test_long_boards_show_ten_rows_and_say_how_many_more(talk):
    seeded.tickets(talk.engine, *[experiment(n) for n in range(1, 24)], killed(30, "no"))
    seen = _open(talk)
    assert "13 more: `/exp list mine`" in seen
    assert "13 more: `/exp list`" in seen
    assert "EXP-030" not in seen


def test_leads_see_what_waits_for_a_decision_and_others_do_not(talk):
    talk.say("/exp leads add <@UANA>")
    late = START.date() - timedelta(days=9)
    seeded.tickets(talk.engine, experiment(7, owner="UBEN", box_ends=late))
    talk.run(proposal.propose)
    seen = _open(talk)
    assert "1 waiting for a decision" in seen
    for action in ("kill_open", "proposal_extend", "proposal_snooze"):
        assert f"'action_id': '{action}', 'value': '7'" in seen
    assert "waiting for a decision" not in _open(talk, by="UBEN")
    assert "team_setup" not in _open(talk, by="UBEN")
    talk.press("proposal_snooze", "7")
    assert "1 snoozed" in _open(talk)


def test_of_many_proposals_five_are_shown_and_the_rest_is_counted(talk):
    late = START.date() - timedelta(days=9)
    seeded.tickets(talk.engine, *[experiment(n, box_ends=late) for n in range(1, 9)])
    talk.run(proposal.propose)
    seen = _open(talk)
    assert "8 waiting for a decision" in seen
    assert seen.count("proposal_snooze") == 5
    assert "3 more: `/kill` shows candidates" in seen


def test_an_answer_that_is_due_comes_first_with_its_button(talk):
    talk.say("/exp leads add <@UANA>")
    talk.say("/standup setup", by="UANA")
    talk.submit_open({"people": ["UANA", "UBEN"]}, by="UANA")
    for _ in range(26):
        talk.later(hours=1)
        talk.run(standup.run)
        if "Your answer is due" in _open(talk):
            break
    view = talk.event("app_home_opened", {"tab": "home"}).home
    assert view["blocks"][0]["accessory"]["action_id"] == "standup_answer"
    assert talk.press("standup_answer", view["blocks"][0]["accessory"]["value"]).modal


def test_an_open_home_is_published_again_when_something_has_changed_and_only_then(talk):
    _open(talk)
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
    _open(talk)
    talk.later(days=1, seconds=1)
    seeded.tickets(talk.engine, experiment(7))
    talk.run(job.keep_fresh)
    assert talk.sent("home:") == []


def test_foreign_words_on_it_cannot_ping_or_link(talk):
    seeded.tickets(talk.engine, experiment(7, title="<!channel> <https://evil.example|x>"))
    seen = _open(talk)
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
