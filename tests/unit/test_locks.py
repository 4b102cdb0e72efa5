"""Row locks on Postgres: held against each other, never against a new row that refers to them."""

import threading
from datetime import UTC, datetime

from sqlmodel import Session, select

from models.people import Member
from models.team import Team, hold

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_two_who_add_a_row_of_a_team_and_then_hold_it_wait_for_each_other(postgres_engine):
    """Adding a row locks the team's key; holding the team must not wait for that, or both hang."""
    with Session(postgres_engine) as session:
        session.add(Team(workspace="T1", created_at=NOW))
        session.commit()
    both, errors = threading.Barrier(2, timeout=20), []

    def join_and_hold(user: str) -> None:
        try:
            with Session(postgres_engine) as session, session.begin():
                team = session.exec(select(Team)).one()
                session.add(Member(team_id=team.id, user_id=user))
                session.flush()
                both.wait()
                hold(session, team.id or 0)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=join_and_hold, args=(user,)) for user in ("UA", "UB")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with Session(postgres_engine) as session:
        assert len(list(session.exec(select(Member)))) == 2
