"""Roles: given by admins, shown to all; observers read along."""

import pytest
from sqlmodel import Session, select

from jobs.standups.standup import run
from models.standups.standup import Prompt
from tests.standups import PEOPLE, arrange
from tests.tickets import experiment, person, stored


@pytest.fixture
def lab(talk):
    """Ada runs the app, Lee leads, Ana and Ben work, Oda watches."""
    roles = {"UADA": "admin", "ULEE": "lead", "UANA": "member", "UBEN": "member"}
    for user_id, role in (roles | {"UODA": "observer"}).items():
        person(talk.engine, user_id, role=role)
    stored(talk.engine, experiment((0.8,)), team_channel="CTEAM")
    return talk


def test_who_sets_the_team_up_first_is_its_admin_and_leads(talk):
    talk.say("/exp setup")
    assert "first lead and its admin" in talk.submit_open({"team_channel": "CTEAM"}).text
    assert "*Admin*: <@UANA>" in str(talk.say("/exp roles").blocks)
    assert "Leads: <@UANA>." in talk.say("/exp leads").text


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        ("/exp role <@UBEN> lead", "UADA", "<@UBEN> is a lead now, before a member"),
        ("/exp role <@UBEN> observer", "UADA", "<@UBEN> is an observer now, before a member"),
        ("/exp role <@UBEN> member", "UADA", "<@UBEN> is a member already."),
        ("/exp role <@UBEN> lead", "ULEE", "<@UBEN> is a lead now, before a member"),
        ("/exp role <@UBEN> admin", "ULEE", "Only an admin can say who is an admin. Ask ada."),
        ("/exp role <@UADA> member", "ULEE", "Only an admin can say who is an admin. Ask ada."),
        ("/exp role <@UBEN> lead", "UANA", "Only a lead can give roles."),
        ("/exp role <@UBEN> lead", "UODA", "You are an observer here"),
        ("/exp role <@UBEN> boss", "UADA", "“boss” is no role. There are observer, member, lead"),
        ("/exp role <@UBEN>", "UADA", "Who, and which role?"),
        ("/exp role lead", "UADA", "Who, and which role?"),
        ("/exp role <@UADA> member", "UADA", "They are the last admin"),
        ("/exp role <@UANA> observer", "UADA", "They own EXP-042, and an observer owns nothing."),
        ("/exp leads add <@UBEN>", "ULEE", "<@UBEN>"),
        ("/exp leads add <@UBEN>", "UANA", "Only a lead can add leads."),
        ("/exp leads remove <@UADA>", "ULEE", "Only an admin can say who is an admin."),
        ("/exp leads remove <@UADA>", "UADA", "They are the last admin"),
        ("/exp roles x", "UANA", "I only show the roles here."),
    ],
)
def test_roles_are_the_leads_to_give_and_who_is_admin_the_admins(lab, said, by, heard):
    assert heard in lab.say(said, by=by).text


def test_a_second_admin_lets_the_first_one_go(lab):
    lab.say("/exp role <@ULEE> admin", by="UADA")
    assert "a member now" in lab.say("/exp role <@UADA> member", by="ULEE").text


def test_while_there_is_no_admin_leads_do_what_admins_do(talk):
    person(talk.engine, "ULEE", role="lead")
    person(talk.engine, "UBEN")
    assert "Only a lead can give roles" in talk.say("/exp role <@UBEN> lead", by="UBEN").text
    assert "is a lead now" in talk.say("/exp role <@UBEN> lead", by="ULEE").text
    assert "no admin, leads do what admins do" in str(talk.say("/exp roles").blocks)


def test_the_last_lead_cannot_become_an_observer(talk):
    person(talk.engine, "ULEE", role="lead")
    assert "They are the last lead" in talk.say("/exp role <@ULEE> observer", by="ULEE").text


def test_an_admin_who_left_locks_nobody_out(lab):
    lab.event("user_change", {"user": {"id": "UADA", "deleted": True, "profile": {}}}, by="UADA")
    assert "is a lead now" in lab.say("/exp role <@UBEN> lead", by="ULEE").text


def test_an_observer_of_the_leads_group_does_not_lead(talk):
    person(talk.engine, "UODA", role="observer")
    person(talk.engine, "ULEE", role="lead")
    stored(talk.engine, experiment(), leads_group="S1", group_members=["UODA", "ULEE"])
    assert "UODA" not in talk.say("/exp leads", by="ULEE").text


def test_an_observer_is_not_asked_in_standups(talk):
    arrange(talk)
    talk.say("/exp role <@UCY> observer", by="UANA")
    talk.later(minutes=200)
    talk.run(run)
    with Session(talk.engine) as session:
        asked = {prompt.user_id for prompt in session.exec(select(Prompt))}
    assert asked == set(PEOPLE) - {"UCY"}


def test_an_observer_writing_to_the_bot_hears_why_nothing_is_kept(lab):
    heard = lab.write("1. all done", by="UODA", channel="D1").text
    assert heard.startswith("You are an observer here")


def test_what_an_observer_says_in_a_channel_is_talk(lab):
    assert lab.write("nice work", by="UODA", channel="CTEAM").text == ""


def test_a_form_shows_an_observer_the_refusal(lab):
    reply = lab.send("kill", {"learnings": "it is bad"}, "UODA", meta={"number": 42})
    assert "You are an observer here" in reply.errors[""]
