"""A Postgres that answers, or is given up: a server that hangs holds no thread for good."""

import time
from collections.abc import Callable, Generator
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event

R = TypeVar("R")

ANSWER_S = 15.0  # the longest that one statement may take
_BEYOND_S = 1.0  # the server says by itself that a statement took too long; then we stop waiting
_CONNECT_S = 2  # shorter than an input waits, so that whoever typed it hears that nothing was done
# A machine that has gone (and not the server on it) is noticed by the sockets themselves.
_SOCKET = {
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # ms
}


def open_postgres(
    url: str,
    deserializer: Callable[[str | bytes], Any],
    *,
    lock_s: float,
    answer_s: float = ANSWER_S,
) -> Engine:
    """An engine for `postgresql://…` or `postgres://…`.

    lock_s: how long a statement waits for others. answer_s: how long one may take; a server that
    is silent for longer loses the connection. Both raise OperationalError.
    """

    def prepare(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout={lock_s * 1000:.0f}")
            cursor.execute(f"SET statement_timeout={answer_s * 1000:.0f}")
        connection.commit()

    engine = create_engine(
        url.replace("postgres://", "postgresql://", 1).replace(
            "postgresql://", "postgresql+psycopg://", 1
        ),
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        json_deserializer=deserializer,
        connect_args={"connect_timeout": _CONNECT_S, **_SOCKET},
    )
    event.listen(engine, "do_connect", _patient(answer_s + _BEYOND_S))
    event.listen(engine, "connect", prepare)
    return engine


def _patient(seconds: float) -> Callable[..., Any]:
    """Connects, so that a connection on which nothing is heard for so long is given up."""
    import psycopg

    class Patient(psycopg.Connection[Any]):
        silent_s = seconds

        def wait(self, gen: Generator[Any, Any, R], *args: Any, **more: Any) -> R:
            try:
                return super().wait(_until(gen, self.silent_s), *args, **more)
            except _Silent as silent:
                self.close()  # what it may still answer belongs to nobody
                raise psycopg.OperationalError(str(silent)) from None

    def connect(_dialect: Any, _record: Any, args: Any, named: Any) -> Any:
        return Patient.connect(*args, **named)

    return connect


def unhurried(connection: Connection) -> None:
    """Let that one take as long as it takes; it is not used for anything else afterwards."""
    connection.connection.driver_connection.silent_s = float("inf")  # type: ignore[union-attr]
    connection.detach()
    connection.exec_driver_sql("SET lock_timeout=0")
    connection.exec_driver_sql("SET statement_timeout=0")


class _Silent(Exception):
    """The server has not answered for too long."""


def _until(gen: Generator[Any, Any, R], seconds: float) -> Generator[Any, Any, R]:
    """What psycopg waits for, given up after so many seconds: it looks up ten times a second."""
    end = time.monotonic() + seconds
    try:
        state = next(gen)
        while True:
            ready = yield state
            if not ready and time.monotonic() > end:
                raise _Silent(f"the database has not answered for {seconds:g} s")
            state = gen.send(ready)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
