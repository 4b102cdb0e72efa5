"""Two teams made one by an admin: shown first, done once."""

import json

import pytest
from sqlmodel import Session

from models.team import Team
from services.evals import definition_of_done
from tests import seeded
from tests.teams import arrange, audited, roles, shown, vision
from tests.tickets import person


@pytest.fixture
def both(talk_on_both):
    """NLP with EXP-042, and Vision with an experiment of its own, on both databases."""
    lab = arrange(talk_on_both)
    vision(lab)
    lab.say("/team add <@UBEN> lead", by="UZOE", channel="CVIS")
    lab.say("/team add <@UADA> observer", by="UZOE", channel="CVIS")
    lab.say("/eng new Serving type=infra", by="UZOE", channel="CVIS")
    return lab


def _merge(lab):
    asked = lab.say("/team merge Vision into NLP", by="UADA", channel="DADA")
    button = asked.blocks[-1]["elements"][0]
    return asked, lab.press(button["action_id"], button["value"], by="UADA", channel="DADA")


def test_it_says_what_goes_along_and_does_nothing_before_the_button(both):
    asked = both.say("/team merge vision into nlp", by="UADA", channel="DADA")
    assert "Goes along: 1 engineering ticket, 1 newcomer, <#CVIS>." in shown(asked)
    assert "NLP's settings, metric, sprints, canvas and Definition of Done stand." in shown(asked)
    with Session(both.engine) as session:
        assert session.get_one(Team, 2).archived_at is None


def test_tickets_people_channels_and_threads_are_the_others(both):
    done = _merge(both)[1]
    assert done.text == "Vision is part of NLP now."
    assert done.replace
    assert "ENG-001" in shown(both.say("/eng", by="ULEE", channel="CNLP"))
    assert "ENG-001" in shown(both.say("/eng", by="UZOE", channel="CVIS"))
    assert roles(both, "NLP") == {
        "UADA": "lead", "ULEE": "lead", "UANA": "member", "UBEN": "lead", "UZOE": "lead",
    }  # fmt: skip
    assert {row.channel for row in both.sent(":merged:")} == {"CNLP", "CVIS"}
    assert ("UADA", "", "Vision", "NLP") in audited(both, "team merged")


def test_a_button_of_the_team_that_is_no_more_is_the_others(both):
    _merge(both)
    form = both.press("eng_edit", "ENG-001", by="UZOE", channel="CVIS", team_id=2).modal
    assert json.loads(form["private_metadata"])["team"] == 1


def test_its_channel_stays_the_others_when_settings_are_saved(both):
    _merge(both)
    both.say("/exp setup", by="ULEE", channel="CNLP")
    both.submit_open({"leads_channel": "CLEADS"}, by="ULEE")
    assert "This channel is NLP's." in both.say("/team", by="ULEE", channel="CVIS").text


def test_a_channel_that_came_along_is_given_up_by_a_lead(both):
    assert "came with another team" in both.say("/team release", by="ULEE", channel="CNLP").text
    _merge(both)
    assert "Only a lead" in both.say("/team release", by="UANA", channel="CVIS").text
    heard = both.say("/team release", by="ULEE", channel="CVIS").text
    assert heard == "<#CVIS> is NLP's no more: another team may take it."
    assert "Sound is there" in both.say("/team new Sound", by="ULEE", channel="CVIS").text


def test_a_channel_with_a_standup_is_not_given_up(both):
    form = {"channel": "CVIS", "name": "Daily", "people": ["UBEN"], "days": ["0"]}
    both.send("standup_setup", form, by="UZOE", channel="CVIS")
    _merge(both)
    assert "<#CVIS> is still used." in both.say("/team release", by="ULEE", channel="CVIS").text
    assert "This channel is NLP's." in both.say("/team", by="ULEE", channel="CVIS").text


def test_it_happens_once_and_cannot_be_taken_back(both):
    _, _ = _merge(both)
    again = both.press("team_merge", "2:1", by="UADA", channel="DADA").text
    assert "One of these teams is not here any more." in again
    heard = both.say("/team reopen Vision", by="UADA", channel="DADA").text
    assert "Vision became part of NLP." in heard


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        ("/team merge Vision into NLP", "ULEE", "Only an admin can merge teams."),
        ("/team merge Vision", "UADA", "Which team into which? Write `/team merge Audio into"),
        ("/team merge Vision into Sound", "UADA", "I don't see a team called “Sound”."),
        ("/team merge NLP into nlp", "UADA", "That is one and the same team."),
    ],
)
def test_what_it_needs(lab, said, by, heard):
    vision(lab)
    assert heard in lab.say(said, by=by, channel="CNLP").text


def test_while_there_is_no_admin_who_leads_both_merges_them(talk):
    person(talk.engine, "UZOE", role="lead")
    seeded.team(talk.engine, name="Vision")
    talk.say("/team new Sound", by="UZOE", channel="CSOUND")
    talk.say("/team new Text", by="UTIM", channel="CTEXT")
    assert "Only a lead can merge teams" in talk.say("/team merge Text into Sound", by="UZOE").text
    assert "Merge Sound into Vision?" in talk.say("/team merge Sound into Vision", by="UZOE").text


def test_an_open_team_that_becomes_part_of_a_private_one_is_told(lab):
    vision(lab)
    lab.say("/team private", by="ULEE", channel="CNLP")
    heard = lab.say("/team merge Vision into NLP", by="UADA").text
    assert "NLP is private: only its people and admins see what comes." in heard


def _stricter(both, value, by, channel):
    both.say("/gate done toml", by=by, channel=channel)
    text = '[[metric]]\nname = "toxicity"\ngroup = "safety"\ndirection = "lower"\n'
    text += f'threshold = {value}\n[[metric]]\nname = "accuracy"\nthreshold = 0.9'
    assert "Saved" in both.submit_open({"toml": text}, by=by).text


@pytest.mark.parametrize(
    ("theirs", "own", "asked"), [(0.001, 0.1, 0.001), (0.1, 0.001, 0.001), (0.001, None, 0.001)]
)
def test_merging_loosens_safety_for_neither(both, theirs, own, asked):
    _stricter(both, theirs, "UZOE", "CVIS")
    if own:
        _stricter(both, own, "ULEE", "CNLP")
    _merge(both)
    found = definition_of_done.read(both.lab, 1)
    assert (found.named("toxicity").threshold, found.by_default) == (asked, False)
    heard = [row.payload["text"] for row in both.sent("done:1:")]
    assert any("as strict on safety" in text for text in heard) == (theirs != 0.1)
