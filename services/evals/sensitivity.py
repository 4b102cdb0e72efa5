"""How many examples an experiment's eval set has, and what it can therefore show."""

from sqlmodel import Session

from core.experiments.experiment import Experiment
from core.experiments.sensitivity import Visible, power_on
from core.experiments.sensitivity import visible_on as seen_by
from models.evals import gate as table
from models.team import Team
from services.desk import desk
from services.evals.inputs import requirements_of
from services.experiments import ticket
from services.ports import Lab


def visible_on(lab: Lab, workspace: str, value: Experiment) -> Visible | None:
    """The smallest visible change of an open ticket; None when the eval set's size or a share to
    start from is not known.
    """
    if not value.is_open:
        return None
    with desk(lab, workspace, lock=False) as here:
        examples = _examples(here.session, here.team, value)
        return seen_by(value, examples) if examples else None


def power_of(session: Session, theirs: Team, value: Experiment) -> float | None:
    """The chance that its eval set shows a success; None when that is not known."""
    examples = _examples(session, theirs, value)
    return power_on(value, examples) if examples else None


def _examples(session: Session, theirs: Team, value: Experiment) -> int | None:
    """The experiment's own eval set; else the one planned in the Definition of Done for its
    metric; else the one the team pushed last.
    """
    row = ticket.row(session, theirs, value.number)
    pushed = table.newest_head(session, row.pk, "candidate")
    if pushed and pushed.examples:
        return pushed.examples
    requirements, by_default = requirements_of(session, theirs)
    planned = {found.name.casefold(): found.examples for found in requirements}
    known = None if by_default else planned.get(value.metric.casefold())
    return known or table.newest_set_size(session, theirs.pk)
