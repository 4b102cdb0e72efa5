"""Setting up, changing, pausing and listing standups."""

import pytest
from sqlmodel import Session, select

from jobs.standups import standup as job
from models.standups.standup import Standup
from models.team import Team
from tests.conversation import prefilled
from tests.standups import EIGHT, PEOPLE, arrange, know


def _standups(talk):
    with Session(talk.engine) as session:
        return list(session.exec(select(Standup)))


def test_whoever_sets_up_the_first_standup_becomes_lead_and_the_channel_the_teams(talk):
    reply = arrange(talk)
    assert "Standup is set: Mon–Fri 09:30 local time, open 4 h" in reply.text
    with Session(talk.engine) as session:
        assert session.exec(select(Team)).one().team_channel == "CTEAM"
    assert "Leads: <@UANA>." in talk.say("/exp leads").text
    public = talk.sent("standup:1:")[0]
    assert public.channel == "CTEAM"
    assert "3 people. Set up by Ana. Next round: Mon 23 Nov." in public.payload["text"]


def test_the_summary_shows_each_persons_own_time_and_zone(talk):
    people = {"UANA": ("Ana", "Europe/Berlin"), "ULEE": ("Lee", "America/Los_Angeles")}
    know(talk, people)
    reply = arrange(talk, people | {"UNEW": ("", "")})
    shown = reply.blocks[1]["text"]["text"]
    assert "Ana: 09:30 Europe/Berlin" in shown
    assert "Lee: 09:30 America/Los_Angeles (for you <!date^1795455000^" in shown
    assert "UNEW: 09:30 Europe/Berlin until I have read their profile" in shown
    assert talk.sent("profile:T0LAB:UNEW")


def test_the_form_starts_with_the_three_questions_and_working_days(talk):
    view = talk.say("/standup setup").modal
    filled = prefilled(view)
    assert filled["channel"] == "CTEAM"
    assert filled["days"] == ["0", "1", "2", "3", "4"]
    assert (filled["at"], filled["close"]) == ("09:30", "4")
    assert filled["questions"].splitlines()[0] == "What did you learn?"


def test_setting_up_again_edits_the_one_of_that_channel(talk):
    arrange(talk)
    talk.say("/standup setup")
    reply = talk.submit_open({"at": "10:15", "days": ["0"], "name": "Sync"})
    assert "Sync is set: Mon 10:15" in reply.text
    assert [(s.name, s.at, s.people) for s in _standups(talk)] == [("Sync", "10:15", list(PEOPLE))]


def test_saving_without_a_change_says_so_and_tells_nobody(talk):
    arrange(talk)
    talk.say("/standup setup")
    assert "stays as it was" in talk.submit_open({}).text
    assert len(talk.sent("standup:1:")) == 1


@pytest.mark.parametrize(
    ("values", "field", "heard"),
    [
        ({"people": None}, "people", "choose at least one"),
        ({"days": []}, "days", "at least one day"),
        ({"questions": "q?\n" * 11}, "questions", "11 questions are too many"),
        ({"channel": None}, "channel", "Choose the channel"),
        ({"name": "  "}, "name", "Give the standup a name"),
    ],
)
def test_what_is_missing_is_said_under_its_field(talk, values, field, heard):
    reply = arrange(talk, **values)
    assert heard in reply.errors[field]
    assert _standups(talk) == []


def test_a_channel_has_one_standup_and_a_team_several(talk):
    arrange(talk)
    talk.say("/standup setup", channel="CTWO")
    taken = talk.submit_open({"channel": "CTEAM", "people": ["UANA"]})
    assert "has a standup already (Standup)" in taken.errors["channel"]
    talk.say("/standup setup", channel="CTWO")
    assert "Evals is set" in talk.submit_open({"name": "Evals", "people": ["UANA"]}).text
    listed = talk.say("/standup list")
    assert listed.text == "2 standups: Standup, Evals"
    assert "next Mon 23 Nov" in listed.blocks[0]["text"]["text"]


def test_the_same_form_open_twice_makes_one_standup(talk):
    talk.now = EIGHT
    know(talk, PEOPLE)
    talk.say("/standup setup")
    first, second = talk.replies[-1].modal, talk.replies[-1].modal
    meta = {"standup": 0, "channel": "CTEAM"}
    values = prefilled(first) | {"people": ["UANA"]}
    assert talk.send("standup_setup", values, meta=meta).errors == {}
    assert "channel" in talk.send("standup_setup", prefilled(second) | values, meta=meta).errors
    assert len(_standups(talk)) == 1


@pytest.mark.parametrize("verb", ["setup", "pause", "resume"])
def test_only_leads_arrange_standups_once_there_is_a_lead(talk, verb):
    arrange(talk)
    assert "Only a lead can" in talk.say(f"/standup {verb}", by="UBEN").text
    assert "Ask Ana." in talk.replies[-1].text


def test_a_member_cannot_send_a_form_a_lead_opened(talk):
    arrange(talk)
    reply = talk.send(
        "standup_setup",
        {"channel": "CTEAM", "name": "Mine", "people": ["UBEN"], "days": ["0"], "at": "09:30"},
        by="UBEN",
        meta={"standup": 1, "channel": "CTEAM"},
    )
    assert "Only a lead can set up standups" in reply.text


def test_a_paused_standup_asks_nobody_and_resumes_with_the_next_round(talk):
    arrange(talk)
    assert "is paused by Ana" in talk.say("/standup pause").text
    assert "paused already" in talk.say("/standup pause").text
    talk.later(hours=3)
    talk.run(job.run)
    assert talk.sent("round:") == []
    assert "is paused" in talk.say("/standup").text
    assert "· paused" in talk.say("/standup list").blocks[0]["text"]["text"]
    assert "runs again, by Ana. Next round: Tue 24 Nov." in talk.say("/standup resume").text
    assert "running already" in talk.say("/standup resume").text
    talk.run(job.run)
    assert talk.sent("round:") == []  # Monday is over: nobody is asked late
    talk.later(days=1)
    talk.run(job.run)
    assert [row.key for row in talk.sent("round:")] == ["round:1"]


def test_pausing_from_elsewhere_asks_which_one(talk):
    arrange(talk)
    assert "is paused" in talk.say("/standup pause", channel="CELSE").text  # there is only one
    talk.say("/standup setup", channel="CTWO")
    talk.submit_open({"name": "Evals", "people": ["UANA"]})
    asked = talk.say("/standup pause", channel="CELSE").text
    assert "Which one: Standup, Evals?" in asked


def test_a_setup_form_that_was_closed_is_offered_again(talk):
    talk.now = EIGHT
    know(talk, PEOPLE)
    talk.say("/standup setup")
    typed = {"name": "Night shift", "people": ["UCY"], "questions": "What broke?"}
    talk.close("standup_setup", typed, meta={"standup": 0, "channel": "CTEAM"})
    filled = prefilled(talk.say("/standup setup").modal)
    assert (filled["name"], filled["people"]) == ("Night shift", ["UCY"])
    talk.submit_open({})
    assert prefilled(talk.say("/standup setup").modal)["name"] == "Night shift"  # saved by now
    assert _standups(talk)[0].questions == ["What broke?"]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/standup", "There is no standup here yet. A lead starts one: `/standup setup`."),
        ("/standup skip", "You owe no answer"),
        ("/standup status", "There is no standup here yet"),
        ("/standup list", "There is no standup here yet"),
        ("/standup pause", "There is no standup here yet"),
        ("/standup staus", "Did you mean `/standup status`?"),
    ],
)
def test_before_there_is_a_standup_every_verb_says_how_to_start(talk, said, heard):
    assert heard in talk.say(said).text
