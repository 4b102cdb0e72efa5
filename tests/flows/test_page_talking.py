"""Talking on the sandbox's page: messages, threads, commands, shortcuts; in a real browser."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.flows.page_app import COMMANDS
from tests.flows.page_stage import Stage, by_id, message, picture
from tests.flows.page_stage import browser_fixture as browser_fixture
from tests.flows.page_stage import stage_fixture as stage_fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),  # one worker starts one browser for each file
]


async def test_a_message_appears_for_others_at_once(stage: Stage) -> None:
    ana = await stage.window("as=ana&channel=standup")
    ben = await stage.window("as=ben&channel=standup")
    await by_id(ana, "composer").fill("Hello @ben :tada:")
    await ana.keyboard.press("Enter")
    await expect(message(ben, "Hello")).to_contain_text("@Ben Okafor")
    await expect(message(ben, "Hello").locator(".mention-me")).to_be_visible()
    await expect(by_id(ana, "composer")).to_have_value("")
    await expect(ben.locator("#announcer")).to_contain_text("New message from Ana Ruiz")
    heard = await stage.sandbox.until(lambda: stage.heard.messages)
    assert heard[0]["text"] == "Hello <@U0BEN> :tada:"


async def test_shift_enter_starts_a_new_line(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "composer").press_sequentially("one")
    await page.keyboard.press("Shift+Enter")
    await by_id(page, "composer").press_sequentially("two")
    await page.keyboard.press("Enter")
    await expect(message(page, "one")).to_have_count(1)
    assert stage.sandbox.messages("ana", "#standup")[0]["text"] == "one\ntwo"


async def test_a_draft_waits_for_its_writer(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "composer").fill("not sent yet")
    await by_id(page, "channel-random").click()
    await expect(by_id(page, "composer")).to_have_value("")
    await by_id(page, "channel-standup").click()
    await expect(by_id(page, "composer")).to_have_value("not sent yet")


async def test_commands_are_completed_with_their_hints(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "composer").press_sequentially("/")
    await expect(by_id(page, "completion").get_by_role("option")).to_have_count(len(COMMANDS))
    await by_id(page, "composer").press_sequentially("ki")
    await expect(by_id(page, "completion")).to_contain_text("EXP-042 reason")
    await page.keyboard.press("Enter")
    await expect(by_id(page, "composer")).to_have_value("/kill ")
    await by_id(page, "composer").press_sequentially("EXP-042 no lift")
    await page.keyboard.press("Enter")
    await expect(message(page, "Killed EXP-042 no lift")).to_be_visible()
    assert stage.heard.commands[0]["user_id"] == "U0ANA"


async def test_people_and_channels_are_completed(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "composer").press_sequentially("ask @ken")
    await by_id(page, "complete-kenji").click()
    await by_id(page, "composer").press_sequentially("in #ran")
    await page.keyboard.press("Tab")
    await expect(by_id(page, "composer")).to_have_value("ask @kenji in #random ")


async def test_an_answer_to_a_command_is_only_for_its_author(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "composer").fill("/whisper psst")
    await page.keyboard.press("Enter")
    await expect(message(page, "You said psst")).to_contain_text("Only visible to you")


async def test_a_command_without_an_answer_in_time_is_told_as_slack_does(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "composer").fill("/deaf hello")
    await page.keyboard.press("Enter")
    note = message(page, "operation_timeout")
    await expect(note).to_contain_text("/deaf failed")
    await expect(note).to_contain_text("Slackbot")
    await expect(by_id(page, "composer")).to_have_value("/deaf hello")


async def test_an_unknown_command_is_explained_and_kept(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "composer").fill("/nonsense now")
    await page.keyboard.press("Enter")
    await expect(message(page, "/nonsense is not a command here")).to_be_visible()
    await expect(by_id(page, "composer")).to_have_value("/nonsense now")


async def test_a_reply_goes_into_the_thread(stage: Stage) -> None:
    ts = await stage.post("How is it going?")
    page = await stage.window("as=ana&channel=standup")
    await message(page, "How is it going?").hover()
    await by_id(page, "tool-reply").click()
    await expect(by_id(page, "thread-composer")).to_be_focused()
    await by_id(page, "thread-composer").fill("Going well")
    await page.keyboard.press("Enter")
    await expect(message(by_id(page, "thread"), "Going well")).to_be_visible()
    await expect(by_id(page, "thread-link")).to_contain_text("1 reply")
    heard = await stage.sandbox.until(lambda: stage.heard.messages)
    assert heard[0]["thread_ts"] == ts
    await by_id(page, "thread-composer").fill("/kill EXP-1")
    await page.keyboard.press("Enter")
    await expect(by_id(page, "toast")).to_contain_text("cannot be used in a thread")
    await picture(page, "thread")


async def test_reactions_are_added_and_taken_back(stage: Stage) -> None:
    await stage.post("React to me")
    page = await stage.window("as=ana&channel=standup")
    await message(page, "React to me").hover()
    await by_id(page, "tool-react").click()
    await by_id(page, "emoji-eyes").click()
    await expect(by_id(page, "reaction-eyes")).to_contain_text("1")
    await expect(by_id(page, "reaction-eyes")).to_have_attribute("aria-pressed", "true")
    await by_id(page, "reaction-eyes").click()
    await expect(by_id(page, "reaction-eyes")).to_have_count(0)


async def test_own_messages_can_be_edited_and_deleted(stage: Stage) -> None:
    await stage.sandbox.say("ana", "#standup", "teh word for @ben")
    page = await stage.window("as=ana&channel=standup")
    row = message(page, "teh word")
    await row.hover()
    await by_id(page, "tool-more").click()
    await by_id(page, "tool-edit").click()
    await expect(by_id(page, "edit-box")).to_have_value("teh word for @ben")
    await by_id(page, "edit-box").fill("the word for @ben")
    await page.keyboard.press("Enter")
    row = message(page, "the word")
    await expect(row).to_contain_text("(edited)")
    await expect(row).to_contain_text("@Ben Okafor")
    await row.hover()
    await by_id(page, "tool-more").click()
    await by_id(page, "tool-delete").click()
    await by_id(page, "confirm-ok").click()
    await expect(row).to_have_count(0)


async def test_shortcuts_open_the_apps_form(stage: Stage) -> None:
    await stage.sandbox.say("ben", "#standup", "Rank 16 beats 8")
    page = await stage.window("as=ana&channel=standup")
    await message(page, "Rank 16").hover()
    await by_id(page, "tool-more").click()
    await expect(by_id(page, "tool-edit")).to_have_count(0)
    await by_id(page, "shortcut-learn_from_message").click()
    await expect(by_id(page, "modal")).to_be_visible()
    await by_id(page, "modal-close").click()
    await expect(by_id(page, "modal")).to_have_count(0)
    await by_id(page, "shortcuts").click()
    await by_id(page, "shortcut-new_experiment").click()
    await expect(by_id(page, "modal")).to_be_visible()


async def test_files_and_text_go_out_together(stage: Stage) -> None:
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "composer-file").set_input_files(
        {"name": "runs.csv", "mimeType": "text/csv", "buffer": b"run,score\n1,2\n"}
    )
    await by_id(page, "composer").fill("our runs")
    await by_id(page, "composer-send").click()
    shared = message(page, "our runs").get_by_role("link", name="runs.csv")
    await expect(shared).to_be_visible()
    answer = await page.request.get(await shared.get_attribute("href") or "")
    assert await answer.body() == b"run,score\n1,2\n"
