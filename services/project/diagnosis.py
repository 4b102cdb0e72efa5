"""What the data say about a team that ships nothing: read once, judged by
core/project/diagnosis.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from core.board import board
from core.calendar import working_days_between
from core.decisions.proposal import Pending
from core.experiments.experiment import Experiment
from core.experiments.words import days_late, is_running
from core.figures import number
from core.project import diagnosis as rules
from core.project.diagnosis import IGNORED, LONG, Complaint, Diagnosis, PhaseEvidence, Sign
from core.text import says_nothing
from models.experiments import effort, learning
from models.experiments import experiment as tickets
from services.blockers import blocker
from services.decisions import proposal
from services.desk import desk
from services.ports import Lab
from services.sprints.setup import capacity_of
from services.sprints.sprint import Book, book_of

_NEARLY = 0.9  # of the capacity: nothing larger starts any more
_NOW_TOO = timedelta(seconds=1)  # what was written at this moment counts
_ASKS = ("kill", "decide")
_BEFORE = ("backlog", "hypothesis")


def diagnose(lab: Lab, team_id: int, complaint: Complaint) -> Diagnosis:
    """Which case holds over the last sprints, the running one included."""
    with desk(lab, team_id, lock=False) as here:
        book = book_of(here)
        return rules.diagnose(complaint, _seen(book, complaint.sprints))


def _seen(book: Book, sprints: int) -> PhaseEvidence:
    since, start = _window(book, sprints)
    began = book.first_ticket
    lately = book.decided(since)
    gate = book.decided_over(_periods(book, sprints, start))
    return PhaseEvidence(
        sprints=sprints,
        since=since,
        tickets=tickets.count(book.session, book.team_id),
        age=(book.today - began).days if began else 0,
        killed=tuple(one.number for one in lately if one.outcome == "killed"),
        promoted=tuple(one.number for one in lately if one.outcome == "promoted"),
        running=tuple(one.number for one in book.tickets if is_running(one)),
        started=tuple(
            row.number
            for row in tickets.chosen(book.session, book.team_id, tickets.began_since(since))
        ),
        waiting=tuple(_waiting(one, book) for one in book.tickets if one.stage in _BEFORE),
        blockers=(*_blockers(book), *_full(book)),
        dragged=tuple(_dragged(book, start)),
        learned=len(learning.kept(book.session, book.team_id, start, book.now + _NOW_TOO)),
        gate=gate,
        silent=tuple(_silent(book, start)),
    )


def _silent(book: Book, start: datetime) -> Iterable[int]:
    for one in tickets.chosen(book.session, book.team_id, tickets.closed_since(start)):
        if one.decided_at and one.decided_at >= start and says_nothing(one.learnings):
            yield one.number


def _window(book: Book, sprints: int) -> tuple[date, datetime]:
    span = book.running
    if span is None:
        return book.today - timedelta(weeks=2 * sprints), book.now - timedelta(weeks=2 * sprints)
    first = book.calendar.of(max(1, span.number - sprints + 1))
    return first.starts, first.bounds(book.where)[0]


def _periods(book: Book, sprints: int, start: datetime) -> list[tuple[datetime, datetime]]:
    """Sprint by sprint, as rates are counted; one period before the first sprint."""
    if (span := book.running) is None:
        return [(start, book.now + _NOW_TOO)]
    numbers = range(max(1, span.number - sprints + 1), span.number + 1)
    return [book.calendar.of(number).bounds(book.where) for number in numbers]


def _waiting(one: Experiment, book: Book) -> Sign:
    days = (book.now - one.stage_since).days
    lacks = [] if one.dataset_ready else ["data not ready"]
    lacks += ["no baseline"] if one.baseline is None else []
    if one.stage == "hypothesis" and days >= LONG:
        lacks.insert(0, f"in Hypothesis for {days} days")
    return Sign(one.number, ", ".join(lacks))


def _blockers(book: Book) -> Iterable[str]:
    for one in blocker.open_of_team(book.session, book.team, book.now):
        yield f"{one.called}: {one.kind}, open for {one.days} working days"


def _full(book: Book) -> Iterable[str]:
    """What else keeps experiments from starting: the column's limit, the sprint's GPU-hours."""
    limit = board.limits(book.team.chosen.wip_limits)["experiment"]
    taken = len(board.inside("experiment", book.tickets, book.now))
    if limit is not None and taken >= limit:
        yield f"the column Experiment is full: {taken} of {limit} (`/board`)"
    span, capacity = book.running, capacity_of(book.team)
    used = book.gpu_in(span) if span else 0.0
    if capacity and used >= _NEARLY * capacity:
        yield f"{number(used)} of the sprint's {number(capacity)} GPU-hours are used"


def _dragged(book: Book, start: datetime) -> Iterable[Sign]:
    """Reasons to decide that nobody acts on, one line per experiment."""
    waiting = proposal.open_of_team(book.session, book.team, book.now)
    asked = {one.ticket.number: one for one in waiting if one.strongest.action in _ASKS}
    times = effort.extensions(book.session, book.team_id)
    for one in book.tickets:
        if not is_running(one):
            continue
        why = _ignored(book, asked[one.number]) if one.number in asked else []
        if late := days_late(one, book.today):
            why.append(f"over its box by {late} days")
        lately = sum(at >= start for at in times.get(one.number, []))
        if lately > 1:  # one extension is no habit
            why.append(f"extended {lately} times")
        if why:
            yield Sign(one.number, ", ".join(why))


def _ignored(book: Book, found: Pending) -> list[str]:
    rule = f"“{found.strongest.rule}”"
    if found.is_snoozed(book.now):
        return [f"{rule} is snoozed"]
    waits = working_days_between(found.at.astimezone(book.where).date(), book.today)
    return [f"{rule} proposed {waits} working days ago"] if waits >= IGNORED else []
