"""What the clock does: every tick runs each of these; the database decides what is due."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

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
from jobs.workspace import home, onboarding
from models import db
from services.ports import Lab

log = logging.getLogger(__name__)

Job = Callable[[Lab, datetime], None]

SCHEDULE: Sequence[Job] = (
    proposal.propose,
    onboarding.rehearse,  # before the round it shows
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
    onboarding.keep_fresh,
    home.keep_fresh,
    housekeeping.forget_inputs,
    housekeeping.forget_pushes,
    housekeeping.forget_answers,
)


def tick(lab: Lab, jobs: Sequence[Job] = SCHEDULE) -> None:
    """Look what is due, and run the jobs from the first that has something to do.

    All look in one transaction that only reads. One that fails is logged and does not silence
    the others.
    """
    now = lab.clock()
    for job in jobs[_first_due(lab, now, jobs) :]:
        try:
            job(lab, now)
        except Exception:
            log.exception("job %s failed", job.__module__)


def _first_due(lab: Lab, now: datetime, jobs: Sequence[Job]) -> int:
    """How many jobs have nothing to do before the first that has, or that cannot say."""
    idle = 0
    try:
        with lab.look() as session:
            for job in jobs:
                job(lab.within(session), now)
                idle += 1
    except db.MustWrite:
        return idle
    except Exception:  # noqa: BLE001 - it is run for itself next, and logged if it fails again
        return idle
    return idle


class Watch:
    """Ticks that look only when something can have become due.

    That is after a commit by whichever process, and with every new minute of the clock, wherever
    the clock was moved: no rule of the house is finer than a minute.
    """

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._changes = db.Changes(lab.engine)
        self._looked: tuple[object, datetime] | None = None

    def tick(self) -> None:
        """Look, or know that there is nothing to see. Raises when the database is away."""
        minute = self._lab.clock().replace(second=0, microsecond=0)
        seen = (self._changes.stamp(), minute)
        if seen != self._looked:
            tick(self._lab)
            self._looked = seen

    def close(self) -> None:
        """Let go of its connection."""
        self._changes.close()
