"""The team's settings: read, offered in a form, saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from core.standups.locale import zone_named
from core.workspace import settings as rules
from core.workspace.settings import Setup
from models import form_draft
from models import people as teams
from models.team import Team
from models.workspace.audit import TeamEvent
from services import policy, team
from services.desk import desk
from services.digest import digest
from services.experiments import headline
from services.ports import Lab

FORM = "setup"
_COLUMNS = (*rules.CHANNELS, "zone", "metric_name", "metric_target", "metric_direction")
_SETTINGS = ("metric_percent", "digest_day", "digest_hour")


@dataclass(frozen=True)
class SettingsForm:
    """What the form starts with: what is set, and what was typed but never sent."""

    setup: Setup
    draft: Mapping[str, Any]


@dataclass(frozen=True)
class Saved:
    """What was saved. first_lead: this made the person the team's first lead."""

    setup: Setup
    first_lead: bool


def current(lab: Lab, team_id: int) -> Setup:
    """The team's settings."""
    with desk(lab, team_id, lock=False) as here:
        return of(here.team)


def of(theirs: Team) -> Setup:
    """The team's settings as a value."""
    weekday, hour = digest.rhythm(theirs)
    steered = headline.canvas_of(theirs)
    columns = {name: getattr(theirs, name) for name in _COLUMNS}
    return Setup(
        **columns,
        leads_group=theirs.leads_group,
        metric_percent=theirs.chosen.metric_percent,
        digest_day=weekday,
        digest_hour=hour,
        canvas_metric=steered.name if steered else "",
        team_name=theirs.name,
    )


def offer(lab: Lab, team_id: int, *, by: str) -> SettingsForm:
    """What the settings form starts with. Raises NotAllowed (leads and admins)."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "change the team's settings")
        found = of(theirs)
        if not theirs.chosen.zone:
            team.member(session, theirs, by, now=now)
            found = Setup(**(vars(found) | {"zone": team.zone_of(session, theirs, by)}))
        return SettingsForm(found, form_draft.offer(session, team_id, by, FORM))


def workspace_zone(lab: Lab, team_id: int, typed: str, *, by: str) -> tuple[str, bool | None]:
    """The zone of the workspace, and whether it has just been changed (None: nothing was typed).

    Raises Refused (no such zone), NotAllowed unless `by` is an admin.
    """
    with desk(lab, team_id, lock=False) as here:
        space = team.workspace(here.session, here.team.workspace, now=here.now)
        if not typed.strip():
            return space.zone or "UTC", None
        changed = policy.set_zone(here, by, zone_named(typed))
        return space.zone, changed


def save(lab: Lab, team_id: int, values: Mapping[str, Any], *, by: str) -> Saved:
    """Save what the form says. Raises NotAllowed, Refused (with the field)."""
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        team.require_lead(session, theirs, by, "change the team's settings")
        before, leaderless = of(theirs), not teams.leads(session, theirs)
        wanted = rules.read(values, _targets(session, theirs))
        columns = {name: getattr(wanted, name) for name in _COLUMNS}
        if wanted.leads_group != before.leads_group:
            columns["leads_group"] = wanted.leads_group
        team.configure(lab.within(session), team_id, columns, by=by)
        if leaderless:
            first = not teams.admins(session, theirs.workspace)
            team.set_role(session, theirs, by, "admin" if first else "lead", now=now)
        chosen = {name: getattr(wanted, name) for name in _SETTINGS}
        theirs.choose(**chosen, **_fresh_start(before, wanted, now))
        _audit(session, theirs, before, by=by, now=now)
        form_draft.forget(session, team_id, by, FORM)
        return Saved(of(theirs), leaderless)


def _audit(session: Session, theirs: Team, before: Setup, *, by: str, now: datetime) -> None:
    old, new = vars(before), vars(of(theirs))
    for name in (name for name in new if new[name] != old[name]):
        made = TeamEvent(team_id=theirs.pk, at=now, who=by, what="setting", subject=name)
        made.before, made.after = _plain(old[name]), _plain(new[name])
        session.add(made)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _fresh_start(before: Setup, wanted: Setup, now: datetime) -> dict[str, datetime]:
    """A digest that is only due by its new settings is not made up for at once."""
    rhythm = ("digest_day", "digest_hour", "zone")
    moved = any(getattr(before, name) != getattr(wanted, name) for name in rhythm)
    opened = wanted.digest_channel and not before.digest_channel
    return {"digest_from": now} if moved or opened else {}


def _targets(session: Session, theirs: Team) -> dict[str, float]:
    return headline.targets(session, theirs)
