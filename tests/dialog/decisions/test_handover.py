"""An experiment goes to another team: asked, agreed, moved with all that is its own."""

import pytest
from sqlmodel import Session, select

from jobs.decisions import approval as job
from models.experiments.experiment import Change
from models.experiments.experiment import Experiment as Row
from models.experiments.measurement import Measurement
from models.workspace.audit import TeamEvent
from tests.places import OPEN, PRIVATE, said, world


@pytest.fixture(scope="module")
def three():
    with world(OPEN, PRIVATE) as here:
        yield here


@pytest.fixture
def talk(three):
    three.touched = ["all"]
    three.restore()
    three.talk.now = three.talk.now.replace(day=23, hour=9)
    return three.talk


def _offer(talk, line="/exp handover EXP-042 to Vision it fits there", by="ULEE"):
    return talk.say(line, by=by)


def _yes(talk, by="ULEE2", number="1"):
    return talk.press("handover_yes", number, by=by, team_id=OPEN.n, channel="CLEADS2")


def _whose(talk, number=42):
    with Session(talk.engine) as session:
        row = session.exec(select(Row).where(Row.number == number)).one()
        return row.team_id, row.owner


def test_both_leads_agree_and_it_moves_with_its_history_and_learnings(talk):
    talk.say("/exp update EXP-042 0.83 'more data'", by="UANA")
    talk.say("/learn add EXP-042 labels matter", by="UANA")
    asked = _offer(talk)
    assert asked.text == "EXP-042 is offered to Vision; its leads are asked."
    [request] = talk.sent("handover:1:CLEADS2")
    assert request.team_id == OPEN.n
    assert "the first team offers EXP-042 to your team (<@ULEE>)" in request.payload["text"]
    done = _yes(talk)
    assert done.text == ("EXP-042: taken by <@ULEE2>. Its owner is not in your team: name one.")
    assert done.blocks[-1]["elements"][0]["action_id"] == "edit_open"
    assert _whose(talk) == (OPEN.n, "")
    assert "0.83" in said(talk.say("/exp history EXP-042", by="UANA2", channel="CTEAM2"))
    assert "handed over" in said(talk.say("/exp history EXP-042", by="UANA2", channel="CTEAM2"))
    assert "labels matter" in said(talk.say("/learn EXP-042", by="UANA2", channel="CTEAM2"))
    assert talk.say("/exp list", by="UANA").text == "1 open experiment."
    with Session(talk.engine) as session:
        row = session.exec(select(Row).where(Row.number == 42)).one()
        assert session.exec(select(Measurement).where(Measurement.experiment_id == row.id)).first()
        theirs = select(Change.team_id).where(Change.experiment_id == row.id)
        assert set(session.exec(theirs)) == {OPEN.n}


def test_both_channels_and_the_asker_are_told_once(talk):
    _offer(talk)
    _yes(talk)
    _yes(talk)
    [left], [came] = talk.sent("handover:1:left"), talk.sent("handover:1:came")
    assert (left.channel, came.channel) == ("CTEAM", "CTEAM2")
    assert left.payload["text"] == "EXP-042 goes to Vision, with its history (<@ULEE>)"
    assert came.payload["text"] == "EXP-042 comes from the first team, taken by <@ULEE2>"
    [answer] = talk.sent("handover:1:answer")
    assert (answer.channel, answer.payload["text"]) == (
        "ULEE", "EXP-042 to Vision: taken by <@ULEE2>."
    )  # fmt: skip


def test_who_owns_it_stays_its_owner_in_a_team_they_are_in(talk):
    talk.say("/team add <@UANA>", by="ULEE2", channel="CTEAM2")
    _offer(talk)
    assert _yes(talk).text == "EXP-042: taken by <@ULEE2>."
    assert _whose(talk) == (OPEN.n, "UANA")


def test_what_waits_for_the_old_leads_is_over(talk):
    """An extension of EXP-042 waits in this world."""
    _offer(talk)
    _yes(talk)
    edits = [row for row in talk.sent("") if row.target == "approval:1:CLEADS"]
    assert "not possible any more" in edits[-1].payload["text"]
    [answer] = talk.sent("approval:1:answer")
    assert answer.channel == "UANA"


def test_a_budget_that_waits_for_the_old_leads_is_over_too(talk):
    assert "they are asked" in talk.press("budget_ask", "42", by="UANA").text
    _offer(talk)
    _yes(talk)
    [over] = talk.sent("edit:approval:4:CLEADS")
    assert "not possible any more" in over.payload["text"]
    assert "let it use 24 GPU-hours" in over.payload["text"]


def test_its_posts_are_the_new_teams_from_then_on(talk):
    talk.say("/exp move EXP-042 evaluation done", by="ULEE")
    talk.say("/exp update EXP-042 0.84", by="UANA")
    _offer(talk)
    _yes(talk)
    posts = [row for row in talk.sent(":EXP-042:") if row.kind == "post"]
    assert {row.team_id for row in posts} <= {OPEN.n}


@pytest.mark.parametrize(
    ("line", "by", "heard"),
    [
        ("42 to Vision why not", "UANA", "Only a lead can hand an experiment over"),
        ("42 to Quagga why not", "ULEE", "I don't see a team called “Quagga”"),
        ("42 to Nowhere why not", "ULEE", "I don't see a team called “Nowhere”"),
        ("242 to Vision why not", "ULEE", "There is no EXP-242."),
        ("7 to Vision why not", "ULEE", "EXP-007 was killed"),
        ("42 to Vision", "ULEE", "Why should it go there?"),
        ("42", "ULEE", "Which experiment goes to which team?"),
        ("42 to the first team why", "ULEE", "EXP-042 is of that team already."),
    ],
)
def test_what_is_refused(talk, line, by, heard):
    assert heard in talk.say(f"/exp handover {line}", by=by).text
    assert talk.sent("handover:") == []


def test_one_that_waits_is_not_offered_twice(talk):
    _offer(talk)
    assert _offer(talk, by="UMIA").text.startswith("EXP-042 was offered already and waits.")


def test_only_a_lead_there_takes_it_and_who_asked_may_take_it_back(talk):
    _offer(talk)
    assert _yes(talk, by="UANA2").text.startswith("Only a lead can decide this.")
    mine = talk.press("handover_yes", "1", by="ULEE", team_id=1)
    assert mine.text.startswith("I don't find that request")
    back = talk.press("handover_no", "1", by="ULEE", team_id=1)
    assert back.text == "EXP-042: taken back."
    assert _yes(talk).text == "EXP-042: taken back."
    assert _whose(talk)[0] == 1


def test_declined_it_stays_and_may_be_offered_again(talk):
    _offer(talk)
    no = talk.press("handover_no", "1", by="ULEE2", team_id=OPEN.n)
    assert no.text == "EXP-042: declined by <@ULEE2>."
    assert _whose(talk)[0] == 1
    assert "is offered to Vision" in _offer(talk).text


def test_nobody_decides_for_three_working_days(talk):
    _offer(talk)
    talk.later(days=2)
    talk.run(job.expire)
    assert talk.sent("handover:1:answer") == []
    talk.later(days=2)
    talk.run(job.expire)
    [answer] = talk.sent("handover:1:answer")
    assert "nobody decided within 3 working days" in answer.payload["text"]
    assert _yes(talk).text == "EXP-042: nobody decided within 3 working days."


def test_what_was_killed_meanwhile_is_not_taken(talk):
    _offer(talk)
    talk.say("/kill EXP-042 it overfits on everything", by="UANA")
    assert "not possible any more" in _yes(talk).text
    assert _whose(talk)[0] == 1


def test_into_a_private_team_its_name_stays_with_its_people(talk):
    _offer(talk, "/exp handover EXP-042 to Quagga it is secret", by="UADM")
    talk.press("handover_yes", "1", by="ULEE3", team_id=PRIVATE.n)
    assert _whose(talk)[0] == PRIVATE.n
    [left] = talk.sent("handover:1:left")
    assert left.payload["text"] == "EXP-042 goes to another team, with its history (<@UADM>)"
    assert talk.say("/exp EXP-042", by="UANA").text.startswith("There is no EXP-042.")


def test_both_teams_audit_it(talk):
    _offer(talk)
    _yes(talk)
    with Session(talk.engine) as session:
        rows = session.exec(select(TeamEvent).where(TeamEvent.subject == "handover")).all()
    assert sorted((row.team_id, row.what) for row in rows) == [
        (1, "asked to hand over"), (1, "handover accepted"),
        (OPEN.n, "asked to hand over"), (OPEN.n, "handover accepted"),
    ]  # fmt: skip


def test_who_took_it_does_not_undo_it_by_themselves(talk):
    _offer(talk)
    _yes(talk)
    undone = talk.say("/exp undo", by="ULEE2", channel="CTEAM2")
    assert undone.text.startswith("EXP-042 came from another team, which is not undone.")
    assert _whose(talk) == (OPEN.n, "")


def test_who_is_in_neither_team_changes_it_no_more(talk):
    """Its old owner reads it in an open team, and is offered to join."""
    _offer(talk)
    _yes(talk)
    assert talk.say("/exp EXP-042", by="UANA").text.startswith("EXP-042 · experiment")
    refused = talk.say("/exp update EXP-042 0.9", by="UANA")
    assert refused.text.startswith("You are not in Vision: you can read everything")


def test_nobody_takes_it_alone_to_where_safety_is_looser(talk):
    talk.say("/gate done toml", by="ULEE")
    text = '[[metric]]\nname = "toxicity"\ngroup = "safety"\nthreshold = 0.9'
    assert "Saved" in talk.submit_open({"toml": text}, by="ULEE").text
    talk.say("/team add <@ULEE> lead", by="ULEE2", channel="CTEAM2")
    _offer(talk)
    assert "looser on safety, so another lead has to take it" in _yes(talk, by="ULEE").text
    assert _whose(talk)[0] != OPEN.n
    _yes(talk)
    assert _whose(talk)[0] == OPEN.n
