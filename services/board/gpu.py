"""What people see of the GPU queue and do about turns (give one up, release a GPU, change the
order), and what a lead says about compute.
"""

from dataclasses import dataclass, replace

from core.board import gpu as rules
from core.board.gpu import Call, Capacity, Queue
from core.errors import Refused
from core.experiments.experiment import Experiment
from models.board import gpu as table
from models.board.gpu import GpuTurn
from services import announcement
from services import team as teams
from services.board import gpu_queue
from services.board.gpu_queue import START, advance, call, key_of, row_of, tell_passed
from services.desk import Desk, desk
from services.experiments import experiment
from services.experiments.experiment import TicketRequest
from services.ports import Lab
from views.board import gpu as view


@dataclass(frozen=True)
class QueuePage:
    """The queue for somebody. leads: may change its order; said: what was just done."""

    queue: Queue
    leads: bool
    said: str = ""


def look(lab: Lab, team_id: int, *, by: str, said: str = "") -> QueuePage:
    """The queue as it stands."""
    with desk(lab, team_id, lock=False) as here:
        queue = gpu_queue.read(here.session, here.team, here.now)
        return QueuePage(queue, teams.may_lead(here.session, here.team, by), said)


def have(lab: Lab, team_id: int, places: int | None, *, by: str) -> str:
    """How many may train at a time; None ends the queue. Raises NotAllowed (leads), Refused."""
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "say how many GPUs there are")
        pool = gpu_queue.pool_of(here.session, here.team)
        if pool is not None:
            said = f"All teams share one pool of {pool.places} GPUs."
            raise Refused(said, "An admin changes it: `/gpu pool`, `/gpu share`.")
        old = gpu_queue.capacity_of(here.team)
        if old.places == places:
            said = f"{places} GPUs are set" if places else "No number of GPUs is set"
            raise Refused(f"{said} already.", "`/gpu` shows who runs.")
        _keep(here, replace(old, places=places), by)
        if places is None:
            return "No number of GPUs is set any more: who is ready starts."
        return f"{places} {'experiment' if places == 1 else 'experiments'} may train at a time."


def quota(lab: Lab, team_id: int, hours: float | None, *, by: str) -> str:
    """GPU-hours a week; None ends that. Raises NotAllowed (leads)."""
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "set the quota of GPU-hours")
        _keep(here, replace(gpu_queue.capacity_of(here.team), quota=hours), by)
        if hours is None:
            return "There is no quota of GPU-hours any more."
        return f"The quota is {hours:g} GPU-hours a week; when they are used, experiments queue."


@dataclass(frozen=True)
class ShortageNote:
    """What somebody typed, and where."""

    text: str
    by: str
    channel: str


def short(lab: Lab, team_id: int, wish: ShortageNote) -> str:
    """`1 until Friday why`: a shortage, said in public. Raises NotAllowed (leads), Refused."""
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, wish.by, "say that GPUs are short")
        old = gpu_queue.capacity_of(here.team)
        new = rules.read_short(wish.text, experiment.today_of(here.team, here.now), by=wish.by)
        if old.places is not None and new.places >= old.places:
            raise Refused(f"{new.places} is no shortage: the team has {old.places}.",
                          "`/gpu 2` changes how many it has.")  # fmt: skip
        new = replace(new, key=f"gpushort:{here.team_id}:{here.now.isoformat()}")
        _keep(here, replace(old, short=new), wish.by)
        where = announcement.place(here.team, wish.channel)
        if where:
            here.post(new.key, where, view.shortage(new))
        return f"GPUs are short until {new.until}: {new.places} may train at a time."


def plenty(lab: Lab, team_id: int, *, by: str) -> str:
    """The shortage is over early. Raises NotAllowed (leads), Refused (there is none)."""
    with desk(lab, team_id) as here:
        teams.require_lead(here.session, here.team, by, "end a GPU shortage")
        old = gpu_queue.capacity_of(here.team)
        now_short = old.shortage(experiment.today_of(here.team, here.now))
        if now_short is None:
            raise Refused("No GPU shortage holds now.", "`/gpu` shows who runs.")
        _keep(here, replace(old, short=None), by)
        if announcement.told(here.session, now_short.key):
            here.edit(now_short.key, view.shortage(now_short, over=True))
        return "The GPU shortage is over."


def _keep(here: Desk, capacity: Capacity, by: str) -> None:
    teams.require_lead(here.session, here.team, by, "change the team's settings")
    here.team.choose(gpu=rules.stored(capacity))
    here.session.flush()
    gpu_queue.advance(here)


def sweep(lab: Lab, team_id: int) -> None:
    """Pass on turns nobody took, and call who is next where a GPU got free."""
    with desk(lab, team_id, lock=False) as here:
        if not gpu_queue.has_news(here.session, here.team):
            return
    with desk(lab, team_id) as here:
        gpu_queue.advance(here)


def leave(lab: Lab, act: TicketRequest) -> str:
    """Give up a place or a turn. Raises NotFound, NotAllowed, Refused (it has none)."""
    with desk(lab, act.team_id) as here:
        ticket = _theirs(here, act, "take it out of the queue")
        queue = gpu_queue.read(here.session, here.team, here.now)
        called = queue.is_called(ticket.number)
        if not called and not queue.place(ticket.number):
            raise Refused(f"{ticket.id} does not wait for a GPU.", "`/gpu` shows who does.")
        row = row_of(here, ticket)
        row.state, row.since, row.until, row.rank = "left", here.now, None, None
        here.session.flush()
        if called:
            tell_passed(here, key_of(here, ticket), Call(ticket, here.now, passed=True))
        advance(here)
        return f"{ticket.id} left the GPU queue; `/exp move {ticket.id} {START}` asks again."


def release(lab: Lab, act: TicketRequest) -> str:
    """Its GPU is free though it is still in experiment; what was done.

    Raises NotFound, NotAllowed, Refused (it does not run; released already).
    """
    with desk(lab, act.team_id) as here:
        ticket = _theirs(here, act, "release its GPU")
        queue = gpu_queue.read(here.session, here.team, here.now)
        if ticket.number in {one.number for one in queue.released}:
            raise Refused(f"{ticket.id} has released its GPU already.", "`/gpu` shows who runs.")
        if ticket.number not in {one.number for one in queue.running}:
            said = f"{ticket.id} holds no GPU: it is in {ticket.stage}."
            raise Refused(said, "`/gpu` shows who runs.")
        _mark(here, ticket, "released", act.by)
        advance(here)
        return f"{ticket.id} has released its GPU and stays in {ticket.stage}."


def resume(lab: Lab, act: TicketRequest) -> str:
    """It runs after all, whatever is free. Raises NotFound, NotAllowed, Refused (it runs)."""
    with desk(lab, act.team_id) as here:
        ticket = _theirs(here, act, "take a GPU for it")
        queue = gpu_queue.read(here.session, here.team, here.now)
        if ticket.number not in {one.number for one in queue.released}:
            raise Refused(f"{ticket.id} has not released a GPU.", "`/gpu` shows who runs.")
        if ticket.training_status == "complete":
            hint = f"Write `/exp update {ticket.id} training=running`."
            raise Refused(f"The training of {ticket.id} is complete.", hint)
        _mark(here, ticket, "running", act.by)
        return f"{ticket.id} holds its GPU again."


def _mark(here: Desk, ticket: Experiment, state: str, by: str) -> None:
    row = table.find(here.session, here.team_id, ticket.number)
    row = row or GpuTurn(team_id=here.team_id, number=ticket.number, since=here.now,
                         queued_at=here.now)  # fmt: skip
    row.state, row.since, row.by = state, here.now, by
    here.session.add(row)
    here.session.flush()


def _theirs(here: Desk, act: TicketRequest, what: str) -> Experiment:
    ticket = experiment.find(here.session, here.team, act.number)
    experiment.require_change(here.session, here.team, ticket, act.by, what)
    return ticket


def move_up(lab: Lab, act: TicketRequest) -> str:
    """One place further to the front. Raises NotAllowed (leads), Refused (first, or not there)."""
    with desk(lab, act.team_id) as here:
        ticket, queue = _queued(here, act, "change the order of the GPU queue")
        place = queue.place(ticket.number)
        if place == 1:
            raise Refused(f"{ticket.id} is first already.", "*Let run* does not wait for a GPU.")
        order = [turn.ticket for turn in queue.waiting]
        order[place - 2], order[place - 1] = order[place - 1], order[place - 2]
        for rank, one in enumerate(order[:place], start=1):
            row_of(here, one).rank = rank
        here.session.flush()
        return f"{ticket.id} is at place {place - 1} now."


def let_run(lab: Lab, act: TicketRequest) -> str:
    """Its turn now, whatever is free. Raises NotAllowed (leads), Refused (it does not wait)."""
    with desk(lab, act.team_id) as here:
        ticket, _ = _queued(here, act, "let it run beside the queue")
        call(here, ticket, let_by=act.by)
        channel = here.team.team_channel
        if channel:
            here.post(f"{key_of(here, ticket)}:let", channel, view.let_run(ticket, act.by))
        return f"{ticket.id} may run now; its owner is told."


def _queued(here: Desk, act: TicketRequest, what: str) -> tuple[Experiment, Queue]:
    teams.require_lead(here.session, here.team, act.by, what)
    ticket = experiment.find(here.session, here.team, act.number)
    queue = gpu_queue.read(here.session, here.team, here.now)
    if queue.is_called(ticket.number):
        raise Refused(f"{ticket.id} has its turn already.", "Its owner was told.")
    if not queue.place(ticket.number):
        raise Refused(f"{ticket.id} does not wait for a GPU.", "`/gpu` shows who does.")
    return ticket, queue
