"""What the clock owes is claimed once, also by two processes at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import db, occurrence
from models.occurrence import Occurrence
from tests.conversation import START

_WAITS = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"


def _claim(engine: Engine) -> bool:
    with db.transaction(engine) as session:
        return occurrence.claim(session, "prune", "inbox", START.date(), now=START)


def test_a_claim_is_the_first_ones(engine):
    assert [_claim(engine) for _ in range(3)] == [True, False, False]


@pytest.mark.postgres
def test_who_claims_while_another_is_about_to_commit_hears_no_error(postgres_engine):
    looking = postgres_engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    name = (postgres_engine.url.database,)
    with ThreadPoolExecutor() as pool:
        with db.transaction(postgres_engine) as session:
            assert occurrence.claim(session, "prune", "inbox", START.date(), now=START)
            second = pool.submit(_claim, postgres_engine)
            while not looking.exec_driver_sql(_WAITS, name).first() and not second.done():
                pass
        assert second.result() is False
    looking.close()
    with Session(postgres_engine) as session:
        assert len(session.exec(select(Occurrence)).all()) == 1
