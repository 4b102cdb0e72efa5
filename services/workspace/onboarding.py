"""A team's first three steps: channels, people and time, a test prompt."""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime, time

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
from services.ports import Lab
from services.standups import agenda
from services.standups.desk import Desk, Words, sit_down
from views.kit import Message

Show = Callable[[Onboarding], Message]


def begin(desk: Desk) -> None:
    """Give a team that is not set up yet its card; any other stays without."""
    team_id = desk.team.id or 0
    ready = desk.team.team_channel and standups.of_team(desk.session, team_id)
    if not ready and table.of_team(desk.session, team_id) is None:
        table.start(desk.session, Row(team_id=team_id, at=desk.now))


def card(desk: Desk) -> Onboarding | None:
    """The team's card as it stands, or None when there never was one."""
    row = table.of_team(desk.session, desk.team.id or 0)
    if row is None:
        return None
    found = standups.of_team(desk.session, desk.team.id or 0)
    done = {
        "channels": bool(desk.team.team_channel),
        "people": bool(found),
        "test": bool(row.tested_by) or _has_begun(desk, found),
    }
    return Onboarding(
        steps=rules.steps(done, row.skipped),
        channels={use: getattr(desk.team, use) for use in CHANNELS},
        standup=found[0].name if found else "",
        groups=groups_of(desk, found[0]) if found else (),
        closed=row.closed,
    )


def _has_begun(desk: Desk, found: Sequence[Standup]) -> bool:
    """True once people have been asked for real: then nobody needs a test to know how it looks."""
    return any(standups.last_round(desk.session, standup.id or 0) for standup in found)


def groups_of(desk: Desk, standup: Standup) -> tuple[Group, ...]:
    """Everybody of the standup with their hour on its next date, by zone, the first first."""
    coming = agenda.next_of(desk, standup)
    on, at = coming.on if coming else desk.now.date(), time.fromisoformat(standup.at)
    names, zones = teams.names(desk.session, desk.team), agenda.zones_of(desk, standup)
    hours = {user: calendar.instant(on, at, calendar.zone(zones[user])) for user in zones}
    return rules.groups(hours, zones, names)


def open_again(lab: Lab, workspace: str, words: Words, show: Show, *, by: str) -> bool:
    """The card, put away or not, as a direct message while something is left on it; True then.

    Raises NotAllowed (leads only, once there is one).
    """
    with sit_down(lab, workspace, words) as desk:
        begin(desk)
        row = _held(desk, by)
        if row is None:
            return False
        fresh = row.closed or row.started_by != by
        row.closed, row.skipped = False, []
        desk.session.flush()
        found = card(desk)
        if found is None or not found.shown:
            row.closed = True
            return False
        if fresh:
            row.number, row.started_by, row.shown = row.number + 1, by, ""
        _tell(desk, row, show(found))
        return True


def skip(lab: Lab, workspace: str, step: str, words: Words, *, by: str) -> None:
    """Leave a step out for now. Raises NotAllowed, Refused (there is no such step)."""
    if step not in STEPS:
        raise too_old("`/exp setup` shows the steps.")
    with sit_down(lab, workspace, words) as desk:
        row = _held(desk, by)
        if row is not None and step not in row.skipped:
            row.skipped = [*row.skipped, step]


def close(lab: Lab, workspace: str, words: Words, *, by: str) -> None:
    """Put the card away; `open_again` brings it back. Raises NotAllowed."""
    with sit_down(lab, workspace, words) as desk:
        row = _held(desk, by)
        if row is not None:
            row.closed = True


def tested(desk: Desk, user_id: str) -> None:
    """Somebody has answered a test prompt."""
    row = table.hold(desk.session, desk.team.id or 0)
    if row is not None and not row.tested_by:
        row.tested_by = user_id


def keep_fresh(lab: Lab, workspace: str, words: Words, show: Show, *, now: datetime) -> bool:
    """Bring the direct message up to date; True when it had changed."""
    with lab.begin() as session:
        desk = Desk(session, teams.of(session, workspace, now=now), now, words)
        seen = table.of_team(session, desk.team.id or 0)
        if seen is None or (seen.closed and not seen.shown):
            return False
        row, found = table.hold(session, desk.team.id or 0), card(desk)
        assert row is not None
        assert found is not None
        changed = bool(row.started_by) and _tell(desk, row, show(found))
        if not found.shown:
            row.closed, row.shown = True, ""
        return changed


def fingerprint(message: Message) -> str:
    """Changes whenever the message does."""
    return hashlib.sha256(json.dumps(message, sort_keys=True).encode()).hexdigest()[:16]


def _tell(desk: Desk, row: Row, message: Message) -> bool:
    mark, key = fingerprint(message), f"onboarding:{row.team_id}:{row.number}"
    if row.shown == mark:
        return False
    if not desk.voice.post(key, row.started_by, message):
        desk.voice.edit(key, message)
    row.shown = mark
    return True


def _held(desk: Desk, by: str) -> Row | None:
    teams.require_lead(desk.session, desk.team, by, "set the team up")
    return table.hold(desk.session, desk.team.id or 0)
