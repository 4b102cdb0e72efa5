"""The Home tab: what each person sees, and that it stays true."""

from datetime import timedelta

import pytest

from jobs import home as job
from jobs import proposal, standup
from sandbox.blocks import view_errors, view_too_large
from tests import seeded
from tests.conversation import START, prefilled
from tests.standups import know, led_round, stuck
from tests.weeks import any_week, experiment, killed


def _open(talk, by="UANA") -> str:
    view = talk.event("app_home_opened", {"tab": "home"}, by=by).home
    assert view_errors(view, kind="home") == []
    return str(view)


def test_an_empty_home_says_how_to_begin(talk):
    seen = _open(talk)
    for words in ("You own no open experiment", "experiment_new", "No open experiment yet",
                  "No team channel is set yet", "team_setup", "you are here, nothing is planned",
                  "Setting Assay up: 0 of 3 steps done", "none yet"):  # fmt: skip
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
    assert seen.count("'action_id': 'update_open'") == 7
    assert "16 more" in seen
    assert "13 more" in seen
    assert "EXP-030" not in seen
    mine = talk.press("home_list", "mine", view_type="home").modal
    assert "EXP-010" in str(mine)
    assert "23 open experiments" in str(talk.press("home_list", "open", view_type="home").modal)


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
    assert "3 more" in seen
    assert "EXP-008" in str(talk.press("home_candidates", view_type="home").modal)


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
    answer, skip = view["blocks"][1]["elements"]
    assert (answer["action_id"], skip["action_id"]) == ("standup_answer", "standup_skip")
    assert talk.press("standup_answer", answer["value"]).modal
    talk.press("standup_skip", skip["value"])
    assert "Your answer is due" not in _open(talk)


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


def _led(talk, *members):
    """Lee leads a team with a channel; the others are known by name."""
    know(talk, {"ULEE": ("Lee", "Europe/Berlin"), **{m: (m.title(), "UTC") for m in members}})
    seeded.team(talk.engine, team_channel="CTEAM")
    talk.say("/exp leads add <@ULEE>", by="ULEE")


def _row(seen: str, *actions: str) -> bool:
    return all(f"'action_id': '{action}'" in seen for action in actions)


def test_a_member_reaches_all_of_a_day_from_buttons(talk):
    _led(talk, "UBEN")
    seen = _open(talk, by="UBEN")
    assert _row(seen, "experiment_new", "learn_new", "blocker_new", "learn_find",
                "question_open", "home_last_digest", "help_open", "absence_open", "locale_open",
                "standup_nudges_off")  # fmt: skip
    assert not _row(seen, "team_setup")
    assert "Setting Assay up" not in seen


@pytest.mark.parametrize(
    ("action", "form"),
    [
        ("experiment_new", "new_experiment"),
        ("learn_new", "learn_log"),
        ("blocker_new", "blocker_new"),
        ("learn_find", "learn_find"),
        ("question_open", "question"),
        ("home_last_digest", "shown"),
        ("home_sprint", "shown"),
        ("home_data", "shown"),
        ("home_forecast", "shown"),
        ("home_digest", "shown"),
        ("home_need", "need"),
        ("home_standup", "standup_setup"),
        ("absence_open", "absence"),
        ("locale_open", "locale"),
        ("help_open", "help"),
    ],
)
def test_every_entry_of_home_opens_its_form_at_once(talk, action, form):
    assert talk.press(action, view_type="home", channel="").modal["callback_id"] == form


def test_an_observer_looks_on_and_is_offered_nothing_to_report(talk):
    _led(talk, "UOBS")
    with seeded.db.transaction(talk.engine) as session:
        seeded.teams.member(session, 1, "UOBS").role = "observer"
    seeded.tickets(talk.engine, experiment(7))
    seen = _open(talk, by="UOBS")
    assert "You read along" in seen
    assert "*EXP-007*" in seen
    assert _row(seen, "learn_find", "question_open", "home_last_digest", "help_open")
    for action in ("experiment_new", "learn_new", "blocker_new", "standup_nudges_off"):
        assert not _row(seen, action)


def test_my_experiment_is_moved_and_shown_from_home(talk):
    seeded.tickets(talk.engine, experiment(7, owner="UANA", stage="hypothesis"))
    assert _row(_open(talk), "update_open", "move_open", "home_experiment")
    assert talk.press("move_open", "7", view_type="home").modal["callback_id"] == "move_experiment"
    shown = talk.press("home_experiment", "7", view_type="home").modal
    assert "EXP-007" in str(shown)


def test_a_blocker_is_acknowledged_by_its_helper_and_not_by_its_owner(talk):
    led_round(talk)
    stuck(talk, "labels are late @Ben", by="UANA")
    assert _row(_open(talk, by="UANA"), "blocker_update", "blocker_resolve")
    assert not _row(_open(talk, by="UANA"), "blocker_ack")
    assert _row(_open(talk, by="UBEN"), "blocker_ack", "blocker_update", "blocker_resolve")
    assert not _row(_open(talk, by="UCY"), "blocker_resolve")
    talk.press("blocker_ack", "1", by="UBEN")
    assert "Ben is on it" in _open(talk, by="UBEN")
    assert not _row(_open(talk, by="UBEN"), "blocker_ack")


def test_many_blockers_are_counted_and_opened_in_a_window(talk):
    _led(talk, "UBEN")
    for n in range(7):
        talk.say(f"/blocker new quota of cluster {n} is gone", by="UBEN")
    seen = _open(talk, by="UBEN")
    assert seen.count("blocker_resolve") == 5
    assert "2 more" in seen
    assert "7 blockers" in str(talk.press("home_blockers", "mine", by="UBEN").modal)


def test_leads_see_requests_to_kill_and_what_others_ask_to_let_pass(talk):
    _led(talk, "UBEN")
    seeded.tickets(talk.engine, experiment(7, owner="UANA"))
    talk.press("kill_ask", "7", by="UBEN")
    talk.submit_open({"reason": "it overfits <!channel>"}, by="UBEN")
    seen = _open(talk, by="ULEE")
    assert "<@UBEN> asks to kill it: it overfits &lt;!channel&gt;" in seen
    assert _row(seen, "kill_keep", "kill_open")
    assert "asks to kill it" not in _open(talk, by="UANA")
    talk.press("kill_keep", "1", by="ULEE")
    assert "asks to kill it" not in _open(talk, by="ULEE")


def test_a_need_waits_on_its_owners_home_and_on_no_other(talk):
    _led(talk, "UDANA", "UBEN")
    typed = "Approve labels owner=<@UDANA> by=2026-11-20 amount=$3k otherwise=launch slips"
    talk.say(f"/need add {typed.replace('2026-11-20', '2026-11-27')}", by="ULEE")
    seen = _open(talk, by="UDANA")
    assert "*Need 1*: Approve labels, due Fri 27 Nov. Asked by <@ULEE>." in seen
    assert _row(seen, "need_decide_0", "need_decide_1", "need_discuss")
    assert "Approve labels" not in _open(talk, by="UBEN")
    assert talk.press("need_decide_0", "1|Approve", by="UDANA", view_type="home").modal


def test_the_leads_part_says_how_digest_and_standups_stand(talk):
    led_round(talk)
    seeded.team(talk.engine, digest_channel="GEXEC")
    talk.say("/digest add risk Vendor late impact=x likelihood=low", by="ULEE")
    seen = _open(talk, by="ULEE")
    assert "in <#GEXEC>; 1 note added by leads" in seen
    assert "*Standup* in <#CTEAM>: 3 people, next Tue 24 Nov." in seen
    talk.say("/standup pause", by="ULEE")
    assert "*Standup* in <#CTEAM>: 3 people, paused." in _open(talk, by="ULEE")


def test_away_and_back_from_home(talk):
    _led(talk, "UBEN")
    view = talk.press("absence_open", by="UBEN", view_type="home").modal
    assert prefilled(view)["first"] == "2026-11-23"
    heard = talk.submit_open({"last": "2026-11-27", "reason": "conference"}, by="UBEN")
    assert "You are away from Mon 23 Nov to Fri 27 Nov 2026" in heard.text
    seen = _open(talk, by="UBEN")
    assert "away until Fri 27 Nov" in seen
    assert "I'm back" in seen
    assert "Welcome back" in talk.press("absence_back", by="UBEN", view_type="home").text
    assert "nothing is planned" in _open(talk, by="UBEN")
    assert "not away" in talk.press("absence_back", by="UBEN", view_type="home").text


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"first": "2026-11-27", "last": "2026-11-24"}, "comes before"),
        ({"first": "2026-11-20", "last": "2026-11-20"}, "is over already"),
        ({"first": "2026-11-24", "last": "2029-11-24"}, "further than a year"),
    ],
)
def test_days_that_cannot_be_are_refused_under_their_field_and_kept(talk, typed, why):
    talk.press("absence_open", view_type="home")
    assert why in str(talk.submit_open(typed).errors)
    talk.close("absence", typed)
    assert prefilled(talk.press("absence_open", view_type="home").modal)["last"] == typed["last"]


def test_a_planned_absence_is_called_off(talk):
    talk.press("absence_open", view_type="home")
    talk.submit_open({"first": "2026-12-01", "last": "2026-12-02"})
    seen = _open(talk)
    assert "planned, Tue 1 Dec to Wed 2 Dec" in seen
    assert "Call it off" in seen
    assert "called off" in talk.press("absence_back", view_type="home").text


def test_zone_and_holidays_are_chosen_in_one_form_both_or_neither(talk):
    view = talk.press("locale_open", view_type="home").modal
    assert prefilled(view) == {"zone": "auto", "country": "auto"}
    heard = talk.submit_open({"zone": "Asia/Tokyo", "country": "ZZ"})
    assert "I know no holidays of" in heard.errors["country"]
    talk.press("locale_open", view_type="home")
    heard = talk.submit_open({"zone": "Nowhere", "country": "DE-BE"})
    assert "no time zone I know" in heard.errors["zone"]
    assert "*Zone:* UTC (from Slack)" in _open(talk)
    talk.press("locale_open", view_type="home")
    assert (
        "Your zone is now Asia/Tokyo (chosen)"
        in talk.submit_open({"zone": "tokyo", "country": "DE-BE"}).text
    )
    seen = _open(talk)
    assert "*Zone:* Asia/Tokyo (chosen by you)" in seen
    assert "*Public holidays:* DE-BE (chosen by you)" in seen
    again = prefilled(talk.press("locale_open", view_type="home").modal)
    assert again == {"zone": "Asia/Tokyo", "country": "DE-BE"}


def test_reminders_are_switched_off_and_on_again(talk):
    assert "Stop reminders" in _open(talk)
    talk.press("standup_nudges_off", view_type="home")
    assert "*Reminders:* off" in _open(talk)
    talk.press("standup_nudges_on", view_type="home")
    assert "*Reminders:* on" in _open(talk)


def test_a_second_tab_that_is_stale_only_hears_what_became_of_it(talk):
    led_round(talk)
    stuck(talk, "labels are late @Ben", by="UANA")
    talk.press("blocker_resolve", "1", by="UBEN", view_type="home")
    talk.submit_open({"text": "they came"}, by="UBEN")
    heard = talk.press("blocker_ack", "1", by="UBEN", view_type="home")
    assert "resolved" in heard.text


def test_the_fullest_home_stays_within_a_hundred_blocks(talk):
    led_round(talk)
    late = START.date() - timedelta(days=9)
    many = [experiment(n, owner="ULEE", box_ends=late, title="&" * 150) for n in range(1, 40)]
    seeded.tickets(talk.engine, *many)
    talk.run(proposal.propose)
    for n in range(1, 8):
        talk.say(f"/blocker new {n} labels {'<&>' * 200} <@ULEE>", by="UANA")
        talk.say(f"/need add Ask {n} by=2026-12-04 owner=<@ULEE> otherwise=x", by="ULEE")
    for n in range(1, 9):
        talk.press("kill_ask", str(n), by="UBEN")
        talk.submit_open({"reason": "<&>" * 500}, by="UBEN")
    view = talk.event("app_home_opened", {"tab": "home"}, by="ULEE").home
    assert view_errors(view, kind="home") == []
    assert not view_too_large(view)
    assert 65 < len(view["blocks"]) < 100
