"""/exp setup: the team's channels, people, headline metric and digest time."""

from dataclasses import replace

from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.ports import Lab
from services.teams import change
from services.workspace import onboarding, settings
from views.workspace import onboarding as cards
from views.workspace import settings as view


def opened(lab: Lab, ask: Ask) -> Reply:
    """`/exp setup`: the form, and the first steps again while something is left of them."""
    reply = form(lab, ask)
    told = onboarding.open_again(lab, ask.team_id, by=ask.user)
    return replace(reply, text=cards.WHERE) if told else reply


def form(lab: Lab, ask: Ask) -> Reply:
    """The settings form, as the buttons open it."""
    found = settings.offer(lab, ask.team_id, by=ask.user)
    meta = {"channel": ask.channel} if ask.channel else {}
    return Reply(modal=view.form(found.setup, found.draft, meta))


def saved(lab: Lab, ask: Ask) -> Reply:
    """The settings form was sent."""
    done = settings.save(lab, ask.team_id, ask.values, by=ask.user)
    name = ask.written("team_name").strip()
    if name and name != done.setup.team_name:
        change.rename(lab, ask.team_id, name, by=ask.user)
    return Reply.of(view.saved(done.setup, first_lead=done.first_lead))


def zone(lab: Lab, ask: Ask) -> Reply:
    """`/exp timezone` shows that of the workspace, `/exp timezone Europe/Berlin` sets it."""
    named, changed = settings.workspace_zone(lab, ask.team_id, ask.text, by=ask.user)
    return Reply.of(view.workspace_zone(named, changed=changed))


def closed(lab: Lab, ask: Ask) -> Reply:
    """The settings form was closed: what was typed is offered next time."""
    now = view.given(settings.current(lab, ask.team_id))
    typed = {k: v for k, v in ask.values.items() if (v or "") != now.get(k, "")}
    if typed:
        form_draft.keep(lab, ask.team_id, ask.user, settings.FORM, typed)
    return Reply()


ROUTES = Routes(
    verbs=(
        Verb("/exp", "setup", "", "Channels, headline metric, digest time", opened, leads=True),
        Verb(
            "/exp",
            "timezone",
            "[Europe/Berlin]",
            "The workspace's time zone, for teams without one",
            zone,
            leads=True,
        ),
    ),
    actions={"team_setup": form},
    forms={"setup": saved},
    closed={"setup": closed},
)
