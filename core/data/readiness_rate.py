"""How often data was there when it was needed: the Data Readiness Rate of chapter 4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.data.dataset import Dataset
from core.experiments.experiment import CLOSED, Experiment

TARGET, FAILING, MIN_PLANNED = 0.8, 0.6, 3


@dataclass(frozen=True)
class Rate:
    """Data Readiness Rate. planned: experiments whose data is there or was due; pending: the
    others that wait for data. share: None under three planned.
    """

    on_time: int
    planned: int
    pending: int

    @property
    def share(self) -> float | None:
        """On time out of planned."""
        return self.on_time / self.planned if self.planned >= MIN_PLANNED else None

    @property
    def text(self) -> str:
        """The rate with its band in one line."""
        later = f"; {self.pending} not due yet" if self.pending else ""
        if self.share is None:
            return (
                f"Data Readiness Rate: not enough data ({self.planned} of at least "
                f"{MIN_PLANNED} experiments due{later})"
            )
        if self.share >= TARGET:
            band = "on target (80%)"
        elif self.share >= FAILING:
            band = "below the target of 80%"
        else:
            band = "systemic planning failure"
        return (
            f"Data Readiness Rate: {self.share:.0%}, {band} · data ready on time for "
            f"{self.on_time} of {self.planned} experiments{later}"
        )


class Promise(NamedTuple):
    """What a rate reads of a card."""

    experiments: Sequence[int]
    needed_by: date
    ready_at: datetime | None


class Linked(NamedTuple):
    """What a rate reads of an experiment."""

    number: int
    stage: str
    decided_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Neither killed nor in production."""
        return self.stage not in CLOSED


def rate(
    cards: Sequence[Dataset | Promise], experiments: Sequence[Experiment | Linked], *,
    now: datetime, where: ZoneInfo,
) -> Rate:  # fmt: skip
    """Experiments whose data was ready on time, out of those whose data is there or was due.

    An experiment counts once, over all its cards; one closed before its data was due and there
    does not count. where: the zone whose days count.
    """
    on_time = planned = pending = 0
    linked: dict[int, list[Dataset | Promise]] = {}
    for card in cards:
        for number in set(card.experiments):
            linked.setdefault(number, []).append(card)
    for one in experiments:
        state = _state(linked.get(one.number, []), one, now, where)
        on_time += state == "on time"
        planned += state in {"on time", "late"}
        pending += state == "pending"
    return Rate(on_time, planned, pending)


def _state(
    theirs: Sequence[Dataset | Promise], one: Experiment | Linked, now: datetime, where: ZoneInfo
) -> str:
    """on time | late | pending, or "" for an experiment that does not count."""
    if not theirs:
        return ""
    ends = now if one.decided_at is None or one.is_open else one.decided_at
    for card in theirs:
        if (card.ready_at or ends).astimezone(where).date() > card.needed_by:
            return "late"
    if all(card.ready_at for card in theirs):
        return "on time"
    return "pending" if one.is_open else ""
