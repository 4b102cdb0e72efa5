"""How a workspace comes by its teams."""

from services import team as teams
from services.ports import Lab


def first(lab: Lab, workspace: str) -> int:
    """The id of a workspace's first team, begun with the first input that comes from there."""
    with lab.begin() as session:
        return teams.begin(session, workspace, now=lab.clock()).pk
