"""What was learned, kept where it can be found: from answers, from decisions, and logged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from core.errors import NotAllowed, NotFound, Refused
from core.experiments.learning import Learning as Fact
from core.quantity import experiment_id
from core.standups import standup as reading
from core.text import clean, mentioned_users, says_nothing
from models import form_draft
from models.experiments import experiment as tickets
from models.experiments import learning as table
from models.experiments.learning import Learning
from models.standups.answer import Answer
from models.standups.standup import Round
from models.team import Team
from services import standing
from services import team as teams
from services.desk import Desk, desk
from services.ports import Lab

SHOWN = 10
_MOST = SHOWN + 1  # one more tells that there are older ones


@dataclass(frozen=True)
class NewLearning:
    """Something to keep. number: its experiment, or 0. origin: what names it, so that it is kept
    once. author: who wrote it, when that is not who keeps it (by).
    """

    text: str
    by: str
    origin: str
    number: int = 0
    author: str = ""


@dataclass(frozen=True)
class LearningsFound:
    """Learnings as somebody asked for them, the newest first. more: there are older ones."""

    learnings: Sequence[Fact]
    more: bool


def search(lab: Lab, team_id: int, text: str, *, by: str) -> LearningsFound:
    """Those with every one of these words in them, of every team that `by` may read.

    Raises Refused without words.
    """
    words = clean(text, limit=200).split()
    if not words:
        raise Refused("What should I look for?", "Write `/learn search tokenizer`.")
    with desk(lab, team_id, lock=False) as here:
        return _found(here, table.latest(here.session, _read(here, by), words=words, limit=_MOST))


def latest(lab: Lab, team_id: int, *, by: str) -> LearningsFound:
    """The last ones of every team that `by` may read."""
    with desk(lab, team_id, lock=False) as here:
        return _found(here, table.latest(here.session, _read(here, by), limit=_MOST))


def of_experiment(lab: Lab, team_id: int, number: int) -> LearningsFound:
    """Those about that experiment. Raises NotFound."""
    with desk(lab, team_id, lock=False) as here:
        _require_ticket(here.session, here.team, number)
        return _found(here, table.latest(here.session, [team_id], number=number, limit=_MOST))


def require_said(text: str) -> None:
    """Pass when it says something. Raises Refused."""
    if says_nothing(clean(text)):
        raise Refused("What was learned?", "Write it in a sentence.", field="text")


def log(lab: Lab, team_id: int, wish: NewLearning) -> tuple[Fact, bool]:
    """Keep it; it, and False when it was there already.

    Raises NotFound (no such experiment) and Refused (field text: no words).
    """
    now, text = lab.clock(), clean(wish.text)
    require_said(text)
    with desk(lab, team_id, lock=False) as here:
        if wish.number:
            _require_ticket(here.session, here.team, wish.number)
        there = table.find(here.session, here.team_id, wish.origin)
        there = there or table.confirmed_as(here.session, here.team_id, text)
        if there is not None:
            return value(here.session, here.team, there), False
        row = Learning(
            team_id=here.team_id,
            source="logged",
            origin=wish.origin,
            user_id=wish.author or wish.by,
            logged_by=wish.by,
            text=text,
            about=table.about([wish.number] if wish.number else []),
            at=now,
        )
        new = table.put(here.session, row)
        form_draft.forget(here.session, team_id, wish.by, f"learn:{wish.origin}")
        kept = table.find(here.session, here.team_id, wish.origin)
        assert kept is not None
        return value(here.session, here.team, kept), new


def to_log(lab: Lab, team_id: int, wish: NewLearning) -> tuple[str, dict[str, str], Fact | None]:
    """A message as people read it, what was typed before, and the learning it is already.

    Raises Refused when it has no words.
    """
    with desk(lab, team_id, lock=False) as here:
        names = {u: here.name(u) for u in mentioned_users(wish.text)}
        text = reading.readable(wish.text, names)
        if not text:
            raise Refused("That message has no words to keep.", "`/learn add` takes a sentence.")
        there = table.find(here.session, here.team_id, wish.origin)
        kept = form_draft.offer(here.session, team_id, wish.by, f"learn:{wish.origin}")
        return text, kept, value(here.session, here.team, there) if there else None


def take_back(lab: Lab, team_id: int, learning_id: int, *, by: str) -> Fact:
    """Forget a logged one. Raises NotFound (gone already), NotAllowed (who kept or wrote it, and
    leads).
    """
    with desk(lab, team_id, lock=False) as here:
        row = here.session.get(Learning, learning_id)
        if row is None or row.team_id != here.team_id or row.source != "logged":
            raise NotFound("That learning was taken back already.", "`/learn` shows the last.")
        kept_by = (row.user_id, row.logged_by)
        if by not in kept_by and not teams.is_lead(here.session, here.team, by):
            who = here.name(row.logged_by)
            raise NotAllowed(f"Only {who} or a lead can take it back.", "Ask one of them.")
        fact = value(here.session, here.team, row)
        here.session.delete(row)
        return fact


def keeper(here: Desk, origin: str) -> str:
    """Who confirmed what was learned there, by name; "" for nobody yet."""
    row = table.find(here.session, here.team_id, origin)
    return here.name(row.logged_by) if row and row.confirmed_at and row.logged_by else ""


def confirm(here: Desk, origin: str, *, by: str) -> None:
    """It counts from now on. Raises NotFound (nothing was learned there) and Refused (the same is
    kept already).
    """
    row = table.find(here.session, here.team_id, origin)
    if row is None:
        hint = "`/learn add` keeps what you learned."
        raise NotFound("There is nothing learned in that answer any more.", hint)
    if row.confirmed_at is not None:
        return
    if twin := table.confirmed_as(here.session, here.team_id, row.text):
        raise Refused(
            f"That is kept already, by {here.name(twin.logged_by or twin.user_id)}.",
            "`/learn` shows it.",
        )
    row.confirmed_at, row.logged_by = here.now, by
    here.session.flush()


def follow_answer(session: Session, team: Team, row: Answer, asked: Round) -> None:
    """Keep what a standup answer says was learned, or forget it when it says nothing (more)."""
    text = "" if row.withdrawn else reading.learnings(asked.questions, row.replies)
    if not text:
        table.drop(session, team.pk, f"answer:{row.id}")
        return
    learning = Learning(
        team_id=team.pk,
        source="standup",
        origin=f"answer:{row.id}",
        user_id=row.user_id,
        text=text,
        about=table.about(row.experiments),
        at=row.at,
    )
    table.put(session, learning)


def value(session: Session, team: Team, row: Learning) -> Fact:
    """The learning as a value."""
    other = row.logged_by and row.logged_by != row.user_id
    return Fact(
        id=row.pk,
        user=row.user_id,
        name=teams.name_of(session, team, row.user_id),
        text=row.text,
        experiments=tuple(row.experiments),
        at=row.at,
        source=row.source,
        logged_by=teams.name_of(session, team, row.logged_by) if other else "",
        confirmed=row.confirmed_at is not None,
    )


def _read(here: Desk, by: str) -> frozenset[int]:
    return standing.readable(here.session, here.team.workspace, by)


def _found(here: Desk, rows: Sequence[Learning]) -> LearningsFound:
    facts = [_shown(here, row) for row in rows[:SHOWN]]
    return LearningsFound(facts, len(rows) > SHOWN)


def _shown(here: Desk, row: Learning) -> Fact:
    if row.team_id == here.team_id:
        return value(here.session, here.team, row)
    theirs = here.session.get_one(Team, row.team_id)
    return replace(value(here.session, theirs, row), team=standing.name_of(theirs))


def _require_ticket(session: Session, team: Team, number: int) -> None:
    if tickets.find(session, team.pk, number) is None:
        hint = "`/exp list` shows all."
        raise NotFound(f"There is no {experiment_id(number)}.", hint)
