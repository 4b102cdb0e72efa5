"""The anonymous mood: five steps, shown as a mean of at least four votes and never otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import Refused

STEPS = ("Very bad", "Bad", "So-so", "Good", "Very good")
FEWEST = 4  # with fewer, a mean says too much about each
WEEKS = 4


@dataclass(frozen=True)
class Mean:
    """The mean of some votes, from 1 (very bad) to 5."""

    value: float
    votes: int


@dataclass(frozen=True)
class MoodWeek:
    """One week's mean; None when no round in it had enough votes. monday: its first day."""

    monday: date
    mean: Mean | None


@dataclass(frozen=True)
class MoodSetting:
    """Whether a standup asks for the mood, and what came of it. rounds: open ones, as (id, day),
    in which the person who looks may vote and has not.
    """

    name: str
    channel: str
    on: bool
    weeks: tuple[MoodWeek, ...] = ()
    rounds: tuple[tuple[int, date], ...] = ()
    by: str = ""


def read(text: str) -> bool | None:
    """True for `on`, False for `off`, None for nothing. Raises Refused."""
    word = text.strip().casefold()
    if word not in {"", "on", "off"}:
        hint = "`/standup mood` shows it and lets you vote; a lead says `on` or `off`."
        raise Refused("A vote is not typed: it would stand in a log beside your name.", hint)
    return None if not word else word == "on"


def voted(counts: Sequence[int], step: int) -> list[int]:
    """The counts with one more of that step (1 to 5). Raises Refused for another number."""
    if not 1 <= step <= len(STEPS):
        raise Refused("That is none of the five.", "Choose one from the menu.")
    whole = [*counts, *[0] * len(STEPS)][: len(STEPS)]
    return [count + (n + 1 == step) for n, count in enumerate(whole)]


def mean(counts: Sequence[int]) -> Mean | None:
    """Their mean; None below `FEWEST` votes."""
    votes = sum(counts)
    if votes < FEWEST:
        return None
    return Mean(sum((n + 1) * count for n, count in enumerate(counts)) / votes, votes)


def weeks(rounds: Sequence[tuple[date, Sequence[int]]], today: date) -> tuple[MoodWeek, ...]:
    """The last four weeks, this one included, of the rounds that had enough votes by themselves:
    several thin rounds of one week would still be the same few people.
    """
    this = today - timedelta(days=today.weekday())
    mondays = [this - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    found = []
    for monday in mondays:
        told = [c for on, c in rounds if monday <= on < monday + timedelta(weeks=1) and mean(c)]
        found.append(MoodWeek(monday, mean([sum(step) for step in zip(*told, strict=False)])))
    return tuple(found)


def in_words(found: Mean | None) -> str:
    """`3.8 of 5 (6 votes)`, or that there were too few."""
    if found is None:
        return f"fewer than {FEWEST} votes, so it is not shown"
    return f"{found.value:.1f} of 5 ({found.votes} votes)"
