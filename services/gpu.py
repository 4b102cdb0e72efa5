"""What people see of the GPU queue, and what a lead says about compute."""

from dataclasses import dataclass, replace

from core import gpu as rules
from core.errors import Refused
from core.gpu import Capacity, Queue, Shortage
from services import announcement, experiment, gpu_queue, gpu_turn
from services import team as teams
from services.desk import Desk, Show, desk
from services.ports import Lab


@dataclass(frozen=True)
class Seen:
    """The queue for somebody. leads: may change its order; said: what was just done."""

    queue: Queue
    leads: bool
    said: str = ""


def look(lab: Lab, workspace: str, *, by: str, said: str = "") -> Seen:
    """The queue as it stands."""
    now = lab.clock()
    with lab.begin() as session:
        team = teams.of(session, workspace, now=now)
        queue = gpu_queue.read(session, team, now)
        return Seen(queue, teams.may_lead(session, team, by), said)


def have(lab: Lab, workspace: str, places: int | None, show: Show, *, by: str) -> str:
    """How many may train at a time; None ends the queue. Raises NotAllowed (leads), Refused."""
    with desk(lab, workspace, show) as here:
        teams.require_lead(here.session, here.team, by, "say how many GPUs there are")
        old = gpu_queue.capacity_of(here.team)
        if old.places == places:
            said = f"{places} GPUs are set" if places else "No number of GPUs is set"
            raise Refused(f"{said} already.", "`/gpu` shows who runs.")
        _keep(here, lab, replace(old, places=places), by)
        if places is None:
            return "No number of GPUs is set any more: who is ready starts."
        return f"{places} {'experiment' if places == 1 else 'experiments'} may train at a time."


def quota(lab: Lab, workspace: str, hours: float | None, show: Show, *, by: str) -> str:
    """GPU-hours a week; None ends that. Raises NotAllowed (leads)."""
    with desk(lab, workspace, show) as here:
        teams.require_lead(here.session, here.team, by, "set the quota of GPU-hours")
        _keep(here, lab, replace(gpu_queue.capacity_of(here.team), quota=hours), by)
        if hours is None:
            return "There is no quota of GPU-hours any more."
        return f"The quota is {hours:g} GPU-hours a week; when they are used, experiments queue."


@dataclass(frozen=True)
class Wish:
    """What somebody typed, and where."""

    text: str
    by: str
    channel: str


def short(lab: Lab, workspace: str, wish: Wish, show: Show) -> str:
    """`1 until Friday why`: a shortage, said in public. Raises NotAllowed (leads), Refused."""
    with desk(lab, workspace, show) as here:
        teams.require_lead(here.session, here.team, wish.by, "say that GPUs are short")
        old = gpu_queue.capacity_of(here.team)
        new = rules.read_short(wish.text, experiment.today_of(here.team, here.now), by=wish.by)
        if old.places is not None and new.places >= old.places:
            raise Refused(f"{new.places} is no shortage: the team has {old.places}.",
                          "`/gpu 2` changes how many it has.")  # fmt: skip
        new = replace(new, key=f"gpushort:{here.team_id}:{here.now.isoformat()}")
        _keep(here, lab, replace(old, short=new), wish.by)
        where = announcement.place(here.team, wish.channel)
        if where:
            here.post(new.key, where, Shortage(new))
        return f"GPUs are short until {new.until}: {new.places} may train at a time."


def plenty(lab: Lab, workspace: str, show: Show, *, by: str) -> str:
    """The shortage is over early. Raises NotAllowed (leads), Refused (there is none)."""
    with desk(lab, workspace, show) as here:
        teams.require_lead(here.session, here.team, by, "end a GPU shortage")
        old = gpu_queue.capacity_of(here.team)
        now_short = old.shortage(experiment.today_of(here.team, here.now))
        if now_short is None:
            raise Refused("No GPU shortage holds now.", "`/gpu` shows who runs.")
        _keep(here, lab, replace(old, short=None), by)
        if announcement.told(here.session, now_short.key):
            here.edit(now_short.key, Shortage(now_short, over=True))
        return "The GPU shortage is over."


def _keep(here: Desk, lab: Lab, capacity: Capacity, by: str) -> None:
    settings = here.team.settings | {"gpu": rules.stored(capacity)}
    workspace = here.team.workspace
    teams.configure(lab.within(here.session), workspace, {"settings": settings}, by=by)
    here.session.flush()
    gpu_turn.advance(here)


def sweep(lab: Lab, workspace: str, show: Show) -> None:
    """Pass on turns nobody took, and call who is next where a GPU got free."""
    with lab.begin() as session:
        team = teams.of(session, workspace, now=lab.clock())
        if not gpu_turn.has_news(session, team):
            return
    with desk(lab, workspace, show) as here:
        gpu_turn.advance(here)
