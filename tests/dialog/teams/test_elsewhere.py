"""Where no team is at home: a channel that is nobody's, a person who is in no team."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from core.experiments.experiment import FIELDS
from handlers.routes import table
from models.experiments.experiment import Experiment
from models.team import Team
from services import pending
from services.team import begin
from tests.conversation import WORKSPACE, Conversation
from tests.teams import roles, settings, shown, vision
from tests.tickets import experiment


def _buttons(reply):
    found = [one for block in reply.blocks for one in block.get("elements", ())]
    return {one["text"]["text"]: one for one in found if one["type"] == "button"}


def test_who_is_in_no_team_writes_nothing_in_a_channel_that_is_nobodys(lab):
    heard = lab.say("/blocker new the cluster is down", by="UZOE", channel="CFREE")
    assert heard.text.startswith("This channel belongs to no team, and you are in none")
    assert set(_buttons(heard)) == {"Start a team here", "It is for NLP"}
    assert roles(lab, "NLP").get("UZOE") is None
    assert "cluster" not in shown(lab.say("/blocker list", by="UANA", channel="CNLP"))


def test_it_is_for_that_team_goes_on_with_what_was_typed(lab):
    button = _buttons(lab.say("/blocker new the cluster is down", by="UZOE", channel="CFREE"))
    press = button["It is for NLP"]
    heard = lab.press(press["action_id"], press["value"], by="UZOE", channel="CFREE")
    assert "BLK-001" in heard.text
    assert heard.replace
    assert roles(lab, "NLP")["UZOE"] == "member"
    again = lab.press(press["action_id"], press["value"], by="UZOE", channel="CFREE").text
    assert again.startswith("What you typed has gone on already, or waited too long.")


def test_a_team_is_started_there_with_the_button(lab):
    button = _buttons(lab.say("/exp new", by="UZOE", channel="CFREE"))["Start a team here"]
    form = lab.press(button["action_id"], button["value"], by="UZOE", channel="CFREE").modal
    assert '"initial_conversation": "CFREE"' in str(form).replace("'", '"')
    lab.submit_open({"name": "Vision", "team_channel": "CFREE"}, by="UZOE")
    assert lab.say("/exp new", by="UZOE", channel="CFREE").modal


@pytest.mark.parametrize(
    ("said", "by", "channel"),
    [
        ("/exp list", "UZOE", "CFREE"),  # reads
        ("/exp new", "UANA", "CFREE"),  # is of the team
        ("/exp new", "UADA", "CFREE"),  # leads every team
        ("/exp new", "UZOE", "CNLP"),  # the team's own channel
        ("/exp new", "UZOE", "DZOE"),  # her own messages
    ],
)
def test_everything_else_goes_on_as_before(lab, said, by, channel):
    heard = lab.say(said, by=by, channel=channel)
    assert "belongs to no team" not in heard.text
    assert heard.modal or heard.text


def test_an_id_says_whose_it_is_in_any_channel(lab):
    heard = lab.say("/exp update EXP-042 0.83", by="UZOE", channel="CFREE").text
    assert "belongs to no team" not in heard


def test_who_reads_a_digest_answers_it_there(lab):
    values = settings(team_channel="CNLP", digest_channel="CEXEC")
    lab.send("setup", values, by="ULEE", channel="CNLP")
    assert lab.say("/need add", by="UVP", channel="CEXEC").modal
    vision(lab)
    assert set(_buttons(lab.say("/exp new", by="UNEW", channel="CEXEC"))) == {"NLP", "Vision"}


def test_while_no_team_has_a_channel_nobody_is_asked(talk):
    assert talk.say("/exp new", by="UZOE", channel="CFREE").modal


def test_a_private_team_is_not_named_where_it_would_be_meant(lab):
    lab.say("/team private", by="ULEE", channel="CNLP")
    heard = lab.say("/exp new", by="UZOE", channel="CFREE")
    assert set(_buttons(heard)) == {"Start a team"}
    assert "NLP" not in heard.text + shown(heard)


def test_with_several_teams_who_is_in_none_is_asked_and_can_start_one(lab):
    vision(lab)
    heard = lab.say("/exp new", by="UNEW", channel="DNEW")
    assert set(_buttons(heard)) == {"NLP", "Vision"}
    heard = lab.say("/exp new", by="UNEW", channel="CFREE")
    assert set(_buttons(heard)) == {"NLP", "Vision", "Start a team here"}


def test_all_teams_private_says_whom_to_ask(lab):
    vision(lab)
    lab.say("/team private", by="UZOE", channel="CVIS")
    lab.say("/team private", by="ULEE", channel="CNLP")
    heard = lab.say("/exp new", by="UNEW", channel="DNEW").text
    assert heard.startswith("You are in no team here yet. Ask an admin or a lead to add you")
    with Session(lab.engine) as session:
        assert len(list(session.exec(select(Team)))) == 2


def test_more_than_twenty_teams_are_asked_for_in_a_menu_by_name(lab):
    with Session(lab.engine) as session, session.begin():
        for n in range(22):
            begin(session, WORKSPACE, f"Team {n}", now=lab.now)
    heard = lab.say("/exp new", by="UNEW", channel="DNEW")
    menu = heard.blocks[-1]["elements"][0]
    assert menu["type"] == "static_select"
    assert [one["text"]["text"] for one in menu["options"]][:2] == ["NLP", "Team 0"]
    picked = menu["options"][3]
    heard = lab.press(menu["action_id"], picked["value"], by="UNEW", channel="DNEW")
    assert heard.modal
    assert (heard.text, heard.replace) == ("That went to Team 2.", True)


@pytest.mark.parametrize("value", ["", "7", "x:1", "7:x", "99:1"])
def test_a_pick_that_says_nothing_is_answered_with_what_to_do(lab, value):
    heard = lab.press("team_meant_0", value, by="UZOE", channel="DZOE").text
    assert "Send it once more if it is still to be done." in heard


def test_a_pick_of_a_team_that_is_gone_keeps_what_was_typed(lab):
    vision(lab)
    press = _buttons(lab.say("/exp new", by="UNEW", channel="DNEW"))["Vision"]
    lab.press("team_archive", "2", by="UZOE", team_id=2)
    heard = lab.press(press["action_id"], press["value"], by="UNEW", channel="DNEW").text
    assert "That team is not here any more." in heard
    nlp = press["value"].replace(":2", ":1")
    assert lab.press("team_meant_0", nlp, by="UNEW", channel="DNEW").modal


def test_somebody_elses_pick_takes_nothing(lab):
    vision(lab)
    press = _buttons(lab.say("/exp new", by="UNEW", channel="DNEW"))["Vision"]
    heard = lab.press(press["action_id"], press["value"], by="UBEN", channel="DBEN").text
    assert "has gone on already" in heard


_WAITS = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"


@pytest.mark.postgres
def test_of_two_presses_at_once_one_goes_on(postgres_engine: Engine):
    lab = Conversation(engine=postgres_engine, table=table()).lab
    looking = postgres_engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    name = (postgres_engine.url.database,)
    number = pending.keep(lab, WORKSPACE, "UZOE", {"text": "/exp new"})
    with ThreadPoolExecutor() as pool:
        with lab.begin() as session:
            assert pending.take(lab.within(session), WORKSPACE, "UZOE", number)
            second = pool.submit(pending.take, lab, WORKSPACE, "UZOE", number)
            while not looking.exec_driver_sql(_WAITS, name).first() and not second.done():
                pass
        assert second.result() is None
    looking.close()


# Commands that take an id, as they are typed; ULEE leads NLP and is not in Vision.
TAKES_ID = (
        "/exp show {}", "/exp edit {}", "/exp update {} 0.9", "/exp move {} evaluation",
        "/exp extend {} 3d more data came", "/exp promote {} it works on all data",
        "/exp reopen {} the labels were wrong", "/exp history {}", "/exp chart {}", "/exp {}",
        "/exp audit {}", "/exp rules {}", "/exp llm {} never", "/exp report {}",
        "/kill {} it overfits on the new corpus", "/gate {}", "/gate show {}", "/gpu done {}",
        "/gpu leave {}", "/gpu run {}", "/gpu up {}", "/board {}", "/sprint add {} it is urgent",
        "/sprint drop {} not now", "/data new Tickets experiment={}", "/learn add {} it was wrong",
)  # fmt: skip


@pytest.mark.parametrize("channel", ["CNLP", "CFREE", "DLEE"])
def test_a_private_teams_ticket_is_as_one_that_is_not_there(lab, channel):
    vision(lab)
    with Session(lab.engine) as session, session.begin():
        _hidden(session)
    lab.say("/team private", by="UZOE", channel="CVIS")
    for said in TAKES_ID:
        hidden = _heard(lab.say(said.format("EXP-051"), by="ULEE", channel=channel))
        assert hidden == _heard(lab.say(said.format("EXP-052"), by="ULEE", channel=channel)), said
        assert "Hidden" not in hidden
        assert "our fault" not in hidden


def _hidden(session):
    """EXP-051 of team 2."""
    value = experiment((), number=51, title="Hidden")
    session.add(Experiment(team_id=2, **{name: getattr(value, name) for name in FIELDS}))


def _heard(reply):
    said = f"{reply.text} {shown(reply)} {reply.modal} {reply.errors}"
    return re.sub(r"\b0?5[12]\b", "N", said)
