"""The GPU queue of a team, read from its settings, its tickets and the stored turns."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlmodel import Session

from core import cadence, calendar
from core import gpu as rules
from core.experiment import Experiment
from core.gpu import Capacity, Queue, Turn
from core.sprint_plan import record_of, weigh
from models import experiment as tickets
from models import gpu as table
from models.gpu import GpuTurn
from models.team import Team
from services import evalsize, experiment, sprint
from services.sprint_setup import rate_of


def capacity_of(team: Team) -> Capacity:
    """What a lead said about the team's GPUs."""
    return rules.load(team.settings.get("gpu", {}))


def read(session: Session, team: Team, now: datetime) -> Queue:
    """Who trains, whose turn it is, and who waits in which order."""
    assert team.id is not None
    capacity, today = capacity_of(team), experiment.today_of(team, now)
    found = {row.number: row.snapshot() for row in tickets.all_of(session, team.id)}
    rows = table.all_of(session, team.id)
    training = [one for one in found.values() if one.stage == "experiment" and one.gpu_budget > 0]
    free = {row.number for row in rows if row.number in found and _is_free(row, found[row.number])}
    free |= {one.number for one in training if one.training_status == "complete"}
    turns = [
        _turn(row, found[row.number])
        for row in rows
        if row.state in {"waiting", "called"} and _could_start(found.get(row.number))
    ]
    waiting = [turn for turn in turns if not turn.called]
    if len(waiting) > 1:
        waiting = _scored(session, team, now, waiting)
    placed, order = rules.ordered(waiting)
    return Queue(
        capacity,
        today,
        _used(session, team, now),
        tuple(one for one in training if one.number not in free),
        tuple(one for one in training if one.number in free),
        tuple(turn for turn in turns if turn.called),
        placed,
        order,
    )


def _could_start(ticket: Experiment | None) -> bool:
    return ticket is not None and ticket.stage == "hypothesis"


def _is_free(row: GpuTurn, ticket: Experiment) -> bool:
    """Released in the stage it is in now, not in an earlier run."""
    return row.state == "released" and row.since >= ticket.stage_since


def _turn(row: GpuTurn, ticket: Experiment) -> Turn:
    return Turn(
        ticket, row.queued_at, row.state == "called", row.until, row.rank, row.passed,
        let_by=row.let_by,
    )  # fmt: skip


def _scored(session: Session, team: Team, now: datetime, waiting: list[Turn]) -> list[Turn]:
    """With the score of sprint planning where somebody said what the ticket is worth."""
    book = sprint.open_book(session, team, now)
    return [
        turn if turn.ticket.worth is None else replace(turn, score=_score(book, turn.ticket))
        for turn in waiting
    ]


def _score(book: sprint.Book, ticket: Experiment) -> float:
    record = record_of(ticket.kind_of_work, book.decided)
    power = evalsize.power_of(book.session, book.team, ticket)
    return weigh(ticket, record, power=power, rate=rate_of(book.team)).score("learn")


def _used(session: Session, team: Team, now: datetime) -> float:
    """GPU-hours reported since Monday of the team's week."""
    assert team.id is not None
    where = calendar.zone(team.zone)
    monday = cadence.monday(calendar.local(now, where).date())
    start = calendar.instant(monday, time(), where)
    return tickets.gpu_between(session, team.id, start, now + timedelta(seconds=1))
