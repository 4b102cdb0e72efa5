"""What is decided and set from the Home tab; and that it never grows too large."""

from datetime import timedelta

import pytest

from jobs.decisions import proposal
from sandbox.blocks.rules import view_errors, view_too_large
from tests import seeded
from tests.conversation import START, prefilled
from tests.standups import know, led_round
from tests.weeks import experiment


@pytest.fixture
def talk(talk_on_both):
    """People of one team, on both databases."""
    return talk_on_both


def _open(talk, by="UANA") -> str:
    view = talk.event("app_home_opened", {"tab": "home"}, by=by).home
    assert view_errors(view, kind="home") == []
    return str(view)


def _more(talk, by="UANA") -> str:
    """What stands behind More."""
    view = talk.press("home_more", by=by, view_type="home", channel="").modal
    assert view_errors(view, kind="modal") == []
    return str(view)


def _led(talk, *members):
    """Lee leads a team with a channel; the others are known by name."""
    know(talk, {"ULEE": ("Lee", "Europe/Berlin"), **{m: (m.title(), "UTC") for m in members}})
    seeded.team(talk.engine, team_channel="CTEAM")
    talk.say("/exp leads add <@ULEE>", by="ULEE")


def _row(seen: str, *actions: str) -> bool:
    return all(f"'action_id': '{action}'" in seen for action in actions)


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
    told = "*Need 1*: Approve labels, $3k, due Fri 27 Nov. Asked by <@ULEE>."
    assert f"{told} Otherwise: launch slips." in seen
    assert _row(seen, "need_decide_0", "need_decide_1", "need_discuss")
    assert "Approve labels" not in _open(talk, by="UBEN")
    assert talk.press("need_decide_0", "1|Approve", by="UDANA", view_type="home").modal


def test_the_leads_part_says_how_digest_and_standups_stand(talk):
    led_round(talk)
    seeded.team(talk.engine, digest_channel="GEXEC")
    talk.say("/digest add risk Vendor late impact=x likelihood=low", by="ULEE")
    seen = _more(talk, by="ULEE")
    assert "in <#GEXEC>; 1 note added by leads" in seen
    assert "*Standup* in <#CTEAM>: 3 people, next Tue 24 Nov." in seen
    talk.say("/standup pause", by="ULEE")
    assert "*Standup* in <#CTEAM>: 3 people, paused." in _more(talk, by="ULEE")
    assert "The team" not in _more(talk, by="UBEN")


def test_a_held_digest_is_told_with_who_holds_it_and_its_buttons_open(talk):
    led_round(talk)
    seeded.team(talk.engine, digest_channel="GEXEC")
    assert "'home_digest'" in _open(talk, by="ULEE")
    assert "edition_release" not in str(talk.press("home_digest", by="ULEE").modal)
    talk.say("/digest hold", by="ULEE")
    assert "its draft is held by Lee" in _more(talk, by="ULEE")
    shown = talk.press("home_digest", by="ULEE", view_type="home").modal
    assert "edition_release" in str(shown)
    assert "Only a lead" in talk.press("home_digest", by="UANA").text
    talk.say("/digest release", by="ULEE")
    assert "its draft is there and posts itself" in _more(talk, by="ULEE")


def test_who_is_asked_by_a_standup_can_answer_ahead(talk):
    led_round(talk)
    talk.press("standup_skip", "1", by="UBEN")
    assert "home_ahead" in _more(talk, by="UBEN")
    assert "home_ahead" not in _more(talk, by="ULEE")
    assert talk.press("home_ahead", by="UBEN", view_type="home").modal


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
    assert "away until" not in _open(talk, by="UBEN")
    assert "*Away:* not planned" in _more(talk, by="UBEN")
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
    assert "planned" not in _open(talk)
    seen = _more(talk)
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
    assert "*Zone:* UTC (from Slack)" in _more(talk)
    talk.press("locale_open", view_type="home")
    assert (
        "Your zone is now Asia/Tokyo (chosen)"
        in talk.submit_open({"zone": "tokyo", "country": "DE-BE"}).text
    )
    seen = _more(talk)
    assert "*Zone:* Asia/Tokyo (chosen by you)" in seen
    assert "*Public holidays:* DE-BE (chosen by you)" in seen
    again = prefilled(talk.press("locale_open", view_type="home").modal)
    assert again == {"zone": "Asia/Tokyo", "country": "DE-BE"}


def test_reminders_are_switched_off_and_on_again(talk):
    assert "Stop reminders" in _more(talk)
    talk.press("standup_nudges_off", view_type="home")
    assert "*Reminders:* off" in _more(talk)
    talk.press("standup_nudges_on", view_type="home")
    assert "*Reminders:* on" in _more(talk)


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
    assert 50 < len(view["blocks"]) < 100
