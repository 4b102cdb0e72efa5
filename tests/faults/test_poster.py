"""Slack misbehaving: every message arrives once, whatever happened to the call."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models import outbox as table
from models import team as teams
from sandbox.play import Play
from services import outbox, say
from tests import seeded
from tests.sandboxed import opened


@pytest.fixture
async def play(tmp_path) -> AsyncIterator[Play]:
    """Assay in a fresh sandbox."""
    async with opened(tmp_path) as running:
        yield running


def _voice(session: Session, play: Play) -> say.Voice:
    theirs = seeded.team_row(session, "T0ASSAY")
    return say.Voice(session, "T0ASSAY", play.assay.lab.clock(), theirs.pk)


def _put(play: Play, key: str, channel: str = "C0STANDUP", **more: str) -> None:
    with play.assay.lab.begin() as session:
        voice = _voice(session, play)
        voice.post(key, channel, (f"said {key}", []), **more)


def _said(play: Play, channel: str = "#standup", who: str = "lena") -> list[str]:
    return [message["text"] for message in play.sandbox.messages(who, channel)]


FAULTS = (
    "429",
    "500",
    "reset",
    "malformed",
    "lost_answer",
    "500_after",
    "internal_error_after",
    "fatal_error_after",
    "slow",
)


@pytest.mark.parametrize("kind", FAULTS)
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


async def test_refused_blocks_are_sent_as_text(play):
    with play.assay.lab.begin() as session:
        voice = _voice(session, play)
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


@pytest.mark.parametrize("kind", ["internal_error_after", "500_after"])
async def test_an_edit_that_failed_half_way_is_made_again(play, kind):
    _put(play, "a")
    await play.settle()
    await play.sandbox.fault("chat.update", kind, times=2)
    with play.assay.lab.begin() as session:
        _voice(session, play).edit("a", ("said b", []))
    await play.settle()
    assert _said(play) == ["said b"]
    assert outbox.waiting(play.assay.lab)[0] == 0


async def test_a_call_that_hangs_delays_nobody_else(play):
    await play.sandbox.fault("chat.postMessage", "hang")
    _put(play, "a")
    await play.assay.poster.drain()
    await play.sandbox.until(lambda: play.sandbox.office.faults.hanging)
    _put(play, "b")
    _put(play, "c", "U0ANA")
    for _ in range(3):
        await play.assay.poster.drain()
    await play.sandbox.until(lambda: _said(play, "D0ANA", "ana") == ["said c"])
    assert play.sandbox.office.faults.hanging
    assert _said(play) == ["said a"]  # the line after it in the same channel keeps its place
    await play.sandbox.let_go()
    await play.settle()
    assert _said(play) == ["said a", "said b"]


async def test_a_call_that_hangs_for_ever_is_looked_for_and_stands_once(play):
    play.assay.poster.patience_s = 0.05
    await play.sandbox.fault("chat.postMessage", "hang")
    _put(play, "a")
    await play.assay.poster.drain()
    await play.assay.poster.answered()
    play.assay.poster.patience_s = 30.0
    await play.settle()
    assert _said(play) == ["said a"]
    assert outbox.waiting(play.assay.lab)[0] == 0


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(minutes=10), -timedelta(days=3)])
async def test_a_lost_answer_is_found_whatever_the_bots_own_clock_says(tmp_path, ahead):
    async with opened(tmp_path, ahead=ahead) as play:
        await play.sandbox.fault("chat.postMessage", "lost_answer", times=1)
        _put(play, "a")
        await play.settle()
        assert _said(play) == ["said a"]


@pytest.mark.parametrize("below", ["", "parent"])
async def test_a_lost_answer_is_found_below_more_messages_than_slack_shows_at_once(play, below):
    _put(play, "parent")
    await play.settle()
    parent = play.sandbox.messages("lena", "#standup")[0]["ts"]
    thread = {"thread_ts": parent} if below else {}
    if below:
        _chat(play, thread)
    await play.sandbox.fault("chat.postMessage", "lost_answer", times=1)
    _put(play, "a", thread_of=below)
    play.sandbox.clock.advance(2)
    await play.assay.poster.drain()
    await play.assay.poster.answered()
    if not below:
        _chat(play, thread)
    await play.settle()
    seen = play.sandbox.messages("lena", "#standup", thread_ts=parent if below else None)
    assert [m["text"] for m in seen].count("said a") == 1


def _chat(play: Play, more: dict[str, str]) -> None:
    """More messages than one page of the history holds."""
    place = play.sandbox.office.space.channels["C0STANDUP"]
    for n in range(230):
        ts = place.next_ts(play.sandbox.clock.time())
        place.add(ts, {"type": "message", "user": "U0ANA", "text": f"{n}", "ts": ts} | more)


def test_every_call_to_slack_ends_before_its_row_may_be_taken_by_another_process(play):
    total = play.assay.client.session.timeout.total
    assert total is not None
    assert max(total, play.assay.poster.patience_s) < outbox.LEASE.total_seconds()


async def test_a_bot_that_starts_with_a_good_token_works_for_its_team_again(tmp_path):
    async with opened(tmp_path) as play:
        await play.sandbox.command("lena", "#standup", "/exp", "leads add @lena")
        await play.sandbox.event({"type": "app_uninstalled"})
        assert _active(play) == []
    async with opened(tmp_path) as play:
        assert _active(play) == ["T0ASSAY"]


def _active(play: Play) -> list[str]:
    with play.assay.lab.begin() as session:
        return [team.workspace for team in teams.all_active(session)]


@pytest.mark.parametrize("stored", ["{broken", "null", "[1]", '"words"'])
async def test_a_row_that_cannot_be_read_is_given_up_once_and_the_others_are_sent(play, stored):
    await play.sandbox.command("lena", "#standup", "/exp", "leads add @lena")
    for key in ("bad", "good"):
        _put(play, key)
    with play.assay.lab.begin() as session:
        spoilt = text("UPDATE outbox SET payload = :stored WHERE key = 'bad'")
        session.execute(spoilt, {"stored": stored})
    await play.settle()
    assert [words for words in _said(play) if words.startswith("said")] == ["said good"]
    assert outbox.waiting(play.assay.lab)[0] == 0
    with play.assay.lab.begin() as session:
        assert table.find(session, "bad").state == "dead"
    told = [words for words in _said(play, "D0LENA") if "could not post" in words]
    assert len(told) == 1
    assert "its stored text cannot be read" in told[0]
