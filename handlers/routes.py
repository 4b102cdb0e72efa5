"""All nouns' routes as the one table."""

from handlers import standup, team
from handlers.table import Table, merge


def table() -> Table:
    """The table of everything Assay answers to."""
    return merge([team.ROUTES, standup.ROUTES])
