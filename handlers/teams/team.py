"""/team: the teams one is in or may see, and starting one."""

from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.teams import start as starting
from services.teams import team
from services.teams.start import Start
from services.teams.team import Reader
from views.teams import team as view


def mine(lab: Lab, ask: Ask) -> Reply:
    """`/team`: my teams, and whose channel this is."""
    return Reply.of(view.mine(team.mine(lab, reader(ask), ask.channel)))


def every(lab: Lab, ask: Ask) -> Reply:
    """`/team list`: the teams one may see."""
    return Reply.of(view.listed(team.listed(lab, reader(ask))))


def new(lab: Lab, ask: Ask) -> Reply:
    """`/team new NAME`: at once in a channel; without a name or a channel the form asks."""
    is_channel = ask.channel[:1] in {"C", "G"}
    if not ask.text.strip() or not is_channel:
        return Reply(modal=view.form(ask.text.strip(), ask.channel if is_channel else ""))
    wish = Start(reader(ask), ask.text, ask.channel)
    return Reply.of(view.started(starting.start(lab, wish)))


def opened(_lab: Lab, ask: Ask) -> Reply:
    """Start a team here: the form; its value is the channel."""
    channel = ask.value or ask.channel
    return Reply(modal=view.form(channel=channel if channel[:1] in {"C", "G"} else ""))


def sent(lab: Lab, ask: Ask) -> Reply:
    """The form that starts a team was sent."""
    private = ask.written("visibility") == "private"
    wish = Start(reader(ask), ask.written("name"), ask.written("team_channel"), private)
    return Reply.of(view.started(starting.start(lab, wish)))


def reader(ask: Ask) -> Reader:
    """Who asks, and where."""
    return Reader(ask.workspace, ask.user)


ROUTES = Routes(
    verbs=(
        Verb("/team", "", "", "Teams: yours and this channel's", mine),
        Verb("/team", "list", "", "All teams you may see: channels, leads, people", every),
        Verb("/team", "new", "NAME", "Start a team in its channel", new),
    ),
    actions={view.FORM: opened},
    forms={view.FORM: sent},
)
