"""Where the running sprint stands, and reports of a sprint shared once."""

from core.errors import Refused
from core.sprints import velocity as rules
from core.sprints.status import Standing, outlook
from core.text import shorten
from services.blockers import blocker
from services.desk import desk
from services.ports import Lab
from services.sprints.setup import capacity_of
from services.sprints.sprint import Book, book_of

MOST_BLOCKERS = 5


def standing(lab: Lab, workspace: str) -> Standing:
    """The running sprint. Raises Refused before the first one."""
    with desk(lab, workspace, lock=False) as here:
        return _standing(book_of(here))


def _standing(book: Book) -> Standing:
    span = book.running
    if span is None:
        coming = book.calendar.next_after(book.today)
        raise Refused(
            f"Sprint {coming.number} starts on {coming.starts:%a} {coming.starts.day} "
            f"{coming.starts:%b}; none is running today.",
            "`/sprint plan` plans it.",
        )
    row, kept = book.rows.get(span.number), book.kept(span)
    day = (book.today - span.starts).days + 1
    now = [one for one in kept if not one.gone]
    later = rules.later_counts(book.past(), day=day, of=span.days)
    numbers = {one.number for one in now}
    decided = [one.number for one in book.decided_in(span) if one.number not in numbers]
    planned = row is not None and row.planned_at is not None
    return Standing(
        number=span.number,
        starts=span.starts,
        ends=span.ends,
        day=day,
        of=span.days,
        planned=planned,
        goal=row.goal if row else "",
        kept=kept,
        extra=tuple(f"EXP-{number:03d}" for number in decided),
        capacity=row.capacity if row and planned else capacity_of(book.team),
        gpu_used=book.gpu_in(span),
        blockers=_stuck(book, numbers),
        outlook=outlook(sum(one.state != "decided" for one in now), tuple(later)),
    )


def _stuck(book: Book, numbers: set[int]) -> tuple[str, ...]:
    found = [
        b
        for b in blocker.open_of_team(book.session, book.team, book.now)
        if numbers & set(b.experiments) or not b.experiments
    ]
    lines = [f"{b.called} {b.kind}, {b.name}: {shorten(b.text, 80)}" for b in found]
    more = len(lines) - MOST_BLOCKERS
    return (*lines[:MOST_BLOCKERS], *([f"and {more} more"] if more > 0 else []))
