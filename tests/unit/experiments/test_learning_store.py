"""Learnings on both databases: the same search, kept in step, with and without the index."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, inspect, text
from sqlmodel import Session

from models import db
from models.experiments import learning as table
from models.experiments.learning import Learning
from models.team import Team

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TEXTS = [
    "The Tokenizer splits numbers badly",
    "50% of the labels are noise_free",
    "Smaller tokenizers train faster, Größe matters",
    'a "quoted" word * OR NOT (x)',
]


@pytest.fixture
def session(engine: Engine):
    with Session(engine) as session:
        session.add(Team(workspace="T1", created_at=NOW))
        session.flush()
        for n, words in enumerate(TEXTS):
            given = {"about": table.about([42, 4]) if n == 0 else "", "source": "logged"}
            at = NOW + timedelta(hours=n)
            row = Learning(team_id=1, origin=f"o{n}", user_id="UANA", text=words, at=at, **given)
            assert table.put(session, row)
        session.commit()
        yield session


def _found(session, *words, **more):
    return [TEXTS.index(row.text) for row in table.latest(session, [1], words=words, **more)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["tokenizer"], [2, 0]),
        (["TOKEN", "numb"], [0]),
        (["okeniz"], [2, 0]),
        (["50%"], [1]),
        (["%"], [1]),
        (["e_f"], [1]),
        (["a_b"], []),
        (['"quoted"'], [3]),
        (["OR", "NOT"], [3]),
        (["(x)"], [3]),
        (["*"], [3]),
        (["größe"], [2]),
        (["x"], [3]),
        (["nowhere"], []),
        ([], [3, 2, 1, 0]),
    ],
)
def test_every_word_must_occur_somewhere_whatever_its_case(session, words, found):
    assert _found(session, *words) == found


def test_a_number_means_that_experiment_and_no_other(session):
    assert _found(session, number=42) == [0]
    assert _found(session, number=4) == [0]
    assert _found(session, number=2) == []
    assert _found(session, limit=2) == [3, 2]


def test_the_index_follows_changes_and_deletions(session):
    new = Learning(
        team_id=1, source="logged", origin="o0", user_id="UBEN", text="About batching", at=NOW
    )
    assert not table.put(session, new)
    table.drop(session, 1, "o2")
    session.commit()
    assert table.latest(session, [1], words=["tokenizer"]) == []
    [row] = table.latest(session, [1], words=["batching"])
    assert (row.origin, row.user_id, row.at) == ("o0", "UBEN", NOW)


def test_dropping_takes_the_parts_of_an_origin_along_and_nothing_else(session):
    for origin in ("decision:1:UANA", "decision:1:UBEN", "decision:10:UANA"):
        row = Learning(
            team_id=1, source="decision", origin=origin, user_id="U", text="lr matters", at=NOW
        )
        table.put(session, row)
    table.drop(session, 1, "decision:1")
    assert [row.origin for row in table.latest(session, [1], words=["lr matters"])] == [
        "decision:10:UANA"
    ]


def test_another_teams_learnings_are_not_found(session):
    assert table.latest(session, [2], words=["tokenizer"]) == []


def test_learnings_between_two_instants_come_oldest_first(session):
    found = table.between(session, 1, NOW + timedelta(hours=1), NOW + timedelta(hours=3))
    assert [row.origin for row in found] == ["o1", "o2"]


def test_a_second_start_changes_nothing_and_an_index_that_is_lost_is_made_again(sqlite_engine):
    with Session(sqlite_engine) as session:
        session.add(Team(workspace="T1", created_at=NOW))
        session.flush()
        table.put(
            session,
            Learning(team_id=1, source="logged", origin="o", user_id="U", text="lr rules", at=NOW),
        )
        session.exec(text(f"DROP TABLE {table.SEARCH}"))
        session.commit()
    db.migrate(sqlite_engine)
    db.migrate(sqlite_engine)
    with Session(sqlite_engine) as session:
        assert len(table.latest(session, [1], words=["rules"])) == 1


@pytest.mark.postgres
def test_without_the_extension_the_search_works_all_the_same(postgres_engine):
    with postgres_engine.connect() as connection:
        wanted = text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
        available = connection.execute(wanted).scalar_one()
    names = [index["name"] for index in inspect(postgres_engine).get_indexes("learning")]
    assert (f"{table.SEARCH}_trigrams" in names) == bool(available)


def test_postgres_asks_with_ilike_and_sqlite_with_its_index(engine):
    with Session(engine) as session:
        sql = " ".join(
            str(condition.compile(dialect=engine.dialect))
            for condition in table._containing(session, ["tokenizer"])
        )
    assert ("MATCH" in sql) == db.is_sqlite(engine)
    assert ("ILIKE" in sql) != db.is_sqlite(engine)


def test_what_was_only_said_is_found_last_and_counts_nowhere(session):
    for n, (source, words) in enumerate(
        [("standup", "tokenizers are hard"), ("standup", "EXP-042: The tokenizer splits numbers"
         " badly!"), ("logged", "Tokenizers cost memory")]
    ):  # fmt: skip
        at = NOW + timedelta(days=1, hours=n)
        row = Learning(
            team_id=1, origin=f"new{n}", user_id="UBEN", text=words, at=at, source=source
        )
        table.put(session, row)
    found = [row.text for row in table.latest(session, [1], words=["tokenizer"])]
    assert found == ["Tokenizers cost memory", TEXTS[2], TEXTS[0], "tokenizers are hard"]
    assert len(table.latest(session, [1])) == 5
    day = (NOW + timedelta(days=1), NOW + timedelta(days=2))
    assert [row.text for row in table.kept(session, 1, *day)] == ["Tokenizers cost memory"]
    assert len(table.between(session, 1, *day)) == 3
    said = table.find(session, 1, "new0")
    said.confirmed_at = NOW + timedelta(days=1, hours=9)
    assert [row.origin for row in table.kept(session, 1, *day)] == ["new2", "new0"]
    assert table.confirmed_as(session, 1, "TOKENIZERS are hard…").origin == "new0"
