"""Slack sends an event again after a minute: what was done to a message may come before it."""

from datetime import UTC, datetime

import pytest

from sandbox.demo.story import set_up
from tests.flows.fortnight import Fortnight, whole
from tests.sandboxed import opened

NINE_UTC = datetime(2026, 11, 24, 9, tzinfo=UTC)  # Zoe and Mia are asked, the round is open
FIRST = "my password is kept here\nDistil it\nnone"
THEN = "the reranker hurts\nDistil it\nnone"


async def _written_and(play, then: str, *, minutes: float) -> Fortnight:
    them = Fortnight(play, cast=None)
    await set_up(play)
    await play.move(NINE_UTC)
    written = await play.sandbox.say("zoe", "D0ZOE", FIRST, late=True)
    if then == "edit":
        await play.sandbox.edit("zoe", "D0ZOE", written["ts"], THEN)
    elif then == "delete":
        await play.sandbox.delete("zoe", "D0ZOE", written["ts"])
    play.sandbox.clock.advance(minutes * 60)
    await play.sandbox.arrive()
    await play.settle()
    return them


def _published(them: Fortnight) -> str:
    return " ".join(whole(m) for m in them.said("lena", "#standup"))


@pytest.mark.parametrize("then", ["edit", "delete"])
async def test_what_was_done_to_a_message_before_it_came_is_done_to_it(tmp_path, then):
    async with opened(tmp_path) as play:
        them = await _written_and(play, then, minutes=5)
        assert "password" not in _published(them)
        assert ("the reranker hurts" in _published(them)) is (then == "edit")
        status = await them.type("lena", "/standup status", where="#ml-leads")
        assert ("In: Zoë" in status) is (then == "edit")


@pytest.mark.parametrize(("then", "minutes"), [("", 5), ("edit", 11)])
async def test_a_message_that_comes_late_stands_as_it_was_written(tmp_path, then, minutes):
    async with opened(tmp_path) as play:
        them = await _written_and(play, then, minutes=minutes)
        assert "password" in _published(them)
