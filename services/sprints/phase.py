"""Which phase the project is in on a day: what planning takes its explore:exploit ratio from."""

from datetime import date

from sqlmodel import Session

from core.sprints import phase as phases
from core.sprints import phase_place as rules
from core.sprints.phase import Phase
from core.sprints.phase_place import Gate
from models.project import phase as table
from models.team import Team
from services.sprints.sprint import Book


def gates(session: Session, theirs: Team) -> tuple[Gate, ...]:
    """What leads decided, oldest first."""
    rows = table.decisions(session, theirs.pk)
    return tuple(Gate(row.key, row.on, row.why, row.by, row.at) for row in rows)


def place_of(book: Book) -> rules.Place | None:
    """Where the project of that book stands today."""
    return rules.place(book.first_ticket, gates(book.session, book.team), book.today)


def at(book: Book, day: date) -> tuple[int, Phase]:
    """Weeks since the project's start on that day, and the phase it is in then."""
    known = gates(book.session, book.team)
    found = rules.place(book.first_ticket, known, max(day, book.today))
    if found is None:
        return 0, phases.PHASES[0]
    weeks = max(0, (day - found.started).days // 7)
    return weeks, found.phase if found.gate else phases.recommended(weeks)
