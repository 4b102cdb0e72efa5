"""What a program reads: pages that hold everything once, and cost what they show."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from core.errors import NotFound, Refused
from core.workspace.token import Pusher
from models import db
from models.experiments.measurement import Measurement
from services.ports import Lab
from services.programs import seat
from tests import programs
from tests.conftest import copy_of
from tests.conversation import START, PlainTestWriter
from tests.grown import EACH, OPEN, grown
from tests.statements import watched
from tests.tickets import experiment, stored

WHO = Pusher(1, "runner for Ana", 1, ("read",), "UANA")
SMALL, LARGE = 60, 600

# Each route → the most SELECTs it may take.
ROUTES = {
    "/v1/experiments": 5,
    "/v1/experiments?state=open": 5,
    "/v1/experiments?state=stale": 7,
    "/v1/experiments?stage=killed": 5,
    "/v1/experiments?owner=UCHO": 5,
    "/v1/experiments/7": 7,
    "/v1/experiments/7/results": 6,
    "/v1/decisions": 4,
    "/v1/decisions?decision=promoted": 4,
    "/v1/learnings": 4,
    "/v1/learnings?q=slower": 4,
    "/v1/learnings?experiment=EXP-001": 6,
    "/v1/blockers": 4,
    "/v1/blockers?state=all": 4,
    "/v1/forecast": 9,
    "/v1/ask?question=how are we doing": 25,
    "/v1/ask?question=how accurate is it": 10,
    "/v1/me": 4,
}


def _lab(engine: Engine) -> Lab:
    return Lab(engine=engine, clock=lambda: START, writer=PlainTestWriter())


@pytest.fixture(scope="module")
def labs(_template: sqlite3.Connection) -> Iterator[dict[int, Lab]]:
    """A small past and a large one, to be asked the same."""
    with copy_of(_template) as one, copy_of(_template) as two:
        for engine, size in ((one, SMALL), (two, LARGE)):
            grown(engine, size)
        yield {SMALL: _lab(one), LARGE: _lab(two)}


def _asked(lab: Lab, address: str):
    path, _, query = address.partition("?")
    words = dict(part.split("=") for part in query.split("&") if part)
    if path.startswith("/v1/experiments/"):
        _, _, number, *rest = path.strip("/").split("/")
        return programs.read(lab, WHO, "/".join(["/v1/experiments/{id}", *rest]), id_=number)
    return programs.read(lab, WHO, path, **words)


@pytest.mark.parametrize("address", ROUTES)
def test_a_page_costs_what_it_shows_however_much_was_decided_before(labs, address):
    cost = {}
    for size, lab in labs.items():
        with watched(lab.engine) as work:
            _asked(lab, address)
        cost[size] = (work.asked, work.rows)
    assert cost[SMALL] == cost[LARGE]
    assert cost[LARGE][0] <= ROUTES[address]


def test_the_pages_of_a_list_hold_everything_once_in_its_order(labs):
    lab = labs[SMALL]
    found = programs.every(lab, WHO, "/v1/experiments", limit="7")
    ids = [one["id"] for one in found]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == len(ids) == SMALL + 3 + EACH * len(OPEN)
    decided = programs.every(lab, WHO, "/v1/decisions", limit="7")
    assert len({one["experiment"] for one in decided}) == len(decided) == SMALL + 3
    assert [one["at"] for one in decided] == sorted((one["at"] for one in decided), reverse=True)


def test_a_list_holds_what_was_asked_for(labs):
    def of(**query: str):
        return programs.every(labs[SMALL], WHO, "/v1/experiments", **query)

    assert {one["open"] for one in of(state="open")} == {True}
    assert {one["stage"] for one in of(stage="killed")} == {"killed"}
    assert {one["owner"]["id"] for one in of(owner="UCHO")} == {"UCHO"}
    assert {one["stale"] for one in of(state="stale")} == {True}
    assert len(of(state="open")) + len(of(state="closed")) == len(of())


def test_a_result_that_comes_meanwhile_moves_no_page(sqlite_engine):
    stored(sqlite_engine, experiment(tuple(n / 100 for n in range(10))))
    lab = _lab(sqlite_engine)
    first = programs.read(lab, WHO, "/v1/experiments/{id}/results", id_="42", limit="4")
    stored_more(sqlite_engine, 0.5)
    again = programs.read(
        lab, WHO, "/v1/experiments/{id}/results", id_="42", limit="4", cursor=first["next"]
    )
    assert [one["value"] for one in first["items"] + again["items"]] == [
        0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02
    ]  # fmt: skip


def stored_more(engine: Engine, value: float) -> None:
    with db.transaction(engine) as session:
        session.add(Measurement(experiment_id=1, at=START, value=value, author="UANA"))


def test_decisions_of_the_same_instant_stand_on_one_page_each(engine):
    for number in range(1, 6):
        stored(engine, experiment(number=number, stage="killed", decided_at=START, learnings="x"))
    lab = _lab(engine)
    found = programs.every(lab, WHO, "/v1/decisions", limit="2")
    assert [one["experiment"] for one in found] == [f"EXP-00{n}" for n in (5, 4, 3, 2, 1)]


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("/v1/experiments", {"limit": "0"}, "“0” is no limit. Send a number from 1 to 100."),
        ("/v1/experiments", {"limit": "101"}, "“101” is no limit."),
        ("/v1/experiments", {"cursor": "WyJ4Il0"}, "This cursor is none of this list."),
        ("/v1/decisions", {"cursor": "WzQyXQ"}, "This cursor is none of this list."),
        ("/v1/experiments", {"stage": "dead"}, "stage cannot be “dead”. It is one of backlog,"),
        ("/v1/experiments", {"staet": "killed"}, "I don't know “staet” here. The query may have"),
        ("/v1/ask", {}, "The address names no question."),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_a_sentence(
    sqlite_engine, path, query, said
):
    stored(sqlite_engine, experiment())
    with pytest.raises(Refused) as refused:
        programs.read(_lab(sqlite_engine), WHO, path, **query)
    assert refused.value.sentence.startswith(said)


def test_what_is_not_there_is_not_found(sqlite_engine):
    stored(sqlite_engine, experiment())
    lab = _lab(sqlite_engine)
    for path, id_ in (("/v1/experiments/{id}", "99"), ("/v1/experiments/{id}/results", "99")):
        with pytest.raises(NotFound, match="There is no EXP-099"):
            programs.read(lab, WHO, path, id_=id_)
    with pytest.raises(NotFound, match="No digest has been posted yet"):
        programs.read(lab, WHO, "/v1/digest")


def test_nothing_that_is_read_writes(sqlite_engine):
    stored(sqlite_engine, experiment((0.7, 0.8)))
    with seat.seated(_lab(sqlite_engine), WHO) as found, pytest.raises(db.MustWrite):
        found.lab.require_writing()
