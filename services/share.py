"""What somebody asked for and shows to everybody: posted publicly, once."""

from core.errors import Refused
from models.team import Team
from services.desk import desk
from services.ports import Lab
from views.kit import Message


def post(lab: Lab, team_id: int, key: str, message: Message, *, channel: str) -> tuple[str, bool]:
    """Post it in that channel, else in the team's; where, and False when it stands there already.

    Raises Refused when there is no channel to post it to.
    """
    with desk(lab, team_id, lock=False) as here:
        place = place_for(here.team, channel)
        return place, here.post(key, place, message)


def place_for(theirs: Team, channel: str) -> str:
    """Where to share what was asked for in that channel: there, or in the team's channel.

    Raises Refused when there is neither.
    """
    place = channel if channel[:1] in {"C", "G"} else theirs.team_channel
    if not place:
        raise Refused("There is no channel to share it in.", "Ask for it in a channel.")
    return place
