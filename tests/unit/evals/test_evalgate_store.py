"""Pushes and judgements on both databases, also two at once."""

import threading

import pytest
from sqlmodel import Session, select

from core.errors import NotFound
from models.evals import gate as table
from models.evals.gate import EvalPush, GateAttempt
from services.evals import gate as evalgate
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from tests.conversation import START, TEAM, PlainTestWriter
from tests.evals import noisy, results
from tests.tickets import experiment, stored


@pytest.fixture
def lab(engine):
    """EXP-042 of a team with a channel."""
    stored(engine, experiment(), team_channel="CTEAM")
    return Lab(engine=engine, clock=lambda: START, writer=PlainTestWriter())


def push(lab, what, *, gate=True, number=42):
    return evalgate.push(lab, TEAM, number, what, gate=gate)


def rows(lab, kind):
    with Session(lab.engine) as session:
        return list(session.exec(select(kind).order_by(kind.id)))


def test_what_was_pushed_is_kept_whole_and_judged_the_same_later(lab):
    push(lab, noisy("baseline", n=60, share=0.9, seed=1, runs=3), gate=False)
    first = push(lab, noisy("candidate", n=60, share=0.9, seed=2, runs=3)).status
    again = evalgate.judge(lab, TicketRequest(TEAM, 42, "UANA", "judged"))
    assert again.metrics == first.metrics
    assert evalgate.gate_status(lab, TEAM, 42) == again
    (kept, _) = rows(lab, EvalPush)
    assert (kept.examples, kept.runs, kept.metrics) == (60, 3, ["accuracy"])


def test_every_attempt_is_stored_with_what_it_rested_on(lab):
    push(lab, results("baseline"), gate=False)
    push(lab, results())
    push(lab, results(wrong=20))
    push(lab, results(wrong=20))
    attempts = rows(lab, GateAttempt)
    assert [a.look for a in attempts] == [1, 2, 2]
    assert len({a.inputs for a in attempts}) == 2
    assert attempts[1].p_anytime is not None
    assert attempts[0].verdicts[0]["metric"] == "accuracy"


def test_an_experiment_that_was_never_judged_or_is_unknown(lab):
    assert evalgate.gate_status(lab, TEAM, 42) is None
    with pytest.raises(NotFound):
        evalgate.gate_status(lab, TEAM, 7)
    with pytest.raises(NotFound):
        push(lab, results(), number=7)


@pytest.mark.postgres
def test_two_pushes_at_once_are_both_kept_and_both_judged(postgres_engine):
    stored(postgres_engine, experiment(), team_channel="CTEAM")
    lab = Lab(engine=postgres_engine, clock=lambda: START, writer=PlainTestWriter())
    ready, done = threading.Barrier(2), []

    def run(wrong):
        ready.wait(10)
        done.append(push(lab, results(wrong=wrong)))

    threads = [threading.Thread(target=run, args=(wrong,)) for wrong in (10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) == 2
    assert sorted(a.look for a in rows(lab, GateAttempt)) == [1, 2]
    with Session(postgres_engine) as session:
        (latest,) = table.latest_by_experiment(session, 1)
        newest = table.newest_head(session, 1, "candidate")
    assert latest.candidate_hash == newest.content_hash
    assert evalgate.gate_status(lab, TEAM, 42).current


def test_an_old_gates_list_holds_each_experiment_once(lab, engine):
    stored(engine, experiment(number=43))
    for number in (42, 43, 42):
        push(lab, results(wrong=number), number=number)
    with Session(engine) as session:
        found = table.latest_by_experiment(session, 1)
    assert [a.id for a in found] == [3, 2]
