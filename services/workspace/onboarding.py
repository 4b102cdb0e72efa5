"""A team's first three steps: channels, people and time, a test prompt."""

import hashlib
import json
from collections.abc import Sequence
from datetime import time

from core import calendar
from core.errors import too_old
from core.workspace import onboarding as rules
from core.workspace.onboarding import STEPS, Group, Onboarding
from core.workspace.settings import CHANNELS
from models.standups import standup as standups
from models.standups.standup import Standup
from models.workspace import onboarding as table
from models.workspace.onboarding import Onboarding as Row
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab
from services.standups import agenda
from views.kit import Message
from views.workspace import onboarding as view


def begin(here: Desk, *, has_standup: bool) -> None:
    """Give a team that is not set up yet its card; any other stays without."""
    team_id = here.team_id
    ready = here.team.team_channel and has_standup
    if not ready and table.of_team(here.session, team_id) is None:
        table.start(here.session, Row(team_id=team_id, at=here.now))


def card(here: Desk) -> Onboarding | None:
    """The team's card as it stands, or None when there never was one."""
    row = table.of_team(here.session, here.team_id)
    if row is None:
        return None
    found = standups.of_team(here.session, here.team_id)
    done = {
        "channels": bool(here.team.team_channel),
        "people": bool(found),
        "test": bool(row.tested_by) or _has_begun(here, found),
    }
    return Onboarding(
        steps=rules.steps(done, row.skipped),
        channels={use: getattr(here.team, use) for use in CHANNELS},
        standup=found[0].name if found else "",
        groups=groups_of(here, found[0]) if found else (),
        closed=row.closed,
    )


def _has_begun(here: Desk, found: Sequence[Standup]) -> bool:
    """True once people have been asked for real: then nobody needs a test to know how it looks."""
    return bool(standups.newest_rounds(here.session, [standup.pk for standup in found]))


def groups_of(here: Desk, standup: Standup) -> tuple[Group, ...]:
    """Everybody of the standup with their hour on its next date, by zone, the first first."""
    coming = agenda.next_of(here, standup)
    on, at = coming.on if coming else here.now.date(), time.fromisoformat(standup.at)
    names, zones = teams.names(here.session, here.team), agenda.zones_of(here, standup)
    hours = {user: calendar.instant(on, at, calendar.zone(zones[user])) for user in zones}
    return rules.groups(hours, zones, names)


def open_again(lab: Lab, team_id: int, *, by: str) -> bool:
    """The card, put away or not, as a direct message while something is left on it; True then.

    Raises NotAllowed (leads only, once there is one).
    """
    with desk(lab, team_id, lock=False) as here:
        begin(here, has_standup=bool(standups.of_team(here.session, team_id)))
        row = _held(here, by)
        if row is None:
            return False
        fresh = row.closed or row.started_by != by
        row.closed, row.skipped = False, []
        here.session.flush()
        found = card(here)
        if found is None or not found.shown:
            row.closed = True
            return False
        if fresh:
            row.number, row.started_by, row.shown = row.number + 1, by, ""
        _tell(here, row, view.card(found))
        return True


def skip(lab: Lab, team_id: int, step: str, *, by: str) -> None:
    """Leave a step out for now. Raises NotAllowed, Refused (there is no such step)."""
    if step not in STEPS:
        raise too_old("`/exp setup` shows the steps.")
    with desk(lab, team_id, lock=False) as here:
        row = _held(here, by)
        if row is not None and step not in row.skipped:
            row.skipped = [*row.skipped, step]


def close(lab: Lab, team_id: int, *, by: str) -> None:
    """Put the card away; `open_again` brings it back. Raises NotAllowed."""
    with desk(lab, team_id, lock=False) as here:
        row = _held(here, by)
        if row is not None:
            row.closed = True


def tested(here: Desk, user_id: str) -> None:
    """Somebody has answered a test prompt."""
    row = table.hold(here.session, here.team_id)
    if row is not None and not row.tested_by:
        row.tested_by = user_id


def keep_fresh(lab: Lab, team_id: int) -> bool:
    """Bring the direct message up to date; True when it had changed."""
    with desk(lab, team_id, lock=False) as here:
        seen = table.of_team(here.session, here.team_id)
        if seen is None or (seen.closed and not seen.shown):
            return False
        row, found = table.hold(here.session, here.team_id), card(here)
        assert row is not None
        assert found is not None
        changed = bool(row.started_by) and _tell(here, row, view.card(found))
        if not found.shown:
            row.closed, row.shown = True, ""
        return changed


def fingerprint(message: Message) -> str:
    """Changes whenever the message does."""
    return hashlib.sha256(json.dumps(message, sort_keys=True).encode()).hexdigest()[:16]


def _tell(here: Desk, row: Row, message: Message) -> bool:
    mark, key = fingerprint(message), f"onboarding:{row.team_id}:{row.number}"
    if row.shown == mark:
        return False
    if not here.voice.post(key, row.started_by, message):
        here.voice.edit(key, message)
    row.shown = mark
    return True


def _held(here: Desk, by: str) -> Row | None:
    teams.require_lead(here.session, here.team, by, "set the team up")
    return table.hold(here.session, here.team_id)
