"""All nouns' routes as the one table."""

from handlers import decision, proposal, request, team
from handlers.table import Table, merge


def table() -> Table:
    """The table of everything Assay answers to."""
    return merge([team.ROUTES, decision.ROUTES, proposal.ROUTES, request.ROUTES])
