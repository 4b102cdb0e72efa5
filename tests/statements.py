"""What a piece of work asks of the database: statements sent, and rows that came back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session


@dataclass
class Work:
    """sent: statements, in order. rows: how many all SELECTs of sessions gave back."""

    sent: list[str] = field(default_factory=list)
    rows: int = 0

    @property
    def asked(self) -> int:
        """Statements but for rows written and for the transaction itself."""
        return sum(one.split(None, 1)[0].upper() in ("SELECT", "WITH") for one in self.sent)


@contextmanager
def watched(engine: Engine) -> Iterator[Work]:
    """Everything that is asked of that database meanwhile."""
    work = Work()

    def sent(_: Any, __: Any, statement: str, *___: Any) -> None:
        work.sent.append(statement)

    def fetched(state: ORMExecuteState) -> Any:
        if not state.is_select or state.is_column_load:
            return None
        kept = state.invoke_statement().freeze()
        work.rows += len(kept.data)
        return kept()

    event.listen(engine, "before_cursor_execute", sent)
    event.listen(Session, "do_orm_execute", fetched)
    try:
        yield work
    finally:
        event.remove(engine, "before_cursor_execute", sent)
        event.remove(Session, "do_orm_execute", fetched)
