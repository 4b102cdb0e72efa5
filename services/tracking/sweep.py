"""Reading trackers: what is due, what is worth reading, and taking it over.

`bot/sweeper` asks the trackers; between its questions these decide, in short transactions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session

from core.tracking.curve import Point
from core.tracking.run import Run
from models.experiments import experiment as tickets
from models.team import Team
from models.tracking import run as table
from models.tracking import tracker as trackers
from models.tracking.tracker import Tracker
from services.desk import Desk
from services.ports import Lab
from services.tracking import keep
from services.tracking.place import placed
from views.tracking import tracker as view

EVERY_RUNNING, EVERY_ALL = timedelta(minutes=2), timedelta(minutes=15)
SWEPT = ("mlflow", "wandb")  # kinds that a reader is there for
_BEFORE = timedelta(days=1)  # runs may begin before their ticket is written
_CALM = timedelta(seconds=30)  # between sweeps that news from outside asks for
_AT_ONCE = 100  # runs taken over in one transaction: a thousand would keep others waiting

Curves = Mapping[str, Mapping[str, Sequence[Point]]]  # by run and metric


@dataclass(frozen=True)
class Errand:
    """One sweep of one tracker. everything: all runs since `since`, else those that run, and
    `running` again, which did when it was last read.
    """

    tracker: int
    kind: str
    url: str
    projects: tuple[str, ...]
    everything: bool
    since: datetime
    running: tuple[str, ...]
    began: datetime


def due(lab: Lab, now: datetime) -> list[Errand]:
    """What is to be swept now; with nothing due it only reads."""
    with lab.look() as session:
        if not any(_is_due(one, now) for one in trackers.connected(session)):
            return []
    with lab.begin() as session:
        found = [trackers.hold(session, one.pk) for one in trackers.connected(session)]
        return [_errand(session, one, now) for one in found if one and _is_due(one, now)]


def poke(lab: Lab, workspace: str, kind: str) -> int:
    """Something happened in trackers of that kind: everything is swept soon, twice a minute at
    most however often it is said. How many trackers that is.
    """
    now = lab.clock()
    with lab.begin() as session:
        found = trackers.of_workspace(session, workspace, kind)
        for one in found:
            earliest = one.looked_at + _CALM if one.looked_at else now
            one.poked_at = one.poked_at or max(now, earliest)
        return len(found)


def _is_due(one: Tracker, now: datetime) -> bool:
    waited = one.looked_at is None or now - one.looked_at >= EVERY_RUNNING
    poked = one.poked_at is not None and one.poked_at <= now
    return one.kind in SWEPT and (waited or poked)


def _errand(session: Session, one: Tracker, now: datetime) -> Errand:
    poked = one.poked_at is not None and one.poked_at <= now
    everything = poked or one.swept_at is None or now - one.swept_at >= EVERY_ALL
    one.looked_at, one.poked_at = now, None if poked else one.poked_at
    return Errand(
        one.pk, one.kind, one.url, tuple(one.projects), everything,
        _oldest(session, one.team_id, now), tuple(table.running(session, one.pk)), now,
    )  # fmt: skip


def _oldest(session: Session, team_id: int, now: datetime) -> datetime:
    """Since when runs can be those of an open experiment."""
    created, started = tickets.oldest_open(session, team_id)
    times = [now, *([created] if created else [])]
    if started:
        times.append(datetime.combine(started, time(), UTC))
    return min(times) - _BEFORE


def wanted(lab: Lab, errand: Errand, runs: Sequence[Run]) -> dict[str, tuple[str, ...]]:
    """Of which runs the steps of which metrics are to be read: those with news."""
    with lab.look() as session:
        tracker = session.get_one(Tracker, errand.tracker)
        here = _at(lab, session, tracker, errand.began)
        return {
            one.run.source_id: one.metrics
            for part in _parts(runs)
            for one in placed(here, tracker, part)
            if one.is_news
        }


def take(lab: Lab, errand: Errand, runs: Sequence[Run], curves: Curves) -> None:
    """Take over what was read; nothing when the tracker was disconnected meanwhile."""
    children = frozenset(one.parent for one in runs if one.parent)
    for part in _parts(runs):
        with lab.begin() as session:
            tracker = trackers.hold(session, errand.tracker)
            if tracker is None:
                return
            here = _at(lab, session, tracker, errand.began)
            keep.take(here, tracker, part, curves, children)
    with lab.begin() as session:
        tracker = trackers.hold(session, errand.tracker)
        if tracker is not None:
            _finish(_at(lab, session, tracker, errand.began), tracker, errand)


def _finish(here: Desk, tracker: Tracker, errand: Errand) -> None:
    tracker.trouble, tracker.trouble_at = "", None
    if not errand.everything:
        return
    keep.forget_missing(here, tracker, errand.since, errand.began)
    tracker.swept_at = errand.began
    if tracker.greeted_at is None:
        tracker.greeted_at = here.now
        mapped, loose = table.counts(here.session, here.team_id).get(tracker.pk, (0, 0))
        message = view.greeting(tracker.as_value(mapped, loose))
        here.post(f"tracker:{tracker.pk}:first", tracker.connected_by, message)


def failed(lab: Lab, errand: Errand, why: str) -> None:
    """It could not be read: the next sweep tries again; who connected it hears of it once."""
    with lab.begin() as session:
        tracker = trackers.hold(session, errand.tracker)
        if tracker is None:
            return
        here = _at(lab, session, tracker, errand.began)
        if tracker.trouble != why:
            tracker.trouble, tracker.trouble_at = why, tracker.trouble_at or here.now
            key = f"tracker:{tracker.pk}:trouble:{here.now.timestamp():.0f}"
            here.post(key, tracker.connected_by, view.trouble(tracker.as_value()))


def _at(lab: Lab, session: Session, tracker: Tracker, now: datetime) -> Desk:
    return Desk(session, session.get_one(Team, tracker.team_id), now, lab.policy)


def _parts(runs: Sequence[Run]) -> list[Sequence[Run]]:
    return [runs[at : at + _AT_ONCE] for at in range(0, len(runs), _AT_ONCE)]
