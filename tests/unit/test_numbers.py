"""An id means one thing in a workspace, and none is missing, whoever writes at once."""

import threading

import pytest
from sqlalchemy import Engine

from models import db
from services.team import begin
from tests import databases, numbers
from tests.conversation import START, WORKSPACE
from tests.faults.crew import FORKED

WRITERS = 5


def _two_teams(engine: Engine) -> tuple[int, int]:
    with db.transaction(engine) as session:
        first, second = (begin(session, WORKSPACE, name, now=START) for name in ("NLP", "Vision"))
        return first.pk, second.pk


def _are_whole(engine: Engine) -> None:
    for noun in numbers.NOUNS:
        given = numbers.given(engine, noun)
        assert given == list(range(1, WRITERS * numbers.ROUNDS + 1)), noun


@pytest.mark.postgres
def test_five_processes_write_for_two_teams_without_a_gap_or_a_double(
    postgres_url, postgres_engine
):
    teams = _two_teams(postgres_engine)
    FORKED.set_forkserver_preload(["bot.__main__", "holidays"])
    writers = [
        FORKED.Process(target=numbers.run, args=(postgres_url, f"writer {n}", teams))
        for n in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    _are_whole(postgres_engine)


def test_five_threads_write_for_two_teams_on_sqlite_without_a_gap_or_a_double(tmp_path):
    engine = db.open_engine(databases.file(tmp_path / "assay.db"))
    teams = _two_teams(engine)
    raised: list[BaseException] = []

    def run(who: str) -> None:
        try:
            numbers.write(engine, who, teams)
        except BaseException as error:
            raised.append(error)

    writers = [threading.Thread(target=run, args=(f"writer {n}",)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert raised == []
    _are_whole(engine)
    engine.dispose()


def test_another_workspace_counts_for_itself(sqlite_engine):
    _two_teams(sqlite_engine)
    with db.transaction(sqlite_engine) as session:
        third = begin(session, "T0OTHER", "Speech", now=START).pk
    numbers.write(sqlite_engine, "first", (1, 2))
    numbers.write(sqlite_engine, "other", (third, third))
    for noun in numbers.NOUNS:
        whole = list(range(1, numbers.ROUNDS + 1))
        assert numbers.given(sqlite_engine, noun) == sorted([*whole, *whole])
