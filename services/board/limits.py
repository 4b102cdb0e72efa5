"""WIP limits: the places of a column are counted while nobody else can take one."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import calendar
from core.board import board as rules
from core.board.board import Column
from core.errors import Refused
from core.experiments.experiment import Experiment
from core.experiments.rollout import FORGOTTEN
from core.experiments.words import days_late
from core.text import says_nothing
from models import team as people
from models.board import board
from models.experiments import experiment as table
from models.team import Team
from services import announcement, team
from services.desk import desk
from services.experiments.experiment import Scene
from services.ports import Lab
from views.board import board as view

FORCE = "force"
Limits = dict[str, int | None]


@dataclass(frozen=True)
class Order:
    """Who wants which limits, as typed."""

    team_id: int
    by: str
    typed: str
    key: str
    channel: str


def admit(scene: Scene, to: str, *, by: str, why: str, command: str) -> str:
    """Pass when there is a place in that column, or a lead forces it; the reason without `force`.

    Of two who move at once the second waits here and finds the place taken. command: what to
    type to force it. Raises Refused (full; forced without a reason), NotAllowed.
    """
    column = _counted(scene, to)
    if column is None or not column.is_full:
        return why
    word, _, reason = why.strip().partition(" ")
    if word.lower().rstrip(":,") != FORCE:
        raise _full(scene, column, command)
    team.require_lead(scene.session, scene.team, by, "go past a WIP limit")
    if says_nothing(reason):
        raise Refused("Going past a WIP limit needs a reason.", f"Write `{command}`.")
    note(scene, to)
    return reason.strip()


def note(scene: Scene, to: str) -> None:
    """Put before the reason that this goes past that column's limit, if it does."""
    column = _counted(scene, to)
    if column is not None and column.is_full:
        scene.notes.append(f"Past the WIP limit of {column.limit} in {to}:")


def lack(scene: Scene, to: str) -> str:
    """Why there is no place for it in that column, or ""."""
    column = _counted(scene, to)
    if column is None or not column.is_full:
        return ""
    return _full(scene, column, move(scene.ticket, to)).message


def move(ticket: Experiment, to: str) -> str:
    """What a lead types to force a move."""
    return f"/exp move {ticket.id} {to} force why"


def look(lab: Lab, team_id: int) -> list[Column]:
    """Every column that can have a limit, with how full it is."""
    with desk(lab, team_id, lock=False) as here:
        return _columns(here.session, here.team, here.now)


def change(lab: Lab, order: Order) -> tuple[list[Column], bool]:
    """Set limits and say so in public; the columns, and False when nothing is different.

    Raises NotAllowed, Refused (what was typed).
    """
    with desk(lab, order.team_id) as here:
        team.require_lead(here.session, here.team, order.by, "change WIP limits")
        before = rules.limits(here.team.chosen.wip_limits)
        new = before | rules.read_limits(order.typed)
        if new == before:
            return _columns(here.session, here.team, here.now), False
        here.team.choose(wip_limits=new)
        here.session.flush()
        place = announcement.place(here.team, order.channel)
        if place:
            key = f"wip:{order.team_id}:{order.key}"
            here.post(key, place, view.limits_changed(before, new, order.by))
        return _columns(here.session, here.team, here.now), True


def _columns(session: Session, theirs: Team, now: datetime) -> list[Column]:
    known = rules.limits(theirs.chosen.wip_limits)
    rolling = table.left_since(now - FORGOTTEN)
    rows = table.chosen(session, theirs.pk, table.is_open() | rolling)
    every = [row.snapshot() for row in rows]
    return [_column(name, known[name], rules.inside(name, every, now)) for name in rules.LIMITED]


def _column(name: str, limit: int | None, within: list[Experiment]) -> Column:
    return Column(name, limit, len(within), (), rules.GATES[name])


def _counted(scene: Scene, to: str) -> Column | None:
    """The column with a limit, counted under the team's lock; None for one without."""
    limit = rules.limits(scene.team.chosen.wip_limits).get(to)
    if limit is None:
        return None
    return _column(to, limit, _inside(scene, to))


def _inside(scene: Scene, to: str) -> list[Experiment]:
    people.hold(scene.session, scene.team.pk)
    found = board.in_stage(scene.session, scene.team.pk, to, since=scene.now - FORGOTTEN)
    return rules.inside(to, found, scene.now)


def _full(scene: Scene, column: Column, command: str) -> Refused:
    where = calendar.zone(scene.team.zone)
    within = _inside(scene, column.name)
    first = []
    for e in rules.finish_first(within, scene.today)[: rules.FIRST]:
        owner = team.name_of(scene.session, scene.team, e.owner)
        since = calendar.local(e.stage_since, where).date()
        first.append((e, owner, _why(e, scene, rules.days_in_stage(scene.today, since))))
    return rules.full(scene.ticket, column, first, command)


def _why(e: Experiment, scene: Scene, days: int) -> str:
    if late := days_late(e, scene.today):
        return f"{late} day{'' if late == 1 else 's'} over its box"
    return f"{days} day{'' if days == 1 else 's'} in {e.stage}" if days else "since today"
