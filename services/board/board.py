"""The board as it stands: every column with its cards, for everybody to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col

from core import calendar
from core.blockers.blocker import Blocker
from core.board import board as rules
from core.board import card
from core.board.board import Board, Card, Column
from core.board.card import About
from core.errors import NotFound, Refused
from core.evals.gate import SafetyJudged, from_record, safety_of
from core.experiments.experiment import Experiment
from core.experiments.rollout import FORGOTTEN, is_rolling_out
from core.quantity import experiment_number, is_experiment_id
from core.text import mentioned_users
from models.board import board as moves
from models.evals import gate as gates
from models.experiments import experiment as table
from models.team import Team
from services import team
from services.blockers import blocker
from services.data import waiting
from services.desk import desk
from services.experiments import experiment
from services.ports import Lab

RECENT = timedelta(days=14)  # so long a killed experiment stays on the board


@dataclass(frozen=True)
class _Scene:
    session: Session
    team: Team
    now: datetime
    today: date
    where: ZoneInfo
    every: Sequence[Experiment]
    about: Mapping[int, About]


def look(lab: Lab, team_id: int, wanted: str, *, by: str) -> Board:
    """The whole board; or one's own (`mine`, @name), one column, one experiment.

    Raises Refused for any other word, NotFound.
    """
    with desk(lab, team_id, lock=False) as here:
        session, theirs, now = here.session, here.team, here.now
        every = _on_it(session, theirs, now)
        if is_experiment_id(word := _word(wanted)):
            every = _with(session, theirs, every, experiment_number(word))
        stale = experiment.stale_among(every, theirs, now, policy=here.policy)
        scene = _Scene(
            session, theirs, now, experiment.today_of(theirs, now), calendar.zone(theirs.zone),
            every, _about(session, theirs, every, stale, now),
        )  # fmt: skip
        return _asked(scene, wanted.strip(), by)


def _word(wanted: str) -> str:
    return wanted.strip().lower().strip("`'\"")


def _on_it(session: Session, theirs: Team, now: datetime) -> list[Experiment]:
    """What is open, and what was closed so lately that the board may show it."""
    lately = table.left_since(now - max(RECENT, FORGOTTEN))
    return experiment.some_of(session, theirs, table.is_open() | lately)


def _with(
    session: Session, theirs: Team, every: list[Experiment], number: int
) -> list[Experiment]:
    if any(e.number == number for e in every):
        return every
    return [*every, *experiment.some_of(session, theirs, table.numbered([number]))]


def _asked(scene: _Scene, wanted: str, by: str) -> Board:
    word, every = _word(wanted), scene.every
    people = mentioned_users(wanted)
    backlog = [e for e in every if e.stage == "backlog"]
    if not word:
        return Board(_columns(scene, every), "", len(backlog))
    if people or word in ("mine", "my", "me"):
        who = people[0] if people else by
        mine = [e for e in every if e.owner == who]
        name = f"of {team.name_of(scene.session, scene.team, who)}"
        waiting = [e for e in backlog if e.owner == who]
        return Board(_columns(scene, mine, who), name, len(waiting))
    if is_experiment_id(word):
        return _one(scene, experiment_number(word))
    named = [name for name in rules.COLUMNS if name.startswith(word)]
    if len(named) != 1:
        raise Refused(
            f"The board has no “{wanted[:30]}”.",
            f"Write `/board` and one of mine, @name, EXP-042, {', '.join(rules.COLUMNS)}.",
        )
    return Board((_column(scene, named[0], every),), named[0])


def _one(scene: _Scene, number: int) -> Board:
    found = [e for e in scene.every if e.number == number]
    if not found:
        raise NotFound(f"There is no EXP-{number:03d}.", "`/exp list` shows all.")
    ticket = found[0]
    if ticket.stage not in rules.COLUMNS:
        raise Refused(
            f"{ticket.id} is in the backlog, before the first column.",
            f"`/exp move {ticket.id} hypothesis` puts it on the board.",
        )
    column = _column(scene, ticket.stage, ())
    gate = card.gate(ticket, column.gate)
    shown = Column(column.name, column.limit, column.taken, (_card(scene, ticket),), gate)
    return Board((shown,), ticket.id)


def _columns(scene: _Scene, shown: Sequence[Experiment], owner: str = "") -> tuple[Column, ...]:
    return tuple(_column(scene, name, shown, owner) for name in rules.COLUMNS)


def _column(scene: _Scene, name: str, shown: Sequence[Experiment], owner: str = "") -> Column:
    """The limit counts everybody's cards, also when only somebody's are shown."""
    kept = [e for e in shown if e.stage == name and _is_shown(scene, e)]
    taken = kept if name == "killed" else rules.inside(name, scene.every, scene.now)
    limit = rules.limits(scene.team.chosen.wip_limits).get(name)
    cards = [_card(scene, e) for e in rules.finish_first(kept, scene.today)]
    if name == "killed":
        cards.reverse()
    more = _more(scene, name, len(kept), owner) if shown else ""
    return Column(name, limit, len(taken), tuple(cards), rules.GATES[name], more)


def _more(scene: _Scene, name: str, kept: int, owner: str) -> str:
    """What left the column behind it: every other column shows all it has."""
    word = {"killed": "killed earlier", "production": "promoted earlier"}.get(name)
    if word is None:
        return ""
    which = [col(table.Experiment.stage) == name]
    which += [col(table.Experiment.owner) == owner] if owner else []
    rest = table.count(scene.session, scene.team.pk, *which) - kept
    return f"{rest} {word}" if rest else ""


def _is_shown(scene: _Scene, e: Experiment) -> bool:
    if e.stage == "production":
        return is_rolling_out(e, scene.now)
    return e.stage != "killed" or scene.now - e.stage_since <= RECENT


def _card(scene: _Scene, e: Experiment) -> Card:
    since = calendar.local(e.stage_since, scene.where).date()
    about = scene.about.get(e.number, About())
    return Card(
        ticket=e,
        owner=team.name_of(scene.session, scene.team, e.owner),
        days=rules.days_in_stage(scene.today, since),
        marks=card.marks(e, about, scene.today),
        details=card.details(e, about),
        box=card.box(e, scene.today),
    )


def _about(
    session: Session,
    theirs: Team,
    every: Sequence[Experiment],
    stale: frozenset[int],
    now: datetime,
) -> dict[int, About]:
    held: dict[int, list[Blocker]] = {}
    for one in blocker.open_of_team(session, theirs, now):
        for number in one.experiments:
            held.setdefault(number, []).append(one)
    judged = dict(gates.latest_judged(session, theirs.pk, limit=50))
    why = moves.kill_reasons(session, theirs.pk, [e.number for e in every if e.stage == "killed"])
    waits = waiting.of_team(session, theirs)
    return {
        e.number: About(
            e.number in stale, _decision(judged.get(e.number)), why.get(e.number, ""),
            tuple(held.get(e.number, ())) if e.is_open else (),
            tuple(waits.get(e.number, ())) if e.is_open else (),
            _safety(judged.get(e.number)),
        )
        for e in every
    }  # fmt: skip


def _decision(found: gates.GateAttempt | None) -> str:
    return found.decision if found else ""


def _safety(found: gates.GateAttempt | None) -> SafetyJudged | None:
    return safety_of([from_record(one) for one in found.verdicts]) if found else None
