"""The demo's story in a real browser: what people see, kept as pictures in artifacts/."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from sandbox.demo.story import BERLIN, opening, tell
from sandbox.play import Play
from tests.flows.page_stage import WIDE, browser_fixture, by_id, message, picture
from tests.sandboxed import opened

__all__ = ["browser_fixture"]

THURSDAY = datetime(2026, 12, 17, 8, 50, tzinfo=BERLIN)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("pictures"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def play(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Play]:
    """The demo, its two weeks told."""
    folder = tmp_path_factory.mktemp("demo")
    async with opened(folder, at=opening(THURSDAY)) as told:
        await tell(told, until=THURSDAY)
        yield told
        assert told.sandbox.violations == []


async def _window(play: Play, browser: Browser, place: str) -> Page:
    page = await browser.new_page(viewport=WIDE)
    page.set_default_timeout(10_000)
    await page.goto(f"{play.sandbox.url}/#{place}")
    await page.wait_for_selector("body[data-ready]")
    return page


async def test_the_channel_shows_the_round_with_its_answers(play, page_browser):
    page = await _window(play, page_browser, "as=lena&channel=standup")
    await expect(message(page, "Standup Wed 16 Dec").last).to_be_visible()
    await message(page, "Standup Wed 16 Dec").last.get_by_test_id("thread-link").click()
    await expect(by_id(page, "thread").get_by_text("EXP-042").first).to_be_visible()
    await picture(page, "round")
    await page.close()


async def test_the_kill_form_shows_the_evidence_and_keeps_what_was_learnt(play, page_browser):
    page = await _window(play, page_browser, "as=lena&channel=standup")
    await by_id(page, "composer").fill("/kill EXP-042")
    await by_id(page, "composer").press("Enter")
    form = by_id(page, "modal")
    await expect(form).to_contain_text("0.741")
    await picture(page, "kill_form")
    learned = by_id(page, "field-learnings").locator("textarea")
    await learned.fill("n/a")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "error-learnings")).to_be_visible()
    await learned.fill("Fifty thousand tickets are too few for the 8B model; buy labels instead")
    await by_id(page, "modal-submit").click()
    await expect(form).not_to_be_visible()
    await play.settle()
    await expect(message(page, "EXP-042 killed").last).to_be_visible()
    await picture(page, "killed")
    await page.close()


async def test_the_home_says_how_the_team_stands_and_the_rest_is_behind_more(play, page_browser):
    page = await _window(play, page_browser, "as=lena&channel=app&tab=home")
    await play.settle()
    await expect(by_id(page, "home")).to_contain_text("open experiments running")
    await picture(page, "home")
    await by_id(page, "button-home_more").click()
    await expect(by_id(page, "modal")).to_contain_text("Your settings")
    await picture(page, "home_more")
    await page.close()


async def test_the_leads_see_the_proposals_with_their_arithmetic(play, page_browser):
    page = await _window(play, page_browser, "as=kenji&channel=ml-leads")
    listed = message(page, "need").last
    await expect(listed).to_contain_text("EXP-0")
    await expect(listed.get_by_role("button", name="Snooze 2 days").first).to_be_visible()
    await picture(page, "proposals")
    await page.close()
    narrow = await page_browser.new_page(viewport={"width": 390, "height": 844})
    await narrow.goto(f"{play.sandbox.url}/#as=kenji&channel=ml-leads")
    await narrow.wait_for_selector("body[data-ready]")
    await picture(narrow, "proposals_phone")
    await narrow.close()


async def test_the_executive_reads_the_digest_on_friday(play, page_browser):
    await play.move(THURSDAY + timedelta(days=1, hours=8), step=timedelta(hours=2))
    page = await _window(play, page_browser, "as=omar&channel=exec-digest")
    await expect(message(page, "92%").last).to_be_visible()
    await picture(page, "digest")
    narrow = await page_browser.new_page(viewport={"width": 390, "height": 844})
    await narrow.goto(f"{play.sandbox.url}/#as=omar&channel=exec-digest")
    await narrow.wait_for_selector("body[data-ready]")
    await picture(narrow, "digest_phone")
    await narrow.close()
    await page.close()
