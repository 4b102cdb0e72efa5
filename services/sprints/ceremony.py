"""Planning, review and retro at their hours in the team's zone, once each, also after an outage.

A sprint is closed an hour into the day after it: what it decided is frozen then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from core import calendar, holiday
from core.sprints.plan import STAGES
from core.sprints.setup import KINDS, held_on
from core.sprints.sprint import Span
from core.standups.absence import DaySpan as Days
from models import occurrence
from models.standups import absence
from models.team import Team
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.sprints import retro
from services.sprints import review as sprint_review
from services.sprints.setup import slots_of
from services.sprints.sprint import Book, book_of, is_on
from views.sprints import plan as view

LATE = timedelta(days=3)  # after the sprint's end nobody wants its review posted any more
CLOSE = "close"

OnClose = Callable[[Desk, Book, Span], None]


@dataclass(frozen=True)
class Due:
    """A ceremony (plan | review | retro), or the closing (close) of a sprint, to deal with."""

    kind: str
    span: Span
    moved: bool = False


def run(lab: Lab, team_id: int, on_close: OnClose) -> None:
    """Hold what is due in that workspace; the team is held only when something is.

    on_close: what others do when a sprint is closed, in the same transaction.
    """
    with desk(lab, team_id, lock=False) as here:
        if not due(here.session, here.team, here.now):
            return
    with desk(lab, team_id) as here:
        for one in due(here.session, here.team, here.now):
            occurrence.claim(
                here.session, f"sprint-{one.kind}", str(here.team_id), one.span.starts,
                now=here.now,
            )  # fmt: skip
            book = book_of(here)
            if one.kind == CLOSE:
                freeze(book, one.span)
                on_close(here, book, one.span)
            else:
                {"plan": _plan, "review": _review, "retro": _retro}[one.kind](here, book, one)


def due(session: Session, theirs: Team, now: datetime) -> list[Due]:
    """What fell due and nobody has dealt with, oldest sprint first; without a channel only the
    closing.
    """
    if not is_on(theirs):
        return []
    sprints, today = theirs.sprints, experiment.today_of(theirs, now)
    latest = sprints.at(today) or sprints.next_after(today)
    spans = [sprints.of(n) for n in (latest.number - 1, latest.number) if n >= 1]
    dealt = _dealt_with(session, theirs, spans)
    off = off_days(session, theirs, min(span.starts for span in spans))
    found: list[Due] = []
    for span in spans:
        left = [kind for kind in KINDS if (kind, span.starts) not in dealt]
        if theirs.team_channel:
            found += [one for kind in left if (one := _due(theirs, now, kind, span, off))]
        ended = calendar.instant(
            span.ends + timedelta(days=1), time(1), calendar.zone(theirs.zone)
        )
        if ended <= now and (CLOSE, span.starts) not in dealt:
            found.append(Due(CLOSE, span))
    return found


def off_days(session: Session, theirs: Team, since: date) -> Callable[[date], str]:
    """Why nobody works on a day from then on: the company's day off or a public holiday; ""."""
    rows = absence.days_off(session, theirs.pk, since)
    country = holiday.country_of(theirs.zone)

    def why(day: date) -> str:
        for row in rows:
            if Days(row.first_day, row.last_day).covers(day):
                return row.name or "company day off"
        return holiday.name_of(country, day)

    return why


def _held(
    theirs: Team, kind: str, span: Span, off: Callable[[date], str]
) -> tuple[datetime, bool] | None:
    """When that ceremony of that sprint is held, and whether a day off moved it."""
    slot = slots_of(theirs)[kind]
    on = held_on(span, kind, slot, lambda day: bool(off(day)))
    if on is None:
        return None
    return calendar.instant(on, slot.at, calendar.zone(theirs.zone)), on.weekday() != slot.weekday


def _due(
    theirs: Team, now: datetime, kind: str, span: Span, off: Callable[[date], str]
) -> Due | None:
    found = _held(theirs, kind, span, off)
    if found is None or found[0] > now or found[0] < _since(theirs):
        return None
    today = experiment.today_of(theirs, now)
    half = span.starts + timedelta(days=span.days // 2 - 1)  # past it the next one is planned
    last = half if kind == "plan" else span.ends + LATE
    return Due(kind, span, found[1]) if today <= last else None


def _since(theirs: Team) -> datetime:
    """Nothing is made up for that fell due before the sprints were set up."""
    return theirs.chosen.sprint_set_at or theirs.created_at


def _dealt_with(session: Session, theirs: Team, spans: Sequence[Span]) -> set[tuple[str, date]]:
    kinds = [f"sprint-{kind}" for kind in (*KINDS, CLOSE)]
    starts = [span.starts for span in spans]
    done = occurrence.dealt_with(session, str(theirs.id), kinds, starts)
    return {(kind.removeprefix("sprint-"), on) for kind, on in done}


def _plan(here: Desk, book: Book, one: Due) -> None:
    row = book.rows.get(one.span.number)
    if row is not None and row.planned_at is not None:
        return
    count = sum(ticket.stage in STAGES for ticket in book.tickets)
    key = f"sprint-plan-due:{here.team_id}:{one.span.number}"
    here.post(key, here.team.team_channel, view.due(one.span, count, moved=one.moved))


def _review(here: Desk, book: Book, one: Due) -> None:
    review = sprint_review.hold(book, one.span)
    sprint_review.post(here, review)


def _retro(here: Desk, book: Book, one: Due) -> None:
    retro.post(here, book, one.span)


def freeze(book: Book, span: Span) -> None:
    """Keep what this sprint and every one before it decided as it stands."""
    for past in book.past(span.ends + timedelta(days=1)):
        row = sprint_review.stored(book, past.span)
        if row.closed_at is None:
            row.decided = [decision.stored() for decision in past.decided]
            row.by_day = list(past.by_day)
            sprint_review.hold(book, past.span)
            row.closed_at = book.now
    book.session.flush()
