"""Who works alone: the source document's symptom "researcher working alone for 3 weeks".

Judged by what the records tell about a person's running experiments (stage experiment or
iteration), in that person's own working days. Looking at a ticket leaves no record, so that
nobody *read* it cannot be known and is not claimed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.calendar import is_working_day
from core.quantity import experiment_id

RUNNING = ("experiment", "iteration")
WORKING_DAYS = 15  # three weeks
SNOOZE = timedelta(days=14)


@dataclass(frozen=True)
class Trace:
    """What the records tell about one running experiment, as days on the team's calendar.

    since: it is in its stage. own: the owner's last result or change. told: the last standup
    answer that named it, or learning about it. others: the last thing anybody else did to it.
    """

    number: int
    since: date
    own: date | None = None
    told: date | None = None
    others: date | None = None


@dataclass(frozen=True)
class Alone:
    """One episode. kind: quiet (no news at all) | unseen (the owner's own results only).

    since: the day of the last news (quiet) or of the last contact (unseen), and `last` what that
    was; own: the owner's last result or change. days: the owner's working days since then; free:
    weekdays among them on which the owner was off. answers: standup answers of theirs since then.
    here: False while the owner is away today, or has left.
    """

    kind: str
    numbers: tuple[int, ...]
    since: date
    last: str
    days: int
    free: int
    own: date | None
    owner: str = ""
    name: str = ""
    answers: int = 0
    here: bool = True
    snoozed_until: date | None = None
    snoozed_by: str = ""

    @property
    def ids(self) -> str:
        """`EXP-042, EXP-044`."""
        return ", ".join(experiment_id(number) for number in self.numbers)


def judge(
    traces: Sequence[Trace],
    today: date,
    is_free: Callable[[date], bool],
    *,
    after: int = WORKING_DAYS,
) -> Alone | None:
    """What holds for the owner of these running experiments, or None.

    quiet: no result, change, answer, learning or other person for `after` working days on any of
    them. unseen: the owner's results or changes go on, but for so long no answer named them,
    nothing learned was kept, and nobody else did anything to them. is_free: the owner's days off.
    """
    if not traces:
        return None
    numbers = tuple(sorted(trace.number for trace in traces))
    own = max((t.own for t in traces if t.own), default=None)
    contact = _last(traces, "since", "told", "others")
    news = _last(traces, "since", "own", "told", "others")
    for kind, (since, last) in (("quiet", news), ("unseen", contact)):
        days, free = _counted(since, today, is_free)
        if days >= after:
            return Alone(kind, numbers, since, last, days, free, own)
    return None


_WHAT = {
    "since": "when it came into its stage",
    "own": "a result or change of their own",
    "told": "a standup answer or learning about it",
    "others": "somebody else's hand in it",
}


def _last(traces: Sequence[Trace], *parts: str) -> tuple[date, str]:
    found = [
        (day, _WHAT[part])
        for t in traces
        for part in parts
        if (day := getattr(t, part)) is not None
    ]
    return max(found, key=lambda one: one[0])


def _counted(since: date, today: date, is_free: Callable[[date], bool]) -> tuple[int, int]:
    """Working days after `since` up to today, and weekdays that were free for that person."""
    days = [since + timedelta(days=n) for n in range(1, (today - since).days + 1)]
    weekdays = [day for day in days if is_working_day(day)]
    free = sum(is_free(day) for day in weekdays)
    return len(weekdays) - free, free
