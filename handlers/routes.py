"""All nouns' routes as the one table."""

from handlers import digest, people, setup, team
from handlers.table import Table, merge


def table() -> Table:
    """The table of everything Assay answers to."""
    return merge([team.ROUTES, setup.ROUTES, people.ROUTES, digest.ROUTES])
