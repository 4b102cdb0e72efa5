"""The pool of GPUs of a workspace: looked at by everybody, set by its admins."""

from core.board import gpu_pool as rules
from core.board.gpu_pool import Pool, PoolPage
from core.errors import NotFound, Refused
from models import team as table
from models.team import Team
from services import standing
from services import team as teams
from services.board import gpu_queue
from services.desk import Desk, desk
from services.ports import Lab

_OFF = "`/gpu pool 8` makes one of 8 GPUs for all teams."


def look(lab: Lab, team_id: int, *, by: str, said: str = "") -> PoolPage:
    """The pool as it stands."""
    with desk(lab, team_id, lock=False) as here:
        pool = gpu_queue.pool_of(here.session, here.team)
        if pool is None:
            return PoolPage(None, said=said)
        workspace = here.team.workspace
        queues = gpu_queue.of_pool(here.session, workspace, here.now)
        using = gpu_queue.using_of(here.session, workspace, queues)
        among = [one.team_id for one in using]
        shares = {team: pool.share(team, among) for team in among}
        known = standing.readable(here.session, workspace, by)
        return PoolPage(pool, tuple(using), shares, rules.line(pool, using), known, said)


def have(lab: Lab, team_id: int, places: int | None, *, by: str) -> str:
    """One pool of so many for all teams; None: each has its own again. Raises NotAllowed
    (admins), Refused (it is so already).
    """
    with desk(lab, team_id) as here:
        teams.require_admin(here.session, here.team, by, "set the pool of GPUs")
        pool = gpu_queue.pool_of(here.session, here.team)
        if places == (pool.places if pool else None):
            said = f"The pool has {places} GPUs already." if places else "There is no pool."
            raise Refused(said, "`/gpu pool` shows it." if places else _OFF)
        shares = pool.shares if pool else {}
        _keep(here, Pool(places, shares) if places else None)
        if places is None:
            return "There is no pool any more: each team has its own GPUs, as its lead says."
        return f"{places} experiments of all teams together may train at a time."


def share(lab: Lab, team_id: int, typed: str, *, by: str) -> str:
    """`vision 40%`, `vision off`. Raises NotAllowed (admins), NotFound, Refused (no pool, more
    than all of it).
    """
    name, wanted = rules.read_share(typed)
    with desk(lab, team_id) as here:
        teams.require_admin(here.session, here.team, by, "set a team's share of the GPUs")
        pool = gpu_queue.pool_of(here.session, here.team)
        if pool is None:
            raise Refused("There is no pool of GPUs.", _OFF)
        team = _named(here, name, by)
        shares = {one: part for one, part in pool.shares.items() if one != team.pk}
        shares |= {team.pk: wanted} if wanted is not None else {}
        rules.require_whole(shares)
        _keep(here, Pool(pool.places, shares))
        called = standing.called(team)
        if wanted is None:
            return f"{called} has no share of its own any more: it has a part of what is left."
        return f"{called} has {wanted:.0%} of the pool."


def _keep(here: Desk, pool: Pool | None) -> None:
    table.hold_workspace(here.session, here.team.workspace)
    space = table.workspace(here.session, here.team.workspace)
    assert space is not None
    space.gpus = rules.stored(pool) if pool else {}
    here.session.flush()
    gpu_queue.advance(here)


def _named(here: Desk, name: str, by: str) -> Team:
    """The team at work with that name, of those this person knows of. Raises NotFound."""
    known = standing.readable(here.session, here.team.workspace, by)
    there = table.of_workspace(here.session, here.team.workspace)
    open_ = [team for team in there if team.pk in known]
    found = [team for team in open_ if standing.name_of(team).casefold() == name.casefold()]
    if not found:
        names = ", ".join(standing.name_of(team) for team in open_[:10])
        raise NotFound(f"I find no team called “{name[:40]}”.", f"There are: {names}.")
    return found[0]
