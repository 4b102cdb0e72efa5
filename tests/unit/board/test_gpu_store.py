"""The GPU queue and engineering tickets in the store: two people at once, on both databases."""

from dataclasses import replace

import pytest

from core.board.gpu import Capacity, Queue, stored
from core.errors import Refused
from models import audited, db
from models.board.engineering import EngineeringChange
from services.audited import ChangeRequest
from services.board import engineering_changes, gpu, gpu_queue, workflow
from services.experiments import experiment as experiments
from services.ports import Lab
from tests import seeded
from tests.gpus import ready
from tests.unit.experiments.test_experiment_store import BOTH, TEAM, _at_once, _lab
from tests.unit.experiments.test_experiment_store import shared as shared


def _move(lab: Lab, number: int) -> object:
    """What the edge does with `/exp move`: queue or move, in one transaction."""
    act = experiments.TicketRequest(TEAM, number, "UANA", "moved")
    with lab.begin() as session:
        joined = lab.within(session)
        queue = gpu_queue.ask(joined, act, "experiment")
        return queue or workflow.move(joined, act, "experiment")


@BOTH
def test_of_two_who_start_at_once_one_trains_and_one_waits(shared):
    seeded.team(shared, settings={"gpu": stored(Capacity(places=1))})
    seeded.tickets(shared, ready(43), ready(44))
    results = _at_once(shared, 2, lambda n: _move(_lab(shared), 43 + n))
    assert sorted(type(r).__name__ for r in results) == ["Changed", "Queue"]
    (queue,) = [r for r in results if isinstance(r, Queue)]
    assert len(queue.waiting) == 1


@BOTH
def test_a_gpu_released_twice_at_once_is_released_once(shared):
    seeded.team(shared, settings={"gpu": stored(Capacity(places=1))})
    seeded.tickets(shared, ready(43), ready(44))
    _move(_lab(shared), 43)
    _move(_lab(shared), 44)
    act = experiments.TicketRequest(TEAM, 43, "UANA", "gpu")
    results = _at_once(shared, 2, lambda _n: gpu.release(_lab(shared), act))
    assert sorted(type(r).__name__ for r in results) == ["Refused", "str"]


@BOTH
def test_a_ticket_closed_twice_at_once_is_closed_once(shared):
    seeded.team(shared)
    typed = {"title": "Serve it", "kind": "infra"}
    engineering_changes.create(_lab(shared), TEAM, ChangeRequest(0, "UANA", typed=typed))
    act = ChangeRequest(1, "UANA", "good enough")
    results = _at_once(
        shared, 2, lambda _n: engineering_changes.done(_lab(shared), TEAM, ("", ""), act)
    )
    assert sorted(type(r).__name__ for r in results) == ["Refused", "WrittenTicket"]
    assert any(isinstance(r, Refused) and "is done already" in str(r) for r in results)
    with db.transaction(shared) as session:
        actions = [made.action for made in audited.changes_of(session, EngineeringChange, 1)]
    assert actions == ["done", "created"]


@BOTH
def test_tickets_written_at_the_same_moment_get_different_numbers(shared):
    seeded.team(shared)
    typed = {"title": "Serve it", "kind": "infra"}
    act = ChangeRequest(0, "UANA", typed=typed)
    made = _at_once(
        shared, 3, lambda _n: engineering_changes.create(_lab(shared), TEAM, replace(act))
    )
    assert sorted(one.shown.ticket.number for one in made) == [1, 2, 3]


def test_no_other_way_in_jumps_the_queue(sqlite_engine):
    seeded.team(sqlite_engine, settings={"gpu": stored(Capacity(places=1))})
    seeded.tickets(sqlite_engine, ready(43), ready(44))
    _move(_lab(sqlite_engine), 43)
    act = experiments.TicketRequest(TEAM, 44, "UANA", "moved")
    with pytest.raises(Refused, match="No GPU is free for EXP-044"):
        workflow.move(_lab(sqlite_engine), act, "experiment")
