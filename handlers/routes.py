"""All nouns' routes as the one table."""

from handlers import (
    blocker,
    change,
    checkpoint,
    decision,
    digest,
    experiment,
    home,
    learning,
    people,
    proposal,
    request,
    setup,
    standup,
    team,
    ticket,
    workflow,
)
from handlers import help as helps
from handlers.table import Table, merge

PARTS = (
    experiment.ROUTES,
    ticket.ROUTES,
    checkpoint.ROUTES,
    workflow.ROUTES,
    change.ROUTES,
    decision.ROUTES,
    proposal.ROUTES,
    request.ROUTES,
    team.ROUTES,
    setup.ROUTES,
    people.ROUTES,
    standup.ROUTES,
    blocker.ROUTES,
    learning.ROUTES,
    digest.ROUTES,
    home.ROUTES,
)


def table() -> Table:
    """The table of everything Assay answers to."""
    return merge([*PARTS, helps.routes(PARTS)])
