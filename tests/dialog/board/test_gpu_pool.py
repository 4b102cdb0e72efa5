"""/gpu pool and /gpu share: who trains and who waits where all teams share the GPUs."""

import pytest
from sqlmodel import Session

from jobs.board import gpu as job
from models import db
from models.experiments.experiment import Experiment as Row
from models.team import Team
from services import channels, team
from tests import seeded
from tests.conversation import WORKSPACE
from tests.experiments import a_ticket
from tests.gpus import ready
from tests.tickets import FIELDS


def blocks(reply):
    return str(reply.blocks)


@pytest.fixture
def lab(talk):
    """Support trains EXP-042 and has 43, 44 ready; Vision has 51, 52 ready. ULEE is admin."""
    talk.say("/exp setup", by="ULEE")
    talk.submit_open({"team_channel": "CTEAM"}, by="ULEE")
    seeded.team(talk.engine, name="Support")
    seeded.tickets(talk.engine, a_ticket(), ready(43, "UBEN"), ready(44, "UCEM"))
    _vision(talk)
    return talk


def _vision(talk, **given):
    with db.transaction(talk.engine) as session:
        theirs = team.begin(session, WORKSPACE, "Vision", now=talk.now)
        theirs.team_channel = "CVIS"
        for name, value in given.items():
            setattr(theirs, name, value)
        channels.settle(session, theirs)
        for user in ("UDORA", "UEVA"):
            team.member(session, theirs, user, now=talk.now)
        team.set_role(session, session.get_one(Team, 1), "ULEE", "admin", now=talk.now)
        team.set_role(session, theirs, "UDORA", "lead", now=talk.now)
        for value in (ready(51, "UEVA"), ready(52, "UDORA")):
            fields = {name: getattr(value, name) for name in FIELDS}
            session.add(Row(team_id=theirs.id, **fields))


def test_it_is_off_until_an_admin_makes_it(lab):
    reply = lab.say("/gpu pool", by="UBEN")
    assert reply.text == "There is no pool of GPUs: each team has its own."
    assert lab.say("/gpu pool 3", by="UDORA", channel="CVIS").text.startswith("Only an admin")
    assert lab.say("/gpu share vision 40%", by="ULEE").text.startswith("There is no pool")
    assert lab.say("/gpu", by="UBEN").text == "GPUs: 1 in training, no limit is set, 0 wait"


def test_a_pool_is_set_shown_and_ended(lab):
    reply = lab.say("/gpu pool 4", by="ULEE")
    assert reply.text == "4 experiments of all teams together may train at a time."
    assert "already" in lab.say("/gpu pool 4", by="ULEE").text
    assert lab.say("/gpu share vision 75%", by="ULEE").text == "Vision has 75% of the pool."
    page = lab.say("/gpu pool", by="UBEN")
    assert page.text == "GPU pool of all teams: 1 of 4 places taken, 0 wait"
    assert "Support: 1 of 1 (25%)" in blocks(page)
    assert "Vision: 0 of 3 (75%)" in blocks(page)
    head = lab.say("/gpu", by="UBEN").text
    assert head == "GPUs: 1 of 4 of the pool are taken, 1 ours, our share is 1 (25%); 0 wait"
    assert "each team has its own" in lab.say("/gpu pool off", by="ULEE").text
    assert "There is no pool" in lab.say("/gpu pool off", by="ULEE").text


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/gpu pool many", "is no number of GPUs"),
        ("/gpu share vision", "Whose share, and how much?"),
        ("/gpu share vision much", "is no share"),
        ("/gpu share speech 10%", "I find no team called “speech”. There are: Support, Vision."),
        ("/gpu 3", "All teams share one pool of 4 GPUs"),
        ("/gpu off", "All teams share one pool of 4 GPUs"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(lab, said, heard):
    lab.say("/gpu pool 4", by="ULEE")
    assert heard in lab.say(said, by="ULEE").text


def test_shares_of_more_than_all_are_refused(lab):
    lab.say("/gpu pool 4", by="ULEE")
    lab.say("/gpu share vision 75%", by="ULEE")
    heard = lab.say("/gpu share support 30%", by="ULEE").text
    assert heard.startswith("The shares would be 105% together.")
    assert "a part of what is left" in lab.say("/gpu share vision off", by="ULEE").text


def test_the_last_gpu_of_the_pool_is_one_teams_and_the_other_waits(lab):
    lab.say("/gpu pool 2", by="ULEE")
    assert "moved" in lab.say("/exp move 51 experiment", by="UEVA", channel="CVIS").text
    heard = lab.say("/exp move 43 experiment", by="UBEN")
    assert heard.text == "EXP-043 is queued for a GPU, place 1; it stays in hypothesis"
    assert "2 of 2 places of the pool are taken, 1 by us (our share is 50%)" in blocks(heard)


def test_idle_gpus_are_lent_and_given_to_who_is_within_the_share_when_one_is_free(lab):
    lab.say("/gpu pool 2", by="ULEE")
    assert "moved" in lab.say("/exp move 43 experiment", by="UBEN").text  # Vision's, lent
    lab.say("/exp move 44 experiment", by="UCEM")
    lab.later(minutes=1)
    heard = lab.say("/exp move 51 experiment", by="UEVA", channel="CVIS").text
    assert "is queued for a GPU, place 1" in heard
    page = blocks(lab.say("/gpu pool", by="UBEN"))
    assert page.index("EXP-051") < page.index("EXP-044")
    assert page.count("over its share") == 2  # said of EXP-044, and in the rule
    lab.say("/exp update 42 training=complete")
    lab.run(job.call_next)
    assert [row.channel for row in lab.sent("gpu:")] == ["UEVA"]
    assert "EXP-051: your turn" in lab.sent("gpu:2:EXP-051")[0].payload["text"]


def test_a_teams_own_shortage_and_quota_still_hold_and_take_nobodys_turn(lab):
    lab.say("/gpu pool 3", by="ULEE")
    lab.say("/gpu short 0 until Friday moving", by="UDORA", channel="CVIS")
    heard = lab.say("/exp move 51 experiment", by="UEVA", channel="CVIS").text
    assert "is queued for a GPU" in heard
    assert "moved" in lab.say("/exp move 43 experiment", by="UBEN").text
    assert "moved" in lab.say("/exp move 44 experiment", by="UCEM").text


def test_a_private_teams_work_is_counted_and_not_named(lab):
    lab.say("/gpu pool 1", by="ULEE")
    lab.say("/exp move 51 experiment", by="UEVA", channel="CVIS")
    with Session(lab.engine) as session:
        session.get_one(Team, 2).visibility = "private"
        session.commit()
    page = lab.say("/gpu pool", by="UBEN")
    assert "Vision" not in blocks(page)
    assert "EXP-051" not in blocks(page)
    assert "Another team: 0 of 0.5 (50%), 1 waiting" in blocks(page)
    assert "EXP-051" in blocks(lab.say("/gpu pool", by="UEVA", channel="CVIS"))
