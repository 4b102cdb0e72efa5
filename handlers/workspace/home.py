"""The Home tab of the app, and what its buttons show without leaving it."""

from collections.abc import Callable
from dataclasses import replace

from handlers.ask import Ask, Handler, Reply, Routes
from handlers.blockers import blocker
from handlers.board import board, engineering, gpu
from handlers.data import dataset
from handlers.digest import digest, draft, need
from handlers.experiments import experiment
from handlers.forecasts import forecast
from handlers.project import canvas, phase
from handlers.sprints import sprint
from handlers.standups import early, setup
from services.ports import Lab
from services.workspace import home, home_lead, prompts, settings
from views import kit
from views.workspace import home_lead as leading

MOST_BLOCKS = 100  # of a modal


def opened(lab: Lab, ask: Ask) -> Reply:
    """app_home_opened: the Home tab is published as it is now; in the Messages tab that person is
    suggested what to ask, where the workspace chose so.
    """
    if ask.event.get("tab", "home") != "home":
        prompts.suggest(lab, ask.workspace, ask.user, ask.channel)
        return Reply()
    return Reply(home=home.opened(lab, ask.workspace, ask.user))


def switch(lab: Lab, ask: Ask) -> Reply:
    """The menu of one's teams: the one that stands first, and in which things are created."""
    team_id = ask.number("Open the Home tab again.")
    return Reply(home=home.choose(lab, ask.workspace, ask.user, team_id))


def experiments(lab: Lab, ask: Ask) -> Reply:
    """Show all; the button's value is `mine` or `open`."""
    return experiment.list_(lab, replace(ask, text=ask.value))


def blockers(lab: Lab, ask: Ask) -> Reply:
    """Show all blockers of one's own."""
    return blocker.show_list(lab, replace(ask, text=ask.value))


def proposals(lab: Lab, ask: Ask) -> Reply:
    """Show all that wait for a decision."""
    found = home_lead.waiting(lab, ask.team_id, by=ask.user)
    return Reply(blocks=leading.every_proposal(found))


def new_need(lab: Lab, ask: Ask) -> Reply:
    """Ask leadership: the form."""
    return need.add(lab, replace(ask, text=""))


def standup(lab: Lab, ask: Ask) -> Reply:
    """A standup's form; the button's value is its channel, "" for a new one."""
    place = ask.value or settings.current(lab, ask.team_id).team_channel
    return setup.setup(lab, replace(ask, channel=place))


def in_modal(title: str, handler: Handler) -> Handler:
    """That handler, whose answer is shown over Home instead of in a direct message."""

    def shown(lab: Lab, ask: Ask) -> Reply:
        reply = handler(lab, ask)
        blocks = list(reply.blocks) or [kit.section(kit.escape(reply.text))]
        return Reply(modal=kit.modal("shown", title, blocks[:MOST_BLOCKS]))

    return shown


_SHOWN: dict[str, tuple[str, Callable[[Lab, Ask], Reply]]] = {
    "home_experiment": ("Experiment", experiment.show),
    "home_list": ("Experiments", experiments),
    "home_blockers": ("Blockers", blockers),
    "home_candidates": ("Waiting for a decision", proposals),
    "home_digest": ("The next digest", digest.preview),
    "home_draft": ("The digest's draft", draft.state),
    "home_last_digest": ("The last digest", digest.last),
    "home_board": ("The board", board.look),
    "home_sprint": ("The sprint", sprint.status),
    "home_phase": ("The phase", phase.look),
    "home_canvas": ("Project canvas", canvas.look),
    "home_engineering": ("Engineering", engineering.list_),
    "home_gpus": ("GPUs", gpu.line),
    "home_data": ("Data", dataset.board),
    "home_forecast": ("Forecast", forecast.headline),
}
ROUTES = Routes(
    events={"app_home_opened": (opened,)},
    actions={
        "home_ahead": early.open_form,
        "home_need": new_need,
        "home_standup": standup,
        "home_team": switch,
        **{action: in_modal(*shown) for action, shown in _SHOWN.items()},
    },
)
