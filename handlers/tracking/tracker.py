"""/track: what trackers of trainings tell."""

from core.quantity import number_of
from core.text import clean
from core.workspace.tracker import wanted
from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.tracking import tracker
from services.tracking.tracker import Mapping
from views.tracking import tracker as view

_HINT = "`/track` shows the unmapped ones."


def show(lab: Lab, ask: Ask) -> Reply:
    """`/track`: trackers, their last sweep, runs that belong to no experiment."""
    found = tracker.overview(lab, ask.team_id)
    return Reply.of(view.listing(found.sources, found.loose))


def connect(lab: Lab, ask: Ask) -> Reply:
    """`/track connect mlflow https://… experiments=support,rag`, `wandb team/project`."""
    wish = wanted(ask.text, lab.policy.tracker_nets)
    return Reply.of(view.connected(tracker.connect(lab, ask.team_id, wish, by=ask.user)))


def disconnect(lab: Lab, ask: Ask) -> Reply:
    """`/track disconnect 1`."""
    number = number_of(clean(ask.text), "Which tracker?", "Write its number; `/track` lists them.")
    return Reply.of(view.disconnected(tracker.disconnect(lab, ask.team_id, number, by=ask.user)))


def open_map(lab: Lab, ask: Ask) -> Reply:
    """The button beside an unmapped run."""
    run, tickets = tracker.to_map(lab, ask.team_id, ask.number(_HINT))
    return Reply(modal=view.form(run, tickets))


def send_map(lab: Lab, ask: Ask) -> Reply:
    """The form that maps a run was sent."""
    whole = ask.written("scope") == "project"
    wish = Mapping(ask.carried("run"), ask.picked("experiment"), whole)
    run, ticket = tracker.map_run(lab, ask.team_id, wish, by=ask.user)
    return Reply.of(view.mapped(run, ticket, whole=whole))


def close_map(_lab: Lab, _ask: Ask) -> Reply:
    """The form was closed: what was picked is picked again in a moment."""
    return Reply()


ROUTES = Routes(
    verbs=(
        Verb("/track", "", "", "What trackers tell: last read, runs mapped and not", show),
        Verb("/track", "connect", "mlflow https://… experiments=support,rag",
             "Read a tracker; or wandb team/project", connect, leads=True),
        Verb("/track", "disconnect", "1", "Read it no more", disconnect, leads=True),
    ),
    actions={"track_show": show, "track_map": open_map},
    forms={"track_map": send_map},
    closed={"track_map": close_map},
)  # fmt: skip
