"""All nouns' routes as the one table."""

from handlers import (
    change,
    checkpoint,
    dataset,
    decision,
    digest,
    drift,
    evaldone,
    evalgate,
    experiment,
    home,
    people,
    proposal,
    request,
    setup,
    standup,
    team,
    ticket,
    token,
    upload,
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
    token.ROUTES,
    upload.ROUTES,
    people.ROUTES,
    standup.ROUTES,
    digest.ROUTES,
    dataset.ROUTES,
    drift.ROUTES,
    evalgate.ROUTES,
    evaldone.ROUTES,
    home.ROUTES,
)


def table() -> Table:
    """The table of everything Assay answers to."""
    return merge([*PARTS, helps.routes(PARTS)])
