"""Tickets in the store, on both databases: numbers, audit rows, and two people at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import Refused, UserError
from core.experiments.checkpoint import CheckpointReport
from models import db
from models.experiments import experiment as table
from models.team import Team
from services import team
from services.board import workflow
from services.experiments import checkpoint, experiment, form, history, ticket
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from tests import databases, seeded
from tests.conversation import TEAM, WORKSPACE, PlainTestWriter
from tests.experiments import FORM, MONDAY


def _lab(engine: Engine, minutes: int = 0) -> Lab:
    now = MONDAY + timedelta(minutes=minutes)
    return Lab(engine=engine, clock=lambda: now, writer=PlainTestWriter())


def _write(lab: Lab, title: str = "First") -> int:
    with lab.begin() as session:
        seeded.team_row(session)
    return form.create(lab, TEAM, FORM | {"title": title}, by="UANA").after.number


def _running(engine: Engine) -> int:
    lab = _lab(engine)
    number = _write(lab)
    workflow.move(lab, TicketRequest(TEAM, number, "UANA", "moved"), "hypothesis")
    ready = CheckpointReport(dataset_ready=True)
    checkpoint.record_result(lab, TicketRequest(TEAM, number, "UANA", "reported"), ready)
    workflow.move(lab, TicketRequest(TEAM, number, "UANA", "moved"), "experiment")
    return number


def _look(engine: Engine, number: int):
    return experiment.seen(_lab(engine), TEAM, number).ticket


def test_the_teams_of_a_workspace_number_their_tickets_together(engine):
    lab = _lab(engine)
    assert [_write(lab, "First"), _write(lab, "Second")] == [1, 2]
    with lab.begin() as session:
        second = team.begin(session, WORKSPACE, "Vision", now=MONDAY).pk
        elsewhere = team.begin(session, "T1OTHER", now=MONDAY).pk
    assert form.create(lab, second, FORM, by="UZOE").after.number == 3
    assert form.create(lab, elsewhere, FORM, by="UZOE").after.number == 1
    assert _write(lab, "Fourth") == 4
    assert _look(engine, 1).title == "First"


def test_a_ticket_reads_back_as_it_was_written(engine):
    seeded.team(engine)
    made = form.create(_lab(engine), TEAM, FORM, by="UANA").after
    assert _look(engine, made.number) == made


def test_every_change_leaves_an_audit_row_with_from_and_to(engine):
    number = _running(engine)
    _ticket, entries = history.history(_lab(engine), TEAM, number)
    assert [entry.action for entry in entries] == ["moved", "reported", "moved", "created"]
    assert (entries[0].before["stage"], entries[0].after["stage"]) == ("hypothesis", "experiment")
    assert entries[0].after["box_ends"] == "2026-12-06"


def test_results_come_back_oldest_first_and_undo_takes_the_last(engine):
    number = _running(engine)
    for minutes, value in ((1, 0.8), (2, 0.83)):
        report = CheckpointReport(value=value, gpu_added=6.0)
        checkpoint.record_result(
            _lab(engine, minutes), TicketRequest(TEAM, number, "UBEN", "reported"), report
        )
    assert (_look(engine, number).values, _look(engine, number).gpu_used) == ((0.8, 0.83), 12)
    history.undo(_lab(engine, 3), TEAM, by="UBEN")
    assert (_look(engine, number).values, _look(engine, number).gpu_used) == ((0.8,), 6)


def test_undo_restores_days_and_moments_in_their_own_types(engine):
    number = _running(engine)
    before = _look(engine, number)
    act = TicketRequest(TEAM, number, "UANA", "extended", "outage")
    experiment.alter(_lab(engine, 1), act, workflow.longer_box(act, timedelta(days=3)))
    done = history.undo(_lab(engine, 2), TEAM, by="UANA")
    assert (done.action, _look(engine, number)) == ("extended", before)


def test_of_two_who_change_a_ticket_at_once_one_wins_and_the_other_is_told(postgres_engine):
    number = _running(postgres_engine)
    lab = _lab(postgres_engine)
    with Session(postgres_engine, expire_on_commit=False) as slow:
        theirs = slow.get_one(Team, TEAM)
        row = ticket.row(slow, theirs, number)
        mine = ticket.value(slow, row)
        report = CheckpointReport(value=0.8)
        checkpoint.record_result(lab, TicketRequest(TEAM, number, "UBEN", "reported"), report)
        with pytest.raises(Refused, match="changed by somebody else just now"):
            ticket.change(slow, row, mine, ticket.audit("UANA", "edited", at=lab.clock()))


def _at_once(engine: Engine, count: int, act) -> list[object]:
    start = threading.Barrier(count)

    def one(n: int) -> object:
        start.wait(timeout=10)
        try:
            return act(n)
        except UserError as refused:
            return refused

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.fixture
def shared(request, tmp_path):
    """A database that several threads can use at once."""
    if request.param == "postgres":
        yield request.getfixturevalue("postgres_engine")
        return
    engine = db.open_engine(databases.file(tmp_path / "assay.db"))
    yield engine
    engine.dispose()


BOTH = pytest.mark.parametrize(
    "shared", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@BOTH
def test_tickets_written_at_the_same_moment_get_different_numbers(shared):
    _write(_lab(shared))  # the team itself is there
    numbers = _at_once(shared, 4, lambda n: _write(_lab(shared), f"Idea {n}"))
    assert sorted(numbers) == [2, 3, 4, 5]


@BOTH
def test_the_same_ticket_written_twice_at_once_is_one_ticket(shared):
    _write(_lab(shared))
    results = _at_once(shared, 2, lambda _n: _write(_lab(shared), "Twin"))
    assert sorted(type(r).__name__ for r in results) == ["Refused", "int"]


@BOTH
def test_a_ticket_moved_twice_at_once_moves_once(shared):
    number = _write(_lab(shared))
    act = TicketRequest(TEAM, number, "UANA", "moved")
    results = _at_once(shared, 2, lambda _n: workflow.move(_lab(shared), act, "hypothesis"))
    assert sorted(type(r).__name__ for r in results) == ["Changed", "Refused"]
    with db.transaction(shared) as session:
        moves = [c for c in table.changes_of(session, 1) if c.action == "moved"]
    assert len(moves) == 1


@BOTH
def test_the_same_change_undone_twice_at_once_is_undone_once(shared):
    number = _running(shared)
    checkpoint.record_result(
        _lab(shared), TicketRequest(TEAM, number, "UBEN", "reported"), CheckpointReport(value=0.8)
    )
    with db.transaction(shared) as session:
        last = table.changes_of(session, 1)[-1].id
    results = _at_once(
        shared, 2, lambda _n: history.undo(_lab(shared), TEAM, by="UBEN", change_id=last)
    )
    assert sorted(type(r).__name__ for r in results) == ["Refused", "Undone"]
