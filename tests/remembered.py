"""A scene that many tests begin with is played once, and copied for the others.

What is copied is what playing it would end in: it is the same scene only when the rows, the clock,
what was said so far and what it is asked for are the same. On a Postgres it is played each time.
"""

import hashlib
from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Engine

from tests.conversation import Conversation

T = TypeVar("T")
MOST = 64  # scenes kept in a process, of a megabyte each


class _Played(NamedTuple):
    rows: bytes
    talk: dict[str, Any]
    replies: list[Any]
    result: Any


def remembered(scene: Callable[..., T]) -> Callable[..., T]:
    """The same scene, (talk, …) → what cannot be changed."""
    known: dict[tuple[str, ...], _Played] = {}

    @wraps(scene)
    def played(talk: Conversation, *given: Any, **named: Any) -> T:
        if talk.engine.url.drivername != "sqlite" or talk.engine.url.database:
            return scene(talk, *given, **named)
        key = (hashlib.sha256(_rows(talk.engine)).hexdigest(), repr(_beside(talk)))
        key += (repr(talk.replies), repr((given, named)))
        done = known.get(key)
        if done:
            _copy(done, talk)
            return done.result  # type: ignore[no-any-return]
        before = len(talk.replies)
        result = scene(talk, *given, **named)
        if len(known) < MOST:
            now = _Played(_rows(talk.engine), _beside(talk), talk.replies[before:], result)
            known[key] = now
        return result

    return played


def _beside(talk: Conversation) -> dict[str, Any]:
    """What a conversation knows beside its rows and replies."""
    left_out = ("engine", "table", "replies")
    return {name: copy(value) for name, value in vars(talk).items() if name not in left_out}


def _rows(engine: Engine) -> bytes:
    raw = engine.raw_connection()
    content: bytes = raw.driver_connection.serialize()  # type: ignore[union-attr]
    raw.close()
    return content


def _copy(done: _Played, talk: Conversation) -> None:
    raw = talk.engine.raw_connection()
    raw.driver_connection.deserialize(done.rows)  # type: ignore[union-attr]
    raw.close()
    vars(talk).update({name: copy(value) for name, value in done.talk.items()})
    talk.replies += done.replies
