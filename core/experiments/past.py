"""What an earlier digest said of the headline metric."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Past:
    """The headline of an earlier digest. noise: standard error of its value, 0 when unknown.
    target: as it told it; knows_target: False for a digest that did not keep it. via, at: whose
    result its value was, and when it was read. said: the value it told where that result was
    taken back since; `current` is then what stood by what is known now.
    """

    on: date
    metric: str
    current: float | None
    noise: float = 0.0
    target: float | None = None
    knows_target: bool = False
    via: int = 0
    at: datetime | None = None
    said: float | None = None


@dataclass(frozen=True)
class TakenBack:
    """A result that somebody undid: of which experiment, and when it had been told."""

    number: int
    value: float
    at: datetime


def is_taken_back(past: Past, undone: Collection[TakenBack]) -> bool:
    """True when the result that report rests on was undone."""
    return past.at is not None and any(
        one.number == past.via and one.value == past.current and one.at <= past.at
        for one in undone
    )
