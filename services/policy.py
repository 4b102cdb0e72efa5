"""What holds in a whole workspace: changed by its admins, on the record of each of its teams."""

from typing import Any

from models import team as table
from models.workspace.audit import TeamEvent
from services import team as teams
from services.desk import Desk


def change(here: Desk, by: str, **chosen: Any) -> bool:
    """Set columns of the workspace; False when they held already. Each of its teams, the archived
    ones too, has it in its audit log.
    """
    space = teams.workspace(here.session, here.team.workspace, now=here.now)
    changed = {name: value for name, value in chosen.items() if getattr(space, name) != value}
    for name, value in changed.items():
        for team in table.ever_of(here.session, space.slack_id):
            made = TeamEvent(team_id=team.pk, at=here.now, who=by, what="setting", subject=name)
            made.before, made.after = str(getattr(space, name)), str(value)
            here.session.add(made)
    for name, value in changed.items():
        setattr(space, name, value)
    here.session.flush()
    return bool(changed)


def set_zone(here: Desk, by: str, zone: str) -> bool:
    """Choose the zone of the workspace's new teams, and of those that have chosen none; False when
    it was that already. Raises NotAllowed unless `by` is an admin.
    """
    teams.require_admin(here.session, here.team, by, "set the workspace's time zone")
    changed = change(here, by, zone=zone)
    for team in table.ever_of(here.session, here.team.workspace):
        if not team.chosen.zone:
            team.zone = zone
    here.session.flush()
    return changed
