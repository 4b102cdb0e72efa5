"""/blocker new and the form behind the button: a blocker at any time."""

import pytest

from tests import seeded
from tests.standups import know, led_round, stuck
from tests.weeks import experiment

PEOPLE = {"UANA": ("Ana", "UTC"), "UBEN": ("Ben", "UTC"), "ULEE": ("Lee", "UTC")}


@pytest.fixture
def team(talk_on_both):
    """Ana and Ben, led by Lee, in #team."""
    know(talk_on_both, PEOPLE)
    seeded.team(talk_on_both.engine, team_channel="CTEAM")
    talk_on_both.say("/exp leads add <@ULEE>", by="ULEE")
    return talk_on_both


def test_a_line_opens_a_blocker_in_the_teams_channel_and_tells_the_helper(team):
    heard = team.say("/blocker new waiting for the GPU quota <@UBEN|ben>", by="UANA")
    assert heard.text.startswith("BLK-001 is reported. It is in <#CTEAM>.")
    post, told = team.sent("blocker:1")
    assert (post.channel, told.channel) == ("CTEAM", "UBEN")
    assert "Ana is stuck on compute" in post.payload["text"]
    assert "waiting for the GPU quota @Ben" in str(post.payload)


def test_it_is_worked_on_like_any_other_in_the_thread_of_its_post(team):
    team.say("/blocker new labels are late <@UBEN>", by="UANA")
    team.deliver()
    team.press("blocker_ack", "1", by="UBEN")
    team.say("/blocker resolve BLK-001 they came", by="UBEN")
    steps = team.sent(":step:")
    assert [row.thread_of for row in steps] == ["blocker:1", "blocker:1"]
    assert "resolved" in team.sent("edit:blocker:1")[0].payload["text"]


def test_the_form_says_kind_helper_and_experiment(team):
    seeded.tickets(team.engine, experiment(7, owner="UANA"))
    view = team.press("blocker_new", by="UANA", view_type="home", channel="").modal
    assert view["callback_id"] == "blocker_new"
    typed = {"kind": "clarity", "text": "which metric counts?", "helper": "UBEN"}
    assert "BLK-001" in team.submit_open(typed | {"experiment": "7"}, by="UANA").text
    shown = str(team.say("/blocker BLK-001").blocks)
    assert "stuck on clarity" in shown
    assert "holds EXP-007" in shown
    assert "asks Ben" in shown


@pytest.mark.parametrize(
    ("typed", "field", "why"),
    [
        ({"text": " "}, "text", "What holds you up?"),
        ({"text": "none"}, "text", "What holds you up?"),
        ({"text": "quota", "helper": "UANA"}, "helper", "You are the one"),
        ({"text": "quota", "helper": "UGONE"}, "helper", "has left the workspace"),
    ],
)
def test_what_cannot_be_is_refused_under_its_field_and_what_was_typed_is_kept(
    team, typed, field, why
):
    know(team, {"UGONE": ("Gus", "UTC")})
    gone = {"id": "UGONE", "deleted": True, "real_name": "Gus"}
    team.event("user_change", {"user": gone})
    team.press("blocker_new", by="UANA")
    assert why in team.submit_open(typed, by="UANA").errors[field]
    team.close("blocker_new", {"kind": "compute", "text": "half a sent", "helper": None}, "UANA")
    assert "half a sent" in str(team.press("blocker_new", by="UANA").modal)
    assert team.sent("blocker:1") == []


def test_the_same_words_twice_are_one_blocker(team):
    team.say("/blocker new labels are late", by="UANA")
    heard = team.say("/blocker new Labels are late", by="UANA").text
    assert heard.startswith("That is reported already: BLK-001.")
    assert "BLK-002" in team.say("/blocker new labels are late", by="UBEN").text


def test_without_a_channel_it_is_kept_and_says_that_nobody_was_told(talk):
    heard = talk.say("/blocker new labels are late").text
    assert "BLK-001 is reported. No team channel is set; a lead sets it: `/exp setup`." in heard
    assert "BLK-001" in talk.say("/blocker list mine").blocks[1]["text"]["text"]
    assert "resolved" in talk.say("/blocker resolve BLK-001 they came").text


def test_numbers_go_on_from_those_of_standups(talk):
    led_round(talk)
    stuck(talk, by="UANA")
    assert "BLK-002" in talk.say("/blocker new the spec is unclear", by="UBEN").text
