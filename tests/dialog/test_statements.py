"""What is asked of the database follows what is open, not what ever was."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

import pytest
from sqlalchemy import Engine

from handlers.routes import table
from jobs.decisions.proposal import propose
from tests.conftest import copy_of
from tests.conversation import Conversation
from tests.grown import grown
from tests.statements import Work, watched
from tests.tickets import person

SMALL, LARGE = 60, 600  # tickets decided long ago

# What may be said → the most SELECTs it may take.
COMMANDS = {
    "/exp": 5,
    "/exp show EXP-001": 10,
    "/exp list": 5,
    "/exp list all": 5,
    "/exp list stale": 7,
    "/exp list killed": 5,
    "/exp list team=all": 7,
    "/board": 14,
    "/board mine": 14,
    "/board killed": 13,
    "/board limits": 3,
    "/board teams": 12,
    "/board funnel": 5,
    "/board metrics": 6,
    "/kill": 9,
    "/exp rules": 4,
    "/forecast": 18,
    "/forecast record": 16,
    "/forecast document": 13,
    "/exp webhook": 4,
    "/forecast decided 5": 3,
    "/digest preview": 28,
    "/digest money": 10,
    "/sprint": 11,
    "/sprint plan": 21,
    "/sprint status": 11,
    "/sprint review": 20,
    "/sprint retro": 19,
    "/sprint velocity": 9,
    "/diagnose nothing ships": 16,
    "/diagnose velocity is wildly inconsistent": 7,
    "/diagnose planning takes 4 hours": 7,
    "/phase": 21,
    "/phase chart": 23,
    "/need": 4,
    "/ask when will it be done": 16,
    "/ask how accurate is it": 12,
    "/ask how are we doing": 28,
    "/digest": 4,
    "/ask can you just add speech?": 6,
    "/ask can we launch at 85%": 7,
    "/learn": 4,
    "/learn search slower": 4,
    "/standup report": 4,
    "/standup pictures": 3,
    "/assay prompts": 4,
    "/eng": 3,
    "/data": 4,
    "/data picture": 6,
    "/canvas": 4,
    "/gpu": 6,
    "/drift": 3,
    "/track": 3,
    "/ticket": 6,
    "/track EXP-001": 8,
    "/track team": 14,
    "/blocker": 3,
    "/exp help": 8,
    "/team": 7,
    "/team list": 6,
    "/exp audit": 5,
    "/assay": 9,
    "/assay who is blocked": 4,
    "/assay my experiments": 6,
    "/assay how are we doing?": 40,
    "/assay spent this month": 6,
    "/assay decided killed this month": 6,
    "/assay decisions": 20,
    "/assay EXP-001": 12,
    "/assay pizza or sushi": 6,
    "/assay what is on the board": 14,
    "/assay when will it be ready": 18,
    "/assay how accurate is it": 12,
    "/assay can you just add speech?": 7,
    "/assay why is it so late": 27,
    "/assay kill EXP-001": 8,
    "/assay i am stuck": 8,
    "/assay what can you do": 10,
    "/assay thanks": 3,
    "/exp quality": 5,
}

HOME = {"UANA": 30, "UBEN": 28, "UEYE": 28, "UNEW": 28}  # an admin, a member, an observer, no one


@pytest.fixture(scope="module")
def teams(_template: sqlite3.Connection) -> Iterator[tuple[Conversation, ...]]:
    """A small past and a large one, to be asked the same; nothing asked here changes them."""
    with copy_of(_template) as one, copy_of(_template) as two:
        yield tuple(_team(engine, n) for engine, n in ((one, SMALL), (two, LARGE)))


def _team(engine: Engine, decided: int) -> Conversation:
    grown(engine, decided)
    person(engine, "UEYE", role="observer")
    return Conversation(engine=engine, table=table())


def _compare(
    teams: Sequence[Conversation], do: Callable[[Conversation], object], most: int
) -> None:
    small, large = (_asked(talk, do) for talk in teams)
    assert (large.asked, large.rows) == (small.asked, small.rows)
    assert large.asked <= most


def _asked(talk: Conversation, do: Callable[[Conversation], object]) -> Work:
    with watched(talk.engine) as work:
        do(talk)
    return work


@pytest.mark.parametrize("said", COMMANDS)
def test_a_command_asks_for_no_more_when_more_was_decided(
    said: str, teams: tuple[Conversation, ...]
) -> None:
    _compare(teams, lambda talk: talk.say(said), COMMANDS[said])
    assert "our fault" not in teams[0].replies[-1].text


@pytest.mark.parametrize("user", HOME)
def test_home_asks_for_no_more_when_more_was_decided(
    user: str, teams: tuple[Conversation, ...]
) -> None:
    def opened(talk: Conversation) -> None:
        assert talk.event("app_home_opened", {"tab": "home", "user": user}, channel="DANA").home

    _compare(teams, opened, HOME[user])


def test_a_tick_of_proposals_asks_for_no_more_when_more_was_decided(
    twins: tuple[Engine, Engine],
) -> None:
    teams = [_team(engine, n) for engine, n in zip(twins, (SMALL, LARGE), strict=True)]
    for talk in teams:  # what is proposed and told first is new on both
        talk.run(propose)
    _compare(teams, lambda talk: talk.run(propose), 20)
