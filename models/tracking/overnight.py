"""Runs of open experiments that ended or changed since a moment."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from models import every
from models.experiments.experiment import Experiment, is_open
from models.outbox import Outbox
from models.tracking.run import Run

_LONGEST = timedelta(days=4)  # a night: from Friday evening to after a long weekend's


def ended(session: Session, team_id: int, now: datetime) -> list[tuple[Run, Experiment]]:
    """The team's runs that ended, went silent or run on without a number, with their experiments;
    what is older than any night is left out. For who looks at all teams it is read once.
    """
    return every.of_each(
        session, "runs overnight", team_id,
        lambda: _read(session, now, team_id),
        lambda: every.by(lambda pair: pair[1].team_id, _read(session, now)),
    )  # fmt: skip


def _read(session: Session, now: datetime, team_id: int = 0) -> list[tuple[Run, Experiment]]:
    since = now - _LONGEST
    lost = (col(Run.status) == "running") & col(Run.diverged_step).is_not(None)
    wanted = select(Run, Experiment).join(Experiment, col(Experiment.id) == Run.experiment_id)
    wanted = wanted.where(
        is_open(), col(Run.is_parent).is_(False), col(Run.deleted_at).is_(None),
        or_(col(Run.ended_at) >= since, col(Run.stale_since) >= since, lost),
    )  # fmt: skip
    if team_id:
        wanted = wanted.where(Experiment.team_id == team_id)
    return list(session.exec(wanted.order_by(col(Run.id))))


def told_at(session: Session, keys: list[str]) -> dict[str, datetime]:
    """When the posts with those keys were written."""
    if not keys:
        return {}
    wanted = select(Outbox.key, Outbox.created_at).where(col(Outbox.key).in_(keys))
    return dict(session.exec(wanted).all())
