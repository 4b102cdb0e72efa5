"""What a sprint's velocity is held against in its retro, read from the team's records."""

from datetime import timedelta

from core.sprints import retro_pace as rules
from core.sprints.retro import Kill
from core.sprints.retro_pace import Pace, Stuck
from core.sprints.sprint import Span
from models.blockers import blocker as blockers
from services.sprints.sprint import Book

NEARLY = timedelta(days=3)  # a retro is held before the last day


def pace_of(book: Book, span: Span, late: tuple[Kill, ...]) -> Pace:
    """That sprint's. late: its kills that came late."""
    until = min(book.today, span.ends)
    start, end = span.bounds(book.where)
    rows = blockers.open_between(book.session, book.team_id, start, end)
    stuck = [
        Stuck(row.number, row.cause or row.kind, row.at.astimezone(book.where).date(),
              row.resolved_at.astimezone(book.where).date() if row.resolved_at else None)
        for row in rows
    ]  # fmt: skip
    kept = book.committed(span.number)
    return Pace(
        decided=len(book.decided_in(span)),
        before=tuple(one.count for one in book.past(span.starts)),
        days=(until - span.starts).days + 1,
        over=book.today >= span.ends - NEARLY,
        blocked=rules.blocked(stuck, span.starts, until),
        added=sum(one.late for one in kept),
        removed=sum(one.removed_at is not None for one in kept),
        committed=sum(not one.late for one in kept),
        late=len(late),
        waited=sum(kill.waited or 0 for kill in late),
    )
