"""/digest: the weekly status for executives, and what leads add to it."""

from core.quantity import number_of
from handlers.ask import Ask, Reply, Routes, Verb
from services.digest import digest, need_shown, portfolio
from services.ports import Lab
from services.project import note
from services.workspace import settings
from views.digest import digest as view
from views.digest import portfolio as portfolios


def last(lab: Lab, ask: Ask) -> Reply:
    """`/digest`: the newest digest again."""
    found = digest.last(lab, ask.team_id)
    if found is None:
        return Reply.of(view.nothing_yet(settings.current(lab, ask.team_id).digest_channel))
    return Reply.of(view.last(found.text, found.on, found.closed))


def portfolio_(lab: Lab, ask: Ask) -> Reply | Ask:
    """The same where several teams are read: the newest portfolio."""
    several = portfolio.teams_in(lab, ask.workspace, ask.channel)
    if not several:
        return ask
    found = portfolio.last(lab, ask.workspace, ask.channel)
    return Reply.of(found or portfolios.nothing_yet(several))


def preview(lab: Lab, ask: Ask) -> Reply:
    """`/digest preview`: what would be posted now."""
    found = digest.preview(lab, ask.team_id, by=ask.user)
    now = settings.current(lab, ask.team_id)
    chosen = bool(now.canvas_metric or now.metric_name)
    return Reply.of(view.preview(found.page, chosen=chosen, out=found.out))


def add(lab: Lab, ask: Ask) -> Reply:
    """`/digest add risk|need|milestone text…`."""
    return Reply.of(view.added(note.add(lab, ask.team_id, ask.text, by=ask.user)))


def done(lab: Lab, ask: Ask) -> Reply:
    """`/digest done 3`."""
    number = number_of(ask.text, "I need the number of one note.", "`/digest notes` lists them.")
    taken, earlier = note.done(lab, ask.team_id, number, by=ask.user)
    if taken.kind == "need":
        need_shown.touch(lab, ask.team_id, taken.number)
    return Reply.of(view.done(taken, already=earlier is not None))


def notes(lab: Lab, ask: Ask) -> Reply:
    """`/digest notes`."""
    return Reply.of(view.notes(note.list_open(lab, ask.team_id)))


ROUTES = Routes(
    verbs=(
        Verb("/digest", "", "", "The last digest", last, across=portfolio_),
        Verb("/digest", "preview", "", "What would be posted now", preview, leads=True),
        Verb(
            "/digest",
            "add",
            "risk|need|milestone text… by=2026-12-04 owner=@name",
            "Put a line into the digest",
            add,
            leads=True,
        ),
        Verb("/digest", "notes", "", "What leads added", notes),
        Verb("/digest", "done", "3", "Take note 3 out", done, leads=True),
    ),
)
