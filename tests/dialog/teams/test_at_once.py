"""Two people start, archive or merge teams at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from core.errors import Refused
from handlers.routes import table
from models import team as table_of_teams
from models.team import Team, TeamChannel
from services.team import begin
from services.teams.change import archive
from services.teams.merge import merge
from services.teams.start import Start, start
from services.teams.team import Reader
from tests.conversation import START, WORKSPACE, Conversation
from tests.tickets import person_of

_WAITS = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = %s"


def _start(lab, user, name, channel):
    try:
        start(lab, Start(Reader(WORKSPACE, user), name, channel))
    except Refused as refusal:
        return refusal.message
    return ""


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("name", "channel", "heard"),
    [
        ("Vision", "CTWO", "There is a team called Vision already."),
        ("Sound", "CONE", "<#CONE> is the channel of Vision."),
        ("Sound", "CTWO", ""),
    ],
)
def test_who_comes_second_hears_what_the_first_did(postgres_engine, name, channel, heard):
    lab = Conversation(engine=postgres_engine, table=table()).lab
    with lab.begin() as session:
        begin(session, WORKSPACE, "NLP", now=START)
    looking = postgres_engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    database = (postgres_engine.url.database,)
    with ThreadPoolExecutor() as pool:
        with lab.begin() as session:
            assert _start(lab.within(session), "UONE", "Vision", "CONE") == ""
            second = pool.submit(_start, lab, "UTWO", name, channel)
            while not looking.exec_driver_sql(_WAITS, database).first() and not second.done():
                pass
        assert second.result() == heard
    looking.close()
    with Session(postgres_engine) as session:
        teams, channels = session.exec(select(Team)).all(), session.exec(select(TeamChannel)).all()
        assert len(teams) == (2 if heard else 3)
        assert len(channels) == len(teams) - 1


def _merge(lab, one, into):
    with lab.begin() as session:
        table_of_teams.of_workspace(session, WORKSPACE)  # as it was read before one had to wait
        try:
            merge(lab.within(session), Reader(WORKSPACE, "UADA"), one, into)
        except Refused as refusal:
            return refusal.message
    return ""


def _archive(lab, team_id):
    with lab.begin() as session:
        table_of_teams.of_workspace(session, WORKSPACE)
        try:
            archive(lab.within(session), team_id, by="UADA")
        except Refused as refusal:
            return refusal.message
    return ""


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("first", "then", "heard"),
    [
        (lambda lab: _merge(lab, 1, 2), lambda lab: _merge(lab, 2, 1), "One of these teams is"),
        (lambda lab: _archive(lab, 1), lambda lab: _archive(lab, 2), "It is the only team here"),
        (lambda lab: _archive(lab, 1), lambda lab: _merge(lab, 2, 1), "One of these teams is"),
    ],
)
def test_two_teams_do_not_end_each_other(postgres_engine, first, then, heard):
    lab = Conversation(engine=postgres_engine, table=table()).lab
    with lab.begin() as session:
        ids = [begin(session, WORKSPACE, name, now=START).pk for name in ("NLP", "Vision")]
        person_of(session, session.get_one(Team, ids[0]), "UADA", role="admin")
    assert ids == [1, 2]
    looking = postgres_engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    database = (postgres_engine.url.database,)
    with ThreadPoolExecutor() as pool:
        with lab.begin() as session:
            assert first(lab.within(session)) == ""
            second = pool.submit(then, lab)
            while not looking.exec_driver_sql(_WAITS, database).first() and not second.done():
                pass
        assert second.result().startswith(heard)
    looking.close()
