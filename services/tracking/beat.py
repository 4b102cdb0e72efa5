"""What our own runner tells beside a training, kept like what any tracker tells."""

from dataclasses import replace
from datetime import datetime

from core.tracking.beat import Beat, as_run
from core.tracking.run import SILENCE
from core.workspace.token import Pusher
from models import team as teams
from models.team import Team
from models.tracking import beat as table
from models.tracking import run as runs
from models.tracking import tracker as trackers
from models.tracking.beat import RunBeat
from models.tracking.run import Run
from models.tracking.tracker import Tracker
from services.desk import Desk
from services.experiments import ticket
from services.ports import Lab
from services.tracking import keep, pulled

KIND = "assay"


def take(here: Desk, who: Pusher, beat: Beat) -> tuple[Run, RunBeat]:
    """The run and what is kept of its beats. One that is not newer than what is known changes
    nothing. Raises NotFound when a new run names no experiment of the team.
    """
    known = runs.ours(here.session, here.team_id, beat.run)
    kept = table.of_run(here.session, known.pk) if known else None
    if known is None:
        ticket.row(here.session, here.team, beat.experiment)
    elif kept is not None and (beat.seq <= kept.seq or known.status != "running"):
        return known, kept
    tracker = _tracker(here, who, known)
    run, curves = as_run(beat, here.now)
    if kept and kept.metrics_elsewhere:
        run, curves = replace(run, latest={}), {}
    keep.take(here, tracker, [run], {beat.run: curves}, frozenset())
    row = runs.named(here.session, tracker.pk, [beat.run])[beat.run]
    kept = kept or RunBeat(run_id=row.pk)
    kept.seq, kept.host, kept.stops = beat.seq, beat.host, beat.stops
    here.session.add(kept)
    here.session.flush()
    return row, kept


def find_silent(lab: Lab, now: datetime) -> int:
    """Runs of which nothing was heard for an hour are stale, and their owners hear so once; their
    hours end with the last beat, as they were told, and news takes it back. How many these are;
    with none it only reads.
    """
    with lab.look() as session:
        if not table.silent(session, now - SILENCE):
            return 0
    with lab.begin() as session:
        found = table.silent(session, now - SILENCE, held=True)
        for run, tracker in found:
            run.stale_since = now
            here = Desk(session, session.get_one(Team, tracker.team_id), now, lab.policy)
            pulled.tell_owners(here, [run])
        return len(found)


def _tracker(here: Desk, who: Pusher, known: Run | None) -> Tracker:
    """The one our runner's runs of the team are kept under; made with the first."""
    if known is not None:
        return here.session.get_one(Tracker, known.tracker_id)
    found = [one for one in trackers.of_team(here.session, here.team_id) if one.kind == KIND]
    if found:
        return found[0]
    number = teams.next_number(here.session, Tracker, here.team_id)
    made = Tracker(
        team_id=here.team_id, number=number, kind=KIND, connected_by=who.owner,
        connected_at=here.now,
    )  # fmt: skip
    here.session.add(made)
    here.session.flush()
    return made
