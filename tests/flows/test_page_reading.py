"""What people see on the sandbox's page, in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.flows.page_blocks import (
    EVIL,
    action_blocks,
    evil_blocks,
    table_blocks,
    text_blocks,
)
from tests.flows.page_stage import NARROW, Stage, by_id, message, picture
from tests.flows.page_stage import browser_fixture as browser_fixture
from tests.flows.page_stage import stage_fixture as stage_fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),  # one worker starts one browser for each file
]

NOON_UTC_NOV_26 = 1795694400  # 2026-11-26T12:00:00Z


async def test_text_blocks_are_drawn_with_slacks_marks(stage: Stage) -> None:
    await stage.post("words", text_blocks(NOON_UTC_NOV_26))
    page = await stage.window("as=ana&channel=standup")
    shown = message(page, "EXP-042 is running").get_by_test_id("message-content")
    await expect(shown.locator("strong", has_text="Hypothesis")).to_be_visible()
    await expect(shown.locator("em", has_text="shorter chunks")).to_be_visible()
    await expect(shown.locator("s", has_text="longer chunks")).to_be_visible()
    await expect(shown.locator("blockquote", has_text="Quote of a finding")).to_be_visible()
    await expect(shown.locator("pre").first).to_have_text("raw <b>not bold</b> & plain")
    await expect(shown.locator(".mention-me", has_text="@Ana Ruiz")).to_be_visible()
    await expect(shown.get_by_role("link", name="#standup").first).to_be_visible()
    link = shown.get_by_role("link", name="the paper")
    await expect(link).to_have_attribute("href", "https://example.com/a?b=1&c=2")
    await expect(shown.get_by_role("img", name="white check mark")).to_have_text("✅")
    await expect(shown).to_contain_text(":unknown_one:")
    await expect(shown.locator("ol li")).to_have_text(["one", "two"])
    await picture(page, "text_blocks")


async def test_a_date_stands_in_the_zone_of_whoever_reads(stage: Stage) -> None:
    await stage.sandbox.move_clock(set="2026-11-26T08:00:00+00:00")
    at = int(stage.sandbox.clock.time()) + 4 * 3600
    block = {
        "type": "section",
        "text": {
            "type": "mrkdwn",
            "text": f"Due <!date^{at}^{{date_short_pretty}} {{time}}|soon>",
        },
    }
    await stage.post("due", [block])
    page = await stage.window("as=ana&channel=standup")
    await expect(message(page, "Due")).to_contain_text("Due today 04:00")
    await by_id(page, "act-as").click()
    await by_id(page, "person-kenji").click()
    await expect(message(page, "Due")).to_contain_text("Due today 21:00")
    await by_id(page, "act-as").click()
    await by_id(page, "person-mia").click()
    await expect(message(page, "Due")).to_contain_text("Due tomorrow 01:00")


async def test_markup_in_foreign_text_stays_text(stage: Stage) -> None:
    await stage.post("evil", evil_blocks())
    await stage.sandbox.say("ben", "#standup", EVIL)
    await stage.sandbox.user(id="ben", real_name=EVIL[:60])
    page = await stage.window("as=ana&channel=standup")
    await expect(message(page, "click me")).to_contain_text("<script>window.hacked=1</script>")
    await expect(
        page.locator(".message script, .message img, [href^='javascript']")
    ).to_have_count(0)
    assert await page.evaluate("window.hacked") is None


async def test_tables_can_be_sorted_and_paged(stage: Stage) -> None:
    await stage.post("tables", table_blocks())
    page = await stage.window("as=ana&channel=standup")
    table = by_id(page, "data-table")
    await expect(table.locator("tbody tr")).to_have_count(2)
    await table.get_by_role("button", name="Next").click()
    await expect(table.locator("tbody tr")).to_have_text(["run 22"])
    await table.get_by_role("button", name="Score").click()
    await expect(table.locator("tbody td")).to_have_text(["2", "3"])
    await table.get_by_role("button", name="Score").click()
    await expect(table.locator("tbody td")).to_have_text(["10", "3"])
    await expect(page.locator(".markdown .md-heading")).to_have_text("What we saw")


async def test_a_block_the_page_does_not_know_is_named(stage: Stage) -> None:
    ts = await stage.post("plain")
    body = stage.sandbox.office.space.channels["C0STANDUP"].messages[ts].body
    body["blocks"] = [{"type": "hologram", "block_id": "h", "beam": "blue"}]
    page = await stage.window("as=ana&channel=standup")
    await expect(by_id(page, "unknown-block")).to_contain_text("hologram")


async def test_only_its_addressee_sees_an_ephemeral(stage: Stage) -> None:
    await stage.client.chat_postEphemeral(channel="C0STANDUP", user="U0ANA", text="For Ana")
    page = await stage.window("as=ana&channel=standup")
    await expect(message(page, "For Ana")).to_contain_text("Only visible to you")
    await by_id(page, "act-as").click()
    await by_id(page, "person-ben").click()
    await expect(by_id(page, "act-as")).to_contain_text("Ben Okafor")
    await expect(page.locator(".empty")).to_be_visible()
    await expect(message(page, "For Ana")).to_have_count(0)


async def test_private_channels_are_hidden_from_others(stage: Stage) -> None:
    page = await stage.window("as=lena&channel=ml-leads")
    await expect(by_id(page, "pane-title")).to_contain_text("ml-leads")
    await expect(by_id(page, "channel-ml-leads").get_by_label("private")).to_be_visible()
    await by_id(page, "act-as").click()
    await by_id(page, "person-ana").click()
    await expect(by_id(page, "act-as")).to_contain_text("Ana Ruiz")
    await expect(by_id(page, "channel-ml-leads")).to_have_count(0)
    await expect(by_id(page, "pane-title")).to_contain_text("standup")


async def test_unread_channels_are_marked_until_they_are_opened(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await stage.sandbox.say("ben", "#random", "lunch?")
    await expect(by_id(by_id(page, "channel-random"), "unread")).to_contain_text("1")
    await by_id(page, "channel-random").click()
    await expect(message(page, "lunch?")).to_be_visible()
    await expect(by_id(by_id(page, "channel-random"), "unread")).to_have_count(0)


async def test_an_address_opens_a_thread_directly(stage: Stage) -> None:
    ts = await stage.post("parent")
    await stage.sandbox.say("ben", "#standup", "a reply", thread_ts=ts)
    page = await stage.window(f"as=U0ANA&channel=C0STANDUP&thread={ts}")
    await expect(message(by_id(page, "thread"), "a reply")).to_be_visible()
    await by_id(page, "thread-close").click()
    await expect(by_id(page, "thread")).to_be_hidden()
    assert "thread=" not in page.url
    await page.go_back()
    await expect(message(by_id(page, "thread"), "a reply")).to_be_visible()


async def test_a_narrow_window_shows_one_column_with_a_way_back(stage: Stage) -> None:
    await stage.post("acts", action_blocks())
    page = await stage.window("as=ana", viewport=NARROW, color_scheme="dark")
    await expect(by_id(page, "composer")).to_have_count(0)
    await by_id(page, "channel-standup").click()
    await expect(by_id(page, "button-go")).to_be_visible()
    await expect(by_id(page, "act-as")).to_be_hidden()
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW["width"]
    await picture(page, "narrow_dark")
    await by_id(page, "back").click()
    await expect(by_id(page, "act-as")).to_be_visible()
