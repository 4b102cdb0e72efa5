"""What is read for all teams at once is what is read team by team; on both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from handlers.routes import table
from jobs import schedule
from models import db, every, people
from models.board import gpu
from models.board.gpu import GpuTurn
from models.standups import absence
from models.standups import standup as standups
from models.standups.absence import Absence, DayOff
from models.standups.standup import Round, Standup
from models.team import Team
from models.workspace import onboarding
from tests import company
from tests.conversation import START, WORKSPACE, Conversation

SINCE = (START - timedelta(days=7)).date()


TEAMS: dict[str, Callable[[Session, int], Any]] = {
    "people": lambda s, n: people.people(s, n).by_id,
    "standups": standups.of_team,
    "days off": lambda s, n: absence.days_off(s, n, SINCE),
    "absences": lambda s, n: absence.of_people(s, WORKSPACE, [f"U{n}P00", f"U{n}P01"], SINCE),
    "gpu": gpu.all_of,
}
STANDUPS: dict[str, Callable[[Session, int], Any]] = {
    "standup": standups.lock,
    "dates": lambda s, n: standups.dates_done(s, [n], SINCE)[n],
    "open rounds": standups.open_rounds,
    "last round": standups.last_round,
    "rehearsal": onboarding.hold_rehearsal,
}
ROUNDS: dict[str, Callable[[Session, int], Any]] = {
    "round": standups.lock_round,
    "prompts": standups.prompts_of,
}


@pytest.fixture
def three(engine):
    """Three teams: the first's round is over, the second's open, the third's never began."""
    company.found(engine, 3, people=3, tickets=2)
    talk = Conversation(engine, table())
    with talk.lab.begin() as session:
        second, third = (session.get_one(Standup, n) for n in (2, 3))
        second.close_after, third.active = 600, False
        for n in (1, 2):
            days = {"first_day": START.date(), "last_day": START.date()}
            session.add(Absence(workspace=WORKSPACE, user_id=f"U{n}P00", noted_by="", **days))
            session.add(DayOff(team_id=n, **days))
            session.add(GpuTurn(team_id=n, number=n * 100, since=START, queued_at=START))
    talk.later(days=1)
    for hours in (0, 1, 4):
        talk.later(hours=hours)
        schedule.tick(talk.lab)
        talk.deliver()
    return engine


def _read(engine, *, all_at_once: bool) -> dict[str, Any]:
    with db.reading(engine) as session:
        if all_at_once:
            every.look_at_all(session)
        ids = {
            kind: session.exec(select(kind.id).order_by(kind.id)).all()
            for kind in (Team, Standup, Round)
        }
        asked = ((Team, TEAMS), (Standup, STANDUPS), (Round, ROUNDS))
        return {
            f"{name} {n}": str(ask(session, n))
            for kind, asks in asked
            for name, ask in asks.items()
            for n in ids[kind]
        }


def test_for_all_at_once_is_as_one_by_one(three):
    one_by_one = _read(three, all_at_once=False)
    assert len(set(one_by_one.values())) > 20
    assert "[]" in {one_by_one["open rounds 1"], one_by_one["open rounds 3"]}
    assert one_by_one["open rounds 2"] != "[]"
    assert _read(three, all_at_once=True) == one_by_one
