"""Blockers follow what people answer: opened, renewed and closed with their standup answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
from services.experiments import experiment
from services.say import Voice
from views.kit import Message

Show = Callable[[Any], Message]  # a blocker, or a step about it → a message


@dataclass(frozen=True)
class Told:
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


@dataclass(frozen=True)
class Talk:
    """One transaction on a team's blockers, with the words for what is said about them."""

    session: Session
    team: Team
    now: datetime
    show: Show

    @property
    def team_id(self) -> int:
        """The team's key in the database."""
        assert self.team.id is not None
        return self.team.id

    @property
    def voice(self) -> Voice:
        """Speaks in the team's workspace."""
        return Voice(self.session, self.team.workspace, self.now)


def open_of_team(session: Session, team: Team, now: datetime | None = None) -> list[Stuck]:
    """The team's unresolved blockers as values, oldest first; their age needs the time."""
    assert team.id is not None
    return [value(session, team, row, now) for row in table.open_of(session, team.id)]


def follow(talk: Talk, told: Told) -> None:
    """Open, renew and close that person's blockers after they answered or edited.

    What an answer names is opened, or renewed when an open one of its kind is there (its age
    counts on). An answer that says "not stuck" closes all of that person's, except those with a
    tagged helper: these are resolved by somebody saying so.
    """
    if told.stuck is None:
        return
    for row in table.resolved_by(talk.session, told.answer_id):
        _reopen(row)  # told anew below
    talk.session.flush()
    held = table.hold_open(talk.session, talk.team_id, told.user_id)
    theirs = [row for row in held if row.answer_id is not None]  # not what a ticket opened
    if not told.newest:
        theirs = [row for row in theirs if row.answer_id == told.answer_id]
    for row in theirs:
        own = row.answer_id == told.answer_id
        if row.kind not in told.stuck and not row.helper and (own or not told.stuck):
            _close(talk, row, told)
    _keep(talk, told, {row.kind: row for row in theirs if row.state == "open"})


def forget(talk: Talk, answer_id: int, *, answered_at: datetime) -> None:
    """The answer was withdrawn: what only it told goes, what it closed is open again."""
    for row in table.resolved_by(talk.session, answer_id):
        _reopen(row)
        refresh(talk, row)
    for row in table.told_in(talk.session, answer_id):
        if row.at >= answered_at and row.state == "open":
            row.state, row.resolved_at = "withdrawn", talk.now
            refresh(talk, row)
    talk.session.flush()


def value(session: Session, team: Team, row: Blocker, now: datetime | None = None) -> Stuck:
    """The blocker as a value; its age stands still once it is closed."""
    assert row.id is not None
    until = row.resolved_at or now or row.at
    return Stuck(
        id=row.id,
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
        days=rules.days_open(row.at, until, calendar.zone(team.zone)),
    )


def _names(session: Session, team: Team, row: Blocker) -> dict[str, str]:
    about = {row.user_id, row.helper, row.acknowledged_by, row.escalated_to, row.closed_by}
    about |= {step["who"] for step in row.trail}
    about |= {step["text"] for step in row.trail if step["what"] == "escalated"}
    return {user: teams.name_of(session, team, user) for user in about if user}


def refresh(talk: Talk, row: Blocker) -> None:
    """Bring every message about that blocker up to date."""
    talk.session.flush()
    shown = value(talk.session, talk.team, row, talk.now)
    for key in row.told:
        talk.voice.edit(key, talk.show(shown))


def tell(talk: Talk, row: Blocker, person: str) -> None:
    """Send the blocker with its buttons to somebody, once; later it is edited there."""
    key = f"blocker:{row.id}:{person}"
    teams.member(talk.session, talk.team, person, now=talk.now)
    if talk.voice.post(key, person, talk.show(value(talk.session, talk.team, row, talk.now))):
        row.told = [*row.told, key]


def note(talk: Talk, row: Blocker, who: str, what: str, text: str = "") -> None:
    """Keep a step in the blocker's trail and say it in its thread."""
    step = BlockerStep(who, what, text, talk.now)
    kept = vars(step) | {"at": step.at.isoformat()}
    row.trail = [*row.trail, kept]
    key = f"blocker:{row.id}:step:{len(row.trail)}"
    whom = text if what == "escalated" else ""
    said = talk.show(Note(row.number, step, _name(talk, who), _name(talk, whom)))
    if row.thread:
        talk.voice.post(key, row.channel, said, thread_of=row.thread)
    refresh(talk, row)


def _name(talk: Talk, user: str) -> str:
    return teams.name_of(talk.session, talk.team, user) if user else ""


def _reopen(row: Blocker) -> None:
    row.state, row.resolved_at, row.resolved_by, row.closed_by = "open", None, None, ""


def _close(talk: Talk, row: Blocker, told: Told) -> None:
    row.state, row.resolved_at, row.resolved_by = "resolved", talk.now, told.answer_id
    row.closed_by = told.user_id
    refresh(talk, row)


def _keep(talk: Talk, told: Told, theirs: Mapping[str, Blocker]) -> None:
    names = teams.names(talk.session, talk.team)
    for kind, text in (told.stuck or {}).items():
        row = theirs.get(kind) or _opened(talk, told, kind, text)
        row.text, row.answer_id = text, told.answer_id
        row.cause = rules.cause_of(kind, text) or row.cause
        row.experiments = _held(talk, told, kind, text)
        row.helper = rules.tagged(text, names, but=told.user_id) or row.helper
        talk.session.flush()
        _say(talk, row)


def _opened(talk: Talk, told: Told, kind: str, text: str) -> Blocker:
    row = Blocker(
        team_id=talk.team_id,
        number=0,
        user_id=told.user_id,
        kind=kind,
        text=text,
        at=talk.now,
        moved_at=talk.now,
        channel=told.channel,
        thread=told.thread,
    )
    table.add(talk.session, row)
    return row


def _held(talk: Talk, told: Told, kind: str, text: str) -> list[int]:
    """The experiments it holds up: named in its words, else in the answer; for data and compute
    else the person's own that have left the backlog.
    """
    named = [number for number in experiments_in(text) if number in told.experiments]
    if named or told.experiments or kind not in {"data", "compute"}:
        return named or list(told.experiments)
    theirs = experiment.mine(talk.session, talk.team, told.user_id)
    return [e.number for e in theirs if e.stage != "backlog"]


def _say(talk: Talk, row: Blocker) -> None:
    key = f"blocker:{row.id}"
    shown = talk.show(value(talk.session, talk.team, row, talk.now))
    if talk.voice.post(key, row.channel, shown, thread_of=row.thread):
        row.told = [key, *row.told]
    else:
        refresh(talk, row)
    if row.helper:
        tell(talk, row, row.helper)
