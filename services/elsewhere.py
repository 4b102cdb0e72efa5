"""What is typed in a channel that is no team's, or for a team that is archived."""

from core.errors import Refused
from models import people
from models import team as table
from models.team import Team
from services import standing
from services.ports import Lab
from services.which import Spot


def archived(lab: Lab, team_id: int, user: str) -> Refused:
    """Why nothing changes in that archived team."""
    with lab.begin() as session:
        if standing.of(lab, team_id, user) == standing.OUTSIDE:
            return Refused("That team is archived.", "`/team list` shows those you may see.")
        team = session.get_one(Team, team_id)
        return Refused(
            f"{standing.name_of(team)} is archived: what it has can be read, not changed.",
            f"An admin or its lead brings it back: `/team reopen {team.name}`.",
        )


def is_free(lab: Lab, spot: Spot) -> bool:
    """True in a channel that is no team's, as far as that person may know. Where executives read
    a digest nobody starts a team.
    """
    if spot.channel[:1] not in {"C", "G"}:
        return False
    with lab.begin() as session:
        owner = table.owner_of(session, spot.workspace, spot.channel)
        known = standing.readable(session, spot.workspace, spot.user)
        teams = [team for team in table.of_workspace(session, spot.workspace) if team.pk in known]
        return owner not in known and spot.channel not in {team.digest_channel for team in teams}


def unclaimed(lab: Lab, spot: Spot, team_id: int) -> Team | None:
    """The team that would be meant, in a channel that is no team's, for who is in none; None for
    its own people, and while no team has channels yet.
    """
    if standing.of(lab, team_id, spot.user) not in (standing.GUEST, standing.OUTSIDE):
        return None
    with lab.begin() as session:
        homeless = not people.teams_of(session, spot.workspace, spot.user)
        asked = is_free(lab, spot) and table.have_channels(session, spot.workspace)
        return session.get_one(Team, team_id) if homeless and asked else None
