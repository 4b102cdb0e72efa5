"""GPU-hours pushed by machines: absolute totals, so that a push sent again never counts twice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from core.errors import Refused
from core.quantity import experiment_id
from core.workspace.token import Pusher
from models.board import gpu_usage as table
from models.board.gpu_usage import UsageRecord
from models.team import Team
from services.desk import Desk, desk
from services.experiments import ticket
from services.ports import Lab

_ACTION = "usage"


@dataclass(frozen=True)
class Used:
    """What one job or day has used in all: GPU-hours of one experiment, by (source, source_id)."""

    experiment: int
    source: str
    source_id: str
    gpu_hours: float
    state: str = "final"
    quality: str = "declared"


@dataclass(frozen=True)
class Total:
    """A ticket after the push: GPU-hours now, and what the push added (or took back)."""

    experiment: str
    gpu_used: float
    added: float
    gpu_budget: float


def push(lab: Lab, who: Pusher, records: Sequence[Used]) -> list[Total]:
    """Take over the totals; all of them or, when one names no experiment, none.

    The tickets' GPU-hours change by what is new, with an audit row each. Raises NotFound.
    """
    with desk(lab, who.team_id, lock=False) as here:
        return take(here, records, by=who.who)


def take(here: Desk, records: Sequence[Used], *, by: str) -> list[Total]:
    """The same in the caller's transaction. by: the program that tells them. Raises NotFound."""
    carriers = _carriers(here.session, here.team, records)
    named = {record.experiment for record in records} | carriers
    rows = {number: ticket.row(here.session, here.team, number) for number in sorted(named)}
    for number in sorted(rows):  # in this order everywhere, so that no two wait for another
        here.session.refresh(rows[number], with_for_update={"key_share": True})
    added = _taken_over(here.session, here.team, records, now=here.now)
    totals = []
    for number in sorted(rows):
        hours = added.get(number, 0.0)
        before = rows[number].snapshot()
        after = replace(before, gpu_used=max(0.0, round(before.gpu_used + hours, 6)))
        if after.gpu_used != before.gpu_used:
            why = _why([record for record in records if record.experiment == number])
            made = ticket.audit(by, _ACTION, at=here.now, why=why)
            ticket.change(here.session, rows[number], after, made)
        totals.append(
            Total(experiment_id(number), after.gpu_used, round(hours, 6), after.gpu_budget)
        )
    return totals


def _carriers(session: Session, theirs: Team, records: Sequence[Used]) -> set[int]:
    """Experiments that carry one of these jobs so far, and may lose it now."""
    found = (_find(session, theirs, record) for record in records)
    return {row.experiment for row in found if row is not None}


def _find(session: Session, theirs: Team, record: Used) -> UsageRecord | None:
    return table.find(session, theirs.pk, record.source, record.source_id)


def _taken_over(
    session: Session, theirs: Team, records: Sequence[Used], *, now: datetime
) -> dict[int, float]:
    """Hours to add, by experiment; the records are kept."""
    added: dict[int, float] = {}
    for record in records:
        if record.gpu_hours < 0:
            raise Refused("GPU-hours cannot be below zero.", "Push the total of the job.")
        row = _find(session, theirs, record)
        if row is not None:
            session.refresh(row)
            added[row.experiment] = added.get(row.experiment, 0.0) - row.gpu_hours
        else:
            row = UsageRecord(team_id=theirs.pk, at=now, **vars(record))
        for name, value in vars(record).items():
            setattr(row, name, value)
        row.at = now
        added[record.experiment] = added.get(record.experiment, 0.0) + record.gpu_hours
        session.add(row)
        session.flush()
    return added


def _why(records: Sequence[Used]) -> str:
    named = [f"{one.source} {one.source_id}: {one.gpu_hours:g} h" for one in records[:3]]
    rest = f" and {len(records) - 3} more" if len(records) > 3 else ""
    return ", ".join(named) + rest
