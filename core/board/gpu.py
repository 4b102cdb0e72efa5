"""Who may train now: GPUs, shortages, a week's GPU-hours, and the queue when they are short.

The queue is about GPUs: it holds experiments that could start but for compute. One experiment
takes one of the team's places, whatever it trains on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.calendar import instant, is_working_day
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.standups.absence import read as read_days
from core.text import clean, says_nothing

MOST = 1000
ORDERS = {
    "first": "first come",
    "score": "worth × bits learned ÷ cost, as in `/sprint plan`",
}
_SHORT = "Write `/gpu short 1 until Friday why`."


@dataclass(frozen=True)
class Short:
    """For a while only so many run at a time. until: the last day; key: of the public post."""

    places: int
    until: date
    why: str
    by: str
    key: str = ""


@dataclass(frozen=True)
class Capacity:
    """places: experiments that may train at a time, None: nobody said, so no queue. quota:
    GPU-hours a week, None without.
    """

    places: int | None = None
    quota: float | None = None
    short: Short | None = None

    def limit(self, today: date) -> int | None:
        """How many may train today; None without a limit."""
        if self.short is None or today > self.short.until:
            return self.places
        return self.short.places if self.places is None else min(self.places, self.short.places)

    def shortage(self, today: date) -> Short | None:
        """The shortage that holds today."""
        return self.short if self.short and today <= self.short.until else None


@dataclass(frozen=True)
class Turn:
    """An experiment in the queue. called: it is its turn, until `until`. rank: by hand.

    passed: how often it let its turn pass. score: of planning; None when its worth is unknown.
    """

    ticket: Experiment
    queued_at: datetime
    called: bool = False
    until: datetime | None = None
    rank: int | None = None
    passed: int = 0
    score: float | None = None
    let_by: str = ""


@dataclass(frozen=True)
class Seen:
    """A pool of GPUs (core/board/gpu_pool) as one team sees it.

    taken: by all, mine of them by the team; share: 0–1; fair: the places of that share; free: how
    many of its own may start now; elsewhere: how many of other teams wait.
    """

    places: int
    taken: int
    mine: int
    share: float
    fair: float
    free: int
    elsewhere: int


@dataclass(frozen=True)
class Queue:
    """Who trains, whose turn it is and who waits, in order. used: GPU-hours reported this week.

    released: still in experiment, but their GPU is free. order: first | score. pool: what the team
    sees of the GPUs it shares with others.
    """

    capacity: Capacity
    today: date
    used: float
    running: tuple[Experiment, ...] = ()
    released: tuple[Experiment, ...] = ()
    called: tuple[Turn, ...] = ()
    waiting: tuple[Turn, ...] = ()
    order: str = "first"
    pool: Seen | None = None

    @property
    def limit(self) -> int | None:
        """How many may train today; None without a limit."""
        return self.capacity.limit(self.today)

    @property
    def hours_left(self) -> float | None:
        """Of this week's GPU-hours; None without a quota, below 0 when more were used."""
        return None if self.capacity.quota is None else self.capacity.quota - self.used

    @property
    def is_spent(self) -> bool:
        """True when the week's GPU-hours are used up."""
        return self.hours_left is not None and self.hours_left <= 0

    @property
    def free(self) -> int | None:
        """How many more may start now; None without any limit."""
        if self.is_spent:
            return 0
        own = self.own_free
        if self.pool is None:
            return own
        return self.pool.free if own is None else min(own, self.pool.free)

    @property
    def own_free(self) -> int | None:
        """The same by the team's own limit alone."""
        if self.limit is None:
            return None
        return max(0, self.limit - len(self.running) - len(self.called))

    def place(self, number: int) -> int:
        """1 for the one that is next; 0 when it does not wait."""
        found = [at for at, turn in enumerate(self.waiting, 1) if turn.ticket.number == number]
        return found[0] if found else 0

    def is_called(self, number: int) -> bool:
        """True when it is that experiment's turn."""
        return any(turn.ticket.number == number for turn in self.called)


@dataclass(frozen=True)
class Call:
    """To the owner: a GPU is free for it. passed: no more so, it waits at `place` (0: not)."""

    ticket: Experiment
    until: datetime
    let_by: str = ""
    passed: bool = False
    place: int = 0


def ordered(waiting: Sequence[Turn], order: str = "") -> tuple[tuple[Turn, ...], str]:
    """The queue, and the rule it follows. order: the rule, "" for the one that fits.

    Places given by hand stand before; who let a turn pass stands behind.
    """
    rule = order or rule_of(waiting)
    placed = sorted(waiting, key=lambda t: (t.rank is None, t.rank or 0, *ruled(t, rule)))
    return tuple(placed), rule


def rule_of(waiting: Sequence[Turn]) -> str:
    """score when every worth is known (of those without a place by hand), else first."""
    free = [turn for turn in waiting if turn.rank is None]
    return "score" if free and all(turn.score is not None for turn in free) else "first"


def ruled(turn: Turn, order: str) -> tuple[int, float, datetime, int]:
    """What that rule sorts by; the smallest is next."""
    by_score = -(turn.score or 0.0) if order == "score" else 0.0
    return turn.passed, by_score, turn.queued_at, turn.ticket.number


def confirm_by(now: datetime, where: ZoneInfo) -> datetime:
    """The same local time on the next working day."""
    there = now.astimezone(where)
    day = there.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return instant(day, there.time(), where)


def read_places(text: str) -> int:
    """A number of GPUs as typed: 1 to 1000. Raises Refused."""
    word = clean(text).casefold().removesuffix("gpus").removesuffix("gpu").strip()
    if word.isascii() and word.isdigit() and 1 <= int(word[:6]) <= MOST:
        return int(word)
    raise Refused(f"“{clean(text)[:30]}” is no number of GPUs.", "Write `/gpu 4`, or `/gpu help`.")


def read_short(text: str, today: date, *, by: str) -> Short:
    """`1 until Friday spot instances are gone`. Raises Refused."""
    count, _, rest = clean(text).partition(" ")
    if not (count.isascii() and count.isdigit() and int(count[:6]) <= MOST):
        raise Refused("How many may run at a time?", _SHORT)
    if not rest.strip():
        raise Refused("Until when, and why?", _SHORT)
    span, why = read_days(rest, today)
    if says_nothing(why):
        raise Refused("Why are GPUs short? The team reads it.", _SHORT)
    return Short(int(count), span.last, why, by)


def load(kept: Mapping[str, Any]) -> Capacity:
    """The capacity again from what `stored` gave."""
    short = kept.get("short")
    return Capacity(
        kept.get("places"),
        kept.get("quota"),
        Short(**{**short, "until": date.fromisoformat(short["until"])}) if short else None,
    )


def stored(capacity: Capacity) -> dict[str, Any]:
    """The capacity as JSON keeps it."""
    short = capacity.short
    kept = {**vars(short), "until": short.until.isoformat()} if short else None
    return {"places": capacity.places, "quota": capacity.quota, "short": kept}
