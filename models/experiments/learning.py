"""What the team has learned, kept in one table and found by any part of its words.

Both databases answer the same question: every word must occur somewhere in the text, whatever
its case. SQLite looks in a trigram index (FTS5) that triggers keep in step; Postgres has a
trigram index (pg_trgm) behind ILIKE where that extension can be created, and scans otherwise.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    Select,
    UniqueConstraint,
    and_,
    literal_column,
    or_,
    table,
)
from sqlalchemy import select as rows_of
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, col, select

from core.experiments.learning import sentence
from models.row import Row

log = logging.getLogger(__name__)

SAID = ("standup",)  # sources of what counts only once somebody confirmed it
SEARCH = "learning_search"  # the name of the index, and how the names of its parts begin

_SQLITE = (
    "CREATE VIRTUAL TABLE learning_search USING fts5"
    "(text, content='learning', content_rowid='id', tokenize='trigram')",
    "INSERT INTO learning_search(learning_search) VALUES ('rebuild')",
)
_PUT_IN = "INSERT INTO learning_search(rowid, text) VALUES (new.id, new.text);"
_TAKE_OUT = (
    "INSERT INTO learning_search(learning_search, rowid, text) "
    "VALUES ('delete', old.id, old.text);"
)
_TRIGGERS = {"INSERT": _PUT_IN, "DELETE": _TAKE_OUT, "UPDATE": _TAKE_OUT + _PUT_IN}
_POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS learning_search_trigrams"
    " ON learning USING gin (text gin_trgm_ops)",
)


class Learning(Row, table=True):
    """One thing learned. source: decision | standup | evening | logged; origin: what it follows.

    about: numbers of its experiments as ",42,43,". user_id: who wrote it; logged_by: who kept it.
    confirmed_at: since when it counts (core.experiments.learning), None for what was only said;
    said: its sentence, by which doubles are told.
    """

    __table_args__ = (
        UniqueConstraint("team_id", "origin"),
        Index("ix_learning_of_team", "team_id", "at"),
        Index("ix_learning_said", "team_id", "said", "id"),
        Index("ix_learning_confirmed", "team_id", "confirmed_at"),
    )

    team_id: int = Field(foreign_key="team.id")
    source: str
    origin: str
    user_id: str
    logged_by: str = ""
    text: str
    about: str = ""
    at: datetime = Field(index=True)
    confirmed_at: datetime | None = None
    said: str = Field(default="", sa_column_kwargs={"server_default": ""})

    @property
    def experiments(self) -> list[int]:
        """Numbers of the experiments it is about."""
        return [int(number) for number in self.about.split(",") if number]


def about(numbers: Sequence[int]) -> str:
    """Experiment numbers as the column keeps them."""
    return f",{','.join(str(number) for number in numbers)}," if numbers else ""


def put(session: Session, row: Learning) -> bool:
    """Keep a learning, in the place of what was kept of its origin; True when it is new. What was
    confirmed stays so when its words change.
    """
    row.said = sentence(row.text)
    if row.source not in SAID:
        row.confirmed_at = row.at
    try:
        if find(session, row.team_id, row.origin) is None:
            with session.begin_nested():
                session.add(row)
            return True
    except IntegrityError:
        log.info("a learning was kept twice at once")
    earlier = find(session, row.team_id, row.origin)
    assert earlier is not None
    earlier.text, earlier.about, earlier.user_id = row.text, row.about, row.user_id
    earlier.said = row.said
    session.flush()
    return False


def find(session: Session, team_id: int, origin: str) -> Learning | None:
    """What was kept of that origin, or None."""
    wanted = select(Learning).where(Learning.team_id == team_id, Learning.origin == origin)
    return session.exec(wanted).first()


def drop(session: Session, team_id: int, origin: str, *, text: str | None = None) -> None:
    """Forget what was kept of that origin, and of those that begin with it and a colon; with a
    text only what says just that.
    """
    mine = (col(Learning.origin) == origin) | col(Learning.origin).startswith(f"{origin}:")
    mine = mine if text is None else mine & (col(Learning.text) == text)
    for row in session.exec(select(Learning).where(Learning.team_id == team_id, mine)):
        session.delete(row)
    session.flush()


def confirmed_as(session: Session, team_id: int, text: str) -> Learning | None:
    """The confirmed one of the team that says the same, or None."""
    wanted = select(Learning).where(
        Learning.team_id == team_id,
        Learning.said == sentence(text),
        col(Learning.confirmed_at).is_not(None),
    )
    return session.exec(wanted.order_by(col(Learning.id)).limit(1)).first()


def latest(
    session: Session,
    teams: Collection[int],
    *,
    words: Sequence[str] = (),
    number: int = 0,
    limit: int = 10,
) -> list[Learning]:
    """Of those teams, each sentence once: the confirmed ones, the newest first; with words, about
    that experiment, what was only said after them.
    """
    wanted = select(Learning).where(col(Learning.team_id).in_(sorted(teams)))
    only_said = col(Learning.confirmed_at).is_(None)
    if not words and not number:
        wanted = wanted.where(~only_said)
    if not number:  # about two experiments the same may be said
        wanted = wanted.where(~_said_before())
    wanted = wanted.where(*which(session, words, number))
    wanted = wanted.order_by(only_said) if words or number else wanted
    wanted = wanted.order_by(col(Learning.at).desc(), col(Learning.id).desc())
    return list(session.exec(wanted.limit(limit)))


def kept(session: Session, team_id: int, start: datetime, end: datetime) -> list[Learning]:
    """Those confirmed from `start` up to `end`, each sentence once, oldest first."""
    wanted = select(Learning).where(
        Learning.team_id == team_id,
        col(Learning.confirmed_at) >= start,
        col(Learning.confirmed_at) < end,
        ~_said_before(),
    )
    return list(session.exec(wanted.order_by(col(Learning.confirmed_at), col(Learning.id))))


def which(session: Session, words: Sequence[str], number: int) -> list[ColumnElement[bool]]:
    """With all of these words in it, and about that experiment unless it is 0."""
    about_it = [col(Learning.about).contains(f",{number},")] if number else []
    return [*_containing(session, words), *about_it]


def between(session: Session, team_id: int, start: datetime, end: datetime) -> list[Learning]:
    """Those written from `start` up to `end`, also what was only said, oldest first."""
    wanted = select(Learning).where(Learning.team_id == team_id)
    wanted = wanted.where(Learning.at >= start, Learning.at < end)
    return list(session.exec(wanted.order_by(col(Learning.at), col(Learning.id))))


def prepare_search(connection: Connection) -> None:
    """Make the index of this database when it is not there; migrations end with it."""
    if not connection.dialect.has_table(connection, "learning"):
        return
    if connection.dialect.name == "sqlite":
        _prepare_sqlite(connection)
        return
    try:
        with connection.begin_nested():
            for statement in _POSTGRES:
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        log.info("no trigram index for learnings (%s): search scans", type(error.orig).__name__)


def _prepare_sqlite(connection: Connection) -> None:
    if not connection.dialect.has_table(connection, SEARCH):
        for statement in _SQLITE:
            connection.exec_driver_sql(statement)
    for event, action in _TRIGGERS.items():
        name = f"{SEARCH}_{event.lower()}"
        head = f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {event} ON learning"
        connection.exec_driver_sql(f"{head} BEGIN {action} END")


def _said_before() -> ColumnElement[bool]:
    """Another one of the team says the same: a confirmed one, or of two alike the first."""
    other = aliased(Learning)
    confirmed, theirs = col(Learning.confirmed_at), col(other.confirmed_at)
    first = and_(theirs.is_(None) == confirmed.is_(None), col(other.id) < col(Learning.id))
    twin = rows_of(col(other.id)).where(
        col(other.team_id) == col(Learning.team_id),
        col(other.said) == col(Learning.said),
        col(Learning.said) != "",
        or_(and_(theirs.is_not(None), confirmed.is_(None)), first),
    )
    return twin.exists()


def _containing(session: Session, words: Sequence[str]) -> list[ColumnElement[bool]]:
    in_index = session.get_bind().dialect.name == "sqlite"
    long = [word for word in words if in_index and len(word) >= 3]  # a trigram has three
    found = [col(Learning.text).icontains(word, autoescape=True) for word in words]
    short = [condition for condition, w in zip(found, words, strict=True) if w not in long]
    return [*short, *([_matching(long)] if long else [])]


def _matching(words: Sequence[str]) -> ColumnElement[bool]:
    quoted = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in words)
    index = table(SEARCH)
    found: Select[Any] = rows_of(literal_column("rowid")).select_from(index)
    hit = literal_column(SEARCH).op("MATCH")(quoted)
    return col(Learning.id).in_(found.where(hit))
