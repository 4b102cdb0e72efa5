"""A conversation goes on: with the same experiment, below an answer, with the same team."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from handlers.routes import table
from models.turn import Turn
from services import talk as talks
from services import team as teams
from tests.at_once import at_once
from tests.conversation import WORKSPACE, Conversation
from tests.dialog.assay.test_front_door import BEN
from tests.experiments import bring
from tests.standups import know, ticket
from tests.two_teams import LANGUAGE, VISION, open_rounds

WHICH = "Which team is this for? I go on with what you typed."


@pytest.fixture
def lab(talk):
    """Ana and Ben, and experiments of Ben's."""
    know(talk, {"UANA": ("Ana", "UTC"), **BEN})
    for number in (36, 37, 42):
        ticket(talk, number, "UBEN")
    return talk


def dm(talk, text, **more):
    return talk.write(text, by="UBEN", channel="DBEN", **more)


def buttons(reply):
    rows = [block["elements"] for block in reply.blocks if block["type"] == "actions"]
    return {one["text"]["text"]: one for row in rows for one in row}


def press(talk, reply, label):
    one = buttons(reply)[label]
    return talk.press(one["action_id"], one.get("value", ""), by="UBEN", channel="DBEN")


@pytest.mark.parametrize(
    ("first", "then", "about"),
    [
        ("EXP-042", "kill it", "Kill EXP-042?"),
        ("EXP-042", "give it 2 more days", "Extend EXP-042 by 2 days?"),
        ("kill 36", "no I meant 37", "Kill EXP-037?"),
        ("extend 36 by 2 days", "and 42?", "Extend EXP-042?"),
        ("how is 36 doing", "and 37?", "EXP-037 "),
    ],
)
def test_what_is_said_goes_on_with_what_was_said(lab, first, then, about):
    dm(lab, first)
    assert dm(lab, then).text.startswith(about)


def test_half_an_hour_later_nothing_goes_on(lab):
    dm(lab, "EXP-042")
    lab.later(minutes=31)
    assert (
        "Which experiment" in dm(lab, "give it 2 more days").text or "sure" in dm(lab, "it").text
    )
    assert not dm(lab, "kill it").text.startswith("Kill EXP-042")


def test_somebody_elses_conversation_is_not_mine(lab):
    dm(lab, "EXP-042")
    said = lab.write("kill it", by="UANA", channel="DANA")
    assert "EXP-042?" not in said.text


def test_below_an_answer_in_the_dm_its_experiment_is_meant(lab):
    asked = dm(lab, "EXP-036", ts="1795000000.000100")
    assert asked.text.startswith("EXP-036")
    dm(lab, "EXP-042", ts="1795000100.000100")
    below = dm(lab, "kill this", thread_ts="1795000001.000200")
    assert below.text.startswith("Kill EXP-036?")


def test_the_other_one_is_asked_about(lab):
    dm(lab, "how is EXP-036 doing")
    asked = dm(lab, "and the other one?")
    assert asked.text == "Which experiment do you mean?"
    assert press(lab, asked, "EXP-037").text.startswith("EXP-037")


def test_what_was_guessed_is_offered_first_and_done_only_when_pressed(lab):
    asked = dm(lab, "the infamous EXP-042 deserves a fair bit more days I'd argue zealously")
    if "sure" in asked.text:
        assert next(iter(buttons(asked))) == "More time for EXP-042…"
        asked = press(lab, asked, "More time for EXP-042…")
    assert "Extend EXP-042" in (asked.text or asked.modal["title"]["text"])


def test_a_team_that_was_chosen_is_meant_for_some_hours(talk):
    open_rounds(talk, LANGUAGE, VISION)
    asked = dm(talk, "hmm the thing with the pelicans")
    assert asked.text == WHICH
    vision = next(label for label in buttons(asked) if "Vision" in label)
    press(talk, asked, vision)
    talk.later(minutes=1)
    dm(talk, "board")
    again = dm(talk, "hmm the thing with the walruses")
    assert again.text != WHICH
    for hours, team in ((3, VISION), (5, 0)):
        then = talk.now + timedelta(hours=hours)
        with talk.lab.begin() as session:
            assert talks.team(session, (talk.workspace, "UBEN"), ("DBEN", ""), then) == team


def test_an_answer_says_whose_it_is_and_can_be_had_from_the_other_team(talk):
    open_rounds(talk)
    first = dm(talk, "who is blocked?")
    told = [label for label in buttons(first) if label.endswith(" instead")]
    assert len(told) == 1
    assert "This is about team" in str(first.blocks)
    talk.later(minutes=1)
    other = press(talk, first, told[0])
    assert [label for label in buttons(other) if label.endswith(" instead")] != told
    after = dm(talk, "who is blocked?")
    assert [label for label in buttons(after) if label.endswith(" instead")] != told


def test_who_is_in_one_team_reads_of_no_team(lab):
    assert "This is about team" not in str(dm(lab, "who is blocked?").blocks)


def test_what_was_refused_goes_on_with_another_experiment(talk):
    bring(talk, "safe")
    ticket(talk, 36, "UANA")
    refused = talk.write("promote 36", by="UANA", channel="DANA")
    assert "only evaluation leads to production" in refused.text
    meant = talk.write("no I meant EXP-001", by="UANA", channel="DANA")
    assert meant.text.startswith("Promote EXP-001?")


@pytest.mark.postgres
def test_two_sentences_at_the_same_moment_are_both_answered_and_kept(postgres_engine):
    talk = Conversation(engine=postgres_engine, table=table())
    know(talk, {"UANA": ("Ana", "UTC"), **BEN})
    for number in (36, 37, 42):
        ticket(talk, number, "UBEN")
    said = {}
    ways = {f"EXP-0{n}": f"1795000000.00{n}00" for n in (36, 37)}
    acts = [
        lambda text=text, ts=ts: said.update({text: dm(talk, text, ts=ts).text})
        for text, ts in ways.items()
    ]
    assert at_once(acts) == []
    assert all(said[text].startswith(text) for text in ways)
    with Session(postgres_engine) as session:
        kept = session.exec(select(Turn)).all()
    assert {turn.number for turn in kept} == {36, 37}
    assert dm(talk, "and 42?").text.startswith("EXP-042")


def test_of_more_than_five_teams_the_others_are_in_a_menu(talk):
    open_rounds(talk)
    with talk.lab.begin() as session:
        for name in ("Audio", "Search", "Robots", "Safety"):
            theirs = teams.begin(session, WORKSPACE, name, now=talk.now)
            teams.member(session, theirs, "UBEN", now=talk.now)
    told = dm(talk, "who is blocked?")
    rows = [block["elements"] for block in told.blocks if block["type"] == "actions"]
    switches = [one for row in rows for one in row if "instead" in str(one)]
    assert [one["type"] for one in switches] == ["button"] * 4 + ["static_select"]
    last = switches[-1]["options"][0]
    other = talk.press(switches[-1]["action_id"], last["value"], by="UBEN", channel="DBEN")
    assert "Nobody is stuck" in other.text
    with talk.lab.begin() as session:
        kept = session.exec(select(Turn).order_by(col(Turn.id).desc())).first()
        assert kept.team_id == int(last["value"].partition(":")[2])
