"""What the team's canvas bounds, for who writes a ticket, reads the canvas or sets up compute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import Refused
from core.experiments.experiment import Experiment
from core.experiments.secondary import Standing
from core.project import canvas_lead_time as lead_time
from core.project import canvas_limits as rules
from core.project.canvas import Canvas
from core.project.canvas_lead_time import LaunchMath
from core.project.canvas_limits import Limits
from core.sprints.sprint import Span
from services import team
from services.board import gpu, gpu_queue
from services.desk import Desk, desk
from services.experiments import experiment
from services.ports import Lab
from services.project import canvas
from services.sprints import sprint


@dataclass(frozen=True)
class CanvasMath:
    """What the canvas's figures come to today. gpus: what one press would set, None when that is
    set, shared with other teams or not said; launch: reviews against the MVP sprint.
    """

    gpus: int | None
    launch: tuple[LaunchMath, ...]


def of_team(lab: Lab, team_id: int) -> Limits:
    """What the canvas bounds, nothing while there is none."""
    with desk(lab, team_id, lock=False) as here:
        return rules.limits(canvas.current(here.session, here.team) or Canvas())


def broken(lab: Lab, team_id: int, ticket: Experiment | Mapping[str, object]) -> tuple[str, ...]:
    """What of that ticket, or of its form's values, breaks a limit of the canvas."""
    return rules.breaches(of_team(lab, team_id), ticket)


def crossed(
    lab: Lab, team_id: int, ticket: Experiment, known: Sequence[Standing]
) -> tuple[str, ...]:
    """The same of a ticket with what its secondary criteria were measured at."""
    found = of_team(lab, team_id)
    return (*rules.overruns(found, known), *rules.breaches(found, ticket))


def math(lab: Lab, team_id: int) -> CanvasMath:
    """The canvas's figures set against compute and calendar."""
    with desk(lab, team_id, lock=False) as here:
        page = canvas.current(here.session, here.team) or Canvas()
        wanted = rules.limits(page).gpus
        pooled = gpu_queue.pool_of(here.session, here.team) is not None
        same = gpu_queue.capacity_of(here.team).places == wanted
        return CanvasMath(None if pooled or same else wanted, launch(here, page))


def launch(here: Desk, page: Canvas) -> tuple[LaunchMath, ...]:
    """The reviews of the page against its MVP sprint; none while no sprints are held."""
    today = experiment.today_of(here.team, here.now)
    return lead_time.launch_math(page, mvp_of(here, page), today)


def mvp_of(here: Desk, page: Canvas) -> Span | None:
    """The sprint the page wants the MVP in, or None."""
    if page.mvp is None or not sprint.is_on(here.team):
        return None
    return here.team.sprints.of(page.mvp)


def set_gpus(lab: Lab, team_id: int, *, by: str) -> str:
    """As many experiments may train at a time as the canvas has GPUs. Raises NotAllowed (leads),
    Refused (it names none, it is so already).
    """
    with desk(lab, team_id, lock=False) as here:
        team.require_lead(here.session, here.team, by, "say how many GPUs there are")
    wanted = of_team(lab, team_id).gpus
    if wanted is None:
        raise Refused("The canvas names no number of GPUs any more.", "Write `/gpu 4`.")
    return gpu.have(lab, team_id, wanted, by=by)
