"""How many examples an experiment's eval set has, and what it can therefore show."""

from collections.abc import Sequence

from sqlmodel import Session

from core.experiments.experiment import Experiment
from core.experiments.sensitivity import Visible, power_on
from core.experiments.sensitivity import visible_on as seen_by
from models.evals import gate as table
from models.team import Team
from services.desk import desk
from services.evals.inputs import requirements_of
from services.ports import Lab


def visible_on(lab: Lab, team_id: int, value: Experiment) -> Visible | None:
    """The smallest visible change of an open ticket; None when the eval set's size or a share to
    start from is not known.
    """
    if not value.is_open:
        return None
    with desk(lab, team_id, lock=False) as here:
        examples = _examples(here.session, here.team, [value]).get(value.number)
        return seen_by(value, examples) if examples else None


def power_of(
    session: Session, theirs: Team, values: Sequence[Experiment]
) -> dict[int, float | None]:
    """The chance that its eval set shows a success, by number; None when that is not known."""
    known = _examples(session, theirs, values)
    return {
        one.number: power_on(one, examples) if (examples := known.get(one.number)) else None
        for one in values
    }


def _examples(
    session: Session, theirs: Team, values: Sequence[Experiment]
) -> dict[int, int | None]:
    """By number: the experiment's own eval set; else the one planned in the Definition of Done for
    its metric; else the one the team pushed last.
    """
    requirements, by_default = requirements_of(session, theirs)
    planned = {} if by_default else {r.name.casefold(): r.examples for r in requirements}
    newest = table.newest_set_size(session, theirs.pk)
    return {
        one.number: _measured(one) or planned.get(one.metric.casefold()) or newest
        for one in values
    }


def _measured(one: Experiment) -> int:
    return one.best_look.examples if one.best_look else 0
