"""Suggested prompts in the Messages tab, where the workspace chose them."""

from models import people
from models import team as table
from services import policy, team, which
from services.desk import desk
from services.ports import Lab
from services.say import Voice
from services.workspace import audience
from views.assay import prompts as view


def choose(lab: Lab, workspace: str, by: str, *, wanted: bool | None) -> tuple[bool, bool]:
    """Switch them for the whole workspace, or with None only look: whether they are on, and
    whether that is new. Raises NotAllowed unless `by` is an admin.
    """
    with lab.begin() as session:
        every = table.ever_of(session, workspace)
        team_id = every[0].pk if every else which.first(lab.within(session), workspace)
    with desk(lab, team_id, lock=False) as here:
        changed = False
        if wanted is not None:
            team.require_admin(here.session, here.team, by, "switch the suggested prompts")
            changed = policy.change(here, by, prompts=wanted)
        space = team.workspace(here.session, here.team.workspace, now=here.now)
        return space.prompts, changed


def suggest(lab: Lab, workspace: str, user_id: str, channel: str) -> None:
    """Suggest to who opens the Messages tab what people of their role ask."""
    with lab.begin() as session:
        space = table.workspace(session, workspace)
        if space is None or not space.prompts or not channel:
            return
        team_id = _team(lab.within(session), workspace, user_id)
        if team_id is None:
            return
        found = audience.reader(lab.within(session), team_id, user_id)
        voice = Voice(session, workspace, lab.clock())
        voice.suggest(user_id, channel, view.of(found.role, found.examples))


def _team(lab: Lab, workspace: str, user_id: str) -> int | None:
    """The team that stands first for that person: chosen last, else their first, else an open one
    that they may read.
    """
    with lab.begin() as session:
        who = people.profile(session, workspace, user_id)
        theirs = list(people.teams_of(session, workspace, user_id))
        if who and who.team_id in theirs:
            return who.team_id
        every = table.of_workspace(session, workspace)
        return next(iter([*theirs, *(one.pk for one in every if one.visibility == "open")]), None)
