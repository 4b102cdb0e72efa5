"""What is read across teams: learnings, similar experiments, base rates, lists and the board."""

import pytest

from tests.experiments import FORM
from tests.places import NAMES, OPEN, PRIVATE, said, world
from tests.tickets import experiment, stored


@pytest.fixture(scope="module")
def three():
    with world(OPEN, PRIVATE) as here:
        yield here


@pytest.fixture
def talk(three):
    three.touched = ["all"]
    three.restore()
    three.touched = []
    return three.talk


def test_learnings_are_found_in_every_team_one_may_read_with_its_name(talk):
    talk.say("/learn add our own labels", by="UANA")
    found = said(talk.say("/learn search labels", by="UANA"))
    assert "our own labels" in found
    assert "Walrus labels\n_Walrus member of Vision, Mon 23 Nov, logged_" in found.replace(
        "\\n", "\n"
    )
    assert "Zebra" not in found
    assert "of the first team" not in found  # one's own needs no name
    assert "Zebra labels" in said(talk.say("/learn", by="UADM"))


def test_what_was_learned_from_another_teams_experiment_is_read_by_its_id(talk):
    talk.say("/learn add EXP-142 the walrus swims", by="UANA2", channel="CTEAM2")
    assert "the walrus swims" in said(talk.say("/learn EXP-142", by="UANA"))


def test_a_similar_experiment_of_another_team_is_named_and_shown(talk):
    asked = talk.say("/exp new Walrus experiment", by="UANA")
    told = said(asked)
    assert "*EXP-142* Walrus experiment of Vision, in experiment" in told
    hidden = said(talk.say("/exp new Zebra experiment", by="UANA"))
    assert "EXP-242" not in hidden
    assert "Quagga" not in hidden
    rows = [b for b in asked.modal["blocks"] if b.get("block_id", "").startswith("team")]
    [row] = [b for b in rows if b["elements"][0]["text"]["text"] == "Show EXP-142"]
    assert row["block_id"].startswith(f"team{OPEN.n}.")
    shown = talk.press("similar_show_0", "142", by="UANA", team_id=OPEN.n)
    assert "Walrus hypothesis" in said(shown)


def test_base_rates_are_ones_own_then_the_teams_then_those_one_may_read(talk):
    def closed(first, owner, **more):
        for number in range(first, first + 5):
            done = experiment(
                number=number, owner=owner, stage="killed", outcome="killed", decided_at=talk.now
            )
            stored(talk.engine, done, **more)

    closed(310, "UANA3", team_id=PRIVATE.n)
    assert "No base rate yet" in said(talk.say("/exp new", by="UBEN"))
    closed(320, "UANA2", team_id=OPEN.n)
    assert "All teams' last 5: 0 promoted" in said(talk.say("/exp new", by="UBEN"))
    closed(330, "UANA")
    assert "The team's last 5" in said(talk.say("/exp new", by="UBEN"))
    assert "Your last 5" in said(talk.say("/exp new", by="UANA2", channel="CTEAM2"))


def test_the_list_of_another_team_and_of_all_leaves_private_ones_out(talk):
    vision = talk.say("/exp list team=vision", by="UANA")
    assert vision.text == "2 open experiments in Vision."
    assert {b["block_id"] for b in vision.blocks[1:]} == {"team2.row108", "team2.row142"}
    every = talk.say("/exp list all team=all", by="UANA")
    assert every.text == "6 experiments in all in all teams."
    assert "· Vision" in said(every)
    assert "Zebra" not in said(every)
    assert (
        talk.say("/exp list all team=all", by="UADM").text == "9 experiments in all in all teams."
    )
    hidden, none = (
        talk.say(f"/exp list team={name}", by="UANA").text for name in ("Quagga", "Nobody")
    )
    assert hidden.replace("Quagga", "Nobody") == none


def test_a_page_of_all_teams_turns(talk):
    for number in range(400, 412):
        stored(talk.engine, experiment(number=number), team_id=OPEN.n)
    first = talk.say("/exp list team=all", by="UANA")
    turn = first.blocks[-1]["elements"][-1]
    second = talk.press(turn["action_id"], turn["value"], by="UANA")
    assert second.text == first.text == "16 open experiments in all teams."
    assert "EXP-411" in said(second)


def test_the_board_of_teams_has_a_line_for_each_that_one_may_read(talk):
    told = talk.say("/board teams", by="UANA")
    assert told.text == "2 teams, 2 decisions waiting."
    lines = [block["text"]["text"] for block in told.blocks[1:3]]
    assert lines[0].startswith("*the first team* (yours) · 2 open · ")
    assert lines[1].startswith("*Vision* · 2 open · ")
    assert "*1 to decide*" in lines[1]
    assert "accuracy" in lines[1]
    assert not any(word in said(told) for word in NAMES[PRIVATE])
    assert talk.say("/board teams", by="UADM").text == "3 teams, 3 decisions waiting."
    free = talk.say("/board teams", by="UADM", channel="DADM")
    assert free.text == "3 teams, 3 decisions waiting."  # of no team, so none is asked for


def test_below_a_ticket_just_written_stands_what_another_team_has_tried(talk):
    talk.say("/exp new", by="UANA")
    typed = {"title": "Walrus experiment", "hypothesis": "Walrus hypothesis", "method": "walrus"}
    made = talk.submit_open(FORM | typed, by="UANA")
    assert "of Vision" in said(made)
