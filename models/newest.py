"""Pages of what teams have, the newest first: what a page costs follows its size."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, select

R = TypeVar("R")


@dataclass(frozen=True)
class Window:
    """Which rows: at most so many, the greatest key first, all of them after the key `before`.

    by: the columns of the key, one or two; an index of team and first column serves each team.
    """

    by: Sequence[Any]
    most: int
    before: Sequence[Any] = ()


def page(
    session: Session,
    kind: type[R],
    teams: Collection[int],
    which: Sequence[ColumnElement[bool]],
    window: Window,
) -> list[R]:
    """Rows of these teams of which all of that holds. The key is no row's None."""
    by, before, most = window.by, window.before, window.most
    found: list[R] = []
    for team_id in sorted(teams):
        wanted = select(kind).where(kind.team_id == team_id, *which)  # type: ignore[attr-defined]
        if before:
            wanted = wanted.where(*_less(by, before))
        found += session.exec(wanted.order_by(*(one.desc() for one in by)).limit(most))
    found.sort(key=lambda row: key(row, by), reverse=True)
    return found[:most]


def key(row: Any, by: Sequence[Any]) -> tuple[Any, ...]:
    """The row's key."""
    return tuple(getattr(row, column.key) for column in by)


def _less(by: Sequence[Any], than: Sequence[Any]) -> list[ColumnElement[bool]]:
    first, *rest = by
    if not rest:
        return [first < than[0]]
    # The first condition follows from the second; with it an index is read from the right place.
    return [first <= than[0], (first < than[0]) | (rest[0] < than[1])]
