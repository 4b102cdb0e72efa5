"""All nouns' routes as the one table."""

from handlers import (
    absence,
    blocker,
    brief,
    change,
    checkpoint,
    dataset,
    dayoff,
    decision,
    digest,
    drift,
    edition,
    evaldone,
    evalgate,
    experiment,
    home,
    learning,
    locale,
    people,
    proposal,
    reminder,
    report,
    request,
    rules,
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
    rules.ROUTES,
    team.ROUTES,
    setup.ROUTES,
    token.ROUTES,
    upload.ROUTES,
    people.ROUTES,
    standup.ROUTES,
    absence.ROUTES,
    locale.ROUTES,
    dayoff.ROUTES,
    reminder.ROUTES,
    blocker.ROUTES,
    learning.ROUTES,
    report.ROUTES,
    digest.ROUTES,
    edition.ROUTES,
    brief.ROUTES,
    dataset.ROUTES,
    drift.ROUTES,
    evalgate.ROUTES,
    evaldone.ROUTES,
    home.ROUTES,
)


def table() -> Table:
    """The table of everything Assay answers to."""
    return merge([*PARTS, helps.routes(PARTS)])
