"""Forms, buttons and selects on the sandbox's page, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.flows.page_blocks import action_blocks
from tests.flows.page_form import field, form
from tests.flows.page_stage import NARROW, Stage, by_id, picture
from tests.flows.page_stage import browser_fixture as browser_fixture
from tests.flows.page_stage import stage_fixture as stage_fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),  # one worker starts one browser for each file
]


async def open_form(stage: Stage, **window: Any) -> Page:
    """Ana's window with the form open."""
    page = await stage.window("as=ana&channel=standup", **window)
    await by_id(page, "composer").fill("/form")
    await page.keyboard.press("Enter")
    await expect(by_id(page, "modal")).to_be_visible()
    return page


async def choose(page: Page, action_id: str, *values: str) -> None:
    """Pick values in a select and close its list."""
    await by_id(page, f"select-{action_id}").click()
    for value in values:
        await by_id(page, f"option-{value}").click()
    if await by_id(page, "popup").count():
        await page.keyboard.press("Escape")
    await expect(by_id(page, "popup")).to_have_count(0)


async def fill_required(page: Page, learned: str) -> None:
    """Everything the form insists on."""
    await by_id(page, "input-learned_in").fill(learned)
    await by_id(page, "choice-late").check()
    await choose(page, "arm_in", "b")
    await choose(page, "tags_in", "rag", "eval")


async def test_every_input_reaches_the_app_with_its_value(stage: Stage) -> None:
    page = await open_form(stage)
    await expect(by_id(page, "input-learned_in")).to_be_focused()
    await fill_required(page, "Recall rose.\nOnly on long docs.")
    await by_id(page, "input-hours_in").fill("7.5")
    await by_id(page, "input-mail_in").fill("ana@example.com")
    await by_id(page, "input-link_in").fill("https://example.com/x")
    await by_id(page, "input-story_in").fill("a story")
    await by_id(page, "choice-share").check()
    await choose(page, "owner_in", "U0BEN")
    await choose(page, "helpers_in", "U0ZOE", "U0MIA")
    await choose(page, "where_in", "C0RANDOM")
    await choose(page, "place_in", "C0STANDUP")
    await by_id(page, "input-day_in").fill("2026-11-27")
    await by_id(page, "input-hour_in").fill("16:45")
    await by_id(page, "input-moment_in").fill("2026-11-27T16:00")
    await picture(page, "form_filled")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "modal")).to_have_count(0)
    state = stage.heard.views[-1]["view"]["state"]["values"]
    got = {block: next(iter(actions.values())) for block, actions in state.items()}
    assert got["learned"]["value"] == "Recall rose.\nOnly on long docs."
    assert got["name"]["value"] == "chunking"
    assert got["hours"]["value"] == "7.5"
    assert got["mail"]["value"] == "ana@example.com"
    assert got["link"]["value"] == "https://example.com/x"
    assert "a story" in str(got["story"]["rich_text_value"])
    assert got["verdict"]["selected_option"]["value"] == "late"
    assert [found["value"] for found in got["flags"]["selected_options"]] == ["share"]
    assert got["arm"]["selected_option"]["value"] == "b"
    assert [found["value"] for found in got["tags"]["selected_options"]] == ["rag", "eval"]
    assert got["owner"]["selected_user"] == "U0BEN"
    assert got["helpers"]["selected_users"] == ["U0ZOE", "U0MIA"]
    assert got["where"]["selected_channel"] == "C0RANDOM"
    assert got["place"]["selected_conversation"] == "C0STANDUP"
    assert got["day"]["selected_date"] == "2026-11-27"
    assert got["hour"]["selected_time"] == "16:45"
    assert got["moment"]["selected_date_time"] == 1795824000  # 16:00 in Los Angeles
    assert got["twin"]["selected_option"] is None


async def test_an_external_select_asks_the_app(stage: Stage) -> None:
    page = await open_form(stage)
    await by_id(page, "select-twin_in").click()
    await expect(by_id(page, "listbox")).to_contain_text("Type at least 2 characters")
    await by_id(page, "select-search").fill("rag")
    await expect(by_id(page, "listbox")).to_contain_text("EXP-rag-2")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(by_id(page, "select-twin_in")).to_contain_text("EXP-rag-2")
    await fill_required(page, "Long enough")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "modal")).to_have_count(0)
    state = stage.heard.views[-1]["view"]["state"]["values"]
    assert state["twin"]["twin_in"]["selected_option"]["value"] == "x2"


async def test_a_file_is_handed_in_with_the_form(stage: Stage) -> None:
    page = await open_form(stage)
    await fill_required(page, "With proof")
    given = {"name": "proof.txt", "mimeType": "text/plain", "buffer": b"it rose"}
    await by_id(page, "input-proof_in").set_input_files(given)
    await expect(by_id(page, "field-proof").locator(".hint").first).to_have_text("proof.txt")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "modal")).to_have_count(0)
    files = stage.heard.views[-1]["view"]["state"]["values"]["proof"]["proof_in"]["files"]
    assert [found["name"] for found in files] == ["proof.txt"]
    assert stage.sandbox.office.space.files[files[0]["id"]].content == b"it rose"


async def test_errors_stand_under_their_fields_and_the_typed_text_stays(stage: Stage) -> None:
    page = await open_form(stage)
    await by_id(page, "input-learned_in").fill("abc")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "error-learned")).to_contain_text("at least 5 characters")
    await expect(by_id(page, "error-verdict")).to_contain_text("required")
    assert stage.heard.views == []
    await fill_required(page, "n/a really")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "error-learned")).to_have_text("Say what you learned.")
    await expect(by_id(page, "error-verdict")).to_be_hidden()
    await expect(by_id(page, "input-learned_in")).to_have_value("n/a really")
    await expect(by_id(page, "select-tags_in")).to_contain_text("Eval")
    await expect(by_id(page, "modal-submit")).to_be_enabled()
    await picture(page, "form_errors")


async def test_a_form_that_got_no_answer_stays_open_as_it_was_typed(stage: Stage) -> None:
    page = await open_form(stage)
    await fill_required(page, "deaf app")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "modal-submit")).to_have_text("Sending…")
    await expect(by_id(page, "modal-submit")).to_be_disabled()
    await expect(by_id(page, "modal-banner")).to_contain_text("operation_timeout")
    await expect(by_id(page, "input-learned_in")).to_have_value("deaf app")
    await expect(by_id(page, "modal-submit")).to_have_text("Kill it")


async def test_a_pushed_view_lies_on_top_and_back_returns(stage: Stage) -> None:
    page = await open_form(stage)
    await fill_required(page, "push one more")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "modal-title")).to_have_text("One more thing")
    await by_id(page, "modal-back").click()
    await expect(by_id(page, "modal-title")).to_have_text("Kill EXP-042")
    await expect(by_id(page, "input-learned_in")).to_have_value("push one more")
    await by_id(page, "modal-submit").click()
    await expect(by_id(page, "modal-title")).to_have_text("One more thing")
    await by_id(page, "modal-x").click()
    await expect(by_id(page, "modal")).to_have_count(0)
    assert stage.sandbox.views("ana") == []


async def test_escape_closes_and_the_half_typed_text_reaches_the_app(stage: Stage) -> None:
    page = await open_form(stage)
    await by_id(page, "input-learned_in").fill("half a thou")
    await page.keyboard.press("Escape")
    await expect(by_id(page, "modal")).to_have_count(0)
    closed = await stage.sandbox.until(lambda: stage.heard.closed)
    values = closed[-1]["view"]["state"]["values"]
    assert values["learned"]["learned_in"]["value"] == "half a thou"


async def test_escape_in_a_list_closes_only_the_list(stage: Stage) -> None:
    page = await open_form(stage)
    await by_id(page, "select-arm_in").click()
    await expect(by_id(page, "listbox")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(by_id(page, "popup")).to_have_count(0)
    await expect(by_id(page, "modal")).to_be_visible()
    await expect(by_id(page, "select-arm_in")).to_be_focused()


async def test_an_update_by_the_app_keeps_what_is_typed(stage: Stage) -> None:
    page = await open_form(stage)
    await by_id(page, "input-name_in").fill("typed so far")
    view_id = stage.sandbox.views("ana")[0]["id"]
    added = field("late", {"type": "plain_text_input"}, "Added later", optional=True)
    fields = [field("name", {"type": "plain_text_input"}), added]
    await stage.client.views_update(view_id=view_id, view=form("Changed", fields))
    await expect(by_id(page, "modal-title")).to_have_text("Changed")
    await expect(by_id(page, "field-late")).to_be_visible()
    await expect(by_id(page, "input-name_in")).to_have_value("typed so far")
    await expect(by_id(page, "input-name_in")).to_be_focused()


async def test_a_confirm_dialog_is_honoured(stage: Stage) -> None:
    await stage.post("acts", action_blocks())
    page = await stage.window("as=ana&channel=standup")
    await by_id(page, "button-kill").click()
    await expect(by_id(page, "confirm")).to_contain_text("It stops for good.")
    await by_id(page, "confirm-deny").click()
    await expect(by_id(page, "confirm")).to_have_count(0)
    await by_id(page, "button-plain").click()
    await stage.sandbox.until(lambda: stage.heard.actions)
    await by_id(page, "button-kill").click()
    await by_id(page, "confirm-ok").click()
    await stage.sandbox.until(lambda: len(stage.heard.actions) == 2)
    pressed = [body["actions"][0] for body in stage.heard.actions]
    assert [(action["action_id"], action["value"]) for action in pressed] == [
        ("plain", "p1"),
        ("kill", "EXP-042"),
    ]
    assert stage.heard.actions[1]["container"]["type"] == "message"


async def test_selects_and_pickers_in_a_message_send_their_choice(stage: Stage) -> None:
    await stage.post("acts", action_blocks())
    page = await stage.window("as=ana&channel=standup")
    await choose(page, "pick", "parked")
    await by_id(page, "overflow-more").click()
    await by_id(page, "option-archive").click()
    await by_id(page, "input-day").fill("2026-12-01")
    await by_id(page, "input-hour").fill("10:15")
    await choose(page, "owner", "U0LENA")
    await by_id(page, "choice-code").check()
    await stage.sandbox.until(lambda: len(stage.heard.actions) == 6)
    sent = {body["actions"][0]["action_id"]: body["actions"][0] for body in stage.heard.actions}
    assert sent["pick"]["selected_option"]["value"] == "parked"
    assert sent["more"]["selected_option"]["value"] == "archive"
    assert sent["day"]["selected_date"] == "2026-12-01"
    assert sent["hour"]["selected_time"] == "10:15"
    assert sent["owner"]["selected_user"] == "U0LENA"
    assert [found["value"] for found in sent["tick"]["selected_options"]] == ["code"]
    await expect(by_id(page, "select-owner")).to_contain_text("Lena Vogt")


async def test_an_input_that_dispatches_tells_the_app_on_enter(stage: Stage) -> None:
    page = await open_form(stage)
    view_id = stage.sandbox.views("ana")[0]["id"]
    asks = field("ask", {"type": "plain_text_input"}, dispatch_action=True)
    await stage.client.views_update(view_id=view_id, view=form("Ask", [asks]))
    await by_id(page, "input-ask_in").fill("what now")
    await page.keyboard.press("Enter")
    await stage.sandbox.until(lambda: stage.heard.actions)
    assert stage.heard.actions[0]["actions"][0]["value"] == "what now"
    await expect(by_id(page, "modal")).to_be_visible()


async def test_a_form_fits_a_narrow_window(stage: Stage) -> None:
    page = await open_form(stage, viewport=NARROW)
    box = await by_id(page, "modal").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, NARROW["width"])
    await expect(by_id(page, "modal-submit")).to_be_in_viewport()
