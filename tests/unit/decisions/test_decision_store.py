"""Two people at once, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from jobs.decisions.proposal import propose
from models import db
from models.decisions.proposal import Proposal
from models.experiments.experiment import Change
from models.outbox import Outbox
from services.decisions import kill as decision
from services.decisions import kill_request
from services.decisions.kill import Order
from services.decisions.kill_request import Question
from services.ports import Lab
from tests import databases
from tests.conversation import TEAM, PlainTestWriter
from tests.tickets import MONDAY, experiment, person, stored


def lab(engine: Engine) -> Lab:
    return Lab(engine=engine, clock=lambda: MONDAY, writer=PlainTestWriter())


def prepared(engine: Engine, **fields) -> Lab:
    for user_id in ("UANA", "ULEE", "UMIA"):
        person(engine, user_id, role="lead")
    stored(engine, experiment(**fields), team_channel="CTEAM", leads_channel="CLEADS")
    return lab(engine)


def kill(here: Lab, by: str):
    order = Order(42, by, f"{by} saw that it overfits", channel="C1")
    return decision.kill(here, TEAM, order)


def both(*calls):
    """Run the calls in threads that start together."""
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait(timeout=10)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def rows(engine: Engine, table):
    with Session(engine) as session:
        return session.exec(select(table)).all()


def test_two_kills_one_after_the_other_are_one_kill(engine):
    here = prepared(engine)
    first, second = kill(here, "ULEE"), kill(here, "UMIA")
    assert (first.already, second.already) == (False, True)
    assert (second.by, second.at, second.change_id) == ("ULEE", MONDAY, first.change_id)
    assert [c.action for c in rows(engine, Change)] == ["killed"]


def test_two_kills_at_once_are_one_kill_and_the_second_hears_who(postgres_engine):
    here = prepared(postgres_engine)
    done = both(lambda: kill(here, "ULEE"), lambda: kill(here, "UMIA"))
    assert sorted(one.already for one in done) == [False, True]
    assert len({one.by for one in done}) == 1
    assert [c.action for c in rows(postgres_engine, Change)] == ["killed"]
    keys = [r.key for r in rows(postgres_engine, Outbox) if r.channel == "CTEAM"]
    assert len([key for key in keys if ":late:" not in key]) == 2


def test_two_kills_at_once_on_a_sqlite_file(tmp_path):
    engine = db.open_engine(databases.file(tmp_path / "assay.db"))
    here = prepared(engine)
    done = both(lambda: kill(here, "ULEE"), lambda: kill(here, "UMIA"))
    assert sorted(one.already for one in done) == [False, True]
    engine.dispose()


def test_two_undos_at_once_are_one_undo(postgres_engine):
    here = prepared(postgres_engine)
    change_id = kill(here, "ULEE").change_id
    done = both(
        *(lambda by=by: decision.undo(here, TEAM, change_id, by=by) for by in ("ULEE", "UMIA"))
    )
    assert sorted(one.already for one in done) == [False, True]
    assert [c.action for c in rows(postgres_engine, Change)] == ["killed", "undone"]


def test_undo_restores_every_field_on_both_databases(engine):
    here = prepared(engine, gpu_used=3.0)
    first = kill(here, "ULEE")
    back = decision.undo(here, TEAM, first.change_id, by="UMIA")
    assert replace(back.ticket, measurements=()) == experiment(gpu_used=3.0)


def test_two_ticks_at_once_tell_once(postgres_engine):
    here = prepared(postgres_engine, gpu_used=24.0)
    both(lambda: propose(here, MONDAY), lambda: propose(here, MONDAY))
    assert len(rows(postgres_engine, Proposal)) == 1
    told = [r.key for r in rows(postgres_engine, Outbox) if r.key.startswith("proposal:")]
    assert told == ["proposal:1:UANA:2026-11-23"]
    lists = [r.key for r in rows(postgres_engine, Outbox) if r.key.startswith("decisions:")]
    assert lists == ["decisions:1:CLEADS:2026-11-23"]


def test_a_day_of_ticks_and_a_kill_work_on_both_databases(engine):
    here = prepared(engine, gpu_used=24.0)
    propose(here, MONDAY)
    propose(here, MONDAY + timedelta(days=7))
    (row,) = rows(engine, Proposal)
    assert sorted(row.told) == ["CLEADS", "UANA", "ULEE", "UMIA"]
    assert {place: len(keys) for place, keys in row.told.items()} == {
        "CLEADS": 1, "UANA": 2, "ULEE": 1, "UMIA": 1,
    }  # fmt: skip
    kill(here, "ULEE")
    (row,) = rows(engine, Proposal)
    assert (row.state, row.settled_by) == ("settled", "killed by <@ULEE>")


def test_two_requests_of_one_person_at_once_are_one(postgres_engine):
    here = prepared(postgres_engine)
    question = Question(42, "UBEN", "it has not moved")
    done = both(*(lambda: kill_request.ask(here, TEAM, question) for _ in range(2)))
    assert sorted(one.already for one in done) == [False, True]
