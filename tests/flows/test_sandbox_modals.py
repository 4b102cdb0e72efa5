"""What people do with the app: opening, filling in and closing modals."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.shapes import ControlError
from tests.flows.sandbox_parts import (
    PICK,
    TEXT,
    Script,
    field,
    modal,
    names,
    opened,
    option,
    plain,
)
from tests.sandboxed import bare_bot, start_sandbox, web_client


@pytest.fixture
async def sandbox():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def client(sandbox):
    async with web_client(sandbox) as client:
        yield client


async def test_a_trigger_opens_one_view_within_three_seconds(sandbox, client):
    trigger = sandbox.office.triggers.issue("U0ANA")
    await client.views_open(trigger_id=trigger.id, view=modal(field("a", TEXT)))
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger.id, view=modal(field("a", TEXT)))
    late = sandbox.office.triggers.issue("U0ANA")
    late.issued_s -= 4
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late.id, view=modal(field("a", TEXT)))
    assert names(sandbox) == ["exchanged_trigger_id", "expired_trigger_id"]


async def test_an_empty_ack_closes_the_modal(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT), field("pick", PICK)))
    async with bare_bot(sandbox) as bot:
        told = await sandbox.submit("ana", view["id"], {"why": "no lift", "pick": "b"})
    assert (told["closed"], told["view"], sandbox.views("ana")) == (True, None, [])
    (payload,) = bot.payloads("interactive")
    values = payload["view"]["state"]["values"]
    assert values["why"]["t"] == {"type": "plain_text_input", "value": "no lift"}
    assert values["pick"]["p"]["selected_option"]["value"] == "b"


async def test_a_form_with_an_empty_required_field_is_not_sent(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    async with bare_bot(sandbox) as bot:
        told = await sandbox.submit("ana", view["id"], {})
        assert (told["delivery"]["sent"], list(told["errors"])) == (0, ["why"])
        assert bot.frames == []


async def test_errors_keep_the_form_and_what_was_typed(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    answer = {"response_action": "errors", "errors": {"why": "Say more."}}
    async with bare_bot(sandbox, Script(answer)):
        told = await sandbox.submit("ana", view["id"], {"why": "typed"})
    assert told["errors"] == {"why": "Say more."}
    assert told["view"]["values"]["why"]["t"]["value"] == "typed"
    assert sandbox.violations == []


@pytest.mark.parametrize(
    ("answer", "violation"),
    [
        ({"response_action": "errors", "errors": {"nope": "x"}}, "invalid_response_errors"),
        ({"response_action": "errors"}, "invalid_response_errors"),
        ({"response_action": "dance"}, "invalid_response_action"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
    ],
)
async def test_answers_slack_does_not_understand_are_violations(
    sandbox, client, answer, violation
):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    async with bare_bot(sandbox, Script(answer)):
        told = await sandbox.submit("ana", view["id"], {"why": "x"})
    assert (told["closed"], names(sandbox)) == (False, [violation])


async def test_update_push_and_clear_move_through_the_stack(sandbox, client):
    view = await opened(sandbox, client, modal(field("one", TEXT)))
    script = Script(
        {"response_action": "update", "view": modal(field("two", TEXT))},
        {"response_action": "push", "view": modal(field("three", TEXT))},
        None,
        {"response_action": "clear"},
    )
    async with bare_bot(sandbox, script):
        told = await sandbox.submit("ana", view["id"], {"one": "x"})
        assert told["view"]["id"] == view["id"]
        assert told["view"]["hash"] != view["hash"]
        told = await sandbox.submit("ana", view["id"], {"two": "x"})
        top = told["view"]
        assert (top["previous_view_id"], top["root_view_id"]) == (view["id"], view["id"])
        with pytest.raises(ControlError, match="on top"):
            await sandbox.submit("ana", view["id"], {"two": "x"})
        assert (await sandbox.submit("ana", top["id"], {"three": "x"}))["closed"]
        assert [v["id"] for v in sandbox.views("ana")] == [view["id"]]
        told = await sandbox.submit("ana", view["id"], {"two": "x"})
        assert (told["response_action"], sandbox.views("ana")) == ("clear", [])


async def test_a_lost_submission_keeps_the_form(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    told = await sandbox.submit("ana", view["id"], {"why": "kept"})
    assert told["delivery"]["error"] == "dispatch_failed"
    assert sandbox.views("ana")[0]["values"]["why"]["t"]["value"] == "kept"


async def test_views_update_keeps_typed_values_and_watches_the_hash(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT)))
    await sandbox.type_in("ana", view["id"], {"why": "half"})
    wider = modal(field("why", TEXT), field("more", TEXT))
    await client.views_update(view_id=view["id"], view=wider, hash=view["hash"])
    assert sandbox.views("ana")[0]["values"]["why"]["t"]["value"] == "half"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view["id"], view=wider, hash=view["hash"])
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id="V9", view=wider)
    assert sandbox.violations == []


async def test_views_are_found_by_their_external_id_which_is_unique(sandbox, client):
    await opened(sandbox, client, modal(field("a", TEXT), external_id="mine"))
    await client.views_update(external_id="mine", view=modal(field("b", TEXT)))
    assert sandbox.views("ana")[0]["blocks"][0]["block_id"] == "b"
    await opened(sandbox, client, modal(field("a", TEXT), external_id="mine"), who="ben")
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await opened(sandbox, client, modal(field("a", TEXT), external_id="mine"), who="zoe")


async def test_an_invalid_modal_is_refused_with_pointers(sandbox, client):
    with pytest.raises(SlackApiError) as caught:
        await opened(sandbox, client, modal(field("a", TEXT), title=plain("x" * 25)))
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert names(sandbox) == ["invalid_blocks"]


async def test_push_needs_a_trigger_from_a_modal_and_stops_at_three(sandbox, client):
    trigger = sandbox.office.triggers.issue("U0ANA")
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_push(trigger_id=trigger.id, view=modal(field("a", TEXT)))
    view = await opened(sandbox, client, modal(field("a", TEXT)))
    for _ in range(2):
        fresh = sandbox.office.triggers.issue("U0ANA", view["id"])
        await client.views_push(trigger_id=fresh.id, view=modal(field("a", TEXT)))
    fresh = sandbox.office.triggers.issue("U0ANA", view["id"])
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=fresh.id, view=modal(field("a", TEXT)))


async def test_closing_tells_the_bot_what_was_half_typed_when_it_asked(sandbox, client):
    view = await opened(sandbox, client, modal(field("why", TEXT), notify_on_close=True))
    await sandbox.type_in("ana", view["id"], {"why": "half"})
    async with bare_bot(sandbox) as bot:
        assert (await sandbox.close_view("ana", view["id"]))["delivery"]["sent"] == 1
    (payload,) = bot.payloads("interactive")
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert payload["view"]["state"]["values"]["why"]["t"]["value"] == "half"
    quiet = await opened(sandbox, client, modal(field("why", TEXT)))
    assert (await sandbox.close_view("ana", quiet["id"]))["delivery"]["sent"] == 0


async def test_closing_everything_says_so(sandbox, client):
    view = await opened(
        sandbox, client, modal(field("a", TEXT), notify_on_close=True, clear_on_close=True)
    )
    async with bare_bot(sandbox) as bot:
        await sandbox.close_view("ana", view["id"])
    assert bot.payloads("interactive")[0]["is_cleared"] is True


async def test_an_external_select_is_filled_by_the_bot(sandbox, client):
    lookup = {"type": "external_select", "action_id": "x", "min_query_length": 2}
    view = await opened(sandbox, client, modal(field("exp", lookup)))
    async with bare_bot(sandbox, Script({"options": [option("exp-042")]})) as bot:
        at = {"view_id": view["id"], "block_id": "exp"}
        assert (await sandbox.suggest("ana", "x", **at, value="r"))["options"] == []
        told = await sandbox.suggest("ana", "x", **at, value="rag")
        assert [one["value"] for one in told["options"]] == ["exp-042"]
        assert (await sandbox.submit("ana", view["id"], {"exp": "exp-042"}))["closed"]
    suggestion, submission = bot.payloads("interactive")
    assert (suggestion["type"], suggestion["value"]) == ("block_suggestion", "rag")
    chosen = submission["view"]["state"]["values"]["exp"]["x"]["selected_option"]
    assert chosen["value"] == "exp-042"


async def test_too_many_options_are_a_violation(sandbox, client):
    lookup = {"type": "external_select", "action_id": "x", "min_query_length": 0}
    view = await opened(sandbox, client, modal(field("exp", lookup)))
    answer = {"options": [option(str(n)) for n in range(101)]}
    async with bare_bot(sandbox, Script(answer)):
        told = await sandbox.suggest("ana", "x", view_id=view["id"], value="")
    assert (told["options"], names(sandbox)) == ([], ["invalid_options"])


async def test_an_input_without_dispatch_action_stays_quiet(sandbox, client):
    view = await opened(
        sandbox,
        client,
        modal(
            field("quiet", PICK), field("loud", {**PICK, "action_id": "q"}, dispatch_action=True)
        ),
    )
    async with bare_bot(sandbox) as bot:
        told = await sandbox.click("ana", "p", view_id=view["id"], value="a")
        assert told["delivery"]["sent"] == 0
        await sandbox.click("ana", "q", view_id=view["id"], value="b")
    (payload,) = bot.payloads("interactive")
    values = payload["view"]["state"]["values"]
    assert values["quiet"]["p"]["selected_option"]["value"] == "a"


async def test_a_select_with_response_url_enabled_brings_one(sandbox, client):
    where = {"type": "conversations_select", "action_id": "c", "response_url_enabled": True}
    view = await opened(sandbox, client, modal(field("where", where)))
    async with bare_bot(sandbox) as bot:
        await sandbox.submit("ana", view["id"], {"where": "C0STANDUP"})
    (url,) = bot.payloads("interactive")[0]["response_urls"]
    assert (url["channel_id"], url["block_id"], url["action_id"]) == ("C0STANDUP", "where", "c")


async def test_a_file_input_carries_what_was_uploaded(sandbox, client):
    picked = (await sandbox.upload("ana", "runs.csv", content="a,b"))["file"]
    files = {"type": "file_input", "action_id": "f"}
    view = await opened(sandbox, client, modal(field("data", files)))
    async with bare_bot(sandbox) as bot:
        state = {"f": {"type": "file_input", "files": [picked]}}
        assert (await sandbox.submit("ana", view["id"], {"data": state}))["closed"]
    values = bot.payloads("interactive")[0]["view"]["state"]["values"]
    assert [file["name"] for file in values["data"]["f"]["files"]] == ["runs.csv"]
