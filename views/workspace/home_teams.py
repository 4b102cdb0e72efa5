"""The Home tab of somebody in several teams, or in none; at most 100 blocks."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from core.workspace.home import Home, Open, furthest_first
from views import kit
from views.workspace import home as one_team
from views.workspace import home_lead, home_more, home_status

DUE, OWN, NEEDS, TICKETS, BLOCKERS, OTHERS, LED = 4, 5, 2, 3, 3, 8, 2
JOINABLE = 20
ALL = ("home_all_teams", "")  # the button that shows every team
Part = tuple[int, Sequence[kit.Block]]  # blocks, and the team whose buttons are in them
T = TypeVar("T")


def home(teams: Sequence[Home], first: int) -> kit.Block:
    """What is due from this person in any of them, how each stands, four buttons, my own work.
    first: the team in which things are created.
    """
    shown = next(team for team in teams if team.team_id == first)
    ordered = [shown, *(team for team in teams if team is not shown)]
    led = [team for team in ordered if team.lead is not None][:LED]
    waits = [(team.team_id, home_lead.waiting(team)) for team in led]
    parts: list[Part] = [
        *((team.team_id, one_team.due(team)) for team in _due(teams)),
        (first, home_more.away(shown.me)),
        *_asked(teams),
        *((team.team_id, home_lead.first_steps(team)) for team in led),
        *waits,
        (first, [kit.divider()] if any(blocks for _, blocks in waits) else []),
        (first, [*one_team.unset(shown), home_status.status(shown)]),
        *((team.team_id, _stands(team, team in led)) for team in ordered[1:OTHERS]),
        (first, one_team.rest_of(len(ordered) - OTHERS, ALL)),
        (first, _switch(teams, shown)),
        (first, home_status.entries(shown)),
        (first, home_status.last_digest(shown)),
        *_own(teams),
    ]
    return one_team.as_home(_marked(parts))


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
    blocks += one_team.rest_of(len(joinable) - JOINABLE, ALL)
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
    return [kit.section(f"These buttons are for the team {kit.escape(shown.where, 80)}", menu)]


def _asked(teams: Sequence[Home]) -> list[Part]:
    needs = _all(teams, lambda team: team.needs)
    return _list("Asked of you: decisions", needs, NEEDS, one_team.asked, ("home_needs", ""))


def _own(teams: Sequence[Home]) -> list[Part]:
    """What is mine, whichever team it is in; the nearest to a decision first."""
    of = {one.number: team for team in teams for one in team.mine}
    mine = furthest_first([one for team in teams for one in team.mine])
    return [
        *_list("My experiments", [(of[one.number], one) for one in mine], OWN,
               one_team.mine, ("home_list", "mine")),
        *_list("My engineering tickets", _all(teams, lambda team: team.engineering), TICKETS,
               lambda one, team: [one_team.ticket(one, team)], ("home_engineering", "mine")),
        *_list("Blockers: mine, and those I can help with",
               _all(teams, lambda team: team.stuck), BLOCKERS,
               one_team.blocker, ("home_blockers", "mine")),
    ]  # fmt: skip


def _all(teams: Sequence[Home], of: Callable[[Home], Sequence[T]]) -> list[tuple[Home, T]]:
    return [(team, one) for team in teams for one in of(team)]


def _list(
    title: str,
    found: Sequence[tuple[Home, T]],
    most: int,
    show: Callable[[T, Home], Sequence[kit.Block]],
    every: tuple[str, str],
) -> list[Part]:
    if not found:
        return []
    shown = [(team.team_id, show(one, team)) for team, one in found[:most]]
    first = found[0][0].team_id
    hidden = Counter(team.team_id for team, _ in found[most:])
    named = {team.team_id: one_team.of(team) for team, _ in found}
    more = [(key, one_team.rest_of(n, every, named[key])) for key, n in hidden.items()]
    return [(first, [kit.header(title)]), *shown, *more]


def _stands(team: Home, is_shown: bool) -> list[kit.Block]:
    """How the team stands, and its board; its decisions where they are not shown above."""
    block = home_status.status(team)
    if team.lead is None or is_shown or not team.waiting.rows:
        return [*one_team.unset(team), block | {"accessory": kit.button("Board", "home_board")}]
    waiting = len(team.waiting.rows)
    return [block | {"accessory": kit.button(f"Decide {waiting}…", "home_candidates")}]
