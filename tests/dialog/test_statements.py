"""What is asked of the database follows what is open, not what ever was."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from handlers.routes import table
from tests.conversation import Conversation
from tests.grown import grown
from tests.statements import Work, watched

SMALL, LARGE = 60, 600  # tickets decided long ago

# What may be said → the most SELECTs it may take.
COMMANDS = {
    "/exp": 99, "/exp list": 99, "/exp list all": 99, "/exp list stale": 99,
    "/exp list killed": 99,
    "/board": 99, "/board mine": 99, "/board killed": 99, "/board limits": 99,
    "/board funnel": 99, "/board metrics": 99,
    "/kill": 99, "/exp rules": 99, "/exp quality": 99,
    "/forecast": 99, "/forecast linear": 99, "/forecast decided 5": 99,
    "/digest preview": 99, "/digest money": 99,
    "/sprint": 99, "/sprint plan": 99, "/sprint status": 99, "/sprint review": 99,
    "/sprint velocity": 99, "/sprint retro": 99,
    "/diagnose nothing ships": 99, "/phase": 99, "/need": 99,
    "/ask when will it be done": 99, "/ask how accurate is it": 99, "/ask can you just add X": 99,
    "/learn": 99, "/learn search slower": 99, "/standup report": 99, "/eng": 99, "/data": 99,
    "/gpu": 99, "/drift": 99, "/blocker": 99, "/exp help": 99, "/exp canvas": 99, "/exp audit": 99,
}  # fmt: skip


def _asked(engine: Engine, decided: int, do: Callable[[Conversation], object]) -> Work:
    grown(engine, decided)
    talk = Conversation(engine=engine, table=table())
    with watched(engine) as work:
        do(talk)
    return work


@pytest.mark.parametrize("said", COMMANDS)
def test_a_command_asks_for_no_more_when_more_was_decided(
    said: str, twins: tuple[Engine, Engine]
) -> None:
    def do(talk: Conversation) -> None:
        talk.say(said)

    small, large = (_asked(engine, n, do) for engine, n in zip(twins, (SMALL, LARGE), strict=True))
    assert (large.asked, large.rows) == (small.asked, small.rows)
    assert large.asked <= COMMANDS[said]
