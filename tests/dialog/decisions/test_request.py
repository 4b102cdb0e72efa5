"""A refusal that becomes a question to the leads."""

import pytest
from sqlmodel import Session, select

from jobs.decisions.proposal import propose
from models import outbox
from models.decisions.kill_request import KillRequest
from models.experiments.experiment import Experiment as Row
from tests.tickets import experiment, person, stored

WHY = "it has not moved since last week"


@pytest.fixture
def lab(talk):
    """Ana owns EXP-042, Lee leads, Ben does neither."""
    for user_id, role in (("UANA", "member"), ("UBEN", "member"), ("ULEE", "lead")):
        person(talk.engine, user_id, role=role)
    stored(talk.engine, experiment(), team_channel="CTEAM", leads_channel="CLEADS")
    return talk


def ask(lab, by="UBEN", reason=WHY):
    return lab.send("kill_ask", {"reason": reason}, by, meta={"number": 42})


def requests(lab):
    with Session(lab.engine) as session:
        return session.exec(select(KillRequest)).all()


def offered(reply):
    return reply.blocks[-1]["elements"][0]


def test_the_refusal_offers_to_ask_and_what_was_typed_goes_along(lab):
    button = offered(lab.say(f"/kill EXP-042 {WHY}", by="UBEN"))
    assert (button["text"]["text"], button["action_id"]) == ("Ask a lead to kill it", "kill_ask")
    form = lab.press("kill_ask", button["value"], by="UBEN").modal
    assert WHY in str(form["blocks"])
    reply = lab.submit_open({}, by="UBEN")
    assert reply.text == "The leads are asked about EXP-042; you will hear what is decided."
    (row,) = lab.sent("request:1:")
    assert (row.channel, row.payload["text"]) == ("CLEADS", "EXP-042: <@UBEN> asks to kill it")
    assert WHY in str(row.payload["blocks"])
    buttons = [e["action_id"] for e in row.payload["blocks"][-1]["elements"]]
    assert buttons == ["kill_open", "kill_keep"]


def test_without_a_leads_channel_each_lead_gets_it(talk):
    for user_id in ("ULEE", "UMIA"):
        person(talk.engine, user_id, role="lead")
    stored(talk.engine, experiment())
    ask(talk)
    assert [row.channel for row in talk.sent("request:")] == ["ULEE", "UMIA"]


def test_in_a_team_without_leads_the_owner_is_asked(talk):
    stored(talk.engine, experiment())
    button = offered(talk.say("/kill 42", by="UBEN"))
    assert button["text"]["text"] == "Ask the owner to kill it"
    assert "The owner is asked about EXP-042" in ask(talk).text
    assert talk.sent("request:")[0].channel == "UANA"


def test_anybody_decides_when_the_owner_left_a_team_without_leads(talk):
    person(talk.engine, "UANA", active=False)
    stored(talk.engine, experiment())
    assert talk.say("/kill 42 nobody looks after it any more", by="UBEN").text.startswith(
        "EXP-042 is killed"
    )


def test_the_same_person_asks_once_a_day_and_another_one_too(lab):
    ask(lab)
    assert "today already; it is with the leads" in ask(lab).text
    person(lab.engine, "UCAT")
    ask(lab, by="UCAT")
    assert len(requests(lab)) == 2
    lab.later(days=1)
    ask(lab)
    assert len(requests(lab)) == 3


@pytest.mark.parametrize("reason", ["", "-", "n/a"])
def test_a_request_needs_a_reason(lab, reason):
    assert "Give a reason" in ask(lab, reason=reason).errors["reason"]


def test_who_may_decide_is_told_so(lab):
    assert "You may decide that yourself" in lab.press("kill_ask", "42", by="ULEE").text


def test_a_closed_form_keeps_the_reason(lab):
    lab.press("kill_ask", "42", by="UBEN")
    lab.close("kill_ask", {"reason": WHY}, by="UBEN", meta={"number": 42})
    assert WHY in str(lab.press("kill_ask", "42", by="UBEN").modal["blocks"])


def test_keep_tells_the_requester_and_edits_the_question(lab):
    ask(lab)
    heard = lab.press("kill_keep", "1", by="ULEE").text
    assert heard == "EXP-042 is kept by <@ULEE>; <@UBEN> knows."
    (answer,) = lab.sent("request:1:answer")
    assert answer.channel == "UBEN"
    assert answer.payload["text"] == "EXP-042 goes on: <@ULEE> decided to keep it for now."
    (edit,) = lab.sent("edit:request:1:")
    assert edit.payload["text"] == "EXP-042: kept by <@ULEE> (<@UBEN> asked)"
    assert "kill_keep" not in str(edit.payload["blocks"])


def test_a_second_press_of_keep_hears_who_was_first(lab):
    ask(lab)
    lab.press("kill_keep", "1", by="ULEE")
    assert "kept by <@ULEE>" in lab.press("kill_keep", "1", by="UANA").text
    assert len(lab.sent("request:1:answer")) == 1


def test_only_who_may_decide_keeps(lab):
    ask(lab)
    assert "Only the owner (ana) or a lead can keep" in lab.press("kill_keep", "1", by="UBEN").text
    assert "don't find that request" in lab.press("kill_keep", "77", by="ULEE").text


def test_a_kill_answers_the_request(lab):
    ask(lab)
    lab.press("kill_open", "42", by="ULEE")
    lab.submit_open({"learnings": "the data were too noisy to tell"}, by="ULEE")
    assert lab.sent("request:1:answer")[0].payload["text"] == (
        "EXP-042 was killed by <@ULEE>, as you asked."
    )
    (edit,) = lab.sent("edit:request:1:")
    assert edit.payload["text"] == "EXP-042: killed by <@ULEE> (<@UBEN> asked)"
    assert "killed by <@ULEE>" in lab.press("kill_keep", "1", by="UANA").text


def test_a_promotion_answers_the_request_at_the_next_tick(lab):
    ask(lab)
    with Session(lab.engine) as session:
        found = session.exec(select(Row)).one()
        found.stage, found.outcome, found.decided_by = "production", "promoted", "ULEE"
        session.commit()
    lab.run(propose)
    assert "was decided by <@ULEE>: it is in production" in str(lab.sent("request:1:answer"))


def test_a_killed_ticket_cannot_be_asked_for(lab):
    lab.say("/kill 42 the data were too noisy to tell", by="ULEE")
    assert "EXP-042 was already killed by lee." in lab.press("kill_ask", "42", by="UBEN").text
    assert "too old" in lab.press("kill_ask", "", by="UBEN").text


@pytest.mark.parametrize("state", ["held", "dead"])
def test_a_question_that_the_leads_channel_does_not_take_goes_to_each_lead(lab, state):
    ask(lab)
    with Session(lab.engine) as session:
        row = outbox.find(session, "request:1:CLEADS")
        row.state, row.error, row.not_before = state, "channel_not_found", None
        session.commit()
    told = ask(lab).text
    assert "I could not post to <#CLEADS> (channel_not_found)" in told
    assert "Each lead has it by direct message" in told
    assert [row.channel for row in lab.sent("request:1:")] == ["CLEADS", "ULEE"]
    with Session(lab.engine) as session:
        again = outbox.find(session, "request:1:CLEADS")
        assert again.state == "pending" or again.not_before is not None
    lab.press("kill_keep", "1", by="ULEE")
    assert {row.target for row in lab.sent("edit:request:1:")} == {
        "request:1:CLEADS",
        "request:1:ULEE",
    }
