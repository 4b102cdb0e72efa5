"""One after the other: one that fails is logged, and the others still get their turn."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from services import team
from services.ports import Lab

log = logging.getLogger(__name__)

T = TypeVar("T", int, str)


def each(lab: Lab, found: Iterable[T], act: Callable[[T], object], failed: str) -> None:
    """Act on every one. failed: what to log with %s for the one that failed.

    Raises MustWrite when one fails while the tick only looks: its transaction is spoilt for the
    others, and each gets one of its own when the jobs are run.
    """
    for one in found:
        try:
            act(one)
        except Exception:
            lab.require_writing()
            log.exception(failed, one)


def in_each_team(lab: Lab, now: datetime, act: Callable[[Lab, int], object], failed: str) -> None:
    """Act for every team at work, by its key, with the clock at the hour of the tick."""
    then = replace(lab, clock=lambda: now)
    each(then, team.team_ids(then), lambda team_id: act(then, team_id), failed)


def for_each_team(
    lab: Lab, now: datetime, act: Callable[[Lab, int, datetime], object], failed: str
) -> None:
    """Act for every team at work, by its key."""
    each(lab, team.team_ids(lab), lambda team_id: act(lab, team_id, now), failed)
