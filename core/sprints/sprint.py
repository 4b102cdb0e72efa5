"""The calendar of sprints: numbered, one after the other; a new length never moves the past."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.calendar import instant

DAYS = 14  # two weeks, the source document's sprint
LENGTHS = (7, 14, 21, 28)


@dataclass(frozen=True)
class Span:
    """One sprint: its number from 1, its first and its last day."""

    number: int
    starts: date
    ends: date

    @property
    def days(self) -> int:
        """Its length in calendar days."""
        return (self.ends - self.starts).days + 1

    def covers(self, day: date) -> bool:
        """True for its days, both ends included."""
        return self.starts <= day <= self.ends

    def bounds(self, where: ZoneInfo) -> tuple[datetime, datetime]:
        """The instants at which it begins and at which the next one does."""
        after = self.ends + timedelta(days=1)
        return instant(self.starts, time(), where), instant(after, time(), where)


@dataclass(frozen=True)
class Calendar:
    """first: the day from which sprints of `days` follow each other without gaps.

    earlier: the sprints before it, numbered from 1, whose dates stay as they were.
    """

    first: date
    days: int = DAYS
    earlier: tuple[Span, ...] = ()

    def of(self, number: int) -> Span:
        """The sprint with that number. Raises ValueError below 1."""
        if number < 1:
            raise ValueError(f"sprints count from 1, not {number}")
        if number <= len(self.earlier):
            return self.earlier[number - 1]
        starts = self.first + timedelta(days=(number - 1 - len(self.earlier)) * self.days)
        return Span(number, starts, starts + timedelta(days=self.days - 1))

    def at(self, day: date) -> Span | None:
        """The sprint of that day, or None before the first (or in a gap before a new start)."""
        if day < self.first:
            return next((span for span in self.earlier if span.covers(day)), None)
        return self.of((day - self.first).days // self.days + 1 + len(self.earlier))

    def next_after(self, day: date) -> Span:
        """The first sprint that starts after that day."""
        if day >= self.first:
            running = self.at(day)
            assert running is not None
            return self.of(running.number + 1)
        waiting = [span for span in self.earlier if span.starts > day]
        return waiting[0] if waiting else self.of(len(self.earlier) + 1)

    def closed(self, day: date) -> list[Span]:
        """The sprints whose last day lies before that day, oldest first."""
        running = self.at(day) or self.next_after(day)
        return [self.of(number) for number in range(1, running.number)]

    def renewed(self, first: date, days: int, *, keep: int) -> "Calendar":
        """Sprints of `days` from `first` on, after the first `keep` ones, which stay."""
        return Calendar(first, days, tuple(self.of(number) for number in range(1, keep + 1)))
