"""What the clock owes: one row per kind, subject and local date, so that it happens once."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, col, select

from models.row import Row


class Occurrence(Row, table=True):
    """One firing of a job: done, or missed with the reason."""

    __table_args__ = (UniqueConstraint("kind", "subject", "local_date"),)

    kind: str = Field(index=True)
    subject: str
    local_date: date
    state: str = "done"  # done | missed
    reason: str = ""
    at: datetime


def claim(session: Session, kind: str, subject: str, local_date: date, *, now: datetime) -> bool:
    """True for the first caller with that kind, subject and date; False ever after.

    Call it in the transaction that does the work: both are kept or lost together.
    """
    if done(session, kind, subject, local_date):
        return False
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {"kind": kind, "subject": subject, "local_date": local_date, "at": now}
    kept = dialect.insert(Occurrence).values(**row, state="done", reason="")
    # Another process may claim it at this very moment: then it is theirs.
    claimed = session.execute(kept.on_conflict_do_nothing().returning(col(Occurrence.id)))
    return claimed.first() is not None


def miss(session: Session, kind: str, subject: str, local_date: date, *, reason: str) -> None:
    """Turn a firing just claimed into a missed one: it came too late to be useful."""
    row = _find(session, kind, subject, local_date)
    assert row is not None
    row.state, row.reason = "missed", reason


def done(session: Session, kind: str, subject: str, local_date: date) -> bool:
    """True when that firing was done or missed."""
    return _find(session, kind, subject, local_date) is not None


def dealt_with(
    session: Session, subject: str, kinds: Sequence[str], dates: Sequence[date]
) -> set[tuple[str, date]]:
    """Which of those firings of that subject, as (kind, local date), were done or missed."""
    wanted = select(Occurrence).where(
        Occurrence.subject == subject,
        col(Occurrence.kind).in_(kinds),
        col(Occurrence.local_date).in_(dates),
    )
    return {(row.kind, row.local_date) for row in session.exec(wanted)}


def _find(session: Session, kind: str, subject: str, local_date: date) -> Occurrence | None:
    return session.exec(
        select(Occurrence).where(
            Occurrence.kind == kind,
            Occurrence.subject == subject,
            Occurrence.local_date == local_date,
        )
    ).first()


def latest(session: Session, kind: str, subject: str) -> date | None:
    """The latest date that was claimed for that kind and subject, or None."""
    return latest_of_each(session, kind, [subject]).get(subject)


def latest_of_each(session: Session, kind: str, subjects: Sequence[str]) -> dict[str, date]:
    """The same of several subjects, without those that have none."""
    wanted = select(Occurrence.subject, func.max(Occurrence.local_date)).where(
        Occurrence.kind == kind, col(Occurrence.subject).in_(subjects)
    )
    return dict(session.exec(wanted.group_by(Occurrence.subject)).all())
