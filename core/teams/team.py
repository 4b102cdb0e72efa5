"""A team as it is shown, and what was done with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TeamCard:
    """One team. role: the reader's there, "" for none. leads: their names. people: how many;
    open: how many experiments are.
    """

    id: int
    name: str
    role: str
    private: bool
    archived: bool
    channels: Sequence[str]
    leads: Sequence[str]
    people: int
    open: int


@dataclass(frozen=True)
class Started:
    """A team that was started. first_admin: this made the person the workspace's first admin."""

    card: TeamCard
    first_admin: bool


@dataclass(frozen=True)
class Mine:
    """The reader's teams, and the one whose channel this is, None for a channel of none."""

    cards: Sequence[TeamCard]
    here: TeamCard | None
    is_channel: bool


@dataclass(frozen=True)
class Placed:
    """What somebody is in a team now. before: what they were, "" for nothing; after: "" when they
    are not in it any more.
    """

    team: str
    user: str
    before: str
    after: str


@dataclass(frozen=True)
class Renamed:
    """What a team was called, or who saw it, and what holds now."""

    before: str
    after: str


@dataclass(frozen=True)
class StillOpen:
    """What is not finished in a team that is to be archived. experiments, blockers: their ids."""

    team: str
    experiments: Sequence[str] = ()
    blockers: Sequence[str] = ()
    engineering: int = 0
    needs: int = 0
    standups: Sequence[str] = ()


@dataclass(frozen=True)
class MergePlan:
    """What becomes of two teams, each as (id, name). counts: rows that go along, by table; people:
    who come in; channels: that come along; private: the other hides what was open.
    """

    one: tuple[int, str]
    into: tuple[int, str]
    counts: Mapping[str, int]
    people: int
    channels: Sequence[str]
    private: bool
