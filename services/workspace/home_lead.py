"""What only leads see on their Home tab, and behind its last button."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from core.decisions.proposal import Waiting
from core.experiments.experiment import Experiment
from core.workspace.home import Digest, Leading, More, Planned
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
from services.workspace import home_team, onboarding


def read(here: Desk) -> Leading:
    """What others ask of the leads, and the first steps."""
    return Leading(
        requests=kill_request.open_of_team(here.session, here.team),
        overrides=override.open_of_team(here.session, here.team),
        loosenings=loosening.open_of_team(here),
        onboarding=onboarding.card(here),
    )


def digest_on(here: Desk) -> date | None:
    """The day of the newest digest."""
    last = digests.last_of(here.session, here.team_id)
    return last.on if last else None


def waits(here: Desk, tickets: Sequence[Experiment]) -> Waiting:
    """What is to be decided. tickets: what is open."""
    seen = [decider.judged(here.team, one, here.now, policy=here.policy) for one in tickets]
    return decisions.of_judged(here.session, here.team, here.now, seen)


def more(lab: Lab, team_id: int, user: str) -> More:
    """What stands behind Home's last button for that person."""
    with desk(lab, team_id, lock=False) as here:
        row, leads = here.people.get(user), team.may_lead(here.session, here.team, user)
        asked = standups.asked(standups.of_team(here.session, here.team_id))
        return More(
            me=home_team.me(here, row, home_team.away_of(here, [user]).get(user)),
            observer=row.role == "observer" and not leads,
            in_standup=user in asked,
            set_up=bool(here.team.team_channel),
            standups=_standups(here) if leads else (),
            digest=_digest(here.session, here.team, here.now) if leads else None,
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
