"""The GPU queue of a team, read from its settings, its tickets and the stored turns."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlmodel import Session

from core import calendar
from core.board import gpu as rules
from core.board import gpu_pool as pools
from core.board import workflow
from core.board.gpu import Call, Capacity, Queue, Turn
from core.board.gpu_pool import Pool, Using
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.sprints.plan import record_of, weigh
from models import team as teams
from models.board import gpu as table
from models.board.gpu import GpuTurn
from models.experiments import effort
from models.experiments import experiment as tickets
from models.team import Team
from services import announcement, standing
from services.board import budget
from services.desk import Desk, desk
from services.evals import sensitivity
from services.experiments import experiment
from services.experiments.experiment import Scene, TicketRequest
from services.ports import Lab
from services.sprints import sprint
from services.sprints.setup import rate_of
from views.board import gpu as view


def capacity_of(team: Team) -> Capacity:
    """What a lead said about the team's GPUs."""
    return rules.load(team.chosen.gpu)


def pool_of(session: Session, team: Team) -> Pool | None:
    """The GPUs that all teams of the workspace share; None while each has its own."""
    space = teams.workspace(session, team.workspace)
    return pools.load(space.gpus) if space else None


def read(session: Session, team: Team, now: datetime) -> Queue:
    """Who trains, whose turn it is, and who waits in which order."""
    pool = pool_of(session, team)
    if pool is None:
        return _own(session, team, now, capacity_of(team))
    teams.hold_workspace(session, team.workspace)  # two teams must not take the last GPU
    queues = of_pool(session, team.workspace, now)
    queue, using = queues[team.pk], using_of(session, team.workspace, queues)
    order = rules.rule_of([turn for one in using for turn in one.waiting])
    waiting, _ = rules.ordered(queue.waiting, order)
    seen = pools.seen_by(team.pk, pool, using)
    return replace(queue, waiting=waiting, order=order, pool=seen)


def of_pool(session: Session, workspace: str, now: datetime) -> dict[int, Queue]:
    """The queue of every team at work there by its own limits, which a shared pool's number of
    places replaces.
    """
    found = {}
    for team in teams.of_workspace(session, workspace):
        capacity = replace(capacity_of(team), places=None)
        found[team.pk] = _own(session, team, now, capacity, scored=True)
    return found


def using_of(session: Session, workspace: str, queues: Mapping[int, Queue]) -> list[Using]:
    """The same as what these teams take of the pool; who may not start by their own limits takes
    nobody's turn.
    """
    found = []
    for team in teams.of_workspace(session, workspace):
        queue = queues[team.pk]
        able = 0 if queue.is_spent else queue.own_free
        taken = len(queue.running) + len(queue.called)
        name = standing.called(team)
        found.append(Using(team.pk, name, taken, queue.waiting[:able]))
    return found


def _own(
    session: Session, team: Team, now: datetime, capacity: Capacity, *, scored: bool = False
) -> Queue:
    """The team's queue by its own capacity. scored: also where only one waits."""
    today = experiment.today_of(team, now)
    open_now = tickets.chosen(session, team.pk, tickets.is_open())
    found = {row.number: row.snapshot() for row in open_now}
    rows = [row for row in table.all_of(session, team.pk) if row.number in found]
    training = [one for one in found.values() if one.stage == "experiment" and one.gpu_budget > 0]
    free = {row.number for row in rows if _is_free(row, found[row.number])}
    free |= {one.number for one in training if one.training_status == "complete"}
    turns = [
        _turn(row, found[row.number])
        for row in rows
        if row.state in {"waiting", "called"} and _could_start(found.get(row.number))
    ]
    waiting = [turn for turn in turns if not turn.called]
    if len(waiting) > 1 or (scored and waiting):
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
    said = [turn.ticket for turn in waiting if turn.ticket.worth is not None]
    powers = sensitivity.power_of(session, team, said)
    score = {one.number: _score(book, one, powers[one.number]) for one in said}
    return [replace(turn, score=score.get(turn.ticket.number, turn.score)) for turn in waiting]


def _score(book: sprint.Book, ticket: Experiment, power: float | None) -> float:
    record = record_of(ticket.kind_of_work, book.records)
    return weigh(ticket, record, power=power, rate=rate_of(book.team)).score("learn")


def _used(session: Session, team: Team, now: datetime) -> float:
    """GPU-hours reported since Monday of the team's week."""
    where = calendar.zone(team.zone)
    monday = calendar.monday(calendar.local(now, where).date())
    start = calendar.instant(monday, time(), where)
    return effort.gpu_between(session, team.pk, start, now + timedelta(seconds=1))


# Turns on GPUs: queued when there is none, called when one is free, passed on, released.

START = "experiment"  # the stage in which GPUs are used


def ask(lab: Lab, act: TicketRequest, stage: str) -> Queue | None:
    """None when the move may go on; else the queue with the ticket in it.

    Raises what the move itself would: NotAllowed, Refused (a criterion is missing).
    """
    with desk(lab, act.team_id) as here:
        ticket = experiment.find(here.session, here.team, act.number)
        if not _needs_turn(here.session, here.team, ticket, stage):
            return None
        experiment.require_change(here.session, here.team, ticket, act.by, f"move {ticket.id}")
        today = experiment.today_of(here.team, here.now)
        new = workflow.moved(ticket, START, note=act.why, now=here.now, today=today)
        budget.admit(experiment.scene(here, ticket), new, by=act.by)
        queue = read(here.session, here.team, here.now)
        if _may_start(queue, ticket):
            return None
        _enter(here, ticket, act.by)
        advance(here, quiet=ticket.number)
        queue = read(here.session, here.team, here.now)
        return None if queue.is_called(ticket.number) else queue


def require(scene: Scene, to: str) -> None:
    """Pass when the ticket needs no turn on a GPU or has one. Raises Refused."""
    if not _needs_turn(scene.session, scene.team, scene.ticket, to):
        return
    queue = read(scene.session, scene.team, scene.now)
    if not _may_start(queue, scene.ticket):
        its = scene.ticket.id
        hint = f"`/exp move {its} {START}` queues it; `/gpu` shows who waits."
        raise Refused(f"No GPU is free for {its}.", hint)


def _needs_turn(session: Session, team: Team, ticket: Experiment, stage: str) -> bool:
    unlimited = capacity_of(team) == rules.Capacity() and pool_of(session, team) is None
    if unlimited or ticket.stage != "hypothesis" or ticket.gpu_budget <= 0:
        return False
    return workflow.read_stage(stage, ticket) == START


def _may_start(queue: Queue, ticket: Experiment) -> bool:
    if queue.is_called(ticket.number) or queue.free is None:
        return True
    first = not queue.waiting or queue.place(ticket.number) == 1
    return queue.free > 0 and first


def _enter(here: Desk, ticket: Experiment, by: str) -> None:
    row = table.find(here.session, here.team_id, ticket.number)
    if row is not None and row.state == "waiting":
        return
    if row is None:
        row = GpuTurn(team_id=here.team_id, number=ticket.number, since=here.now,
                      queued_at=here.now)  # fmt: skip
    row.state, row.since, row.queued_at, row.by = "waiting", here.now, here.now, by
    row.rank, row.until, row.passed, row.let_by = None, None, 0, ""
    here.session.add(row)
    here.session.flush()


def advance(here: Desk, *, quiet: int = 0) -> None:
    """Pass on turns nobody took in time, then call as many as there are GPUs free.

    quiet: the experiment somebody is just moving; its owner is not told.
    """
    queue = read(here.session, here.team, here.now)
    late = [turn for turn in queue.called if turn.until and turn.until <= here.now]
    behind = len(queue.waiting) + (queue.pool.elsewhere if queue.pool else 0)
    late = late[:behind]  # with nobody behind it, a turn stays
    keys = [_pass_on(here, turn.ticket) for turn in late]
    if late:
        queue = read(here.session, here.team, here.now)
    free = len(queue.waiting) if queue.free is None else queue.free
    for turn in queue.waiting[:free]:
        call(here, turn.ticket, told=turn.ticket.number != quiet)
    for turn, key in zip(late, keys, strict=True):
        queue = read(here.session, here.team, here.now)
        place = queue.place(turn.ticket.number)
        if place:  # else it was called again at once, for a GPU that got free meanwhile
            tell_passed(here, key, Call(turn.ticket, here.now, passed=True, place=place))


def row_of(here: Desk, ticket: Experiment) -> GpuTurn:
    """Its stored turn, which exists."""
    found = table.find(here.session, here.team_id, ticket.number)
    assert found is not None
    return found


def call(here: Desk, ticket: Experiment, *, let_by: str = "", told: bool = True) -> None:
    """It is its turn for a working day; the owner hears it once."""
    row = row_of(here, ticket)
    where = calendar.zone(here.team.zone)
    row.state, row.since, row.let_by = "called", here.now, let_by
    row.until, row.rank = rules.confirm_by(here.now, where), None
    row.calls += 1
    here.session.flush()
    if told:
        said = view.call(Call(ticket, row.until, let_by))
        here.post(key_of(here, ticket), ticket.owner, said)


def _pass_on(here: Desk, ticket: Experiment) -> str:
    row = row_of(here, ticket)
    row.state, row.since, row.until, row.let_by = "waiting", here.now, None, ""
    row.passed += 1
    here.session.flush()
    return key_of(here, ticket)


def tell_passed(here: Desk, key: str, call: Call) -> None:
    """Say in the place of a call that it holds no more."""
    if announcement.told(here.session, key):
        here.edit(key, view.call(call))


def key_of(here: Desk, ticket: Experiment) -> str:
    """The key of the direct message about its newest call."""
    return f"gpu:{here.team_id}:{ticket.id}:{row_of(here, ticket).calls}"


def has_news(session: Session, team: Team) -> bool:
    """True when somebody waits or has a turn, so that the clock must look."""
    return any(row.state in {"waiting", "called"} for row in table.all_of(session, team.pk))
