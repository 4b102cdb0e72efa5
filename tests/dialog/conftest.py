"""A conversation on a fresh in-memory SQLite, with the product's whole table."""

import pytest
from sqlalchemy import Engine

from handlers.routes import table
from tests.conversation import Conversation


@pytest.fixture
def talk(sqlite_engine: Engine) -> Conversation:
    """People can start talking to Assay."""
    return Conversation(engine=sqlite_engine, table=table())
