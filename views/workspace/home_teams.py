"""The Home tab of somebody in several teams, or in none; at most 100 blocks."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from core.workspace.home import Home, Leading, Open, furthest_first
from views import kit
from views.workspace import home as one_team
from views.workspace import home_lead, home_me

DUE, OWN, NEEDS, TICKETS, BLOCKERS, OTHERS = 4, 5, 2, 3, 3, 8
JOINABLE = 20
Part = tuple[int, Sequence[kit.Block]]  # blocks, and the team whose buttons are in them
T = TypeVar("T")


def home(teams: Sequence[Home], first: int) -> kit.Block:
    """My own work in all of them, then a section for each team. first: the team that stands there
    in full and in which things are created.
    """
    shown = next(team for team in teams if team.team_id == first)
    others = [team for team in teams if team is not shown]
    above: list[Part] = [
        *((team.team_id, one_team.due(team)) for team in _due(teams)),
        (first, _switch(teams, shown)),
        (first, home_me.entries(shown)),
        *_own(teams),
        (first, home_me.settings(shown)),
    ]
    below: list[Part] = [
        (first, [kit.header("My other teams")]),
        *((team.team_id, _short(team)) for team in others[:OTHERS]),
        *_rest(first, len(others) - OTHERS, " teams: choose one above"),
    ]
    room = one_team.MOST - sum(len(blocks) for _, blocks in [*above, *below])
    return one_team.as_home(_marked([*above, (first, _full(shown)[:room]), *below]))


def nowhere(joinable: Sequence[Open]) -> kit.Block:
    """For who is in no team: those they may join, and a way to start one."""
    blocks = [
        kit.header("You are in no team yet"),
        kit.section("Join a team below, or start one: who starts it leads it."),
        kit.actions(kit.button("Start a team", "team_new", style="primary")),
    ]
    for one in joinable[:JOINABLE]:
        people = f"{one.people} {'person' if one.people == 1 else 'people'}"
        join = kit.button("Join", "team_join", str(one.team_id))
        blocks.append(kit.section(f"*{kit.escape(one.name, 80)}* · {people}", join))
    rest = len(joinable) - JOINABLE
    blocks += [kit.context(f"{rest} more: `/team list`")] if rest > 0 else []
    return one_team.as_home(blocks)


def _marked(parts: Iterable[Part]) -> list[kit.Block]:
    blocks: list[kit.Block] = []
    for team_id, part in parts:
        blocks += kit.of_team(part, team_id, len(blocks))
    return blocks


def _due(teams: Sequence[Home]) -> list[Home]:
    owed = [(team.due.closes_at, team.team_id, team) for team in teams if team.due]
    return [team for _, _, team in sorted(owed)[:DUE]]


def _switch(teams: Sequence[Home], shown: Home) -> list[kit.Block]:
    options = [kit.option(team.where, str(team.team_id)) for team in teams]
    menu = kit.choice(options, str(shown.team_id)) | {"action_id": "home_team"}
    return [kit.section("What you begin here is for the team", menu)]


def _own(teams: Sequence[Home]) -> list[Part]:
    """What is mine, whichever team it is in; the nearest to a decision first."""
    of = {one.number: team for team in teams for one in team.mine}
    mine = furthest_first([one for team in teams for one in team.mine])
    return [
        *_list("Asked of you: decisions", _all(teams, lambda team: team.needs), NEEDS,
               one_team.asked, ": `/need`"),
        *_list("My experiments", [(of[one.number], one) for one in mine], OWN,
               one_team.mine, ": `/exp list mine`"),
        *_list("My engineering tickets", _all(teams, lambda team: team.engineering), TICKETS,
               lambda one, team: [one_team.ticket(one, team)], ": `/eng list mine`"),
        *_list("Blockers: mine, and those I can help with",
               _all(teams, lambda team: team.stuck), BLOCKERS,
               one_team.blocker, ": `/blocker`"),
    ]  # fmt: skip


def _all(teams: Sequence[Home], of: Callable[[Home], Sequence[T]]) -> list[tuple[Home, T]]:
    return [(team, one) for team in teams for one in of(team)]


def _list(
    title: str,
    found: Sequence[tuple[Home, T]],
    most: int,
    show: Callable[[T, Home], Sequence[kit.Block]],
    where: str,
) -> list[Part]:
    if not found:
        return []
    shown = [(team.team_id, show(one, team)) for team, one in found[:most]]
    first = found[0][0].team_id
    return [(first, [kit.header(title)]), *shown, *_rest(first, len(found) - most, where)]


def _rest(team_id: int, rest: int, where: str) -> list[Part]:
    return [(team_id, [kit.context(f"{rest} more{where}")])] if rest > 0 else []


def _full(shown: Home) -> list[kit.Block]:
    return [
        kit.header(shown.where),
        *home_lead.first_steps(shown),
        *home_lead.waiting(shown),
        *home_lead.team(shown),
        *one_team.board(shown),
    ]


def _short(team: Home) -> list[kit.Block]:
    """A team in two blocks: how it stands, and what one does for it."""
    counts = " · ".join(f"{amount} in {stage}" for stage, amount in team.stages)
    text = f"*{kit.escape(team.where, 80)}*: {counts or 'no open experiment'}"
    buttons = [kit.button("Board", "home_board")]
    if team.lead is not None:
        asked = _asked(team.lead)
        text += f"\n{asked} for a decision" if asked else ""
        text += "" if team.set_up else "\nNo team channel is set yet."
        buttons += [kit.button("Decide…", "home_candidates")] if team.lead.waiting.rows else []
        buttons.append(home_lead.digest_button(team.lead))
        buttons.append(kit.button("Team settings", "team_setup"))
    return [kit.section(text), kit.actions(*buttons)]


def _asked(lead: Leading) -> str:
    waiting = len(lead.waiting.rows)
    known = [
        (waiting, "proposal waits", "proposals wait"),
        (len(lead.requests), "request to kill waits", "requests to kill wait"),
        (len(lead.overrides), "override waits", "overrides wait"),
        (len(lead.loosenings), "looser safety waits", "looser safety requirements wait"),
    ]
    return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in known if n)
