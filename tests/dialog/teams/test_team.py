"""Teams of a workspace: started, listed, joined, left, handed over."""

import json

import pytest
from sqlmodel import Session, select

from models.people import Profile
from models.team import Team
from tests.teams import audited, roles, settings, shown, vision
from tests.tickets import person


def test_who_starts_a_team_leads_it_and_its_channel_is_the_teams(lab):
    heard = vision(lab)
    assert heard.text.startswith("Vision is there, and you lead it.")
    assert roles(lab, "Vision") == {"UZOE": "lead"}
    assert lab.sent("started")[0].channel == "CVIS"
    assert audited(lab, "team started") == [("UZOE", "", "", "Vision")]
    lab.say("/exp new", by="UZOE", channel="CVIS")
    assert '"team":2' in lab.replies[-1].modal["private_metadata"].replace(" ", "")


def test_without_a_name_or_a_channel_the_form_asks(lab):
    asked = lab.say("/team new", by="UZOE", channel="CVIS").modal
    assert "initial_conversation" in json.dumps(asked)
    asked = lab.say("/team new Vision", by="UZOE", channel="DZOE").modal
    assert "initial_conversation" not in json.dumps(asked)
    heard = lab.submit_open({"team_channel": "CVIS", "visibility": "private"}, by="UZOE")
    assert heard.text.startswith("Vision is there")
    assert "Vision" not in shown(lab.say("/team list", by="UBEN"))
    assert "*Vision* (private)" in shown(lab.say("/team list", by="UADA"))


@pytest.mark.parametrize(
    ("name", "channel", "heard"),
    [
        ("Vision", "CNLP", "<#CNLP> is the channel of NLP. A channel belongs to one team"),
        ("nlp", "CVIS", "There is a team called nlp already. Take another."),
        ("v" * 41, "CVIS", "That name is too long. Say it in 40 characters."),
        ("Audio into Speech", "CVIS", "is no name for a team"),
        ("<@UBEN>", "CVIS", "is no name for a team"),
    ],
)
def test_a_team_needs_a_name_and_a_channel_of_its_own(lab, name, channel, heard):
    assert heard in lab.say(f"/team new {name}", by="UZOE", channel=channel).text


def test_the_form_says_under_which_field_what_is_wrong(lab):
    values = {"name": "Vision", "team_channel": "CNLP", "visibility": "open"}
    assert "is the channel of NLP" in lab.send("team_new", values, "UZOE").errors["team_channel"]
    assert lab.send("team_new", values | {"name": "NLP"}, "UZOE").errors["name"]
    none = values | {"team_channel": None}
    assert "Choose one" in lab.send("team_new", none, "UZOE").errors["team_channel"]


def test_a_private_teams_name_is_not_told_by_its_channel(lab):
    vision(lab)
    lab.say("/team private", by="UZOE", channel="CVIS")
    heard = lab.say("/team new Sound", by="UBEN", channel="CVIS").text
    assert "<#CVIS> is the channel of another team." in heard


def test_the_first_team_of_a_workspace_is_the_one_that_is_started(talk):
    talk.say("/exp list", by="UZOE", channel="CVIS")
    vision(talk)
    with Session(talk.engine) as session:
        assert [team.name for team in session.exec(select(Team))] == ["Vision"]
    assert "*Admin*: <@UZOE>" in shown(talk.say("/exp roles", by="UZOE", channel="CVIS"))
    assert "first admin" not in talk.say("/team new Sound", by="UTIM", channel="CSOUND").text


def test_a_team_without_a_name_is_named_not_started_again(talk):
    person(talk.engine, "ULEE", role="lead")
    talk.send("setup", settings(team_channel="CNLP"), by="ULEE")
    heard = talk.say("/team new NLP", by="ULEE", channel="CNLP").text
    assert "has its team already, only without a name. A lead of it writes `/team rename NLP`" in (
        heard
    )
    assert (
        "the first team is called NLP now"
        in talk.say("/team rename NLP", by="ULEE", channel="CNLP").text
    )


def test_a_list_says_channels_leads_people_and_open_experiments(lab):
    vision(lab)
    seen = shown(lab.say("/team list", by="UBEN", channel="DBEN"))
    about = "<#CNLP> · led by ada, lee · 4 people · 1 open experiment"
    assert f"*NLP* (you: member)\\n{about}" in seen
    assert "*Vision*\\n<#CVIS> · led by UZOE · 1 person · 0 open experiments" in seen
    assert seen.count('"team_join"') == 1


def test_team_alone_says_mine_and_this_channels(lab):
    vision(lab)
    heard = lab.say("/team", by="UBEN", channel="CVIS")
    assert heard.text == "You are in 1 team. This channel is Vision's."
    heard = lab.say("/team", by="UBEN", channel="CFREE")
    assert "belongs to no team" in heard.text
    assert '"team_new"' in shown(heard)
    assert lab.say("/team", by="UNEW", channel="DNEW").text == "You are in no team."


def test_an_open_team_is_joined_by_name_or_button(lab):
    vision(lab)
    assert "You are a member of Vision now" in lab.say("/team join vision", by="UBEN").text
    assert "You are a member of Vision now" in lab.press("team_join", "2", by="UANA").text
    assert "You are in Vision already" in lab.press("team_join", "2", by="UANA").text
    assert roles(lab, "Vision") == {"UZOE": "lead", "UBEN": "member", "UANA": "member"}
    assert ("UBEN", "UBEN", "", "member") in audited(lab, "role")


def test_a_private_team_is_not_told_from_one_that_is_not_there(lab):
    vision(lab)
    lab.say("/team private", by="UZOE", channel="CVIS")
    hidden = lab.say("/team join Vision", by="UBEN").text
    absent = lab.say("/team join Sound", by="UBEN").text
    assert hidden.replace("Vision", "Sound") == absent
    assert "into a private team an admin or its lead brings you" in hidden
    assert "not here any more" in lab.press("team_join", "2", by="UBEN").text
    assert "not here any more" in lab.press("team_join", "77", by="UBEN").text


def test_a_name_that_is_nearly_one_is_guessed(lab):
    assert "Did you mean NLP?" in lab.say("/team join NPL", by="UZOE").text


@pytest.mark.parametrize(
    ("said", "by", "heard"),
    [
        ("/team add <@UZOE>", "ULEE", "<@UZOE> is a member of NLP now (works: tickets"),
        ("/team add <@UZOE> lead", "UADA", "<@UZOE> is a lead of NLP now"),
        ("/team add <@UBEN> member", "ULEE", "<@UBEN> is a member of NLP already."),
        ("/team add <@UBEN> observer", "ULEE", "<@UBEN> is an observer of NLP now, before a m"),
        ("/team add <@UANA> observer", "ULEE", "ana owns EXP-042."),
        ("/team add <@UZOE> admin", "ULEE", "“admin” is no role in a team. There are observer, m"),
        ("/team add zoe", "ULEE", "Who? Name one person."),
        ("/team add <@UZOE>", "UBEN", "Only a lead can add people. Ask ada, lee."),
        ("/team remove <@UBEN>", "ULEE", "<@UBEN> is not in NLP any more."),
        ("/team remove <@UZOE>", "ULEE", "UZOE is not in NLP."),
        ("/team remove <@UANA>", "ULEE", "ana owns EXP-042. Give them another owner first"),
        ("/team remove <@UBEN>", "UANA", "Only a lead can remove people."),
        ("/team leave", "UBEN", "You are not in NLP any more; what you wrote stays."),
        ("/team leave", "UADA", "You are the last admin, and would be in no team."),
        ("/team hand <@UBEN>", "ULEE", "<@UBEN> leads NLP now."),
        ("/team hand <@UBEN>", "UANA", "Only a lead can hand over the lead."),
        ("/team hand <@ULEE>", "ULEE", "You cannot hand the lead to yourself."),
        ("/team rename Speech", "ULEE", "NLP is called Speech now."),
        ("/team rename", "ULEE", "A team needs a name."),
        ("/team rename Speech", "UBEN", "Only a lead can rename the team."),
        ("/team private", "ULEE", "The team is now private"),
        ("/team open", "ULEE", "The team is already open"),
        ("/team private", "UBEN", "Only a lead can say who sees the team."),
        ("/team join", "UBEN", "Which team? Write `/team join NAME`"),
    ],
)
def test_a_teams_people_and_name_are_its_leads(lab, said, by, heard):
    assert heard in lab.say(said, by=by, channel="CNLP").text


def test_the_last_lead_does_not_go(lab):
    vision(lab)
    lab.say("/team add <@UBEN>", by="UZOE", channel="CVIS")
    assert "UZOE is the last lead" in lab.say("/team leave", by="UZOE", channel="CVIS").text
    said = "/team add <@UZOE> member"
    assert "UZOE is the last lead" in lab.say(said, by="UADA", channel="CVIS").text
    lab.say("/team hand <@UBEN>", by="UZOE", channel="CVIS")
    assert roles(lab, "Vision") == {"UBEN": "lead", "UZOE": "member"}
    assert "not in Vision any more" in lab.say("/team leave", by="UZOE", channel="CVIS").text


def test_an_admin_who_is_given_a_role_in_a_team_stays_admin(lab):
    lab.say("/team add <@UADA> member", by="ULEE", channel="CNLP")
    with Session(lab.engine) as session:
        ada = session.exec(select(Profile).where(Profile.user_id == "UADA")).one()
        assert ada.admin


def test_who_is_added_or_taken_out_hears_of_it(lab):
    lab.say("/team add <@UZOE>", by="ULEE", channel="CNLP")
    lab.later(minutes=1)
    lab.say("/team remove <@UZOE>", by="ULEE", channel="CNLP")
    told = [row.payload["text"] for row in lab.sent("team:") if row.channel == "UZOE"]
    assert [text.split(" (")[0] for text in told] == [
        "<@ULEE> made you a member of the team NLP", "<@ULEE> took you out of the team NLP.",
    ]  # fmt: skip


def test_who_leaves_is_asked_in_no_standup_any_more(lab):
    form = {"channel": "CNLP", "name": "Daily", "people": ["UBEN", "UANA"], "days": ["0"]}
    lab.send("standup_setup", form, by="ULEE", channel="CNLP")
    lab.say("/team leave", by="UBEN", channel="CNLP")
    assert "UBEN" not in shown(lab.say("/standup list", by="ULEE", channel="CNLP"))
    assert "UBEN" not in roles(lab, "NLP")


def test_in_the_dm_a_person_of_two_teams_means_the_one_they_use(lab):
    vision(lab)
    lab.say("/team join Vision", by="UBEN")
    assert lab.say("/exp list", by="UBEN", channel="DBEN").text.startswith("Which team")
    assert "you mean Vision now" in lab.say("/team use vision", by="UBEN", channel="DBEN").text
    assert "Which team" not in lab.say("/exp list", by="UBEN", channel="DBEN").text
    assert "EXP-042" not in shown(lab.replies[-1])


def test_who_is_in_one_team_means_that_one(lab):
    vision(lab)
    heard = lab.say("/team use Vision", by="UBEN", channel="DBEN").text
    assert "NLP is your only team, so here I always mean it." in heard


def test_help_on_teams_shows_members_no_leads_verbs(lab):
    assert "/team archive" in shown(lab.say("/team help", by="ULEE", channel="CNLP"))
    seen = shown(lab.say("/team help", by="UBEN", channel="CNLP"))
    assert "/team join" in seen
    assert "/team archive" not in seen


def test_settings_name_the_field_whose_channel_is_another_teams(lab):
    vision(lab)
    values = settings(team_channel="CNLP", leads_channel="CVIS")
    heard = lab.send("setup", values, by="ULEE", channel="CNLP").errors
    assert "is the channel of Vision" in heard["leads_channel"]


def test_a_standup_takes_its_channel_and_not_another_teams(lab):
    vision(lab)
    form = {"channel": "CVIS", "name": "Daily", "people": ["UBEN"], "days": ["0"]}
    heard = lab.send("standup_setup", form, by="ULEE", channel="CNLP").errors
    assert "is the channel of Vision" in heard["channel"]
    lab.send("standup_setup", form | {"channel": "CDAILY"}, by="ULEE", channel="CNLP")
    assert "This channel is NLP's." in lab.say("/team", by="UBEN", channel="CDAILY").text
