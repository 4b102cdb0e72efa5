"""Runs that go on when their experiment is over: stop it, let it run; and the team's rule."""

from core.text import clean
from core.tracking.beat import LEAVE, STOP
from handlers.ask import Ask, Reply, Routes, Verb
from services.decisions import running
from services.ports import Lab
from views.tracking import running as view

_HINT = "`/track` shows what there is."


def choose(lab: Lab, ask: Ask) -> Reply:
    """`/track runs stop`."""
    said = clean(ask.text).casefold()
    return Reply.of(view.chosen(running.choose(lab, ask.team_id, said, by=ask.user)))


def stop(lab: Lab, ask: Ask) -> Reply:
    """The button *Stop it*."""
    _, run = running.order(lab, ask.team_id, ask.number(_HINT), STOP, by=ask.user)
    return Reply.of(view.stopping(run))


def leave(lab: Lab, ask: Ask) -> Reply:
    """The button *Let it run*."""
    _, run = running.order(lab, ask.team_id, ask.number(_HINT), LEAVE, by=ask.user)
    return Reply.of(view.leaving(run))


ROUTES = Routes(
    verbs=(Verb("/track", "runs", "ask | stop", "Whether a kill stops runs at once, or its owner "
                "is asked", choose, leads=True),),
    actions={"run_stop": stop, "run_leave": leave},
)  # fmt: skip
