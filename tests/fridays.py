"""A team whose Friday digest is due, and a model's endpoint that is a real server."""

import json
import re
import socket
import threading
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, select

from bot.config import read
from bot.writer import writer_for
from core.digest import page as rules
from core.facts import Sheet, thaw
from models.digest.digest import Digest
from models.llm.llm import LlmCall
from models.outbox import Outbox
from services.digest import digest, posting
from services.ports import Lab
from tests import seeded
from tests.weeks import killed, live
from tests.worded import answer, line

FRIDAY_FOUR = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
AI, BAD, SILENT = "wording assisted by AI", "failed a check", "gave no answer"


class Friday:
    """A team whose digest is due, and a model at some address."""

    def __init__(self, engine: Any, address: str, **env: str) -> None:
        self.engine = engine
        self.team_id = seeded.team(engine, digest_channel="CEXEC")
        seeded.tickets(engine, killed(2, "Long passages made answers slow"), live(3, 0.883))
        given = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": address, "LLM_MODEL": "m"}
        config = read(TOKENS | given | {"LLM_DEADLINE_S": "10"} | env)
        self.lab = Lab(
            engine=engine, clock=lambda: FRIDAY_FOUR, writer=writer_for(config), llm=config.llm
        )

    def sheet(self) -> Sheet:
        """What the digest will be written from."""
        with self.lab.begin() as session:
            theirs = session.get_one(seeded.Team, self.team_id)
            on = FRIDAY_FOUR.date()
            return digest.collect(session, theirs, on, now=FRIDAY_FOUR, policy=self.lab.policy)

    def good(self, **sections: Any) -> str:
        """An answer that may be posted."""
        said = answer(self.sheet())
        said["progress"] = [
            line(one["text"] if ":" in one["text"] else f"The best result: {one['text']}")
            for one in said["progress"]
        ]
        return json.dumps(said | sections)

    def publish(self) -> str:
        """Post it; its text with its footer."""
        assert posting.publish(self.lab, self.team_id, FRIDAY_FOUR)
        with Session(self.engine) as session:
            row = session.exec(select(Outbox).where(Outbox.kind == "post")).one()
            kept = session.exec(select(Digest)).one()
            assert rules.untraced(kept.text, thaw(kept.sheet)) == []
            return f"{kept.text}\n{row.payload['blocks'][-1]}"

    def calls(self) -> list[LlmCall]:
        """What was written down about the calls."""
        with Session(self.engine) as session:
            return list(session.exec(select(LlmCall).order_by(LlmCall.id)))


def completion(content: str | None = None, ended: str = "stop", **more: Any) -> str:
    """A chat completion without usage."""
    message = {"role": "assistant", "content": content} | more
    choice = {"index": 0, "finish_reason": ended, "message": message}
    return json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": "m",
                       "choices": [choice]})  # fmt: skip


def http(body: str, kind: str = "application/json", *, longer: int = 0) -> bytes:
    """An HTTP answer; longer: bytes that are promised and never come."""
    length = len(body.encode()) + longer
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n"
    return f"{head}Connection: close\r\n\r\n{body}".encode()


class RawServer:
    """Answers every request with exactly these bytes; drips: then sends blanks for ever."""

    def __init__(self, sent: bytes, *, drips: bool = False) -> None:
        self.sent, self.drips, self.over = sent, drips, threading.Event()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.work = threading.Thread(target=self._serve)
        self.work.start()

    @property
    def address(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/v1"

    def close(self) -> None:
        """Stop, and wait for it."""
        self.over.set()
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.work.join()

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            with connection:
                _read_request(connection)
                connection.sendall(self.sent)
                self._drip(connection)

    def _drip(self, connection: socket.socket) -> None:
        while self.drips and not self.over.wait(0.02):
            try:
                connection.sendall(b" ")
            except OSError:
                return


def _read_request(connection: socket.socket) -> None:
    got = b""
    while b"\r\n\r\n" not in got:
        got += connection.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    size = re.search(rb"content-length: (\d+)", head.lower())
    left = (int(size[1]) if size else 0) - len(body)
    while left > 0:
        left -= len(connection.recv(65536))
