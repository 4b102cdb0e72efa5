"""/exp chart and /drift chart: pictures by direct message, and into the channel by a button."""

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
    return _sent(lab, ask, picture.of_experiment(lab, ask.workspace, number), f"exp {number}")


def drift(lab: Lab, ask: Ask, source: str) -> Reply:
    """`/drift NAME chart`: features by week. source: "" for the only one."""
    return _sent(lab, ask, picture.of_drift(lab, ask.workspace, source), f"drift {source}")


def share(lab: Lab, ask: Ask) -> Reply:
    """The button: the picture as it is now goes into the channel."""
    what, _, name = ask.value.partition(" ")
    if what == "exp":
        spec = picture.of_experiment(lab, ask.workspace, number_in(name, _AGAIN))
    elif what == "drift":
        spec = picture.of_drift(lab, ask.workspace, name)
    else:
        raise too_old(_AGAIN)
    picture.share(lab, ask.workspace, ask.channel, view.shared(spec), spec)
    return Reply.of(view.done(), replace=True)


def _sent(lab: Lab, ask: Ask, spec: picture.Spec, what: str) -> Reply:
    picture.send(lab, ask.workspace, spec, to=ask.user, key=ask.key)
    return Reply.of(view.sent(spec, what))


ROUTES = Routes(
    verbs=(Verb("/exp", "chart", "EXP-042", "Results and GPU-hours as a picture", experiment),),
    actions={"picture_share": share},
)
