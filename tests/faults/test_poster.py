"""Slack misbehaving: every message arrives once, whatever happened to the call."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from sandbox.play import Play
from services import outbox, say
from tests.sandboxed import opened


@pytest.fixture
async def play(tmp_path) -> AsyncIterator[Play]:
    """Assay in a fresh sandbox."""
    async with opened(tmp_path) as running:
        yield running


def _put(play: Play, key: str, channel: str = "C0STANDUP", **more: str) -> None:
    with play.assay.lab.begin() as session:
        voice = say.Voice(session, "T0ASSAY", play.assay.lab.clock())
        voice.post(key, channel, (f"said {key}", []), **more)


def _said(play: Play, channel: str = "#standup", who: str = "lena") -> list[str]:
    return [message["text"] for message in play.sandbox.messages(who, channel)]


@pytest.mark.parametrize("kind", ["429", "500", "reset", "lost_answer", "malformed", "slow"])
@pytest.mark.parametrize("channel", ["C0STANDUP", "U0ANA"])
async def test_a_message_arrives_once_whatever_happens_to_the_call(play, kind, channel):
    await play.sandbox.fault("chat.postMessage", kind, times=2, seconds=0.2)
    _put(play, "a", channel)
    await play.settle()
    place, who = ("#standup", "lena") if channel == "C0STANDUP" else ("D0ANA", "ana")
    assert _said(play, place, who) == ["said a"]
    assert outbox.waiting(play.assay.lab)[0] == 0


async def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(play):
    _put(play, "parent")
    await play.settle()
    await play.sandbox.fault("chat.postMessage", "lost_answer", times=1)
    _put(play, "reply", thread_of="parent")
    await play.settle()
    parent = play.sandbox.messages("lena", "#standup")[0]
    thread = play.sandbox.messages("lena", "#standup", thread_ts=parent["ts"])
    assert [m["text"] for m in thread] == ["said parent", "said reply"]


async def test_a_channel_without_the_bot_is_given_up_and_a_lead_is_told_once(play):
    await play.sandbox.command("lena", "#standup", "/exp", "leads add @lena")
    await play.sandbox.channel("create", name="secret", user="ana", is_private=True)
    secret = next(c["id"] for c in play.sandbox.state("ana")["channels"] if c["name"] == "secret")
    for key in ("a", "b"):
        _put(play, key, secret)
    await play.settle()
    told = [text for text in _said(play, "D0LENA") if "could not post" in text]
    assert len(told) == 1
    assert "channel_not_found" in told[0]


async def test_refused_blocks_are_sent_as_text(play):
    with play.assay.lab.begin() as session:
        voice = say.Voice(session, "T0ASSAY", play.assay.lab.clock())
        voice.post("bad", "C0STANDUP", ("the fact in words", [{"type": "nonsense"}]))
    await play.settle()
    assert _said(play) == ["the fact in words"]


async def test_an_order_of_messages_survives_a_rate_limit(play):
    await play.sandbox.fault("chat.postMessage", "429", times=1, retry_after=5)
    for n in range(6):
        _put(play, f"m{n}")
    await play.settle()
    assert sorted(_said(play)) == [f"said m{n}" for n in range(6)]
    assert [v for v in play.sandbox.violations if v["name"] == "ratelimited"] == []


async def test_the_clock_set_forward_in_flight_doubles_nothing(play):
    _put(play, "a")
    play.sandbox.clock.advance(timedelta(days=1).total_seconds())
    await play.settle()
    await play.settle()
    assert _said(play) == ["said a"]


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "drop"])
async def test_a_lost_connection_loses_no_command(play, reason):
    await play.sandbox.disconnect(reason)
    await play.sandbox.bot_connected(30)
    told = await play.sandbox.command("lena", "#standup", "/exp", "leads add @lena")
    assert told["delivery"]["ok"], told
    assert "U0LENA" in told["response"]["text"]


async def test_the_same_event_delivered_three_times_is_one_answer(play):
    await play.sandbox.command("lena", "#standup", "/exp", "leads add @lena")
    for _ in range(2):
        again = await play.sandbox.redeliver("last")
        assert again["delivery"]["ok"]
    await play.settle()
    assert play.sandbox.violations == []


async def test_a_history_that_cannot_be_read_now_never_leads_to_a_second_message(play):
    await play.sandbox.fault("chat.postMessage", "lost_answer", times=1)
    await play.sandbox.fault("conversations.history", "429", times=1, retry_after=2)
    await play.sandbox.fault("conversations.history", "500", times=1)
    _put(play, "a")
    await play.settle()
    assert _said(play) == ["said a"]
    assert outbox.waiting(play.assay.lab)[0] == 0
