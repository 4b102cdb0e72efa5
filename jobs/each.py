"""One after the other: one that fails is logged, and the others still get their turn."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T", int, str)


def each(found: Iterable[T], act: Callable[[T], object], failed: str) -> None:
    """Act on every one. failed: what to log with %s for the one that failed."""
    for one in found:
        try:
            act(one)
        except Exception:
            log.exception(failed, one)
