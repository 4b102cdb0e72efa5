"""/digest team and /exp report: pages written from facts, shared with one button."""

from datetime import timedelta

import pytest

from core.digest.page import LEFT_OUT, untraced
from models import db
from models.blockers.blocker import Blocker
from services.digest import brief
from tests import seeded
from tests.conversation import TEAM
from tests.weeks import NOW, experiment, killed, live, looks, promoted


@pytest.fixture
def team(talk):
    """A team in Berlin with a channel, on the Friday of its first sprint."""
    talk.say("/exp leads add <@UANA>", by="UANA")
    seeded.team(talk.engine, zone="Europe/Berlin", team_channel="CTEAM")
    talk.now = NOW
    return talk


def _full(talk):
    seeded.tickets(
        talk.engine, killed(2, "Rank 32 overfits"), promoted(3, 0.883),
        experiment(4, box_ends=NOW.date() - timedelta(days=3), gpu_used=30.0),
    )  # fmt: skip
    talk.say("/exp leads add <@UBEN>", by="UANA")
    with db.transaction(talk.engine) as session:
        session.add(Blocker(
            team_id=1, number=3, user_id="UBEN", kind="data", text="waiting for 500 labels",
            channel="CTEAM", at=NOW - timedelta(days=3), moved_at=NOW, experiments=[4],
        ))  # fmt: skip


def test_the_team_page_says_what_the_sprint_did_and_what_holds_it_up(team):
    _full(team)
    text = team.say("/digest team", by="UEVE").text
    assert text.startswith("Sprint 1, day 5 of 14 (Mon 23 Nov to Sun 6 Dec)")
    assert "Experiments: 2 finished, 1 killed, 1 promoted; " in text
    assert "EXP-002" in text
    assert "• BLK-003 data, 3 working days, UBEN, EXP-004: “waiting for 500 labels”" in text
    assert "Over the time box: EXP-004 is 3 days late" in text
    assert "Over the compute budget: EXP-004 used 30 of 24 GPU-hours" in text
    assert "Standup: no answers were due in this sprint yet" in text
    assert LEFT_OUT not in text


def test_an_empty_team_gets_a_page_that_says_so(team):
    text = team.say("/digest team").text
    assert "Experiments: 0 finished; 0 opened, 0 under way" in text
    assert "Nobody is stuck" in text


def test_the_researchers_page_goes_from_hypothesis_to_what_next(team):
    seeded.tickets(team.engine, experiment(
        42, hypothesis="QLoRA on 50K tickets lifts accuracy from 72% to 85%", baseline=0.72,
        target=0.85, measurements=looks(0.70, 0.735, 0.741), gpu_used=18.0,
    ))  # fmt: skip
    text = team.say("/exp report EXP-042", by="UEVE").text
    assert text.startswith("EXP-042 “")
    assert "“QLoRA on 50K tickets lifts accuracy from 72% to 85%”" in text
    assert (
        "accuracy: 0.72 → 0.741, target 0.85, higher is better (best so far; target not met)"
        in text
    )
    assert "0.7 → 0.735" in text
    assert "18 of 24 GPU-hours used" in text
    assert LEFT_OUT not in text


@pytest.mark.parametrize(
    ("e", "said"),
    [
        (promoted(3, 0.883), "Promoted, not live, since Thu 26 Nov: nothing to decide"),
        (live(3, 0.883), "Live since Thu 26 Nov: nothing to decide"),
        (killed(3, "Too slow"), "Killed since Wed 25 Nov: nothing to decide"),
    ],
)
def test_a_decided_experiments_page_tells_live_from_promoted(team, e, said):
    seeded.tickets(team.engine, e)
    assert said in team.say("/exp report 3").text


@pytest.mark.parametrize("e", [
    killed(7, "Rank 32 overfits"), promoted(7, 0.883), experiment(7, baseline=None, target=None),
    experiment(7, hypothesis="", box_starts=None, box_ends=None, stage="backlog", gpu_budget=0.0),
    experiment(7, metric="F1 @ 10", title="“99” of <!here>", measurements=looks(*[0.1] * 12)),
], ids=["killed", "promoted", "bare", "backlog", "many"])  # fmt: skip
def test_every_figure_of_any_page_is_traced(team, e):
    seeded.tickets(team.engine, e)
    for page in (brief.of_experiment(team.lab, TEAM, 7), brief.of_team(team.lab, TEAM)):
        assert LEFT_OUT not in page.text
        assert untraced(page.text, page.sheet) == []
    assert "<!here>" not in team.say("/exp report EXP-007").text


@pytest.mark.parametrize("said", ["/digest team", "/exp report EXP-002"])
def test_it_is_shared_with_the_team_once(team, said):
    seeded.tickets(team.engine, killed(2, "Rank 32 overfits"))
    heard = team.say(said, by="UEVE")
    (button,) = heard.blocks[-1]["elements"]
    assert "<#CTEAM>" in team.press("brief_share", button["value"], by="UEVE").text
    team.press("brief_share", button["value"], by="UANA")
    (row,) = team.sent("report:")
    assert row.channel == "CTEAM"
    assert "shared by <@UEVE>" in str(row.payload["blocks"][-1])


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/exp report", "Which experiment? Write `/exp report EXP-042`"),
        ("/exp report EXP-999", "There is no EXP-999"),
        ("/exp report nonsense", "EXP-042"),
    ],
)
def test_what_is_wrong_is_refused_with_what_to_type(team, said, heard):
    assert heard in team.say(said).text


def test_without_a_team_channel_sharing_says_what_to_do(team):
    seeded.team(team.engine, team_channel="")
    heard = team.press("brief_share", "abc|team").text
    assert heard.startswith("There is no channel to share it in.")
    assert team.press("brief_share", "abc").text.startswith("This button is too old.")
