"""What holds in a whole workspace: one choice for all of its teams, an admin's."""

import pytest
from sqlmodel import Session, select

from core.llm.endpoint import Endpoint
from jobs import housekeeping
from jobs.standups import standup
from models.standups.answer import Answer
from models.team import Team, workspace
from models.workspace.audit import TeamEvent
from services import team
from services.llm import llm
from tests.two_teams import LANGUAGE, VISION, open_rounds, picked, set_team, vision

THREE = "lr matters most\nretrain with it\nnone"


@pytest.fixture
def teams(talk):
    """Ben is in two teams; Mia is the admin of the workspace, and in Vision."""
    open_rounds(talk, LANGUAGE, VISION)
    with talk.lab.begin() as session:
        theirs = session.get_one(Team, VISION)
        team.set_role(session, theirs, "UMIA", "admin", now=talk.now)
    return talk


def test_a_policy_for_the_model_holds_in_every_team_and_is_an_admins(teams):
    teams.llm = Endpoint("placeholder", address="https://models.example/v1", model="m")
    assert llm.brief(teams.lab, LANGUAGE).why == ""
    assert teams.say("/exp llm never", by="UANA").text.startswith("Only an admin can")
    said = teams.say("/exp llm never", by="UMIA", channel="CVIS")
    assert said.text.startswith("Language model: never from now on")
    assert "for the whole workspace" in str(said.blocks)
    assert teams.say("/exp llm", by="UANA").text.startswith("Language model: never —")
    assert llm.brief(teams.lab, LANGUAGE).why == llm.brief(teams.lab, VISION).why != ""
    assert llm.overview(teams.lab)[1] == [("T0LAB", "never")]


def test_how_long_answers_are_kept_holds_in_every_team_archived_ones_too(teams):
    for team_id in (LANGUAGE, VISION):
        teams.write(THREE, by="UBEN", channel="DBEN")
        if team_id == LANGUAGE:
            picked(teams, team_id)
    teams.later(days=40)
    teams.run(standup.run)
    counted = teams.say("/exp retention answers=30d", by="UMIA", channel="CVIS").text
    assert "Dry run: in the whole workspace the words of 2 answers" in counted
    assert "Only an admin" in teams.press("retention_set", "30", "UDORA", team_id=VISION).text
    done = teams.press("retention_set", "30", "UMIA", team_id=VISION).text
    assert "Standup answers are kept for 30 days in the whole workspace." in done
    assert {row.channel for row in teams.sent("retention:")} == {"CTEAM", "CVIS"}
    set_team(teams, VISION, archived_at=teams.now)
    teams.run(housekeeping.forget_answers)
    with Session(teams.engine) as session:
        assert [row.replies for row in session.exec(select(Answer))] == [[], []]


def test_every_team_has_the_change_in_its_audit_log(teams):
    teams.say("/exp llm never", by="UMIA", channel="CVIS")
    teams.press("retention_set", "90", "UMIA", team_id=VISION)
    with Session(teams.engine) as session:
        made = [(e.team_id, e.subject, e.after, e.who) for e in session.exec(select(TeamEvent))
                if e.who == "UMIA"]  # fmt: skip
    assert made == [
        (LANGUAGE, "llm_policy", "never", "UMIA"),
        (VISION, "llm_policy", "never", "UMIA"),
        (LANGUAGE, "retention_days", "90", "UMIA"),
        (VISION, "retention_days", "90", "UMIA"),
    ]


def test_another_workspace_keeps_its_own(teams):
    with teams.lab.begin() as session:
        other = team.begin(session, "T0OTHER", "Speech", now=teams.now).pk
    teams.say("/exp llm never", by="UMIA", channel="CVIS")
    with teams.lab.begin() as session:
        theirs = session.get_one(Team, other)
        assert llm.policy_of(session, theirs) == "redacted"


def test_the_zone_of_the_workspace_is_for_teams_that_have_chosen_none(teams):
    set_team(teams, LANGUAGE, settings={"zone": "chosen"}, zone="Asia/Tokyo")
    assert teams.say("/exp timezone", by="UBEN", channel="CVIS").text.startswith(
        "The time zone of the whole workspace is UTC: "
    )
    assert "Only an admin" in teams.say("/exp timezone Europe/Berlin", by="UANA").text
    assert "no time zone" in teams.say("/exp timezone Mars", by="UMIA", channel="CVIS").text
    said = teams.say("/exp timezone europe/berlin", by="UMIA", channel="CVIS").text
    assert said.startswith("The time zone of the whole workspace is now Europe/Berlin: ")
    third = vision(teams, name="Speech", channel="CSPEECH")
    with teams.lab.begin() as session:
        zones = [session.get_one(Team, n).zone for n in (LANGUAGE, VISION, third)]
        assert workspace(session, "T0LAB").zone == "Europe/Berlin"
    assert zones == ["Asia/Tokyo", "Europe/Berlin", "Europe/Berlin"]
    again = teams.say("/exp timezone Europe/Berlin", by="UMIA", channel="CVIS").text
    assert "is already Europe/Berlin" in again
