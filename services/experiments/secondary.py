"""How a ticket's secondary criteria stand by what was measured."""

from sqlmodel import Session

from core.experiments import secondary as rules
from core.experiments.secondary import Standing
from models.experiments import measurement as table
from models.experiments.experiment import Experiment as Row
from services.desk import desk
from services.experiments import ticket
from services.ports import Lab


def of(session: Session, row: Row) -> tuple[Standing, ...]:
    """Each criterion that can be measured, as it stands; asks nothing when there is none."""
    criteria = rules.read(row.success_secondary)
    if not criteria:
        return ()
    found = [one.as_value() for one in table.others(session, row.pk)]
    return rules.standing(criteria, found)


def seen(lab: Lab, team_id: int, number: int) -> tuple[Standing, ...]:
    """The same of that ticket. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        return of(here.session, ticket.row(here.session, here.team, number))
