"""Pages of experiments, decisions, learnings and blockers as a program asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlmodel import col

from core.blockers.blocker import Blocker as Stuck
from core.experiments.experiment import CLOSED, STAGES, Experiment
from core.experiments.learning import Learning as Fact
from models import newest
from models.blockers.blocker import Blocker
from models.experiments import experiment as tickets
from models.experiments import learning as learnings
from models.experiments.experiment import Experiment as Row
from models.experiments.experiment import Which
from models.experiments.learning import Learning
from services.blockers import blocker
from services.experiments import experiment
from services.experiments.learning import value
from services.programs.seat import Seat

T = TypeVar("T")
Key = tuple[Any, ...]

STATES = ("open", "closed", "stale", "all")
BLOCKER_STATES = ("open", "resolved", "all")


@dataclass(frozen=True)
class Page(Generic[T]):
    """What was asked for, the newest first. then: the key after which the next page begins, ()
    on the last one.
    """

    items: tuple[T, ...]
    then: Key = ()


@dataclass(frozen=True)
class Cut:
    """Which part of a list: at most so many, after that key."""

    most: int
    before: Key = ()


@dataclass(frozen=True)
class Told:
    """An experiment, a blocker or a learning, and what its team is called."""

    what: Any
    team_id: int
    team: str
    stale: bool = False


@dataclass(frozen=True)
class Filter:
    """Which experiments. state: of STATES. stage: of core's, "" for any. owner: user id."""

    state: str = "all"
    stage: str = ""
    owner: str = ""


def experiments(seat: Seat, wanted: Filter, cut: Cut) -> Page[Told]:
    """Experiments by number, the highest first."""
    by = (col(Row.number),)
    rows, then = _cut(seat, Row, _which(seat, wanted), by, cut)
    found = [shown(seat, team.pk, one) for team, one in seat.values(rows)]
    return Page(tuple(found), then)


def shown(seat: Seat, team_id: int, one: Experiment) -> Told:
    """One experiment of one of the teams."""
    team = seat.teams[team_id]
    stale = experiment.stale_among([one], team, seat.now, policy=seat.policy)
    return Told(one, team_id, seat.called(team_id), stale=bool(stale))


def decisions(seat: Seat, kind: str, cut: Cut) -> Page[Told]:
    """What was killed or promoted, the last one first; kind: killed | production | all."""
    stages = CLOSED if kind == "all" else (kind,)
    which = [col(Row.stage).in_(stages), col(Row.decided_at).is_not(None)]
    rows, then = _cut(seat, Row, which, (col(Row.decided_at), col(Row.id)), cut)
    found = [Told(r.snapshot(), r.team_id, seat.called(r.team_id)) for r in rows]
    return Page(tuple(found), then)


def learned(seat: Seat, words: Sequence[str], number: int, cut: Cut) -> Page[Told]:
    """Learnings with all of these words in them, about that experiment unless it is 0."""
    which = learnings.which(seat.session, words, number)
    rows, then = _cut(seat, Learning, which, (col(Learning.at), col(Learning.id)), cut)
    found = [Told(_fact(seat, r), r.team_id, seat.called(r.team_id)) for r in rows]
    return Page(tuple(found), then)


def blockers(seat: Seat, state: str, cut: Cut) -> Page[Told]:
    """Blockers by number, the highest first; what was withdrawn is not there."""
    which = [col(Blocker.state) == state] if state != "all" else []
    which = which or [col(Blocker.state) != "withdrawn"]
    rows, then = _cut(seat, Blocker, which, (col(Blocker.number),), cut)
    found = [Told(_stuck(seat, r), r.team_id, seat.called(r.team_id)) for r in rows]
    return Page(tuple(found), then)


def _which(seat: Seat, wanted: Filter) -> list[Which]:
    which: list[Which] = []
    if wanted.state == "open":
        which.append(tickets.is_open())
    elif wanted.state == "closed":
        which.append(tickets.is_closed())
    elif wanted.state == "stale":
        which.append(tickets.numbered(_stale(seat)))
    if wanted.stage in STAGES:
        which.append(col(Row.stage) == wanted.stage)
    if wanted.owner:
        which.append(col(Row.owner) == wanted.owner)
    return which


def _stale(seat: Seat) -> set[int]:
    found: set[int] = set()
    for team in seat.teams.values():
        every = experiment.open_of(seat.session, team)
        found |= experiment.stale_among(every, team, seat.now, policy=seat.policy)
    return found


def _cut(
    seat: Seat, kind: type[T], which: Sequence[Which], by: Sequence[Any], cut: Cut
) -> tuple[list[T], Key]:
    window = newest.Window(by, cut.most + 1, cut.before)
    rows = newest.page(seat.session, kind, seat.teams, which, window)
    more = len(rows) > cut.most
    return rows[: cut.most], newest.key(rows[cut.most - 1], by) if more else ()


def _fact(seat: Seat, row: Learning) -> Fact:
    return value(seat.session, seat.teams[row.team_id], row)


def _stuck(seat: Seat, row: Blocker) -> Stuck:
    return blocker.value(seat.session, seat.teams[row.team_id], row, seat.now)
