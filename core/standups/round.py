"""A standup's round: one nominal date onto which every member maps by their own clock.

The round opens when the first member's local time comes, anywhere on earth, and closes a fixed
span after the last member's. Between Auckland and Los Angeles that is most of a day; the date on
the round is the same for all of them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from core import calendar
from core.experiments.experiment import Experiment
from core.standups.questions import Question, all_of

_EAST = timedelta(hours=14)  # the first zone to see a date is UTC+14
_LOOK_BACK_DAYS = 7
_LOOK_AHEAD_DAYS = 420  # past any absence


@dataclass(frozen=True)
class Plan:
    """When a standup asks. days: 0 = Monday; at: local time; open_for: after the last prompt.

    set_at: when this was last arranged (UTC); nobody is asked for an hour that was over by then.
    weeks: it asks every so many weeks, counted from the Monday `weeks_from`.
    """

    days: tuple[int, ...]
    at: time
    open_for: timedelta
    starts_on: date
    set_at: datetime
    weeks: int = 1
    weeks_from: date | None = None

    def has(self, day: date) -> bool:
        """True for a date on which it asks."""
        if day.weekday() not in self.days or day < self.starts_on:
            return False
        monday = day - timedelta(days=day.weekday())
        passed = (monday - self.weeks_from).days // 7 if self.weeks_from else 0
        return passed % self.weeks == 0


@dataclass(frozen=True)
class Times:
    """The instants of one nominal date (UTC). due_at: when each person is asked."""

    on: date
    opens_at: datetime
    closes_at: datetime
    due_at: Mapping[str, datetime]


@dataclass(frozen=True)
class Seat:
    """A person in a round. due_at: UTC.

    state: due | asked | answered | skipped | away | missed.
    """

    user: str
    name: str
    state: str
    due_at: datetime
    late: bool = False
    optional: bool = False

    @property
    def to_go(self) -> bool:
        """True while an answer is expected, asked for or not yet."""
        return self.state in {"due", "asked"} and not self.optional

    @property
    def counts(self) -> bool:
        """True when the round's numbers are about them: they owe an answer, or gave one."""
        return self.state == "answered" or not (self.optional or self.state == "away")


@dataclass(frozen=True)
class WrapUp:
    """What stood when the round closed. People are names; blockers: lines by kind; tallies: what
    the answers to a question come to, with the question; mood: that of all who told it.
    """

    answered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    blockers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    learnings: int = 0
    experiments: tuple[int, ...] = ()
    away: tuple[str, ...] = ()
    tallies: tuple[str, ...] = ()
    mood: str = ""

    @property
    def expected(self) -> int:
        """How many were on the roster and not away."""
        return len(self.answered) + len(self.missing) + len(self.skipped)


@dataclass(frozen=True)
class Round:
    """One round as a value. wrap_up: None until it is closed. shapes: see
    core/standups/questions. mood: it asks for an anonymous one. closed: the channel that does not
    take its message, and Slack's word for why.
    """

    id: int
    name: str
    on: date
    closes_at: datetime
    questions: tuple[str, ...]
    seats: tuple[Seat, ...]
    wrap_up: WrapUp | None = None
    shapes: Mapping[str, Any] = field(default_factory=dict)
    mood: bool = False
    closed: tuple[str, str] = ("", "")

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions with what each of them takes."""
        return all_of(self.questions, self.shapes)

    def in_state(self, *states: str) -> tuple[Seat, ...]:
        """The seats in one of those states."""
        return tuple(seat for seat in self.seats if seat.state in states)

    @property
    def late(self) -> int:
        """How many answered after the close."""
        return sum(seat.late for seat in self.seats)


@dataclass(frozen=True)
class Turn:
    """Which round somebody can answer now; round_id is None when there is none.

    next_name, next_on, next_at: the next standup they are in and when they are asked (UTC).
    """

    round_id: int | None
    next_name: str = ""
    next_on: date | None = None
    next_at: datetime | None = None


@dataclass(frozen=True)
class AnswerForm:
    """What the answer form starts with. kept: what was typed before and not sent, by field.

    carried: True when the reply to the "next" question is the one of the last answer.
    """

    round: Round
    replies: tuple[str, ...]
    experiments: tuple[Experiment, ...]
    kept: Mapping[str, Any]
    answered: bool
    late: bool
    carried: bool = False


def times(plan: Plan, on: date, zones: Mapping[str, str]) -> Times | None:
    """The instants of that date for these people (user id → IANA zone); None when it has none."""
    local = {user: calendar.instant(on, plan.at, calendar.zone(z)) for user, z in zones.items()}
    due = {user: at for user, at in local.items() if at > plan.set_at}
    if not due:
        return None
    return Times(on, min(due.values()), max(due.values()) + plan.open_for, due)


def dates(plan: Plan, now: datetime) -> list[date]:
    """Nominal dates that may have opened by now, a week back (for what was missed), oldest first.

    Whether one really has depends on the members' zones: see `times`.
    """
    today = now.astimezone(calendar.zone("UTC")).date()
    ahead = [today + timedelta(days=n) for n in range(-_LOOK_BACK_DAYS, 2)]
    return [
        day
        for day in ahead
        if plan.has(day) and calendar.instant(day, plan.at, calendar.zone("UTC")) - _EAST <= now
    ]


def first_after(
    plan: Plan,
    zones: Mapping[str, str],
    now: datetime,
    *,
    done: Collection[date] = (),
    is_away: Callable[[str, date], bool] = lambda _user, _day: False,
) -> Times | None:
    """The next round that opens after now, leaving out the dates already done and who is away;
    None without people or days.
    """
    if not zones:
        return None
    today = now.astimezone(calendar.zone("UTC")).date()
    first = max(today - timedelta(days=1), plan.starts_on)
    for n in range(_LOOK_AHEAD_DAYS):
        day = first + timedelta(days=n)
        if plan.has(day) and day not in done:
            here = {user: zone for user, zone in zones.items() if not is_away(user, day)}
            found = times(plan, day, here)
            if found and found.opens_at > now:
                return found
    return None
