"""The one place where real things meet: configuration in, a running Assay out."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot import scheduler
from bot.app import Edge, build
from bot.config import Config
from bot.poster import PATIENCE_S, Poster
from bot.writer import writer_for
from handlers.routes import table
from ingest.aside import aside
from jobs.schedule import Watch
from models import db
from services import team
from services.ports import Lab, Policy

log = logging.getLogger(__name__)

_PING_S = 2


@dataclass
class Assay:
    """A wired bot: what `bot/run.py` starts and tests steer."""

    config: Config
    lab: Lab
    client: AsyncWebClient
    door: Edge
    app: AsyncApp
    poster: Poster
    me: dict[str, Any]
    watch: Watch

    async def tick(self) -> None:
        """Do what the clock owes."""
        await scheduler.tick(self.lab, self.watch, self.poster.wake)

    async def close(self) -> None:
        """Let go of connections."""
        await self.door.settle()
        if self.client.session is not None:
            await self.client.session.close()
        self.watch.close()
        self.lab.engine.dispose()


def open_lab(config: Config, clock: Callable[[], datetime]) -> Lab:
    """The database, migrated, with a clock and the writer the configuration asks for."""
    engine = db.open_engine(config.database_url)
    db.migrate(engine)
    policy = Policy(webhook_nets=config.webhook_nets, tracker_nets=config.tracker_nets)
    writer = writer_for(config)
    return Lab(engine=engine, clock=clock, writer=writer, policy=policy, llm=config.llm)


def open_session() -> aiohttp.ClientSession:
    """What every call to Slack goes through, answers to buttons and files too."""
    # slack_sdk leaves its own timeout aside when it is given a session: this one holds.
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_S))


def web_client(config: Config, session: aiohttp.ClientSession, token: str) -> AsyncWebClient:
    """A client on the shared session. Posts are never retried here: the outbox does that."""
    return AsyncWebClient(token=token, base_url=config.api_url, session=session)


def patient(client: AsyncWebClient) -> AsyncWebClient:
    """The same client for reads: waits out rate limits and lost connections."""
    client.retry_handlers = [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=3),
    ]
    return client


async def wire(config: Config, clock: Callable[[], datetime]) -> Assay:
    """Everything connected, nothing started. Raises SlackApiError when the token is refused."""
    session = open_session()
    try:
        client = web_client(config, session, config.bot_token)
        client.retry_handlers = []
        answer = await client.auth_test()
        me = dict(answer.data) if isinstance(answer.data, dict) else {}
        lab = open_lab(config, clock)
        workspace = str(me.get("team_id", ""))  # it may have been installed again
        await aside(lab, lambda: team.set_active(lab, workspace, active=True))
    except BaseException:
        await session.close()
        raise
    poster = Poster(lab, client)
    door = Edge(lab, table(), poster.wake)
    app = build(config, client, door, me)
    return Assay(config, lab, client, door, app, poster, me, Watch(lab))


def socket_handler(assay: Assay) -> AsyncSocketModeHandler:
    """Socket Mode on the same API address as every other call."""
    session = assay.client.session
    assert session is not None
    client = patient(web_client(assay.config, session, assay.config.app_token))
    # At every ping it looks whether the link still stands: so soon it is there again.
    return AsyncSocketModeHandler(
        assay.app, assay.config.app_token, web_client=client, ping_interval=_PING_S
    )
