"""What every use case is handed: the Lab."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Engine
from sqlmodel import Session

from core.llm.endpoint import NO_MODEL, Endpoint, LlmAnswer, LlmQuestion
from models import db


class Writer(Protocol):
    """Asks a language model; a failure is an outcome. Whatever happens, the template stands."""

    def write(self, asked: LlmQuestion) -> LlmAnswer:
        """What came of the question, within its seconds."""


@dataclass(frozen=True)
class Policy:
    """The team rules that are the same everywhere until someone needs them to differ."""

    stale_after_working_days: int = 3
    warn_share: float = 0.8
    snooze_days: int = 2
    undo_minutes: int = 10
    kill_checkpoints: int = 3
    kill_budget_share: float = 0.25
    extrapolate_from: float = 0.5
    inbox_keep_days: int = 7
    blocker_escalate_working_days: int = 3
    alone_working_days: int = 15  # three weeks
    webhook_nets: tuple[str, ...] = ()  # private networks that webhooks may reach, without TLS
    tracker_nets: tuple[str, ...] = ()  # the same for trackers


@dataclass(frozen=True)
class Lab:
    """The engine, the clock, the writer and what it may be asked; nothing in it is global.

    `begin()` opens a transaction, or joins the one the edge has opened for this input, so that
    the inbox row, the change, its audit row and what must be said are kept or lost together.
    patience: how many seconds a transaction that begins now may wait for others.
    """

    engine: Engine
    clock: Callable[[], datetime]
    writer: Writer
    policy: Policy = Policy()
    session: Session | None = None
    llm: Endpoint = NO_MODEL
    patience: Callable[[], float] = lambda: db.PATIENCE

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session in a transaction: committed at the end, rolled back on any exception."""
        if self.session is not None:
            yield self.session
            self.session.flush()
            return
        with db.transaction(self.engine, patience=self.patience()) as session:
            yield session

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A session that reads what is committed and keeps no writer waiting, or the one joined.

        Raises MustWrite as soon as it would write.
        """
        if self.session is not None:
            yield self.session
            return
        with db.reading(self.engine, patience=self.patience()) as session:
            yield session

    def require_writing(self) -> None:
        """Pass unless what is done now only looks. Raises MustWrite.

        For what takes long or is seen elsewhere, and so is not done for a look.
        """
        if self.session is not None:
            db.require_writing(self.session)

    def within(self, session: Session) -> "Lab":
        """The same lab, whose `begin()` joins that session's transaction."""
        return replace(self, session=session)
