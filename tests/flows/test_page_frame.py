"""Around the talk on the sandbox's page: Home, clock, inspector; in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.flows.page_stage import Stage, by_id, message, picture
from tests.flows.page_stage import browser_fixture as browser_fixture
from tests.flows.page_stage import stage_fixture as stage_fixture
from tests.sandboxed import start_sandbox

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),  # one worker starts one browser for each file
]


async def test_home_is_published_on_opening_and_its_buttons_work(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "app").click()
    await expect(by_id(page, "home")).to_contain_text("Opened 1 times")
    assert stage.heard.homes == ["U0ANA"]
    await by_id(page, "button-home_go").click()
    await expect(by_id(page, "modal")).to_be_visible()
    await page.keyboard.press("Escape")
    await by_id(page, "tab-messages").click()
    await expect(by_id(page, "composer")).to_be_visible()
    await by_id(page, "composer").fill("hi app")
    await page.keyboard.press("Enter")
    heard = await stage.sandbox.until(lambda: stage.heard.messages)
    assert heard[0]["channel_type"] == "im"


async def test_the_clock_moves_for_everybody(stage: Stage) -> None:
    await stage.sandbox.move_clock(set="2026-11-30T10:30:00+01:00")
    page = await stage.window("as=lena&channel=standup")
    clock = by_id(page, "clock-local")
    await expect(clock).to_have_text("Mon 30 Nov 2026, 10:30 CET")
    await expect(by_id(page, "clock-utc")).to_have_text("09:30 UTC")
    await by_id(page, "clock-hour").click()
    await expect(clock).to_contain_text("30 Nov 2026, 11:30")
    await by_id(page, "clock-morning").click()
    await expect(clock).to_contain_text("Tue 1 Dec 2026, 09:00")
    await by_id(page, "clock-day").click()
    await expect(clock).to_contain_text("Wed 2 Dec 2026, 09:00")
    await by_id(page, "clock-friday").click()
    await expect(clock).to_contain_text("Fri 4 Dec 2026, 16:00")
    await by_id(page, "clock-now").click()
    await expect(by_id(page, "clock-offset")).to_be_hidden()
    await stage.sandbox.move_clock(advance=7200)
    await expect(by_id(page, "clock-offset")).to_have_text("+2 h")


async def test_the_inspector_shows_calls_and_broken_rules(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "inspector-toggle").click()
    drawer = by_id(page, "inspector")
    await stage.post("visible call")
    await by_id(page, "filter-api").click()
    entry = drawer.locator("summary", has_text="chat.postMessage")
    await expect(entry).to_be_visible()
    await entry.click()
    await expect(drawer.locator("pre").last).to_contain_text("visible call")
    await by_id(page, "composer").fill("/deaf")
    await page.keyboard.press("Enter")
    await expect(by_id(page, "violation-count")).to_have_text("1")
    await picture(page, "inspector")


async def test_the_page_finds_back_after_the_sandbox_was_away(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await page.context.set_offline(True)
    await page.evaluate("window.stopped = true")
    port = stage.sandbox.office.port
    await stage.sandbox.stop()
    await expect(page.locator(".layout.lost")).to_be_visible()
    async with start_sandbox(port=port) as again:
        await page.context.set_offline(False)
        await again.say("ben", "#standup", "back again")
        await expect(message(page, "back again")).to_be_visible(timeout=15_000)
        assert await page.evaluate("window.stopped") is True


async def test_a_status_reaches_the_app_and_stands_beside_the_name(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "act-as").click()
    await by_id(page, "set-status").click()
    await by_id(page, "status-vacation").click()
    await expect(by_id(page, "act-as").get_by_role("img", name="palm tree")).to_be_visible()
    ana = stage.sandbox.office.space.person("ana")
    assert (ana.status_emoji, ana.status_text) == (":palm_tree:", "Vacationing")


async def test_a_dismissed_whisper_is_gone_from_the_window(stage: Stage) -> None:
    await stage.client.chat_postEphemeral(channel="C0STANDUP", user="U0ANA", text="For Ana")
    page = await stage.window("as=ana&channel=standup")
    await by_id(message(page, "For Ana"), "dismiss").click()
    await expect(message(page, "For Ana")).to_have_count(0)


async def test_trouble_can_be_ordered_for_the_apps_next_call(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup&inspector=1")
    await by_id(page, "trouble").click()
    await by_id(page, "fault-500").click()
    await expect(by_id(page, "popup")).to_have_count(0)
    await stage.sandbox.until(lambda: stage.sandbox.office.faults.waiting)
