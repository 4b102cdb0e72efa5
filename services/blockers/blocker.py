"""Blockers follow what people answer: opened, renewed and closed with their standup answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import calendar
from core.blockers import blocker as rules
from core.blockers.blocker import Blocker as Stuck
from core.blockers.blocker import BlockerStep, Note
from core.quantity import experiments_in
from models.blockers import blocker as table
from models.blockers.blocker import Blocker
from models.team import Team
from services import team as teams
from services.desk import Desk
from services.experiments import experiment
from views.blockers import blocker as view


@dataclass(frozen=True)
class StuckAnswer:
    """What one answer says about being stuck.

    stuck: text by kind, {} for "not stuck", None when the answer does not say. newest: False when
    that person has answered a later round; then only this answer's own blockers change. channel,
    thread: where its round stands (a Slack id, an outbox key).
    """

    answer_id: int
    user_id: str
    stuck: Mapping[str, str] | None
    experiments: Sequence[int]
    newest: bool
    channel: str
    thread: str


def open_of_team(session: Session, team: Team, now: datetime | None = None) -> list[Stuck]:
    """The team's unresolved blockers as values, oldest first; their age needs the time."""
    return [value(session, team, row, now) for row in table.open_of(session, team.pk)]


def follow(here: Desk, told: StuckAnswer) -> None:
    """Open, renew and close that person's blockers after they answered or edited.

    What an answer names is opened, or renewed when an open one of its kind is there (its age
    counts on). An answer that says "not stuck" closes all of that person's, except those with a
    tagged helper: these are resolved by somebody saying so.
    """
    if told.stuck is None:
        return
    for row in table.resolved_by(here.session, told.answer_id):
        _reopen(row)  # told anew below
    here.session.flush()
    held = table.hold_open(here.session, here.team_id, told.user_id)
    theirs = [row for row in held if row.answer_id is not None]  # not what a ticket opened
    if not told.newest:
        theirs = [row for row in theirs if row.answer_id == told.answer_id]
    for row in theirs:
        own = row.answer_id == told.answer_id
        if row.kind not in told.stuck and not row.helper and (own or not told.stuck):
            _close(here, row, told)
    _keep(here, told, {row.kind: row for row in theirs if row.state == "open"})


def forget(here: Desk, answer_id: int, *, answered_at: datetime) -> None:
    """The answer was withdrawn: what only it told goes, what it closed is open again."""
    for row in table.resolved_by(here.session, answer_id):
        _reopen(row)
        refresh(here, row)
    for row in table.told_in(here.session, answer_id):
        if row.at >= answered_at and row.state == "open":
            row.state, row.resolved_at = "withdrawn", here.now
            refresh(here, row)
    here.session.flush()


def value(session: Session, team: Team, row: Blocker, now: datetime | None = None) -> Stuck:
    """The blocker as a value; its age stands still once it is closed."""
    until = row.resolved_at or now or row.at
    return Stuck(
        id=row.pk,
        user=row.user_id,
        name=teams.name_of(session, team, row.user_id),
        kind=row.kind,
        text=row.text,
        experiments=tuple(row.experiments),
        at=row.at,
        channel=row.channel,
        number=row.number,
        state=row.state,
        helper=row.helper,
        acknowledged_by=row.acknowledged_by,
        escalated_to=row.escalated_to,
        closed_by=row.closed_by,
        closed_at=row.resolved_at,
        resolution=row.resolution,
        steps=tuple(BlockerStep(**s | {"at": datetime.fromisoformat(s["at"])}) for s in row.trail),
        names=_names(session, team, row),
        cause=row.cause,
        program=row.program,
        days=rules.days_open(row.at, until, calendar.zone(team.zone)),
    )


def _names(session: Session, team: Team, row: Blocker) -> dict[str, str]:
    about = {row.user_id, row.helper, row.acknowledged_by, row.escalated_to, row.closed_by}
    about |= {step["who"] for step in row.trail}
    about |= {step["text"] for step in row.trail if step["what"] == "escalated"}
    return {user: teams.name_of(session, team, user) for user in about if user}


def refresh(here: Desk, row: Blocker) -> None:
    """Bring every message about that blocker up to date."""
    here.session.flush()
    shown = value(here.session, here.team, row, here.now)
    for key in row.told:
        here.voice.edit(key, view.blocker(shown))


def tell(here: Desk, row: Blocker, person: str) -> None:
    """Send the blocker with its buttons to somebody, once; later it is edited there."""
    key = f"blocker:{row.id}:{person}"
    teams.member(here.session, here.team, person, now=here.now)
    if here.voice.post(key, person, view.blocker(value(here.session, here.team, row, here.now))):
        row.told = [*row.told, key]


def note(here: Desk, row: Blocker, who: str, what: str, text: str = "") -> None:
    """Keep a step in the blocker's trail and say it in its thread."""
    step = BlockerStep(who, what, text, here.now)
    kept = vars(step) | {"at": step.at.isoformat()}
    row.trail = [*row.trail, kept]
    key = f"blocker:{row.id}:step:{len(row.trail)}"
    whom = text if what == "escalated" else ""
    said = view.step(Note(row.number, step, _name(here, who), _name(here, whom)))
    if row.thread:
        here.voice.post(key, row.channel, said, thread_of=row.thread)
    refresh(here, row)


def _name(here: Desk, user: str) -> str:
    return here.name(user) if user else ""


def _reopen(row: Blocker) -> None:
    row.state, row.resolved_at, row.resolved_by, row.closed_by = "open", None, None, ""


def _close(here: Desk, row: Blocker, told: StuckAnswer) -> None:
    row.state, row.resolved_at, row.resolved_by = "resolved", here.now, told.answer_id
    row.closed_by = told.user_id
    refresh(here, row)


def _keep(here: Desk, told: StuckAnswer, theirs: Mapping[str, Blocker]) -> None:
    names = teams.names(here.session, here.team)
    for kind, text in (told.stuck or {}).items():
        row = theirs.get(kind) or _opened(here, told, kind, text)
        row.text, row.answer_id = text, told.answer_id
        row.cause = rules.cause_of(kind, text) or row.cause
        row.experiments = _held(here, told, kind, text)
        row.helper = rules.tagged(text, names, but=told.user_id) or row.helper
        here.session.flush()
        _say(here, row)


def _opened(here: Desk, told: StuckAnswer, kind: str, text: str) -> Blocker:
    row = Blocker(
        team_id=here.team_id,
        number=0,
        user_id=told.user_id,
        kind=kind,
        text=text,
        at=here.now,
        moved_at=here.now,
        channel=told.channel,
        thread=told.thread,
    )
    table.add(here.session, row)
    return row


def _held(here: Desk, told: StuckAnswer, kind: str, text: str) -> list[int]:
    """The experiments it holds up: named in its words, else in the answer; for data and compute
    else the person's own that have left the backlog.
    """
    named = [number for number in experiments_in(text) if number in told.experiments]
    if named or told.experiments or kind not in {"data", "compute"}:
        return named or list(told.experiments)
    theirs = experiment.mine(here.session, here.team, told.user_id)
    return [e.number for e in theirs if e.stage != "backlog"]


def _say(here: Desk, row: Blocker) -> None:
    key = f"blocker:{row.id}"
    shown = view.blocker(value(here.session, here.team, row, here.now))
    if here.voice.post(key, row.channel, shown, thread_of=row.thread):
        row.told = [key, *row.told]
    else:
        refresh(here, row)
    if row.helper:
        tell(here, row, row.helper)
