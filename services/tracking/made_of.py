"""What the result of an experiment was made of, as its tracker tells."""

from core.experiments.experiment import Experiment
from core.tracking.kept import Kept
from models.experiments import experiment as tickets
from models.tracking import run as table
from services.desk import desk
from services.ports import Lab


def seen(lab: Lab, team_id: int, ticket: Experiment) -> Kept | None:
    """The run that the ticket's pulled result is from, or None; nothing is read for a ticket
    whose result was not pulled.
    """
    look = ticket.best_look
    if look is None or look.source != "pulled":
        return None
    with desk(lab, team_id, lock=False) as here:
        row = tickets.find(here.session, team_id, ticket.number)
        run = table.leading(here.session, row.pk, ticket.direction) if row else None
        return run.as_value() if run else None
