"""/ticket: the tickets that experiments have in Jira, Linear or GitHub."""

from core.errors import Refused
from core.quantity import experiment_number, number_of
from core.text import clean, straighten
from core.workspace.issue import wanted
from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.tracking import issue, issue_import
from views.tracking import issue as view

_LINK = "/ticket link EXP-042 ML-17"
_HINT = "`/ticket` shows what is linked."


def show(lab: Lab, ask: Ask) -> Reply:
    """`/ticket`: what is connected, linked and different."""
    found = issue.overview(lab, ask.team_id)
    return Reply.of(view.listing(found.desks, found.links))


def connect(lab: Lab, ask: Ask) -> Reply:
    """`/ticket connect jira https://… project=ML`."""
    wish = wanted(ask.text, lab.policy.tracker_nets)
    return Reply.of(view.connected(issue.connect(lab, ask.team_id, wish, by=ask.user)))


def disconnect(lab: Lab, ask: Ask) -> Reply:
    """`/ticket disconnect 1`."""
    number = number_of(clean(ask.text), "Which one?", "Write its number; `/ticket` lists them.")
    return Reply.of(view.disconnected(issue.disconnect(lab, ask.team_id, number, by=ask.user)))


def link(lab: Lab, ask: Ask) -> Reply:
    """`/ticket link EXP-042 ML-17`."""
    number, key = _named(ask)
    if not key:
        raise Refused("Which ticket?", f"Write `{_LINK}`.")
    found, new = issue.link(lab, ask.team_id, number, key, by=ask.user)
    return Reply.of(view.linked(found, new=new))


def unlink(lab: Lab, ask: Ask) -> Reply:
    """`/ticket unlink EXP-042 ML-17`."""
    number, key = _named(ask)
    return Reply.of(view.unlinked(issue.unlink(lab, ask.team_id, number, key, by=ask.user)))


def import_(lab: Lab, ask: Ask) -> Reply:
    """`/ticket import ML-17`."""
    if not clean(ask.text):
        raise Refused("Which ticket?", "Write `/ticket import ML-17`.")
    return Reply.of(view.fetching(issue_import.ask(lab, ask.team_id, ask.text, by=ask.user)))


def _named(ask: Ask) -> tuple[int, str]:
    words = straighten(ask.text).split(maxsplit=1)
    if not words:
        raise Refused("Which experiment?", f"Write `{_LINK}`; `/exp list` shows the ids.")
    return experiment_number(words[0]), words[1].strip() if len(words) > 1 else ""


def again(lab: Lab, ask: Ask) -> Reply:
    """The button beside what could not be told."""
    return Reply.of(view.again(issue.again(lab, ask.team_id, ask.number(_HINT), by=ask.user)))


def send_ours(lab: Lab, ask: Ask) -> Reply:
    """The button beside another status."""
    return Reply.of(view.sent(issue.send_ours(lab, ask.team_id, ask.number(_HINT), by=ask.user)))


def take_theirs(lab: Lab, ask: Ask) -> Reply:
    """The other button beside it."""
    return Reply.of(
        view.taken(issue.take_theirs(lab, ask.team_id, ask.number(_HINT), by=ask.user))
    )


ROUTES = Routes(
    verbs=(
        Verb("/ticket", "", "", "Tickets in Jira, Linear, GitHub: linked, and what differs", show),
        Verb("/ticket", "link", "EXP-042 ML-17", "Decisions on it go to that ticket", link),
        Verb("/ticket", "unlink", "EXP-042 [ML-17]", "They go there no more", unlink),
        Verb("/ticket", "import", "ML-17", "Make a ticket in Jira one of ours", import_),
        Verb("/ticket", "connect", "jira https://… project=ML | github acme/ml",
             "Say where your tickets are", connect, leads=True),
        Verb("/ticket", "disconnect", "1", "Send nothing there any more", disconnect, leads=True),
    ),
    actions={
        "ticket_again": again, "ticket_ours": send_ours, "ticket_theirs": take_theirs,
    },
)  # fmt: skip
