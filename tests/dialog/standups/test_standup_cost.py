"""What a standup costs follows who is in it now, not how long it has been held."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from handlers.routes import table
from models.standups.answer import Answer
from models.standups.standup import Prompt, Round, Standup
from tests.conversation import START, Conversation
from tests.grown import PEOPLE, grown
from tests.statements import watched

DO: dict[str, Callable[[Conversation], object]] = {
    "/standup status": lambda talk: talk.say("/standup status"),
    "/standup": lambda talk: talk.say("/standup"),
    "Home": lambda talk: talk.event("app_home_opened", {"tab": "home"}, channel="DANA"),
    "/digest preview": lambda talk: talk.say("/digest preview"),
}


def _held(engine: Engine, standups: int, rounds: int) -> Conversation:
    """A team with so many standups, each held so often; the last rounds were a month ago."""
    grown(engine, 3)
    with Session(engine) as session:
        for number in range(standups):
            row = Standup(
                team_id=1, name=f"Standup {number}", channel=f"C{number}", people=list(PEOPLE),
                days=[0, 1, 2, 3, 4], questions=["What did you learn?"], created_by="UANA",
                starts_on=START.date() + timedelta(days=3), set_at=START, created_at=START,
            )  # fmt: skip
            session.add(row)
            session.flush()
            _past(session, row, rounds)
        session.commit()
    return Conversation(engine=engine, table=table())


def _past(session: Session, standup: Standup, rounds: int) -> None:
    for ago in range(rounds):
        at = START - timedelta(days=30 + ago)
        row = Round(
            standup_id=standup.pk, on=at.date(), state="closed", opens_at=at,
            closes_at=at + timedelta(hours=4), questions=standup.questions, wrap_up={},
        )  # fmt: skip
        session.add(row)
        session.flush()
        for user in PEOPLE:
            session.add(Prompt(round_id=row.pk, user_id=user, due_at=at, state="answered"))
            session.add(Answer(round_id=row.pk, user_id=user, replies=["lr matters"], at=at))


def _work(talks: Sequence[Conversation], said: str) -> list[tuple[int, int]]:
    found = []
    for talk in talks:
        with watched(talk.engine) as work:
            DO[said](talk)
        assert "our fault" not in talk.replies[-1].text
        found.append((work.asked, work.rows))
    return found


@pytest.mark.parametrize("said", DO)
def test_a_standup_held_for_years_costs_what_a_new_one_does(
    said: str, twins: tuple[Engine, Engine]
) -> None:
    talks = [_held(engine, 1, n) for engine, n in zip(twins, (2, 40), strict=True)]
    short, long = _work(talks, said)
    assert long == short


@pytest.mark.parametrize("said", DO)
def test_many_standups_are_asked_about_at_once(said: str, twins: tuple[Engine, Engine]) -> None:
    talks = [_held(engine, n, 2) for engine, n in zip(twins, (2, 9), strict=True)]
    (few, _), (many, _) = _work(talks, said)
    assert many == few
