"""`/digest team` and `/exp report EXP-042`: pages for the team itself, to keep or to share."""

from core.digest.brief import Brief
from core.errors import too_old
from core.quantity import experiment_number
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import numbered
from services import share as sharing
from services.digest import brief
from services.ports import Lab
from views.digest import brief as view
from views.standups import report as reports

TEAM = "team"


def team(lab: Lab, ask: Ask) -> Reply:
    """`/digest team`: the running sprint."""
    return _shown(ask, brief.of_team(lab, ask.workspace))


def experiment(lab: Lab, ask: Ask) -> Reply:
    """`/exp report EXP-042`."""
    number, _ = numbered(ask, "/exp report EXP-042")
    return _shown(ask, brief.of_experiment(lab, ask.workspace, number))


def share(lab: Lab, ask: Ask) -> Reply:
    """The Share button; its value names the page and what it is about."""
    once, _, about = ask.value.partition("|")
    if not about:
        raise too_old("Write `/digest team` or `/exp report EXP-042`.")
    if about == TEAM:
        found = brief.of_team(lab, ask.workspace)
    else:
        found = brief.of_experiment(lab, ask.workspace, experiment_number(about))
    message = view.brief(found, shared_by=ask.user)
    place, new = sharing.post(lab, ask.workspace, f"report:{once}", message, channel="")
    return Reply.of(reports.shared(place, new=new), replace=True)


def _shown(ask: Ask, found: Brief) -> Reply:
    once = ask.short_key
    return Reply.of(view.brief(found, once=once))


ROUTES = Routes(
    verbs=(
        Verb("/digest", "team", "", "The running sprint: done, stuck, overdue, data", team),
        Verb("/exp", "report", "EXP-042", "One experiment, hypothesis to what next", experiment),
    ),
    actions={"brief_share": share},
)
