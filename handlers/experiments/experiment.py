"""/exp, /exp EXP-042, /exp list: looking at experiments."""

from core.errors import Refused
from core.experiments.listing import ALL, team_in
from core.quantity import experiment_number
from core.text import straighten
from handlers.ask import Ask, Reply, Routes, Verb
from services.board import budget
from services.data import waiting
from services.digest import money
from services.evals import sensitivity
from services.experiments import experiment, listing, secondary, trained
from services.ports import Lab
from services.project import canvas_limits
from services.teams import team as directory
from services.teams.team import Reader
from services.tracking import made_of
from views.board import budget as budgets
from views.data import version as versions
from views.data import waiting as waits
from views.experiments import experiment as view
from views.experiments import listing as lists
from views.experiments import prediction
from views.kit import Message
from views.project import canvas_limits as limits
from views.tracking import run as runs


def menu(lab: Lab, ask: Ask) -> Reply:
    """One's own open experiments, and how to start."""
    return Reply.of(lists.menu(listing.mine(lab, ask.team_id, ask.user)))


def show(lab: Lab, ask: Ask) -> Reply:
    """The card of one experiment."""
    number, _ = numbered(ask, "/exp show EXP-042")
    return card(lab, ask, number)


def numbered(ask: Ask, usage: str) -> tuple[int, str]:
    """The experiment named first (or on the button), and the rest of the text. Raises Refused."""
    words = (ask.value or straighten(ask.text)).split(maxsplit=1)
    if not words:
        raise Refused("Which experiment?", f"Write `{usage}`; `/exp list` shows the ids.")
    return experiment_number(words[0]), words[1].strip() if len(words) > 1 else ""


def card(lab: Lab, ask: Ask, number: int, *, note: str = "") -> Reply:
    """The card as an answer; note: what just happened to it."""
    seen = experiment.seen(lab, ask.team_id, number)
    visible = sensitivity.visible_on(lab, ask.team_id, seen.ticket)
    said = prediction.told(seen.ticket, seen.sealed)
    more = [f"Predicted: {said}"] if said else []
    more += [view.sees(visible)] if visible else []
    criteria = secondary.seen(lab, ask.team_id, number)
    more += view.secondary(criteria)
    more += view.costs(seen.ticket, money.rates_of(lab, ask.team_id))
    more += budgets.told(seen.ticket, *budget.agreed(lab, ask.team_id, number))
    more += versions.standing(trained.seen(lab, ask.team_id, seen.ticket))
    more += runs.made_of(made_of.seen(lab, ask.team_id, seen.ticket))
    more += limits.told(canvas_limits.crossed(lab, ask.team_id, seen.ticket, criteria))
    text, blocks = view.card(seen.ticket, seen.today, stale=seen.stale, note=note, more=more)
    if seen.ticket.is_open:
        blocks = waits.beside(blocks, waiting.seen(lab, ask.team_id, number))
    return Reply(text=note or text, blocks=blocks)


def list_(lab: Lab, ask: Ask) -> Reply:
    """`list [mine|stale|<stage>|@user|all] [team=vision|all]`."""
    return Reply.of(_page(lab, ask, ask.text, 0))


def turn(lab: Lab, ask: Ask) -> Reply:
    """Another page; the button's value is `wanted|first`."""
    wanted, first = ask.page("`/exp list` begins anew.")
    return Reply.of(_page(lab, ask, wanted, first), replace=True)


def _page(lab: Lab, ask: Ask, wanted: str, first: int) -> Message:
    team, rest = team_in(wanted)
    rest = f"<@{rest.strip()[1:]}>" if ask.value and rest.strip().startswith("@") else rest
    if team == ALL:
        return lists.page(listing.of_all(lab, ask.team_id, rest, by=ask.user, first=first))
    if not team:
        return lists.page(listing.listed(lab, ask.team_id, rest, by=ask.user, first=first))
    named = directory.called(lab, Reader(ask.workspace, ask.user), team)
    return lists.page(listing.of_team(lab, named, rest, by=ask.user, first=first))


ROUTES = Routes(
    verbs=(
        Verb("/exp", "", "", "Your experiments, and buttons", menu),
        Verb("/exp", "show", "EXP-042", "One experiment (also `/exp EXP-042`)", show),
        Verb(
            "/exp",
            "list",
            "[mine|stale|all|@name|stage] [team=vision|all]",
            "Find experiments",
            list_,
        ),
    ),
    actions={"experiment_show": show, "list_page": turn, "list_earlier": turn},
)
