"""Reading for all teams at once what is asked for team by team: for who looks at every one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sqlmodel import Session

from models import db

K = TypeVar("K")
T = TypeVar("T")


def look_at_all(session: Session) -> None:
    """From now on `of_each` reads for all keys at once: who looks at every team asks few times."""
    session.info["all"] = True


def of_each(
    session: Session, name: str, key: K, one: Callable[[], T], every: Callable[[], Mapping[K, T]]
) -> T:
    """What `one` gives for that key; where all are looked at, out of `every`, which is asked once
    (a defaultdict, where most have nothing); a key it does not know is asked for by `one`.
    """
    if not looks_at_all(session):
        return one()
    try:
        return db.once(session, ("all", name), every)[key]
    except KeyError:
        return one()


def by(key: Callable[[T], K], rows: Iterable[T]) -> Mapping[K, list[T]]:
    """The rows by what that says of each; any other key has none."""
    found: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def looks_at_all(session: Session) -> bool:
    """True for who looks at every team."""
    return bool(session.info.get("all"))
