"""What only leads see on their Home tab."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from core.decisions.proposal import Waiting
from core.experiments.experiment import Experiment
from core.workspace.home import Digest, Leading, Planned
from models.digest import digest as digests
from models.standups import standup as standups
from models.team import Team
from services import team
from services.decisions import decider, kill_request
from services.decisions import waiting as decisions
from services.desk import Desk, desk
from services.digest import draft as edition
from services.digest import draft_schedule
from services.evals import loosening, override
from services.ports import Lab
from services.standups import agenda
from services.workspace import onboarding


def read(here: Desk, tickets: Sequence[Experiment]) -> Leading:
    """What waits for the leads, and how the team is set up. tickets: what is open."""
    session, theirs, now = here.session, here.team, here.now
    seen = [decider.judged(theirs, one, now, policy=here.policy) for one in tickets]
    return Leading(
        waiting=decisions.of_judged(session, theirs, now, seen),
        requests=kill_request.open_of_team(session, theirs),
        overrides=override.open_of_team(session, theirs),
        loosenings=loosening.open_of_team(here),
        standups=_standups(here),
        digest=_digest(session, theirs, now),
        onboarding=onboarding.card(here),
    )


def waiting(lab: Lab, team_id: int, *, by: str) -> Waiting:
    """Everything that waits for a decision, oldest first. Raises NotAllowed."""
    with desk(lab, team_id, lock=False) as here:
        team.require_lead(here.session, here.team, by, "decide on proposals")
        return decisions.of_team(here.session, here.team, here.now, policy=here.policy)


def _standups(here: Desk) -> list[Planned]:
    rows = standups.of_team(here.session, here.team_id)
    running = [row for row in rows if row.active]
    next_ones = agenda.next_of_all(here, running)
    coming = {row.pk: times for row, times in zip(running, next_ones, strict=True)}
    found = []
    for row in rows:
        asked, times = agenda.zones_of(here, row), coming.get(row.pk)
        next_on = times.on if times else None
        found.append(Planned(row.name, row.channel, len(asked), next_on, row.active))
    return found


def _digest(session: Session, theirs: Team, now: datetime) -> Digest:
    _, at = draft_schedule.upcoming(session, theirs, now)
    last = digests.last_of(session, theirs.pk)
    draft = edition.waiting(session, theirs)
    return Digest(
        at=draft.due_at if draft else at,
        channel=theirs.digest_channel,
        notes=len(digests.open_notes(session, theirs.pk)),
        last_on=last.on if last else None,
        draft=draft.state if draft else "",
        by=team.name_of(session, theirs, draft.by) if draft and draft.by else "",
        edits=len(draft.edits or {}) if draft else 0,
    )
