"""A door for machines on loopback, and the real command line against it."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import Engine

from core.workspace.token import Issued, NewToken
from ingest.http import Door
from sandbox.play import free_port
from services import team
from services.ports import Lab
from services.workspace import token
from tests.conversation import TEAM, PlainTestWriter

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EVALS = ROOT / "tests" / "data" / "evals"


@dataclass
class Served:
    """A running door and a token for it."""

    lab: Lab
    url: str
    token: Issued
    woken: list[int] = field(default_factory=list)

    async def send(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, Any], dict[str, str]]:
        """Status, JSON and headers of a request; the token is sent unless another is given."""
        sent = {"Authorization": f"Bearer {self.token.secret}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self.url + path, data=body, headers=sent) as answer,
        ):
            return answer.status, await answer.json(content_type=None), dict(answer.headers)

    def issued(self, *scopes: str, wide: bool = False, team_id: int = TEAM) -> dict[str, str]:
        """The header of another token, by Ana, that may do these."""
        wish = NewToken("runner", scopes, wide=wide)
        made = token.issue(self.lab, team_id, wish, by="UANA")
        return {"Authorization": f"Bearer {made.secret}"}

    async def cli(self, *words: object, **env: str) -> tuple[int, str]:
        """Exit code and output of the real `assay` in a process of its own, without a database."""
        known = {"ASSAY_URL": self.url, "ASSAY_TOKEN": self.token.secret, "PYTHONPATH": str(ROOT)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *map(str, words), env=known | env, cwd=ROOT,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        told, _ = await process.communicate()
        return process.returncode or 0, told.decode()


def lab_of(engine: Engine) -> Lab:
    """A lab whose clock stands still."""
    return Lab(engine=engine, clock=lambda: NOW, writer=PlainTestWriter())


@asynccontextmanager
async def serving(engine: Engine, *, keys: Sequence[bytes] = ()) -> AsyncIterator[Served]:
    """The door on a free port, and a token that UANA, the first lead, made."""
    lab = lab_of(engine)
    team.configure(lab, TEAM, {"team_channel": "CTEAM"}, by="UANA")
    served = Served(
        lab, f"http://127.0.0.1:{free_port()}", token.issue(lab, TEAM, NewToken("CI"), by="UANA")
    )
    server = web.Application()
    Door(lab, "T0LAB", keys, lambda: served.woken.append(1)).mount(server)
    # Whoever was refused half-way may have more to send: at the end nobody waits for that.
    runner = web.AppRunner(server, access_log=None, auto_decompress=False, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(served.url.rsplit(":", 1)[1])).start()
    try:
        yield served
    finally:
        await runner.cleanup()
