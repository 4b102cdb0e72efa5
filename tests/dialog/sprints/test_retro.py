"""Retros: one vote a person, ideas with or without a name, actions that come back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from jobs.sprints import sprint as job
from models import db
from models.decisions.proposal import Proposal
from models.experiments.experiment import Experiment
from models.sprints.retro import RetroIdea
from tests.sprints import arrange, decided, idea

RETRO = datetime(2026, 12, 4, 14, tzinfo=UTC)  # sprint 6, Friday 15:00 in Berlin
KEY = "sprint-retro:1:6"


@pytest.fixture
def retro(talk):
    """A retro that was posted: one good kill, one late one."""
    in_box = {"box_starts": date(2026, 11, 16), "box_ends": date(2026, 11, 29)}
    late = {"box_starts": date(2026, 11, 9), "box_ends": date(2026, 11, 22), "gpu_used": 30.0}
    arrange(talk, decided(1, date(2026, 11, 25), **in_box), decided(2, date(2026, 11, 27), **late),
            idea(7))  # fmt: skip
    talk.now = RETRO
    talk.run(job.hold)
    talk.deliver()
    return talk


def _shown(talk):
    rows = talk.sent(f"edit:{KEY}") or [row for row in talk.sent(KEY) if row.key == KEY]
    return str(rows[-1].payload["blocks"])


def test_good_and_late_kills_are_told_apart(retro):
    body = _shown(retro)
    assert "Good call: *EXP-001*" in body
    assert "before any rule asked" in body
    assert "Late: *EXP-002* Idea 2 · 5 days over its box, 125% of its GPU budget" in body
    assert "Not enough data: 2 decided so far, it takes 20" in body


def test_a_kill_long_after_a_rule_asked_is_late(talk):
    arrange(talk, decided(1, date(2026, 11, 30), box_ends=date(2026, 12, 5)))
    with db.transaction(talk.engine) as session:
        row = session.exec(select(Experiment)).one()
        asked = datetime(2026, 11, 23, 9, tzinfo=UTC)
        session.add(Proposal(
            team_id=row.team_id, experiment_id=row.id or 0, rule="out of reach", rule_version="1",
            action="kill", text="", at=asked, state="settled", settled_at=row.decided_at,
        ))  # fmt: skip
    talk.now = RETRO
    body = str(talk.say("/sprint retro").blocks)
    assert "Late: *EXP-001* Idea 1 · decided 5 working days after “out of reach” fired" in body


def test_one_vote_a_person_that_may_change(retro):
    retro.press("retro_yes", "6|kills", "UANA")
    retro.press("retro_yes", "6|kills", "UBEN")
    assert "Yes 2 · Partly 0 · No 0" in _shown(retro)
    said = retro.press("retro_no", "6|kills", "UBEN")
    assert "Your vote: No (it was Yes)" in said.text
    assert not said.replace
    assert "Yes 1 · Partly 0 · No 1" in _shown(retro)
    assert "2 voters" in retro.sent(f"edit:{KEY}")[-1].payload["text"]


def test_a_vote_in_ones_own_copy_changes_that_copy(retro):
    page = retro.say("/sprint retro", "UBEN")
    value = next(
        e["value"] for b in page.blocks if b["type"] == "actions" for e in b["elements"]
        if e["action_id"] == "retro_partly"
    )  # fmt: skip
    said = retro.press("retro_partly", value, "UBEN")
    assert said.replace
    assert "Partly 1" in str(said.blocks)
    assert "Partly 1" in _shown(retro)


def test_observers_read_along(retro):
    for said in (
        retro.press("retro_yes", "6|kills", "UOBS"),
        retro.send("retro_idea", {"text": "Something else"}, "UOBS", meta={"number": 6}),
        retro.send("retro_action", {"text": "Do it", "owner": "UBEN"}, "UOBS", meta={"number": 6}),
    ):
        assert "You are an observer here" in said.text + str(said.errors)
    assert "Yes 0" in _shown(retro)


def test_an_idea_without_a_name_keeps_neither_who_nor_when(retro):
    retro.press("retro_idea_open", "6", "UBEN")
    reply = retro.submit_open({"text": "Fewer meetings <!channel>", "name": "anonymous"}, "UBEN")
    assert "Fewer" not in reply.text
    with Session(retro.engine) as session:
        row = session.exec(select(RetroIdea)).one()
    assert (row.user_id, row.at.date()) == ("", date(2026, 11, 22))  # the sprint's first midnight
    (post,) = retro.sent(f"{KEY}:idea")
    assert post.payload["text"].startswith(
        "What should change, says somebody: Fewer meetings &lt;"
    )
    assert post.thread_of == KEY
    retro.press("retro_idea_open", "6", "UBEN")
    retro.submit_open({"text": "More GPUs"}, "UBEN")
    assert "says <@UBEN>" in retro.sent(f"{KEY}:idea")[-1].payload["text"]
    assert "More GPUs — <@UBEN>" in str(retro.say("/sprint retro").blocks)


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("retro_idea", {"text": "-"}),
        ("retro_action", {"text": "", "owner": "UBEN"}),
        ("retro_action", {"text": "Book GPUs", "owner": None}),
    ],
    ids=["idea", "action", "nobody"],
)
def test_nothing_said_is_refused_under_its_field(retro, form, values):
    assert retro.send(form, values, meta={"number": 6}).errors


def test_actions_come_back_until_they_are_done(retro):
    retro.press("retro_action_open", "6", "UBEN")
    assert "Action 1 is written down" in retro.submit_open({"text": "Book GPUs"}, "UBEN").text
    retro.send("retro_action", {"text": "Write guides", "owner": "UANA"}, meta={"number": 6})
    assert "*Action 1* Book GPUs" in _shown(retro)
    retro.press("retro_done", "2", "UANA")
    assert "~*Action 2* Write guides" in _shown(retro)
    retro.now = RETRO + timedelta(days=14)
    retro.run(job.hold)
    (nxt,) = [row for row in retro.sent("sprint-retro:1:7") if row.key == "sprint-retro:1:7"]
    body = str(nxt.payload["blocks"])
    assert "*Action 1* Book GPUs · <@UBEN> · since sprint 6" in body
    assert "Action 2" not in body
    assert "was done already, said Ana" in retro.say("/sprint done 2").text
    assert "Action 1 is done" in retro.say("/sprint done 1").text  # a lead may
    assert "No action is open" in retro.say("/sprint actions").text


def test_others_do_not_tick_off_what_is_not_theirs(retro):
    retro.send("retro_action", {"text": "Book GPUs", "owner": "UANA"}, meta={"number": 6})
    assert "Only a lead can tick off" in retro.say("/sprint done 1", "UBEN").text
    assert "1 open action" in retro.say("/sprint actions", "UBEN").text


def test_what_was_typed_and_not_sent_is_offered_again(retro):
    retro.close("retro_idea", {"text": "Half"}, "UBEN", meta={"number": 6})
    retro.close("retro_action", {"text": "Whole", "owner": "UANA"}, "UBEN", meta={"number": 6})
    assert "Half" in str(retro.press("retro_idea_open", "6", "UBEN").modal)
    form = str(retro.press("retro_action_open", "6", "UBEN").modal)
    assert "Whole" in form
    assert "UANA" in form
