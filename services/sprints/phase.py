"""Which phase the project is in on a day: what planning takes its explore:exploit ratio from."""

from datetime import date

from sqlmodel import Session

from core import calendar
from core.project import canvas as pages
from core.sprints import phase as phases
from core.sprints import phase_place as rules
from core.sprints.phase import Phase
from core.sprints.phase_place import Gate
from models.experiments import decided as sums
from models.project import canvas
from models.project import phase as table
from models.team import Team
from services.sprints.sprint import Book, is_on


def gates(session: Session, theirs: Team) -> tuple[Gate, ...]:
    """What leads decided, oldest first."""
    rows = table.decisions(session, theirs.pk)
    return tuple(Gate(row.key, row.on, row.why, row.by, row.at) for row in rows)


def place_of(book: Book) -> rules.Place | None:
    """Where the project of that book stands today."""
    known = gates(book.session, book.team)
    return rules.place(book.first_ticket, known, book.today, deadline_of(book))


def stands(session: Session, theirs: Team, today: date) -> rules.Place | None:
    """The same for who reads no sprints."""
    made = sums.first_created(session, theirs.pk)
    first = made.astimezone(calendar.zone(theirs.zone)).date() if made else None
    return rules.place(first, gates(session, theirs), today, _deadline(session, theirs))


def deadline_of(book: Book) -> date | None:
    """The last day of the sprint in which the canvas ships the MVP, or None: it names none, or
    no sprints are held.
    """
    return _deadline(book.session, book.team)


def _deadline(session: Session, theirs: Team) -> date | None:
    row = canvas.newest(session, theirs.pk) if is_on(theirs) else None
    mvp = pages.read(row.texts).mvp if row else None
    return theirs.sprints.of(mvp).ends if mvp else None


def at(book: Book, day: date) -> tuple[int, Phase]:
    """Weeks since the project's start on that day, and the phase it is in then."""
    known = gates(book.session, book.team)
    found = rules.place(book.first_ticket, known, max(day, book.today), deadline_of(book))
    if found is None:
        return 0, phases.PHASES[0]
    weeks = max(0, (day - found.started).days // 7)
    due, _ = rules.due_on(found.started, max(day, found.started), found.deadline)
    return weeks, found.phase if found.gate else due
