"""What a transaction that only reads (see db.reading) does once, where others do it each time."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import orm

T = TypeVar("T")


def once(session: orm.Session, key: object, read: Callable[[], T]) -> T:
    """What `read` finds: read once in a transaction that only reads, each time in others.

    key: what is read, the same for the same SELECT with the same parameters.
    """
    if not session.info.get("reads"):
        return read()
    kept = session.info.setdefault("once", {})
    if key not in kept:
        kept[key] = read()
    found: T = kept[key]
    return found


def hold(session: orm.Session, row: object) -> None:
    """The row as it is now, held until the transaction ends; who only reads keeps what it has."""
    if not session.info.get("reads"):
        session.refresh(row, with_for_update={"key_share": True})
