"""The teams whose app is installed: what every job goes through."""

from models import team as table
from services.ports import Lab


def team_ids(lab: Lab) -> list[int]:
    """Their keys in the database, oldest first."""
    with lab.look() as session:
        return [team.pk for team in table.all_active(session)]
