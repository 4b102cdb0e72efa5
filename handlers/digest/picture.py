"""/exp chart, /phase chart, /drift chart: pictures by direct message, or shared by a button."""

from core.errors import too_old
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from handlers.experiments.experiment import numbered
from services.digest import picture
from services.ports import Lab
from views.digest import picture as view

_AGAIN = "Ask for the picture again."


def experiment(lab: Lab, ask: Ask) -> Reply:
    """`/exp chart EXP-042`: results against the target, GPU-hours against the budget."""
    number, _ = numbered(ask, "/exp chart EXP-042")
    return _sent(lab, ask, picture.of_experiment(lab, ask.team_id, number), f"exp {number}")


def phase(lab: Lab, ask: Ask) -> Reply:
    """`/phase chart`: the recommended split of time over the phases, and what is really done."""
    return _sent(lab, ask, picture.of_phase(lab, ask.team_id, by=ask.user), "phase")


def drift(lab: Lab, ask: Ask, source: str) -> Reply:
    """`/drift NAME chart`: features by week. source: "" for the only one."""
    return _sent(lab, ask, picture.of_drift(lab, ask.team_id, source), f"drift {source}")


def share(lab: Lab, ask: Ask) -> Reply:
    """The button: the picture as it is now goes into the channel."""
    what, _, name = ask.value.partition(" ")
    if what == "exp":
        spec = picture.of_experiment(lab, ask.team_id, number_in(name, _AGAIN))
    elif what == "phase":
        spec = picture.of_phase(lab, ask.team_id, by=ask.user)
    elif what == "drift":
        spec = picture.of_drift(lab, ask.team_id, name)
    else:
        raise too_old(_AGAIN)
    picture.share(lab, ask.team_id, ask.channel, view.shared(spec), spec)
    return Reply.of(view.done(), replace=True)


def _sent(lab: Lab, ask: Ask, spec: picture.Spec, what: str) -> Reply:
    picture.send(lab, ask.team_id, spec, to=ask.user, key=ask.key)
    return Reply.of(view.sent(spec, what))


ROUTES = Routes(
    verbs=(
        Verb("/exp", "chart", "EXP-042", "Results and GPU-hours as a picture", experiment),
        Verb("/phase", "chart", "", "The recommended split over the phases as a picture", phase),
    ),
    actions={"picture_share": share},
)
