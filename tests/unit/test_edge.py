"""Inputs are kept once, refusals and faults become sentences; on both databases."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from core.errors import NotAllowed, Refused
from handlers import edge
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.table import merge
from models import db
from models.inbox import Inbox
from models.team import Team
from services.ports import Lab
from tests import seeded
from tests.conversation import PlainTestWriter

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def _join(lab: Lab, ask: Ask) -> Reply:
    with lab.begin() as session:
        found = session.get_one(Team, ask.team_id)
        found.name += "x"
        return Reply(text=f"joined {found.name}")


def _refuse(lab: Lab, ask: Ask) -> Reply:
    _join(lab, ask)
    raise Refused("Not like this.", "Type that.", field="amount")


def _deny(_lab: Lab, _ask: Ask) -> Reply:
    raise NotAllowed("Only leads.", offer=("Ask a lead", "ask_lead", "42"))


def _break(lab: Lab, ask: Ask) -> Reply:
    _join(lab, ask)
    raise ZeroDivisionError


VERBS = {"join": _join, "refuse": _refuse, "deny": _deny, "break": _break}
TABLE = merge(
    [
        Routes(
            verbs=[Verb("/x", name, "", "", run) for name, run in VERBS.items()],
            forms={"refuse": _refuse, "join": _join},
        )
    ]
)


@pytest.fixture
def lab(engine):
    seeded.team(engine, "T1")
    return Lab(engine=engine, clock=lambda: NOW, writer=PlainTestWriter())


def _ask(text: str, key: str = "k1", **more: Any) -> Ask:
    more = {"kind": "command", "name": "/x"} | more
    return Ask(workspace="T1", user="U1", now=NOW, key=key, text=text, **more)


def _rows(lab: Lab) -> list[Inbox]:
    with Session(lab.engine) as session:
        return list(session.exec(select(Inbox)))


def _team_name(lab: Lab) -> str:
    with lab.begin() as session:
        return session.exec(select(Team)).one().name


def test_the_same_input_again_gets_the_first_answer_and_has_no_effect(lab):
    answers = [edge.answer(lab, TABLE, _ask("join"), {}).text for _ in range(3)]
    assert answers == ["joined x"] * 3
    assert _team_name(lab) == "x"


def test_a_form_sent_by_a_double_click_takes_effect_once(lab):
    for trigger in ("t1", "t2"):
        ask = _ask("", key=trigger, kind="submit", name="join", once="view:V1:h1")
        assert edge.answer(lab, TABLE, ask, {}).text == "joined x"
    assert _team_name(lab) == "x"


def test_a_form_that_was_refused_can_be_sent_again(lab):
    ask = _ask("", key="t1", kind="submit", name="refuse", once="view:V1:h1")
    assert edge.answer(lab, TABLE, ask, {}).errors == {"amount": "Not like this. Type that."}
    again = _ask("", key="t2", kind="submit", name="join", once="view:V1:h1")
    assert edge.answer(lab, TABLE, again, {}).text == "joined x"


def test_a_refusal_leaves_no_trace_but_is_kept(lab):
    reply = edge.answer(lab, TABLE, _ask("refuse"), {})
    assert reply.text == "Not like this. Type that."
    assert _team_name(lab) == ""
    assert [row.state for row in _rows(lab)] == ["refused"]


def test_a_refusal_can_offer_a_way_on(lab):
    reply = edge.answer(lab, TABLE, _ask("deny"), {})
    assert reply.blocks[-1]["elements"][0]["action_id"] == "ask_lead"


def test_a_fault_of_ours_is_told_with_a_reference_and_nothing_typed_is_lost(lab):
    reply = edge.answer(lab, TABLE, _ask("break"), {"text": "break a leg"})
    (row,) = _rows(lab)
    assert row.reference in reply.text
    assert len(row.reference) == 8
    assert (row.state, row.body) == ("failed", {"text": "break a leg"})
    assert _team_name(lab) == ""


def test_two_twins_at_once_have_one_effect(lab, tmp_path):
    barrier = threading.Barrier(2)
    heard: list[str] = []

    def send() -> None:
        barrier.wait()
        heard.append(edge.answer(lab, TABLE, _ask("join"), {}).text)

    if db.is_sqlite(lab.engine):  # one connection in memory cannot be shared by two threads
        lab = replace(lab, engine=db.open_engine(f"sqlite:///{tmp_path}/twins.db"))
        db.migrate(lab.engine)
    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == ["joined x"] * 2
    assert _team_name(lab) == "x"
    lab.engine.dispose()


def test_people_of_other_workspaces_are_refused(lab):
    reply = edge.answer(lab, TABLE, _ask("join", foreign=True), {})
    assert "Only people of this workspace" in reply.text
    assert _rows(lab) == []
