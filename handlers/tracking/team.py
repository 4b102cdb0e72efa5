"""/track team: the team's experiments at a glance, kept in a channel if somebody wants."""

from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.tracking import team
from views.tracking import team as view


def show(lab: Lab, ask: Ask) -> Reply:
    """`/track team`."""
    return Reply.of(view.asked(*team.look(lab, ask.team_id)))


def keep(lab: Lab, ask: Ask) -> Reply:
    """The button that keeps it in the channel."""
    place, is_new = team.keep(lab, ask.team_id, channel=ask.channel)
    return Reply.of(view.kept(place, is_new=is_new))


def stop(lab: Lab, ask: Ask) -> Reply:
    """The button that ends it."""
    return Reply.of(view.stopped(team.stop(lab, ask.team_id)))


ROUTES = Routes(
    verbs=(Verb("/track", "team", "", "The team's experiments at a glance", show),),
    actions={"track_keep": keep, "track_stop": stop},
)  # fmt: skip
