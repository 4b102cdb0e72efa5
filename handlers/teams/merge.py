"""/team merge A into B: two teams made one, by an admin."""

from handlers.ask import Ask, Reply, Routes, Verb, number_in
from handlers.teams.team import reader
from services.ports import Lab
from services.teams import merge
from views.teams import merge as view

_AGAIN = "Write `/team merge Audio into Speech` once more."


def plan(lab: Lab, ask: Ask) -> Reply:
    """`/team merge A into B`: what it would do, and the button that does it."""
    return Reply.of(view.planned(merge.plan(lab, reader(ask), ask.text)))


def confirmed(lab: Lab, ask: Ask) -> Reply:
    """Merge, under what it would do; its value is the two teams."""
    one, _, into = ask.value.partition(":")
    ids = number_in(one, _AGAIN), number_in(into, _AGAIN)
    return Reply.of(view.merged(merge.merge(lab, reader(ask), *ids)), replace=True)


ROUTES = Routes(
    verbs=(Verb("/team", "merge", "A into B", "Make two teams one (admins)", plan, leads=True),),
    actions={"team_merge": confirmed},
)
