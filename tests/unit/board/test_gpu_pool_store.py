"""The pool of GPUs in the store: two teams at once, on both databases."""

from core.board.gpu import Queue
from core.board.gpu_pool import Pool, stored
from models import db
from models import team as teams
from models.experiments.experiment import Experiment as Row
from services import team
from services.board import gpu_queue, workflow
from services.experiments.experiment import TicketRequest
from tests import seeded
from tests.conversation import WORKSPACE
from tests.gpus import ready
from tests.tickets import FIELDS, MONDAY
from tests.unit.experiments.test_experiment_store import BOTH, _at_once, _lab
from tests.unit.experiments.test_experiment_store import shared as shared


def _two_teams(engine, pool: Pool) -> None:
    """Each has one experiment that is ready: EXP-043 and EXP-044."""
    seeded.team(engine)
    seeded.tickets(engine, ready(43))
    with db.transaction(engine) as session:
        other = team.begin(session, WORKSPACE, "Vision", now=MONDAY)
        value = ready(44)
        session.add(Row(team_id=other.id, **{name: getattr(value, name) for name in FIELDS}))
        teams.workspace(session, WORKSPACE).gpus = stored(pool)


def _move(engine, team_id: int) -> object:
    lab, act = _lab(engine), TicketRequest(team_id, 42 + team_id, "UANA", "moved")
    with lab.begin() as session:
        joined = lab.within(session)
        queue = gpu_queue.ask(joined, act, "experiment")
        return queue or workflow.move(joined, act, "experiment")


@BOTH
def test_of_two_teams_that_take_the_last_gpu_at_once_one_trains_and_one_waits(shared):
    _two_teams(shared, Pool(1, {}))
    results = _at_once(shared, 2, lambda n: _move(shared, n + 1))
    assert sorted(type(r).__name__ for r in results) == ["Changed", "Queue"]
    (queue,) = [r for r in results if isinstance(r, Queue)]
    assert len(queue.waiting) == 1
    assert queue.pool.taken == 1


@BOTH
def test_with_room_for_both_both_train(shared):
    _two_teams(shared, Pool(2, {2: 0.1}))
    results = _at_once(shared, 2, lambda n: _move(shared, n + 1))
    assert [type(r).__name__ for r in results] == ["Changed", "Changed"]
