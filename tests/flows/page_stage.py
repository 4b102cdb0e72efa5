"""The stage of the page's tests: a sandbox, the tiny app, Chromium, people's windows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests import clocks
from tests.chromium import chromium, require_chromium
from tests.flows.page_app import Heard, manifest, running
from tests.sandboxed import start_sandbox

ARTIFACTS = Path(__file__).parents[2] / "artifacts"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
PATIENCE_MS = 10_000
ACK_S = 1.5  # half of Slack's patience: enough here, and late acks are told sooner
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Stage:
    """Everything one test plays on."""

    sandbox: Sandbox
    client: AsyncWebClient
    heard: Heard
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def window(self, place: str, **options: Any) -> Page:
        """A person's browser window at ``#place``; what it complains about fails the test."""
        context = await self.browser.new_context(**{"viewport": WIDE, **options})
        self.contexts.append(context)
        await context.add_init_script(clocks.script())
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(f"{self.sandbox.url}/#{place}")
        await page.wait_for_selector("body[data-ready]")
        return page

    async def post(
        self, text: str, blocks: list[Any] | None = None, channel: str = "C0STANDUP"
    ) -> str:
        """The app posts; hands back the ts. The sandbox's limit of one a second is lifted."""
        self.sandbox.office.limits.clear()
        answer = await self.client.chat_postMessage(channel=channel, text=text, blocks=blocks)
        return str(answer["ts"])


def by_id(page: Page | Locator, testid: str) -> Locator:
    """The element with that data-testid."""
    return page.get_by_test_id(testid)


def message(page: Page | Locator, text: str) -> Locator:
    """The message that holds this text."""
    return page.get_by_test_id("message").filter(has_text=text)


async def picture(page: Page, name: str) -> None:
    """Keep a screenshot for people to look at."""
    ARTIFACTS.mkdir(exist_ok=True)
    await page.screenshot(path=ARTIFACTS / f"test_{name}.png", animations="disabled")


@pytest_asyncio.fixture(loop_scope="module", scope="module", name="page_browser")
async def browser_fixture() -> AsyncIterator[Browser]:
    """One Chromium for the tests of a module."""
    async with chromium(require_chromium()) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module", name="stage")
async def stage_fixture(page_browser: Browser) -> AsyncIterator[Stage]:
    """A fresh sandbox with the app connected."""
    heard = Heard()
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(start_sandbox(manifest(), ack_s=ACK_S))
        client = await stack.enter_async_context(running(sandbox, heard))
        made = Stage(sandbox, client, heard, page_browser)
        yield made
        for context in made.contexts:
            await context.close()
    assert made.complaints == []
