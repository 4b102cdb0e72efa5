"""A team's trackers: connected and disconnected by admins, their runs mapped by people."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import NotFound, Refused
from core.experiments.experiment import Experiment
from core.tracking.kept import Kept, Source
from core.workspace.tracker import MOST_TRACKERS, Wish
from models import team as teams
from models.experiments import experiment as tickets
from models.team import Team
from models.tracking import run as table
from models.tracking import tracker as trackers
from models.tracking.run import Run
from models.tracking.tracker import Tracker
from models.workspace.audit import TeamEvent
from services import standing, team
from services.desk import Desk, desk
from services.experiments import ticket
from services.ports import Lab

MOST_LOOSE = 5  # unmapped runs shown
_CONNECT = "connect a tracker"


@dataclass(frozen=True)
class Overview:
    """The team's trackers, and its newest runs that belong to no experiment."""

    sources: Sequence[Source]
    loose: Sequence[Kept]


@dataclass(frozen=True)
class Mapping:
    """A run that somebody maps. whole: and all of its project that name no experiment."""

    run: int
    experiment: int
    whole: bool = False


def connect(lab: Lab, team_id: int, wish: Wish, *, by: str) -> Source:
    """It is read from now on; the same address again takes its projects anew.

    Raises NotAllowed (admins only) and Refused (too many).
    """
    with desk(lab, team_id) as here:
        team.require_admin(here.session, here.team, by, _CONNECT)
        known = trackers.of_team(here.session, team_id)
        row = next((one for one in known if (one.kind, one.url) == (wish.kind, wish.url)), None)
        if row is None and len(known) >= MOST_TRACKERS:
            raise Refused(f"There are {MOST_TRACKERS} trackers already.", "Disconnect one first.")
        if row is None:
            number = teams.next_number(here.session, Tracker, team_id)
            row = Tracker(team_id=team_id, number=number, kind=wish.kind, url=wish.url,
                          connected_by=by, connected_at=here.now)  # fmt: skip
        row.projects = list(wish.projects)
        row.mapped = {name: n for name, n in row.mapped.items() if name in wish.projects}
        row.connected_by, row.greeted_at, row.poked_at = by, None, here.now
        here.session.add(row)
        here.session.flush()
        _note(here, f"{row.number} ({row.as_value().called})", "tracker connected", by)
        return row.as_value()


def overview(lab: Lab, team_id: int) -> Overview:
    """What the team has connected, and how it goes."""
    with desk(lab, team_id, lock=False) as here:
        rows = trackers.of_team(here.session, team_id)
        counts = table.counts(here.session, team_id) if rows else {}
        loose = table.unmapped(here.session, team_id, most=MOST_LOOSE) if rows else []
        sources = [row.as_value(*counts.get(row.pk, (0, 0))) for row in rows]
        return Overview(sources, [run.as_value() for run in loose])


def every(lab: Lab) -> list[tuple[str, Source]]:
    """What any team has connected, with what the team is called."""
    with lab.look() as session:
        found = trackers.connected(session)
        owners = {one.team_id: session.get_one(Team, one.team_id) for one in found}
        return [(standing.name_of(owners[one.team_id]), one.as_value()) for one in found]


def disconnect(lab: Lab, team_id: int, number: int, *, by: str) -> Source:
    """It is read no more; what its runs gave stays. Raises NotAllowed (admins only), NotFound."""
    with desk(lab, team_id) as here:
        team.require_admin(here.session, here.team, by, "disconnect a tracker")
        known = {one.number: one for one in trackers.of_team(here.session, team_id)}
        row = known.get(number)
        if row is None:
            raise NotFound(f"There is no tracker {number}.", "`/track` lists them.")
        row.ended_at = here.now
        _note(here, f"{number} ({row.as_value().called})", "tracker disconnected", by)
        return row.as_value()


def to_map(lab: Lab, team_id: int, key: int) -> tuple[Kept, list[Experiment]]:
    """A run for its form, and what it can belong to. Raises NotFound, Refused (nothing open)."""
    with desk(lab, team_id, lock=False) as here:
        run = _run(here, key)
        found = tickets.chosen(here.session, team_id, tickets.is_open())
        if not found:
            raise Refused("There is no open experiment to map it to.", "`/exp new` writes one.")
        return run.as_value(), [row.snapshot() for row in reversed(found)]


def map_run(lab: Lab, team_id: int, wish: Mapping, *, by: str) -> tuple[Kept, Experiment]:
    """The run belongs to that experiment from now on, whatever it names; its steps are read with
    the next sweep. Raises NotFound, NotAllowed (a whole project: leads only).
    """
    with desk(lab, team_id) as here:
        run, found = _run(here, wish.run), ticket.row(here.session, here.team, wish.experiment)
        tracker = here.session.get_one(Tracker, run.tracker_id)
        if wish.whole:
            team.require_lead(here.session, here.team, by, "map a whole project")
            tracker.mapped = {**tracker.mapped, run.project: found.number}
        else:
            run.mapped, run.names = "person", ""
        run.experiment_id, run.hash = found.pk, ""
        tracker.poked_at = here.now
        what = f"{run.project if wish.whole else run.name} → {found.snapshot().id}"
        _note(here, what, "run mapped", by)
        return run.as_value(), found.snapshot()


def _run(here: Desk, key: int) -> Run:
    run = table.of_team(here.session, here.team_id, key)
    if run is None:
        raise NotFound("That run is not there any more.", "`/track` shows the unmapped ones.")
    return run


def _note(here: Desk, subject: str, what: str, by: str) -> None:
    told = TeamEvent(team_id=here.team_id, at=here.now, who=by, what=what, subject=subject[:200])
    here.session.add(told)
    here.session.flush()
