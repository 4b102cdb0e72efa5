"""Engines, transactions and migrations for SQLite (default) and Postgres."""

import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, orm
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from core.text import storable
from models.postgres import open_postgres, unhurried

T = TypeVar("T")


class Unreadable(str):
    """Stored text that should be JSON and is not: whoever wants its content finds no dict.

    Raised while a row loads it would take every other row of the same SELECT with it.
    """


class MustWrite(BaseException):
    """Something is to be written, and this transaction only reads: do it again in one that writes.

    No Exception, so that no `except Exception` on the way takes it for a fault.
    """


PATIENCE = 2.5  # seconds to wait for the database: an ack later than 3 s is lost
_MEMORY = {"sqlite://", "sqlite:///:memory:"}


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///file.db`, `sqlite://` (memory) or `postgresql://…`."""
    if url.startswith("sqlite"):
        return _open_sqlite(url)
    return open_postgres(url, _stored, lock_s=PATIENCE)


_ESCAPES = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")  # how JSON writes what is not storable


def _stored(text: str | bytes) -> Any:
    try:
        value = json.loads(text := text if isinstance(text, str) else text.decode())
        return storable(value) if _ESCAPES.search(text) else value
    except (ValueError, RecursionError):
        return Unreadable(text)


def _open_sqlite(url: str) -> Engine:
    options: dict[str, Any] = {"poolclass": StaticPool} if url in _MEMORY else {}
    options |= {"connect_args": {"check_same_thread": False}, "json_deserializer": _stored}
    engine = create_engine(url, execution_options={"turn": threading.Lock()}, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an ack means the input survives a power cut
        f"busy_timeout={PATIENCE * 1000:.0f}",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that later writes can fail with SQLITE_BUSY at once; taking the
    # write lock first waits its turn instead. Who only reads waits for nobody.
    options = connection.get_execution_options()
    patience = options.get("patience", PATIENCE)
    raw = connection.connection.driver_connection
    raw.execute(f"PRAGMA busy_timeout={patience * 1000:.0f}")  # type: ignore[union-attr]
    connection.exec_driver_sql("BEGIN" if options.get("reads") else "BEGIN IMMEDIATE")


def is_sqlite(engine: Engine) -> bool:
    """True when that engine speaks SQLite."""
    return engine.dialect.name == "sqlite"


def is_in_memory(engine: Engine) -> bool:
    """True when all there is is one connection, not to be shared between threads."""
    return str(engine.url) in _MEMORY


@contextmanager
def transaction(engine: Engine, *, patience: float = PATIENCE) -> Iterator[Session]:
    """A session in one transaction: committed at the end, rolled back on any exception.

    patience: seconds it may wait for others. Raises OperationalError when they are over.
    """
    if patience <= 0:
        raise _busy("no time is left")
    with _turn(engine, patience) as left:
        chosen = engine.execution_options(patience=left)
        with Session(chosen, expire_on_commit=False) as session, session.begin():
            if not is_sqlite(engine) and left < PATIENCE:
                session.connection().exec_driver_sql(f"SET LOCAL lock_timeout={left * 1000:.0f}")
            yield session


@contextmanager
def reading(engine: Engine, *, patience: float = PATIENCE) -> Iterator[Session]:
    """A session that sees what is committed, waits for no writer and keeps none waiting.

    Raises MustWrite as soon as it would write, OperationalError when no patience is left. Locks
    asked for in it are not taken.
    """
    if patience <= 0:
        raise _busy("no time is left")
    chosen = engine.execution_options(reads=True)
    with Session(chosen, expire_on_commit=False) as session, session.begin():
        session.info["reads"] = True
        yield session


def require_writing(session: orm.Session) -> None:
    """Pass in a transaction that may write. Raises MustWrite in one that only reads."""
    if session.info.get("reads"):
        raise MustWrite


Tables = tuple[type, ...]


def once(session: Session, name: object, load: Callable[[], T], *, until: Tables = ()) -> T:
    """What that gives. A transaction that only reads asks for it once: nothing in it changes.

    until: tables; one that writes asks once too, and again after a row of them changed.
    """
    if not session.info.get("reads"):
        if not until:
            return load()
        if _touched(session).intersection(until):
            session.flush()
    kept: dict[object, tuple[Tables, T]] = session.info.setdefault("once", {})
    if name not in kept:
        kept[name] = (until, load())
    return kept[name][1]


def forget(session: Session) -> None:
    """What was read is read anew: rows were changed in bulk."""
    session.expire_all()
    session.info.pop("once", None)


def _touched(session: orm.Session) -> set[type]:
    return {type(row) for row in (*session.new, *session.dirty, *session.deleted)}


def _on_flush(session: orm.Session, *_: object) -> None:
    if session.new or session.deleted or any(session.is_modified(row) for row in session.dirty):
        require_writing(session)


def _after_flush(session: orm.Session, *_: object) -> None:
    if kept := session.info.get("once"):
        changed = _touched(session)
        session.info["once"] = {
            n: one for n, one in kept.items() if not changed.intersection(one[0])
        }


def _after_end(session: orm.Session, ended: orm.SessionTransaction) -> None:
    if ended.parent is None or ended.nested:  # a flush ends one of its own each time
        session.info.pop("once", None)


def _on_execute(state: orm.ORMExecuteState) -> None:
    if not state.session.info.get("reads"):
        return
    if state.is_insert or state.is_update or state.is_delete:
        raise MustWrite
    if getattr(state.statement, "_for_update_arg", None) is not None:
        unlocked = copy(state.statement)
        unlocked._for_update_arg = None  # type: ignore[attr-defined]
        state.statement = unlocked


event.listen(Session, "before_flush", _on_flush)
event.listen(Session, "after_flush", _after_flush)
event.listen(Session, "after_transaction_end", _after_end)
event.listen(Session, "do_orm_execute", _on_execute)


@contextmanager
def _turn(engine: Engine, patience: float) -> Iterator[float]:
    """SQLite has one writer at a time: threads of one process queue here, where waiting costs
    nothing, and not in SQLite's own sleeps. Yields the seconds that are left.
    """
    turn = engine.get_execution_options().get("turn")
    if turn is None or is_in_memory(engine):
        yield patience
        return
    began = time.monotonic()
    if not turn.acquire(timeout=patience):
        raise _busy("another writer of this process holds it")
    try:
        yield max(0.001, patience - (time.monotonic() - began))
    finally:
        turn.release()


def _busy(why: str) -> OperationalError:
    return OperationalError("BEGIN", None, TimeoutError(why))


class Changes:
    """Tells whether anything was committed, by whichever process, since it was asked before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: sqlite3.Connection | None = None

    def stamp(self) -> object:
        """A value that is equal to an earlier one only if nothing was committed in between.

        Take it before you read: what is committed meanwhile makes the next one differ.
        """
        if not is_sqlite(self._engine):
            with self._engine.connect() as connection:
                return connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar()
        if is_in_memory(self._engine):
            return self._own().total_changes
        # It tells of every connection but its own, so this one is kept, and writes nothing.
        return self._own().execute("PRAGMA data_version").fetchone()

    def _own(self) -> sqlite3.Connection:
        if self._kept is None:
            raw = self._engine.raw_connection()
            self._kept = raw.driver_connection
            raw.detach() if not is_in_memory(self._engine) else raw.close()
        assert self._kept is not None
        return self._kept

    def close(self) -> None:
        """Let go of its connection."""
        if self._kept is not None and not is_in_memory(self._engine):
            self._kept.close()
        self._kept = None


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to date, or to an earlier revision; safe to call at every start and
    from several processes.
    """
    config = Config()
    config.set_main_option("script_location", "models:migrations")
    with engine.connect() as connection, _exclusive(connection):
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def _exclusive(connection: Connection) -> Iterator[None]:
    """Nobody else migrates meanwhile; committed at the end.

    SQLite changes a table by making it anew: with foreign keys on, dropping the old one would
    fail, or take the rows that refer to it along. They are checked before the commit instead.
    """
    if connection.dialect.name != "sqlite":
        unhurried(connection)
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
