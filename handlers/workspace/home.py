"""The Home tab of the app, and what its buttons show without leaving it."""

from collections.abc import Callable
from dataclasses import replace

from core.digest.draft import Upcoming
from handlers.ask import Ask, Handler, Reply, Routes, View
from handlers.blockers import blocker
from handlers.board import board, engineering, gpu
from handlers.data import dataset
from handlers.digest import digest, need, question
from handlers.experiments import experiment
from handlers.forecasts import forecast
from handlers.project import canvas, phase
from handlers.sprints import sprint
from handlers.standups import early, reminder, setup
from services.digest import draft_schedule
from services.ports import Lab
from services.teams import team
from services.teams.team import Reader
from services.workspace import home, home_lead, prompts, settings
from views import kit
from views.digest import draft as drafts
from views.teams import team as teams
from views.workspace import home_lead as leading
from views.workspace import home_more as behind

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


def standups(lab: Lab, ask: Ask) -> Reply:
    """All standups of the team."""
    return setup.every(lab, replace(ask, text=""))


def tickets(lab: Lab, ask: Ask) -> Reply:
    """Engineering tickets; the button's value is `mine` or nothing."""
    return engineering.list_(lab, replace(ask, text=ask.value))


def answered(lab: Lab, ask: Ask) -> Reply:
    """One of leadership's questions; the button's name says which."""
    return question.press(lab, replace(ask, value=ask.name.removeprefix("home_ask_")))


def coming(lab: Lab, ask: Ask) -> Reply:
    """The next digest: its draft once that is there, else as it would be now."""
    found = draft_schedule.state(lab, ask.team_id, by=ask.user)
    return (
        digest.preview(lab, ask) if isinstance(found, Upcoming) else Reply.of(drafts.seen(found))
    )


def every_team(lab: Lab, ask: Ask) -> Reply:
    """The teams one may see."""
    return Reply.of(teams.listed(team.listed(lab, Reader(ask.workspace, ask.user))))


def more(lab: Lab, ask: Ask) -> Reply:
    """Everything that has no button of its own on Home."""
    return Reply(modal=_more(lab, ask))


def reminders(lab: Lab, ask: Ask) -> Reply:
    """Start or Stop reminders, behind More: it says at once what holds now."""
    on = ask.name == "home_nudges_on"
    said = reminder.start(lab, ask) if on else reminder.stop(lab, ask)
    return replace(said, update=_more(lab, ask))


def _more(lab: Lab, ask: Ask) -> View:
    found = home_lead.more(lab, ask.team_id, ask.user)
    return kit.modal("shown", "More", kit.of_team(behind.more(found), ask.team_id))


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
    "home_digest": ("The next digest", coming),
    "home_last_digest": ("The last digest", digest.last),
    "home_board": ("The board", board.look),
    "home_sprint": ("The sprint", sprint.status),
    "home_phase": ("The phase", phase.look),
    "home_canvas": ("Project canvas", canvas.look),
    "home_engineering": ("Engineering", tickets),
    "home_gpus": ("GPUs", gpu.line),
    "home_data": ("Data", dataset.board),
    "home_forecast": ("Forecast", forecast.headline),
    "home_needs": ("Asked of leadership", need.list_),
    "home_standups": ("Standups", standups),
    "home_all_teams": ("Teams", every_team),
    "home_ask_status": ("How are we doing?", answered),
    "home_ask_when": ("When will it be ready?", answered),
    "home_ask_accuracy": ("How accurate is it?", answered),
}
ROUTES = Routes(
    events={"app_home_opened": (opened,)},
    actions={
        "home_ahead": early.open_form,
        "home_more": more,
        "home_nudges_off": reminders,
        "home_nudges_on": reminders,
        "home_need": new_need,
        "home_standup": standup,
        "home_team": switch,
        **{action: in_modal(*shown) for action, shown in _SHOWN.items()},
    },
)
