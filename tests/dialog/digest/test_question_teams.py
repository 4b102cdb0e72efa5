"""/ask how are we doing: for one team, for the one that is named, for all that one may read."""

import pytest

from models.team import Team
from tests.portfolios import VISION, scene

EXECS, DM = "CEXEC", "DDANA"


@pytest.mark.parametrize("place", [EXECS, DM])
def test_who_is_in_no_team_hears_how_all_teams_are_doing(talk, place):
    heard = scene(talk).say("/ask how are we doing?", by="UDANA", channel=place)
    assert heard.text.startswith("How are we doing? 2 teams: 2 without enough data.")
    assert "Support — 88.3% / 92% accuracy" in heard.text
    assert "Vision — 71% / 80% mAP" in heard.text
    assert "Facts " in str(heard.blocks[-1])


def test_a_teams_channel_means_that_team(talk):
    heard = scene(talk).say("/ask how are we doing", by="UDANA", channel="CVISION").text
    assert heard.startswith("How are we doing? 71% / 80% mAP — not enough data")
    assert "88.3%" not in heard


def test_who_is_in_one_team_means_it_in_a_direct_message_and_all_where_all_are_read(talk):
    scene(talk)
    assert "71%" not in talk.say("/ask status", by="UANA", channel="DANA").text
    heard = talk.say("/ask status", by="UANA", channel=EXECS).text
    assert "Vision — 71%" in heard
    assert "Support — 88.3%" in heard


@pytest.mark.parametrize(
    "typed", ["vision how are we doing", "Vision: status", "team vision status"]
)
def test_a_team_named_first_is_the_one_that_is_meant(talk, typed):
    heard = scene(talk).say(f"/ask {typed}", by="UDANA", channel=EXECS).text
    assert heard.startswith("How are we doing? 71% / 80% mAP")
    assert "88.3%" not in heard


def test_other_questions_go_to_the_team_that_is_named_or_meant(talk):
    scene(talk)
    heard = talk.say("/ask vision how accurate is it", by="UDANA", channel=EXECS).text
    assert "71%" in heard
    assert "Which team" in talk.say("/ask how accurate is it", by="UDANA", channel=EXECS).text


def test_a_private_team_is_neither_told_of_nor_known_by_name(talk):
    scene(talk, visibility="private")
    heard = talk.say("/ask vision how are we doing", by="UDANA", channel=EXECS).text
    assert "71%" not in heard
    heard = talk.say("/ask how are we doing", by="UDANA", channel=EXECS).text
    assert "Vision" not in heard
    heard = talk.say("/ask how are we doing", by="ULENA", channel=EXECS).text
    assert "Vision — 71%" in heard


def test_in_a_workspace_of_one_team_it_is_that_teams_answer(talk):
    scene(talk)
    with talk.lab.begin() as session:
        session.get_one(Team, VISION).archived_at = talk.now
    heard = talk.say("/ask how are we doing", by="UDANA", channel=EXECS).text
    assert heard.startswith("How are we doing? 88.3% / 92% accuracy")


def test_the_button_asks_the_same(talk):
    scene(talk)
    heard = talk.press("question_status", "status", by="UANA", channel="CSUPPORT")
    assert heard.text.startswith("How are we doing? 88.3% / 92% accuracy")


def test_a_question_of_another_view_is_that_teams_when_it_is_named_first(talk):
    scene(talk)
    talk.say("/blocker new GPU quota is used up", by="ULENA", channel="CVISION")
    assert "GPU quota" in _told(talk.say("/ask vision who is blocked?", by="UDANA", channel=EXECS))
    heard = _told(talk.say("/ask who is blocked?", by="UANA", channel="CSUPPORT"))
    assert "no open blocker" in heard


def _told(reply) -> str:
    return f"{reply.text}\n{reply.blocks}"
