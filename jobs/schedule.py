"""What the clock does: every tick runs each of these; the database decides what is due."""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta

from jobs import housekeeping
from jobs.blockers import blocker
from jobs.board import board, gpu
from jobs.data import dataset
from jobs.decisions import approval, proposal
from jobs.digest import digest, need, picture
from jobs.drift import drift
from jobs.forecasts import forecast
from jobs.project import phase, working_alone
from jobs.sprints import sprint
from jobs.standups import evening, standup
from jobs.tracking import overnight, team
from jobs.workspace import home, onboarding
from models import db, every
from services.ports import Lab

log = logging.getLogger(__name__)

Job = Callable[[Lab, datetime], None]

SCHEDULE: Sequence[Job] = (
    proposal.propose,
    onboarding.rehearse,  # before the round it shows
    overnight.tell,  # before the round in which it is told
    standup.run,
    approval.expire,
    evening.run,
    blocker.escalate,
    working_alone.watch,
    forecast.close_due,  # before the digest, which tells the record
    digest.post_due,
    need.carry,
    picture.attach_due,
    dataset.warn,
    board.tell_due,
    drift.report_due,
    gpu.call_next,
    sprint.hold,
    sprint.remind,
    phase.watch,
    team.keep_fresh,
    onboarding.keep_fresh,
    home.keep_fresh,
    housekeeping.forget_inputs,
    housekeeping.forget_pushes,
    housekeeping.forget_webhooks,
    housekeeping.forget_answers,
)


# These go by hours and minutes that people set. The rules of all others know whole hours, days and
# working hours, which begin at a quarter of an hour of UTC in every zone there is.
BY_THE_MINUTE = frozenset(
    {onboarding.rehearse, standup.run, evening.run, gpu.call_next, sprint.hold}
)
_MINUTE, _QUARTER = timedelta(minutes=1), timedelta(minutes=15)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def tick(
    lab: Lab, jobs: Sequence[Job] = SCHEDULE, *, among: Collection[Job] | None = None
) -> list[Job]:
    """Look what is due, and run the jobs from the first that has something to do.

    among: those that can have become due; the others are not looked at. All look in one
    transaction that only reads. One that fails is logged and does not silence the others. Those
    that had nothing to do are handed back.
    """
    now = lab.clock()
    looked = [job for job in jobs if among is None or job in among]
    idle = looked[: _first_due(lab, now, looked)]
    due = looked[len(idle) :]
    for job in jobs[jobs.index(due[0]) :] if due else ():
        try:
            job(lab, now)
        except Exception:
            log.exception("job %s failed", job.__module__)
    return idle


def _first_due(lab: Lab, now: datetime, jobs: Sequence[Job]) -> int:
    """How many jobs have nothing to do before the first that has, or that cannot say."""
    idle = 0
    try:
        with lab.look() as session:
            every.look_at_all(session)
            for job in jobs:
                job(lab.within(session), now)
                idle += 1
    except db.MustWrite:
        return idle
    except Exception:  # noqa: BLE001 - it is run for itself next, and logged if it fails again
        return idle
    return idle


class Watch:
    """Ticks that look only at what can have become due.

    That is everything after a commit by whichever process; without one, what goes by the minute
    with every new minute of the clock, and the rest with every new quarter of an hour, wherever
    the clock was moved.
    """

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._changes = db.Changes(lab.engine)
        self._looked: tuple[object, datetime] | None = None
        self._idle: dict[Job, datetime] = {}  # since which mark it is known to be

    def tick(self) -> None:
        """Look, or know that there is nothing to see. Raises when the database is away."""
        now = self._lab.clock()
        seen = (self._changes.stamp(), _begun(now, _MINUTE))
        if seen == self._looked:
            return
        if self._looked is None or seen[0] != self._looked[0]:
            self._idle = {}
        marks = {job: _mark(job, now) for job in SCHEDULE}
        due = {job for job, mark in marks.items() if self._idle.get(job) != mark}
        known = {job: mark for job, mark in marks.items() if job not in due}
        idle = tick(self._lab, among=due)
        self._idle = known | {job: marks[job] for job in idle}
        self._looked = seen

    def close(self) -> None:
        """Let go of its connection."""
        self._changes.close()


def _mark(job: Job, now: datetime) -> datetime:
    """When what that job goes by was the last to change."""
    return _begun(now, _MINUTE if job in BY_THE_MINUTE else _QUARTER)


def _begun(now: datetime, span: timedelta) -> datetime:
    return now - (now - _EPOCH) % span
