"""A team's people are read once a transaction, and again only after one of them changed."""

import pytest
from sqlmodel import Session, select

from models import people as table
from models.people import Member, Profile
from models.team import Team
from tests import seeded
from tests.statements import watched
from tests.tickets import person_of


@pytest.fixture
def team_id(engine):
    found = seeded.team(engine)
    with Session(engine) as session, session.begin():
        person_of(session, session.get_one(Team, found), "UANA", name="Ana")
    return found


def test_other_writes_do_not_make_them_read_again(engine, team_id):
    with Session(engine) as session, session.begin():
        table.people(session, team_id)
        session.get_one(Team, team_id).name = "Vision"
        session.flush()
        with watched(engine) as work:
            assert table.people(session, team_id).name("UANA") == "Ana"
        assert work.sent == []


def test_a_change_of_one_is_seen_at_once_flushed_or_not(engine, team_id):
    with Session(engine) as session, session.begin():
        assert table.people(session, team_id).get("UANA").role == "member"
        row = session.exec(select(Member).where(Member.user_id == "UANA")).one()
        row.role = "lead"
        assert table.people(session, team_id).get("UANA").role == "lead"
        session.exec(select(Profile)).one().name = "Ana B."
        session.flush()
        assert table.people(session, team_id).name("UANA") == "Ana B."


def test_what_another_transaction_did_is_seen_in_the_next(engine, team_id):
    with Session(engine) as session:
        with session.begin():
            assert table.people(session, team_id).name("UBEN") == "UBEN"
        with Session(engine) as other, other.begin():
            person_of(other, other.get_one(Team, team_id), "UBEN", name="Ben")
        with session.begin():
            assert table.people(session, team_id).name("UBEN") == "Ben"
