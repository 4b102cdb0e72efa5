"""The first three steps of a team: the steps, a standup's dry run before its first round, and a
test prompt that looks like a real one and counts nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.calendar import local, zone
from core.standups.questions import Question

STEPS = ("channels", "people", "test")
FIRST_NAMES = 6  # people named per zone; the rest is counted


@dataclass(frozen=True)
class Group:
    """People who are asked at one moment: their zone, the local date and time, the instant."""

    zone: str
    at: datetime
    names: tuple[str, ...]


@dataclass(frozen=True)
class SetupStep:
    """One step. state: done | skipped | open. facts: what is set, in words of the views."""

    name: str
    state: str


@dataclass(frozen=True)
class Onboarding:
    """The card. channels: use → Slack id ("" while unset). standup: its name, "" without one.

    groups: who is asked next and when, by zone. closed: put away before all steps were done.
    """

    steps: tuple[SetupStep, ...]
    channels: Mapping[str, str]
    standup: str = ""
    groups: tuple[Group, ...] = ()
    closed: bool = False

    @property
    def left(self) -> int:
        """How many steps are neither done nor skipped."""
        return sum(step.state == "open" for step in self.steps)

    @property
    def shown(self) -> bool:
        """True while there is something to do on it."""
        return not self.closed and self.left > 0


@dataclass(frozen=True)
class Rehearsal:
    """The dry run of a standup's first round: what will be sent to whom, and when.

    state: open | confirmed | stopped | begun. by: display name of who decided, "" for nobody.
    on: None while nobody is left to ask.
    """

    standup: int
    name: str
    channel: str
    on: date | None
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    away: tuple[str, ...] = ()
    state: str = "open"
    by: str = ""


def steps(done: Mapping[str, bool], skipped: Sequence[str]) -> tuple[SetupStep, ...]:
    """The steps with their state; what is done counts as done, also when it was skipped."""

    def state(name: str) -> str:
        return "done" if done[name] else "skipped" if name in skipped else "open"

    return tuple(SetupStep(name, state(name)) for name in STEPS)


def groups(
    due_at: Mapping[str, datetime], zones: Mapping[str, str], names: Mapping[str, str]
) -> tuple[Group, ...]:
    """People by zone, the first to be asked first. due_at: user id → instant (UTC)."""
    by_zone: dict[tuple[datetime, str], list[str]] = {}
    for user, at in due_at.items():
        by_zone.setdefault((at, zones[user]), []).append(names.get(user) or user)
    return tuple(
        Group(name, local(at, zone(name)), tuple(sorted(people, key=str.casefold)))
        for (at, name), people in sorted(by_zone.items())
    )


@dataclass(frozen=True)
class Trial:
    """user, name: who is asked. asked_as: the standup's name. replies: () until answered."""

    id: int
    user: str
    asked_as: str
    questions: tuple[Question, ...]
    name: str = ""
    replies: tuple[str, ...] = ()
