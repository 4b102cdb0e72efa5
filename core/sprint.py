"""The calendar of sprints: numbered, of equal length, one after the other without gaps."""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = 14  # two weeks, the source document's sprint
LENGTHS = (7, 14, 21, 28)


@dataclass(frozen=True)
class Span:
    """One sprint: its number from 1, its first and its last day."""

    number: int
    starts: date
    ends: date


@dataclass(frozen=True)
class Calendar:
    """first: the day sprint 1 starts; days: the length of every sprint."""

    first: date
    days: int = DAYS

    def of(self, number: int) -> Span:
        """The sprint with that number. Raises ValueError below 1."""
        if number < 1:
            raise ValueError(f"sprints count from 1, not {number}")
        starts = self.first + timedelta(days=(number - 1) * self.days)
        return Span(number, starts, starts + timedelta(days=self.days - 1))

    def at(self, day: date) -> Span | None:
        """The sprint of that day, or None before the first."""
        if day < self.first:
            return None
        return self.of((day - self.first).days // self.days + 1)

    def closed(self, day: date) -> list[Span]:
        """The sprints whose last day lies before that day, oldest first."""
        running = self.at(day)
        return [self.of(number) for number in range(1, running.number)] if running else []
