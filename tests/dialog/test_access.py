"""Who may do what: every route of the table, for every role, and for people from elsewhere."""

import pytest
from sqlalchemy import Engine

from handlers.access import READS
from handlers.meant import OF_THE_WORKSPACE
from tests import matrix

# What is said of a workspace's teams is said in none: who watches one may lead another.
CLOSED_TO_OBSERVERS = sorted(set(matrix.ROUTES) - set(READS) - OF_THE_WORKSPACE - matrix.SAID)
OPEN_TO_OBSERVERS = sorted(name for name in READS if not name.startswith("event:"))


def test_every_route_stands_in_one_table():
    """A new route goes into handlers/access.READS, tests/data/member_routes.txt or a table of
    tests/matrix.py.
    """
    tables = (set(READS), matrix.ADMINS, matrix.LEADS, matrix.OWNERS, matrix.MEMBERS)
    assert sorted(name for one in tables for name in one) == sorted(matrix.ROUTES)


def test_an_observer_changes_nothing_by_any_route(sqlite_engine: Engine):
    talk = matrix.lab(sqlite_engine)
    before = matrix.kept(sqlite_engine)
    for name in CLOSED_TO_OBSERVERS:
        heard = matrix.heard(matrix.use(talk, name, "UOBS"))
        assert heard.startswith("You are an observer here"), (name, heard)
        assert matrix.kept(sqlite_engine) == before, name


def test_what_an_observer_writes_to_us_is_answered_and_changes_nothing(sqlite_engine: Engine):
    talk = matrix.lab(sqlite_engine)
    before = matrix.kept(sqlite_engine)
    for name in sorted(matrix.SAID):
        assert matrix.heard(matrix.use(talk, name, "UOBS"))
        after = matrix.kept(sqlite_engine)
        assert {table for table in after if after[table] != before[table]} <= matrix.THEIRS, name


def test_an_observer_reads_and_reading_changes_nothing(sqlite_engine: Engine):
    talk = matrix.lab(sqlite_engine)
    before = matrix.kept(sqlite_engine)
    refused = []
    for name in OPEN_TO_OBSERVERS:
        reply = matrix.use(talk, name, "UOBS")
        if "observer here" in matrix.heard(reply):
            refused.append(name)
        assert "our fault" not in matrix.heard(reply), name
        assert matrix.kept(sqlite_engine) == before, name
    # Only as far as they read: with this sample they would write, or judge.
    assert refused == [
        "/board limits", "/digest money", "/exp leads", "/exp retention", "/exp timezone",
        "/gate done", "/gate show", "/gpu", "/gpu pool",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "/board limits",
        "/digest money",
        "/exp leads",
        "/exp retention",
        "/exp timezone",
        "/gate done",
        "/gpu",
        "/gpu pool",
    ],
)
def test_what_shows_and_changes_is_open_to_observers_when_nothing_is_typed_after_it(
    sqlite_engine: Engine, line: str
):
    talk = matrix.lab(sqlite_engine)
    before = matrix.kept(sqlite_engine)
    heard = talk.say(line, by="UOBS").text
    assert heard
    assert "observer here" not in heard
    assert matrix.kept(sqlite_engine) == before


def _refused(engine: Engine, names: set[str], by: str, sentence: str) -> None:
    talk = matrix.lab(engine)
    before = matrix.kept(engine)
    said = {name: matrix.heard(matrix.use(talk, name, by)) for name in sorted(names)}
    assert {name: heard for name, heard in said.items() if sentence not in heard} == {}
    assert matrix.kept(engine) == before


def test_a_member_does_nothing_that_leads_do(sqlite_engine: Engine):
    _refused(sqlite_engine, matrix.LEADS | {"/exp leads", "/gpu"}, "UBEN", "Only a lead")


def test_a_member_does_nothing_with_what_others_own(sqlite_engine: Engine):
    _refused(sqlite_engine, matrix.OWNERS, "UBEN", "Only the owner")


@pytest.mark.parametrize("by", ["UBEN", "ULEE"])
def test_members_and_leads_do_nothing_that_admins_do(sqlite_engine: Engine, by: str):
    theirs = matrix.ADMINS | {"/exp retention", "/exp timezone", "/gpu pool"}
    _refused(sqlite_engine, theirs, by, "Only an admin")


def test_what_is_refused_to_others_is_not_refused_to_whom_it_is_meant_for(sqlite_engine: Engine):
    talk = matrix.lab(sqlite_engine)
    refused = []
    for names, by in ((matrix.LEADS, "UMIA"), (matrix.OWNERS, "UANA"), (matrix.ADMINS, "UADM")):
        for name in sorted(names):
            heard = matrix.heard(matrix.use(talk, name, by))
            refused += [name] if "Only a" in heard or "Only the" in heard else []
    assert refused == []


def test_somebody_of_another_company_in_a_shared_channel_changes_nothing(sqlite_engine: Engine):
    talk = matrix.lab(sqlite_engine)
    before = matrix.kept(sqlite_engine)
    for name in matrix.ROUTES:
        reply = matrix.use(talk, name, "UFAR", foreign=True)
        event = name.startswith("event:")
        said = "" if event else "Only people of this workspace"
        assert matrix.heard(reply).startswith(said), name
        assert matrix.kept(sqlite_engine) == before, name


def test_a_user_of_another_workspace_changes_nothing_here(sqlite_engine: Engine):
    talk = matrix.lab(sqlite_engine)
    before = matrix.kept(sqlite_engine)
    for name in sorted(set(matrix.ROUTES) - {"event:app_uninstalled", "event:tokens_revoked"}):
        matrix.use(talk, name, "UADM", workspace="T0OTHER")
        now = matrix.kept(sqlite_engine)
        for table, rows in before.items():
            assert [row for row in now[table] if row in rows] == rows, (name, table)
