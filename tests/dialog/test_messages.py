"""Who takes a plain message: what is said, where, and what is open."""

from dataclasses import replace

import pytest

from core.errors import UserError
from handlers import envelope, messages
from handlers.routes import PARTS
from jobs.standups import evening as evening_job
from tests.conversation import TEAM, WORKSPACE
from tests.standups import open_round, place, ticket

THREE = "lr matters most\nEXP-7\nnone"
RESULTS = {"id": "F1", "name": "a.csv", "url_private": "https://files/1", "size": 9,
           "mimetype": "text/csv"}  # fmt: skip

NOTHING = "nothing is open"
ROUND = "a round is open"
TRIAL = "a test prompt is out"
BEGUN = "an early answer is begun"
EVENING = "the evening check is out"

# what is said · where · what is open · who takes it
TABLE = [
    ("ooo until Friday", "dm", ROUND, "absence.word"),
    ("back", "dm", ROUND, "absence.word"),
    ("ooo until Friday", "its thread", ROUND, "messages.answer"),
    ("ooo until Friday", "channel", ROUND, ""),
    ("report", "dm", ROUND, "early.word"),
    ("report tomorrow", "dm", NOTHING, "early.word"),
    ("report tomorrow: lr matters", "dm", ROUND, "early.word"),
    ("report: lr matters most", "dm", ROUND, "messages.answer"),
    ("report", "its thread", ROUND, "messages.answer"),
    ("help", "dm", ROUND, "help.word"),
    ("help standup", "dm", NOTHING, "help.word"),
    ("help", "channel", NOTHING, ""),
    (THREE, "its thread", TRIAL, "onboarding.reply_trial"),
    (THREE, "dm", TRIAL, "messages.written"),
    (THREE, "dm", ROUND, "messages.answer"),
    (THREE, "its thread", ROUND, "messages.answer"),
    (THREE, "round's thread", ROUND, "messages.answer"),
    (THREE, "channel", ROUND, ""),
    (THREE, "dm", NOTHING, "messages.written"),
    ("skip", "dm", ROUND, "messages.answer"),
    ("skip", "dm", NOTHING, "standup.skip_word"),
    ("skip", "channel", NOTHING, ""),
    ("thanks!", "dm", ROUND, "messages.written"),
    ("lr matters most", "dm", BEGUN, "early.go_on"),
    ("lr matters most", "its thread", BEGUN, "early.reply"),
    ("lr matters most", "dm", EVENING, "evening.reply"),
    ("lr matters most", "its thread", EVENING, "evening.reply"),
    ("EXP-042", "channel, with results", NOTHING, "messages.files"),
    ("good morning", "channel, with results", NOTHING, "messages.files"),
    (THREE, "round's thread, with results", ROUND, "messages.answer"),
    ("lr is key\nEXP-042\nnone", "round's thread, with results", ROUND, "messages.answer"),
    ("lr 3e-4, EXP-042", "dm, with results", ROUND, "messages.answer"),
]


def _open(talk, what):
    """Bring about what is open; the key of the message about it."""
    open_round(talk)
    ticket(talk, 42, "UBEN")
    if what == ROUND:
        return "prompt:1:UBEN"
    talk.write(THREE, by="UBEN", channel="DBEN")
    if what == TRIAL:
        talk.say("/standup test", by="UBEN")
    if what == BEGUN:
        talk.later(minutes=20)
        talk.write("report tomorrow", by="UBEN", channel="DBEN")
    if what == EVENING:
        talk.say("/standup evening 17:30")
        talk.later(hours=8)
        talk.run(evening_job.run)
    talk.deliver()
    return {TRIAL: "trial:1", BEGUN: "early:1:2026-11-24:UBEN", EVENING: "evening:1"}.get(what, "")


def _ask(talk, text, where, about):
    where, _, files = where.partition(", with ")
    key = {"its thread": about, "round's thread": "round:1"}.get(where)
    channel, thread = place(talk, key) if key else ("DBEN" if where == "dm" else "CTEAM", "")
    event = {"type": "message", "user": "UBEN", "channel": channel, "ts": "99.000001",
             "channel_type": "im" if channel[0] == "D" else "channel", "text": text}  # fmt: skip
    event |= {"thread_ts": thread} if thread else {}
    event |= {"subtype": "file_share", "files": [RESULTS]} if files else {}
    body = {"type": "event_callback", "event": event, "team_id": WORKSPACE, "event_id": "E1"}
    return replace(envelope.read(body, now=talk.now), team_id=TEAM)


def _name(taker):
    return f"{taker.__module__.rpartition('.')[2]}.{taker.__qualname__.partition('.')[0]}"


def _takes(talk, taker, ask):
    try:
        return taker(talk.lab, ask) is not None
    except UserError:
        return True  # and says why nothing came of it


@pytest.mark.parametrize(("said", "where", "what", "who"), TABLE)
def test_each_message_is_taken_by_the_one_it_is_for(talk, said, where, what, who):
    ask = _ask(talk, said, where, _open(talk, what))
    takers = messages.written(PARTS)(talk.lab, ask)
    assert next((_name(one) for one in takers if _takes(talk, one, ask)), "") == who
    files = [row for row in talk.sent("file:") if row.kind == "file"]
    named = "EXP-" in said and where in {"channel, with results", "round's thread, with results"}
    assert bool(files) == named


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ({}, "new"),
        ({"subtype": "file_share"}, "new"),
        ({"subtype": "thread_broadcast"}, "new"),
        ({"subtype": "channel_join"}, ""),
        ({"subtype": "message_replied"}, ""),
        ({"subtype": "message_changed", "message": {"text": "b", "ts": "1.1"}}, "changed"),
        ({"subtype": "message_changed", "message": {"subtype": "tombstone"}}, "gone"),
        ({"subtype": "message_deleted", "previous_message": {"text": "a", "ts": "1.1"}}, "gone"),
        ({"bot_id": "B1"}, ""),
        ({"type": "app_mention"}, ""),
    ],
)
def test_what_happened_to_a_message_is_read_once(event, message):
    assert envelope.message_parts({"type": "message"} | event)["message"] == message


def test_the_message_that_begins_a_thread_is_no_reply_in_it():
    parts = envelope.message_parts({"type": "message", "ts": "1.1", "thread_ts": "1.1"})
    assert parts["thread_ts"] == ""


def test_only_the_chain_hears_messages():
    assert [part for part in PARTS if "message" in part.events] == []
