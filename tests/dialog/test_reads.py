"""What only reads writes nothing: it is answered once, in a transaction that cannot write."""

from datetime import datetime

import pytest

from core.errors import UserError
from handlers import access
from handlers.ask import Ask
from handlers.routes import table
from handlers.table import dispatch, only_reads
from jobs import schedule
from models import db
from tests.bench.filled import fill
from tests.conversation import WORKSPACE, Conversation

TABLE = table()
WORDS = ("", "EXP-58", "BLK-001", "DAT-001", "ENG-001", "LRN-001", "1", "adapter", "all")


def _asks(name: str, now: datetime) -> list[Ask]:
    """That route without words, and with each word it could take."""
    if name.startswith("/"):
        command, _, verb = name.partition(" ")
        made = [("command", command, f"{verb} {word}".strip(), "") for word in WORDS]
    else:
        kind, _, which = name.partition(":")
        made = [(kind, which, "", word) for word in WORDS]
    return [
        Ask(
            kind=kind, name=called, workspace=WORKSPACE, user="UANA", now=now, key=f"{name}{n}",
            channel="CTEAM", text=text, value=value,
        ) for n, (kind, called, text, value) in enumerate(made)
    ]  # fmt: skip


@pytest.fixture
def talk(sqlite_engine):
    fill(sqlite_engine, 60, answers=200)
    talk = Conversation(sqlite_engine, TABLE)
    schedule.tick(talk.lab)
    talk.deliver()
    return talk


def _writes(talk: Conversation, ask: Ask) -> bool | None:
    """None when nothing was read: this is no read, or what was asked for is not there."""
    try:
        if not only_reads(TABLE, ask):
            return None
        with talk.lab.look() as session:
            dispatch(TABLE, talk.lab.within(session), ask)
    except db.MustWrite:
        return True
    except (UserError, ValueError):  # ValueError: no button of ours carries that word
        return None
    return False


def test_what_only_reads_writes_nothing(talk):
    found = {
        name: [_writes(talk, ask) for ask in _asks(name, talk.now)]
        for name in access.READS
        if not name.startswith("event:")
        and any(only_reads(TABLE, ask) for ask in _asks(name, talk.now))  # sends no picture
    }
    assert [name for name, writes in found.items() if True in writes] == []
    walked = sum(False in writes for writes in found.values())
    assert walked >= len(found) - 8, [n for n, writes in found.items() if False not in writes]
