"""A conversation on a fresh in-memory SQLite, with the product's whole table."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from handlers.routes import table
from sandbox.blocks.rules import message_errors, view_errors
from tests.conversation import Conversation


@pytest.fixture
def talk(sqlite_engine: Engine) -> Iterator[Conversation]:
    """People can start talking to Assay; at the end Slack's limits are checked for all of it."""
    yield from _checked(sqlite_engine)


@pytest.fixture
def talk_on_both(engine: Engine) -> Iterator[Conversation]:
    """The same on both databases."""
    yield from _checked(engine)


def _checked(engine: Engine) -> Iterator[Conversation]:
    conversation = Conversation(engine=engine, table=table())
    yield conversation
    for reply in conversation.replies:
        assert not reply.blocks or message_errors(list(reply.blocks)) == [], reply
        for view in (reply.modal, reply.update):
            assert not view or view_errors(view, kind="modal") == [], view
    for row in conversation.sent():
        blocks = row.payload.get("blocks")
        assert not blocks or message_errors(blocks) == [], row
