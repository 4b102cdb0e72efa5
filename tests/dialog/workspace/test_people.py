"""What Slack tells about people, groups and the app."""

import pytest

from models import team as teams
from tests import seeded


def _user(**more):
    profile = {"display_name": "ana", "real_name": "Ana Doe"}
    return {"user": {"id": "UANA", "tz": "Europe/Berlin", "profile": profile} | more}


@pytest.mark.parametrize("event", ["user_change", "team_join"])
def test_a_known_persons_name_and_zone_are_kept(talk, event):
    talk.say("/exp leads add <@UANA>")
    talk.event(event, _user())
    assert "Ask ana" in talk.say("/digest preview", by="UBEN").text


def test_strangers_bots_and_broken_events_are_left_out(talk):
    talk.say("/exp leads add <@UANA>")
    for event in (_user(id="UEVE"), _user(is_bot=True), {}, {"user": "UANA"}):
        assert talk.event("user_change", event).text == ""
    assert "Ask UANA" in talk.say("/digest preview", by="UBEN").text


def test_a_lead_who_left_the_workspace_leads_no_more(talk):
    talk.say("/exp leads add <@UANA> <@UBEN>")
    talk.event("user_change", _user(deleted=True))
    assert talk.say("/exp leads").text == "Leads: <@UBEN>."


def test_the_leads_group_is_named_and_its_changes_are_followed(talk):
    talk.say("/exp leads add <@UANA> <!subteam^S1|@leads>")
    assert "Leads through <!subteam^S1>: its members are being looked up" in talk.replies[-1].text
    changed = {"subteam_id": "S1", "added_users": ["UBEN", "UCAT"], "removed_users": []}
    talk.event("subteam_members_changed", changed)
    assert "Leads through <!subteam^S1>: <@UBEN>, <@UCAT>." in talk.say("/exp leads").text
    talk.event("subteam_members_changed", {"subteam_id": "S1", "removed_users": ["UBEN"]})
    talk.event("subteam_members_changed", {"subteam_id": "S2", "added_users": ["UEVE"]})
    assert "Leads through <!subteam^S1>: <@UCAT>." in talk.say("/exp leads").text
    assert "Only a lead" in talk.say("/digest preview", by="UBEN").text


def test_the_group_can_be_given_up_without_leaving_nobody_in_charge(talk):
    talk.say("/exp leads add <!subteam^S1>", by="UANA")
    talk.event("subteam_members_changed", {"subteam_id": "S1", "added_users": ["UBEN"]})
    talk.say("/exp leads remove <@UANA>", by="UBEN")
    heard = talk.say("/exp leads remove <!subteam^S1>", by="UBEN").text
    assert heard == "Leads: <@UBEN>."


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/exp leads add <!subteam^S1> <!subteam^S2>", "Only one user group"),
        ("/exp leads remove <!subteam^S9>", "not the leads' user group"),
        ("/exp leads add <@UBEN> and cat", "I did not understand that"),
        ("/exp leads add", "I did not understand that"),
        ("/exp leads add <@UBEN>, <@UCAT>", "Leads: <@UANA>, <@UBEN>, <@UCAT>."),
    ],
)
def test_leads_are_added_all_or_none(talk, said, heard):
    talk.say("/exp leads add <@UANA>")
    assert heard in talk.say(said).text


def test_one_wrong_name_of_several_changes_nothing(talk):
    talk.say("/exp leads add <@UANA> <@UBEN>")
    assert "They are not a lead" in talk.say("/exp leads remove <@UBEN> <@UCAT>").text
    assert talk.say("/exp leads").text == "Leads: <@UANA>, <@UBEN>."


@pytest.mark.parametrize(
    ("event", "body", "active"),
    [
        ("app_uninstalled", {}, False),
        ("tokens_revoked", {"tokens": {"oauth": [], "bot": ["UBOT"]}}, False),
        ("tokens_revoked", {"tokens": {"oauth": ["UANA"], "bot": []}}, True),
    ],
)
def test_an_uninstalled_apps_team_rests_until_anything_comes_from_its_workspace(
    talk, event, body, active
):
    inputs = (
        lambda: talk.event("app_home_opened", {"tab": "home"}),
        lambda: talk.event("message", {"text": "hello", "ts": "1.1", "user": "UANA"}),
        lambda: talk.say("/standup status"),
        lambda: talk.press("help"),
    )
    for comes in inputs:
        talk.say("/exp leads")
        talk.event(event, body)
        assert _is_active(talk) is active
        comes()
        assert _is_active(talk) is True


def _is_active(talk) -> bool:
    with seeded.Session(talk.engine) as session:
        return [t.workspace for t in teams.all_active(session)] == ["T0LAB"]
