"""The project's phase: where it stands, what leads decided, what the team really does; and, once a
working morning, whether there are signs of the wrong one.
"""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from core import calendar
from core.errors import Refused
from core.project.symptoms import Decided, Page
from core.sprints import phase as phases
from core.sprints import phase_place as rules
from core.sprints.phase_place import Gate, Ratio
from core.text import clean, says_nothing
from models import occurrence
from models.experiments import effort
from models.experiments import experiment as tickets
from models.project.phase import PhaseDecision
from models.team import Team
from services import announcement, team
from services.announcement import Place
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab
from services.project import symptoms
from services.sprints import phase as standing
from services.sprints.sprint import Book, book_of
from views.project import phase as view

_FAR = timedelta(days=3 * 366)
_NOW_TOO = timedelta(seconds=1)  # what was reported at this moment counts
HOUR, SATURDAY = 10, 5
_KIND = "symptoms"


def look(lab: Lab, team_id: int, by: str) -> Page:
    """Where the project stands, for that reader."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, book = here.session, here.team, book_of(here)
        place, ratio = standing.place_of(book), ratio_of(book)
        seen = symptoms.observe(book, place, ratio)
        return Page(
            place, ratio, seen, standing.gates(session, theirs),
            team.may_lead(session, theirs, by), symptoms.snoozed(book),
        )  # fmt: skip


def ratio_of(book: Book) -> Ratio:
    """What was done in the last sprint and in the running one so far."""
    span = book.running
    number = max(1, span.number - 1) if span else 1
    since = book.calendar.of(number).starts if span else book.today - timedelta(weeks=4)
    start = (
        book.calendar.of(number).bounds(book.where)[0] if span else (book.now - timedelta(weeks=4))
    )
    hours = effort.gpu_by_number(book.session, book.team_id, start, book.now + _NOW_TOO)
    lately = calendar.instant(since, time(), book.where)
    which = tickets.is_open() | tickets.closed_since(lately) | tickets.numbered(hours)
    rows = tickets.chosen(book.session, book.team_id, which | tickets.never_decided())
    return rules.ratio([row.snapshot() for row in rows], hours, since, book.where)


def decide(lab: Lab, team_id: int, typed: str, place: Place, *, by: str) -> tuple[Decided, bool]:
    """A lead's gate decision: `convergence why`; and False when there is no channel that hears of
    it. Raises NotAllowed, Refused (no phase, no reason,
    it holds already).
    """
    with desk(lab, team_id) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "decide the phase")
        word, _, why = typed.strip().partition(" ")
        if not word:
            raise Refused("Which phase?", "Write `/phase set convergence why`.")
        phase, reason = phases.named(word), clean(why, limit=500)
        if says_nothing(reason):
            raise Refused(
                "A gate decision needs its reason.", f"Write `/phase set {phase.key} why`."
            )
        book = book_of(here)
        held = standing.place_of(book)
        if held is None:
            raise Refused(
                "The project has not started: there is no experiment yet.",
                "Write one (`/exp new`) or `/phase start 2026-11-02`.",
            )
        if held.gate is not None and held.phase == phase:
            raise Refused(
                f"The project is in {phase.name} since {held.gate.on}: {held.gate.why[:120]}",
                "Set another phase.",
            )
        gate = _keep(session, theirs, Gate(phase.key, book.today, reason, by, now))
        done = Decided(gate, held.phase, phase)
        message = view.decided(done, channel=True)
        told = announcement.tell(here, f"phase:{place.key}", message, channel=place.channel)
        return done, told


def start(lab: Lab, team_id: int, typed: str, *, by: str) -> Gate:
    """Set the project's first day. Raises NotAllowed, Refused (no day, in the future)."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "set the project's start")
        today = book_of(here).today
        word, _, why = typed.strip().partition(" ")
        try:
            on = date.fromisoformat(word)
        except ValueError:
            raise Refused(f"“{word[:20]}” is no day.", "Write it like 2026-11-02.") from None
        if on > today or on < today - _FAR:
            raise Refused(
                f"A project cannot have started on {on}.", "Give a past day, within three years."
            )
        return _keep(session, theirs, Gate("", on, clean(why, limit=500), by, now))


def _keep(session: Session, theirs: Team, gate: Gate) -> Gate:
    at_: datetime = gate.at
    session.add(
        PhaseDecision(
            team_id=theirs.pk,
            kind="phase" if gate.key else "start",
            key=gate.key,
            on=gate.on,
            why=gate.why,
            by=gate.by,
            at=at_,
        )
    )
    session.flush()
    return gate


def watch(lab: Lab, team_id: int) -> None:
    """Look once that morning; the team is held only when it is due."""
    with desk(lab, team_id, lock=False) as here:
        if not _is_due(here.session, here.team, here.now):
            return
    with desk(lab, team_id) as here:
        day = experiment.today_of(here.team, here.now)
        if occurrence.claim(here.session, _KIND, str(here.team_id), day, now=here.now):
            book = book_of(here)
            seen = symptoms.observe(book, standing.place_of(book), ratio_of(book))
            symptoms.watch(here, seen)


def _is_due(session: Session, theirs: Team, now: datetime) -> bool:
    local = calendar.local(now, calendar.zone(theirs.zone))
    if local.weekday() >= SATURDAY or local.hour < HOUR:
        return False
    return not occurrence.done(session, _KIND, str(theirs.id), local.date())
