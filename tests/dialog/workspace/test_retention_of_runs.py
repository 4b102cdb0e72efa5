"""/exp retention: inputs of evals, parameters of runs, and what never reached a ticket."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from core.evals.push import Line, Push
from jobs import housekeeping
from models.evals.gate import EvalPush
from models.tracking.beat import RunBeat
from models.tracking.issue import IssueDesk, IssueLink, IssueStep
from models.tracking.run import Run
from services.evals import gate
from tests.swept import CONNECT, sweep_in, trained
from tests.tickets import experiment, person, stored

SECRET = "customer 4711 cannot log in"


def pushed(talk, text):
    line = Line("e-1", scores={"accuracy": 0.0}, label="login", predicted="billing", text=text)
    made = Push("candidate", (line,), source="own, test.csv", by="ci")
    gate.push(talk.lab, 1, 42, made, gate=False)


@pytest.fixture
def old(talk):
    """What was told 40 days ago of EXP-042, which was killed, and of EXP-043, which is open."""
    stored(talk.engine, experiment((0.74,)), team_channel="CTEAM")
    stored(talk.engine, experiment((0.74,), number=43))
    person(talk.engine, "UANA", name="Ana", role="admin")
    talk.say(CONNECT)
    sweep_in(
        talk,
        trained("EXP-042 a", {"val_accuracy": [0.7]}, params={"out": "/home/ana", "data": "v7"}),
        trained("EXP-043 b", {"val_accuracy": [0.7]}, params={"out": "/home/ben"}),
        trained("loose", {"val_accuracy": [0.7]}, params={"out": "/home/cy"}),
    )
    pushed(talk, SECRET)
    with Session(talk.engine) as session:
        at = {"at": talk.now, "next_at": talk.now}
        first = session.exec(select(Run).where(Run.name == "EXP-042 a")).one()
        session.add(RunBeat(run_id=first.pk, host="anas-laptop"))
        desk = IssueDesk(team_id=1, number=1, kind="jira", url="https://a.example",
                         project="ML", connected_by="UANA", connected_at=talk.now)  # fmt: skip
        session.add(desk)
        session.flush()
        link = IssueLink(desk_id=desk.pk, experiment_id=first.experiment_id, key="ML-1", token="t",
                         linked_by="UANA", linked_at=talk.now)  # fmt: skip
        session.add(link)
        session.flush()
        for state in ("dead", "pending"):
            told = {"text": f"{state}: Ana learned"}
            session.add(IssueStep(desk_id=desk.pk, link_id=link.pk, kind="comment", told=told,
                                  mark=state, state=state, **at))  # fmt: skip
        session.commit()
    talk.say("/kill EXP-042 The curve bends at rank 32, more data will not help.", by="UANA")
    talk.now += timedelta(days=40)
    return talk


def kept(talk, kind):
    with Session(talk.engine) as session:
        return list(session.exec(select(kind).order_by(kind.id)))


def test_what_was_told_long_ago_goes_and_scores_and_open_work_stay(old):
    plan = old.say("/exp retention answers=30d", by="UANA")
    assert "inputs pushed with `--with-text`" in str(plan.blocks)
    old.run(housekeeping.forget_answers)
    assert SECRET in str(kept(old, EvalPush)[0].results)  # nothing was set yet
    old.press("retention_set", "30", by="UANA")
    before = kept(old, EvalPush)[0]
    old.now += timedelta(days=1)
    old.run(housekeeping.forget_answers)
    (push,) = kept(old, EvalPush)
    assert SECRET not in str(push.results)
    assert "'login', 'billing'" in str(push.results)
    assert push.content_hash == before.content_hash
    told = {run.name: (run.params, run.dataset) for run in kept(old, Run)}
    assert told == {
        "EXP-042 a": ({}, "v7"), "EXP-043 b": ({"out": "/home/ben"}, ""), "loose": ({}, ""),
    }  # fmt: skip
    assert [beat.host for beat in kept(old, RunBeat)] == [""]
    said = {step.mark: (step.state, step.told) for step in kept(old, IssueStep)}
    assert said["dead"] == ("replaced", {})
    assert said["pending"] == ("pending", {"text": "pending: Ana learned"})


def test_what_is_younger_stays(old):
    old.press("retention_set", "60", by="UANA")
    old.run(housekeeping.forget_answers)
    assert SECRET in str(kept(old, EvalPush)[0].results)
    assert all(run.params for run in kept(old, Run))
