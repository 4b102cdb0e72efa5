"""What people do about turns on GPUs: give one up, release a GPU, change the order."""

from core.errors import Refused
from core.experiment import Experiment
from core.gpu import Call, LetRun, Queue
from models import gpu as table
from models.gpu import GpuTurn
from services import experiment, gpu_queue
from services import team as teams
from services.desk import Desk, Show, desk
from services.experiment import Act
from services.gpu_turn import START, advance, call, key_of, row_of, tell_passed
from services.ports import Lab


def leave(lab: Lab, act: Act, show: Show) -> str:
    """Give up a place or a turn. Raises NotFound, NotAllowed, Refused (it has none)."""
    with desk(lab, act.workspace, show) as here:
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


def release(lab: Lab, act: Act, show: Show) -> str:
    """Its GPU is free though it is still in experiment; what was done.

    Raises NotFound, NotAllowed, Refused (it does not run; released already).
    """
    with desk(lab, act.workspace, show) as here:
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


def resume(lab: Lab, act: Act, show: Show) -> str:
    """It runs after all, whatever is free. Raises NotFound, NotAllowed, Refused (it runs)."""
    with desk(lab, act.workspace, show) as here:
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


def _theirs(here: Desk, act: Act, what: str) -> Experiment:
    ticket = experiment.find(here.session, here.team, act.number)
    experiment.require_change(here.session, here.team, ticket, act.by, what)
    return ticket


def move_up(lab: Lab, act: Act, show: Show) -> str:
    """One place further to the front. Raises NotAllowed (leads), Refused (first, or not there)."""
    with desk(lab, act.workspace, show) as here:
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


def let_run(lab: Lab, act: Act, show: Show) -> str:
    """Its turn now, whatever is free. Raises NotAllowed (leads), Refused (it does not wait)."""
    with desk(lab, act.workspace, show) as here:
        ticket, _ = _queued(here, act, "let it run beside the queue")
        call(here, ticket, let_by=act.by)
        channel = here.team.team_channel
        if channel:
            here.post(f"{key_of(here, ticket)}:let", channel, LetRun(ticket, act.by))
        return f"{ticket.id} may run now; its owner is told."


def _queued(here: Desk, act: Act, what: str) -> tuple[Experiment, Queue]:
    teams.require_lead(here.session, here.team, act.by, what)
    ticket = experiment.find(here.session, here.team, act.number)
    queue = gpu_queue.read(here.session, here.team, here.now)
    if queue.is_called(ticket.number):
        raise Refused(f"{ticket.id} has its turn already.", "Its owner was told.")
    if not queue.place(ticket.number):
        raise Refused(f"{ticket.id} does not wait for a GPU.", "`/gpu` shows who does.")
    return ticket, queue
