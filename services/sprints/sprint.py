"""The team's sprints: their calendar, and everything on them read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from core import calendar
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.experiments.words import Decided, is_running
from core.quantity import whole
from core.sprints import plan as plans
from core.sprints import velocity as rules
from core.sprints.sprint import Calendar, Span
from core.sprints.velocity import Decision, Frozen, Past
from models.board import board
from models.board.board import Period
from models.experiments import decided as sums
from models.experiments import effort
from models.experiments import experiment as tickets
from models.experiments.experiment import Which
from models.sprints import sprint as table
from models.sprints.sprint import Commitment, Sprint
from models.team import Team
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab


@dataclass(frozen=True)
class Book:
    """One team's sprints in one transaction. rows: stored ones by number; tickets: open ones."""

    session: Session
    team: Team
    now: datetime
    today: date
    where: ZoneInfo
    calendar: Calendar
    rows: dict[int, Sprint]
    tickets: Sequence[Experiment]

    @property
    def team_id(self) -> int:
        """The team's key in the database."""
        return self.team.pk

    @property
    def running(self) -> Span | None:
        """Today's sprint, or None before the first."""
        return self.calendar.at(self.today)

    @cached_property
    def first_ticket(self) -> date | None:
        """The day the team wrote its first ticket, or None."""
        made = sums.first_created(self.session, self.team_id)
        return made.astimezone(self.where).date() if made else None

    @cached_property
    def records(self) -> dict[tuple[str, str], int]:
        """How many were ever decided with learnings, by kind of work and outcome."""
        found = sums.outcomes_by_kind(self.session, self.team_id, rules.COUNTED)
        return {(kind, outcome): count for kind, outcome, count in found}

    def some(self, *which: Which) -> list[Experiment]:
        """Tickets of which all of that holds, decided ones too, by number."""
        return experiment.some_of(self.session, self.team, *which)

    def bare(self, *which: Which) -> list[Experiment]:
        """The same without their checkpoints."""
        found = tickets.chosen(self.session, self.team_id, *which)
        return [row.snapshot() for row in found]

    def decided(self, since: date | None = None) -> list[Decision]:
        """What was decided with learnings (on that day or later), oldest first."""
        start = calendar.instant(since, time(), self.where) if since else None
        found = sums.completed(self.session, self.team_id, start)
        return rules.decisions(found, self.where)

    @cached_property
    def _unfrozen(self) -> list[Decision]:
        """Decisions from the first sprint on that no row has frozen."""
        number = 1
        while (row := self.rows.get(number)) is not None and row.closed_at is not None:
            number += 1
        return self.decided(self.calendar.of(number).starts)

    def past(self, before: date | None = None) -> list[Past]:
        """The sprints that ended before that day (today), from the first with a ticket on.

        What a closed sprint had decided stays as it was frozen.
        """
        began = self.first_ticket
        if began is None:
            return []
        spans = [s for s in self.calendar.closed(before or self.today) if s.ends >= began]
        return [self._past(span) for span in spans]

    def _past(self, span: Span) -> Past:
        row = self.rows.get(span.number)
        if row is None or row.closed_at is None:
            return Past(span, self.decided_in(span))
        return Past(span, Frozen(row.by_day, partial(self.decided_in, span)))

    def read_decided(self, past: Sequence[Past]) -> None:
        """What those sprints had decided, at once, for whoever looks at the decisions."""
        numbers = [one.span.number for one in past if one.span.number in self.rows]
        table.read_decided(self.session, self.team_id, numbers)

    def decided_in(self, span: Span) -> tuple[Decision, ...]:
        """What was decided in that sprint, with learnings."""
        row = self.rows.get(span.number)
        if row is not None and row.closed_at is not None:
            return tuple(rules.load(kept) for kept in row.decided)
        return rules.within(self._unfrozen, span)

    def gpu_in(self, span: Span) -> float:
        """GPU-hours reported in that sprint."""
        start, end = span.bounds(self.where)
        return effort.gpu_between(self.session, self.team_id, start, end)

    def decided_over(self, periods: Sequence[Period]) -> Decided:
        """What was decided in those periods, oldest first: kill and promotion rate are of it."""
        return board.decided(self.session, self.team_id, periods)

    def committed(self, number: int) -> list[Commitment]:
        """Every commitment of that sprint, oldest first."""
        row = self.rows.get(number)
        return table.commitments(self.session, row.pk) if row else []

    def kept(self, span: Span) -> tuple[plans.Kept, ...]:
        """The sprint's commitments with what became of each."""
        rows = self.committed(span.number)
        if not rows:
            return ()
        decided = {one.number: one for one in self.decided_in(span)}
        wanted = tickets.numbered(row.experiment for row in rows)
        found = {one.number: one for one in self.bare(wanted)}
        return tuple(
            _kept(row, found[row.experiment], decided.get(row.experiment))
            for row in rows
            if row.experiment in found
        )


def open_book(session: Session, theirs: Team, now: datetime) -> Book:
    """The team's sprints as they stand."""
    where = calendar.zone(theirs.zone)
    found = experiment.open_of(session, theirs)
    rows = {row.number: row for row in table.all_of(session, theirs.pk)}
    return Book(
        session, theirs, now, experiment.today_of(theirs, now), where, theirs.sprints,
        rows, found,
    )  # fmt: skip


def book_of(here: Desk) -> Book:
    """The sprints of the team at that desk."""
    return open_book(here.session, here.team, here.now)


def is_on(theirs: Team) -> bool:
    """True once the team has set its sprints up or planned one."""
    return theirs.chosen.sprint_from is not None


def turn_on(theirs: Team, now: datetime) -> None:
    """Hold the ceremonies from now on, and keep the calendar as it is."""
    if not is_on(theirs):
        theirs.choose(sprint_from=theirs.sprints.first, sprint_set_at=now)


def meant(book: Book, typed: str) -> Span:
    """The sprint of a number, `last` or `next` as typed; by default the running one from its
    second half on, before that the last one. Raises Refused.
    """
    word = typed.strip().casefold().lstrip("#")
    running = book.running or book.calendar.next_after(book.today)
    if 0 < (number := whole(word) or 0) <= running.number:
        return book.calendar.of(number)
    if word and word != "last":
        latest = f"The newest is {running.number}."
        raise Refused(f"“{word[:20]}” is no sprint that has begun.", latest)
    day = (book.today - running.starts).days + 1
    early = word == "last" or day <= running.days / 2
    began = book.first_ticket
    if (
        early
        and running.number > 1
        and began
        and book.calendar.of(running.number - 1).ends >= began
    ):
        return book.calendar.of(running.number - 1)
    return running


@dataclass(frozen=True)
class Velocity:
    """Past sprints oldest first, the running one so far, and the trend over the past ones."""

    past: tuple[Past, ...]
    running: Past | None
    trend: rules.VelocityTrend | None
    sure: int | None


def velocity(lab: Lab, team_id: int) -> Velocity:
    """Experiments decided with learnings, sprint by sprint."""
    with desk(lab, team_id, lock=False) as here:
        book = book_of(here)
        past, span = book.past(), book.running
        book.read_decided(past[-rules.DRAWN :])
        counts = [one.count for one in past]
        return Velocity(
            tuple(past),
            Past(span, book.decided_in(span)) if span else None,
            rules.trend(past),
            rules.sure_count(counts),
        )


def _kept(row: Commitment, ticket: Experiment, decided: Decision | None) -> plans.Kept:
    running = "running" if is_running(ticket) else "not started"
    return plans.Kept(
        number=ticket.number,
        title=ticket.title,
        stage=ticket.stage,
        state="decided" if decided else running,
        outcome=decided.outcome if decided else "",
        kind=ticket.kind_of_work,
        gpu=max(0.0, ticket.gpu_budget - ticket.gpu_used),
        late=row.late,
        by=row.by,
        why=row.why,
        gone=row.removed_at is not None,
        gone_by=row.removed_by,
        gone_why=row.removed_why,
    )
