"""Standup answers kept a second (the whole journey) beside bare inserts with the same fsync."""

import sqlite3
import time
from pathlib import Path

from handlers.routes import table
from jobs.standups import standup
from models import db
from tests.conversation import Conversation

COUNT = 300
TEXT = "1. EXP-001 learned\n2. more of it\n3. none"


async def measure(folder: Path) -> list[str]:
    """Both rates and their ratio."""
    ours, raw = _ours(folder), _raw(folder)
    return [
        f"a DM answer through the edge (inbox, answer, blockers, round recounted): {ours:,.0f}/s",
        f"bare sqlite3 insert, WAL, synchronous=FULL, one transaction each: {raw:,.0f}/s",
        f"that is {ours / raw:.1%} of the disk's own rate; Slack sends at most 8.3/s a workspace",
    ]


def _ours(folder: Path) -> float:
    engine = db.open_engine(f"sqlite:///{folder}/replies.db")
    db.migrate(engine)
    talk = Conversation(engine=engine, table=table())
    people = [f"U{n:04d}" for n in range(COUNT)]
    talk.say("/standup setup")
    talk.submit_open({"people": people, "channel": "CTEAM"})
    talk.later(minutes=35)
    talk.run(standup.run)
    talk.deliver()
    began = time.perf_counter()
    for person in people:
        talk.write(TEXT, by=person, channel=f"D{person[1:]}")
    rate = COUNT / (time.perf_counter() - began)
    kept = len([row for row in talk.sent("answer:") if not row.key.startswith("edit:")])
    assert kept == COUNT, f"{kept} of {COUNT} answers were kept"
    engine.dispose()
    return rate


def _raw(folder: Path) -> float:
    link = sqlite3.connect(folder / "raw.db", isolation_level=None)
    link.execute("PRAGMA journal_mode=WAL")
    link.execute("PRAGMA synchronous=FULL")
    link.execute("CREATE TABLE inbox (key TEXT PRIMARY KEY, body TEXT)")
    began = time.perf_counter()
    for n in range(COUNT):
        link.execute("BEGIN IMMEDIATE")
        link.execute("INSERT INTO inbox VALUES (?, ?)", (f"event:{n}", TEXT))
        link.execute("COMMIT")
    rate = COUNT / (time.perf_counter() - began)
    link.close()
    return rate
