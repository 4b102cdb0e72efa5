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
    """Run every job once; one that fails is logged and does not silence the others."""
    now = lab.clock()
    for job in jobs:
        try:
            job(lab, now)
        except Exception:
            log.exception("job %s failed", job.__module__)
