"""/team rename, open, private, archive, reopen: what a team is called, who sees it, its end."""

from core.errors import Refused
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.teams.team import reader
from services.ports import Lab
from services.teams import change
from views.teams import change as view


def rename(lab: Lab, ask: Ask) -> Reply:
    """`/team rename NAME`."""
    return Reply.of(view.renamed(change.rename(lab, ask.team_id, ask.text, by=ask.user)))


def opened(lab: Lab, ask: Ask) -> Reply:
    """`/team open`: the workspace reads it."""
    return Reply.of(view.shown_to(change.show_to(lab, ask.team_id, "open", by=ask.user)))


def private(lab: Lab, ask: Ask) -> Reply:
    """`/team private`: only its people and admins see it."""
    return Reply.of(view.shown_to(change.show_to(lab, ask.team_id, "private", by=ask.user)))


def release(lab: Lab, ask: Ask) -> Reply:
    """`/team release`, in a channel that came with a merged team."""
    name = change.release(lab, ask.team_id, ask.channel, by=ask.user)
    return Reply.of(view.released(name, ask.channel))


def archive(lab: Lab, ask: Ask) -> Reply:
    """`/team archive`: what is still open, and the button that does it."""
    left = change.to_archive(lab, ask.team_id, by=ask.user)
    return Reply.of(view.to_archive(left, ask.team_id))


def archived(lab: Lab, ask: Ask) -> Reply:
    """Archive, under what is still open."""
    done = change.archive(lab, ask.team_id, by=ask.user)
    return Reply.of(view.archived(done), replace=True)


def reopen(lab: Lab, ask: Ask) -> Reply:
    """`/team reopen NAME`."""
    if not ask.text.strip():
        raise Refused("Which team?", "Write `/team reopen NAME`; `/team list` shows all.")
    return Reply.of(view.reopened(*change.reopen(lab, reader(ask), ask.text)))


ROUTES = Routes(
    verbs=(
        Verb("/team", "rename", "NAME", "Call the team otherwise", rename, leads=True),
        Verb("/team", "open", "", "Let everybody here read it", opened, leads=True),
        Verb("/team", "private", "", "Let only its people and admins see it", private, leads=True),
        Verb("/team", "release", "", "Give up this channel after a merge", release, leads=True),
        Verb("/team", "archive", "", "End it; what it has stays readable", archive, leads=True),
        Verb("/team", "reopen", "NAME", "Bring an archived team back", reopen, leads=True),
    ),
    actions={"team_archive": archived},
)
