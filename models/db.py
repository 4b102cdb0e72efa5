"""Engines, transactions and migrations for SQLite (default) and Postgres."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from core.text import storable


class Unreadable(str):
    """Stored text that should be JSON and is not: whoever wants its content finds no dict.

    Raised while a row loads it would take every other row of the same SELECT with it.
    """


_COUNTED = {"team", "experiment", "answer", "digest"}  # what a copy is recognised by
BUSY_MILLISECONDS = 2_500  # an ack later than 3 s is lost: give up before that


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///file.db`, `sqlite://` (memory) or `postgresql://…`."""
    if url.startswith("sqlite"):
        return _open_sqlite(url)
    modern = url.replace("postgres://", "postgresql://", 1)
    modern = modern.replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(
        modern, pool_pre_ping=True, pool_size=10, max_overflow=10, json_deserializer=_stored
    )


def _stored(text: str) -> Any:
    try:
        return storable(json.loads(text))
    except (ValueError, RecursionError):
        return Unreadable(text)


def _open_sqlite(url: str) -> Engine:
    in_memory = url in {"sqlite://", "sqlite:///:memory:"}
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    options |= {"connect_args": {"check_same_thread": False}, "json_deserializer": _stored}
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_immediate
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an ack means the input survives a power cut
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    # A deferred transaction that later writes can fail with SQLITE_BUSY at once; taking the
    # write lock first waits its turn instead.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def is_sqlite(engine: Engine) -> bool:
    """True when that engine speaks SQLite."""
    return engine.dialect.name == "sqlite"


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on any exception."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def migrate(engine: Engine) -> None:
    """Bring the schema up to date; safe to call at every start and from several processes."""
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    with engine.connect() as connection, _exclusive(connection):
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _exclusive(connection: Connection) -> Iterator[None]:
    """Nobody else migrates meanwhile; committed at the end.

    SQLite changes a table by making it anew: with foreign keys on, dropping the old one would
    fail, or take the rows that refer to it along. They are checked before the commit instead.
    """
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SELECT pg_advisory_lock(4242)")
        yield
        connection.exec_driver_sql("SELECT pg_advisory_unlock(4242)")
        connection.commit()
        return
    raw = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # before the transaction
    try:
        yield
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("the migration would leave rows that refer to nothing")
        connection.commit()
    finally:
        connection.rollback()
        raw.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def backup(engine: Engine, target: Path) -> dict[str, int]:
    """Copy a SQLite database to a file while it is in use; how many rows of each kind are in it.

    An earlier copy is replaced only by a new one that was checked. Raises ValueError with what is
    wrong: not SQLite, no database of ours at that address, a target that cannot be written.
    """
    if not is_sqlite(engine):
        raise ValueError("backup copies SQLite; for Postgres use pg_dump")
    source = Path(engine.url.database or "")
    if not source.is_file():
        raise ValueError(f"there is no database at {source.absolute()}; set DATABASE_URL")
    if target.is_dir() or not target.parent.is_dir():
        raise ValueError(f"{target} is no file in a folder that exists; make the folder first")
    if target.exists() and target.samefile(source):
        raise ValueError(f"{target} is the database itself; name another file")
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        counts = _copied(source, part)
        part.replace(target)
    except (sqlite3.Error, OSError) as fault:
        raise ValueError(f"{target} was not written ({fault}); an earlier copy stays") from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return counts


def _copied(source: Path, part: Path) -> dict[str, int]:
    given = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    with closing(given), closing(sqlite3.connect(part)) as copy:
        given.backup(copy)
        found = {name for (name,) in copy.execute("SELECT name FROM sqlite_master")}
        if "alembic_version" not in found:
            raise ValueError(f"{source.absolute()} is no database of Assay; set DATABASE_URL")
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise ValueError(f"{source.absolute()} is damaged; an earlier copy stays")
        return {
            name: copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in sorted(found & _COUNTED)
        }
