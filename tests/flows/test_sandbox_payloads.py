"""Payloads carry the fields of the documented samples (tests/data/slack_payloads)."""

import json
from pathlib import Path

import pytest

from tests.sandboxed import bare_bot, start_sandbox, web_client

SAMPLES = Path(__file__).parents[1] / "data" / "slack_payloads"
# Fields that depend on the sample's own content, not on the payload's kind.
OWN_CONTENT = {"blocks", "values", "actions", "elements"}
# Slack no longer sends these with every user; the sandbox has no pictures and no locale.
ABSENT = {"image_48", "locale", "edited"}


def sample(name):
    return json.loads((SAMPLES / f"{name}.json").read_text())


def missing(wanted, got, at=""):
    """Pointers of keys the sample has and the payload has not, or of another type."""
    found = []
    for key, value in wanted.items():
        if key in ABSENT:
            continue
        here = f"{at}/{key}"
        if key not in got:
            found.append(here)
        elif isinstance(value, dict) and isinstance(got[key], dict) and key not in OWN_CONTENT:
            found += missing(value, got[key], here)
        elif value is not None and got[key] is not None and type(value) is not type(got[key]):
            found.append(f"{here} is a {type(got[key]).__name__}")
    return found


def plain(text):
    return {"type": "plain_text", "text": text}


BUTTON = {"type": "button", "action_id": "standup_open", "text": plain("Answer"), "value": "17"}
FORM = {
    "type": "modal",
    "callback_id": "standup_answer",
    "title": plain("Standup"),
    "submit": plain("Send"),
    "close": plain("Cancel"),
    "notify_on_close": True,
    "blocks": [
        {"type": "input", "block_id": "learned", "label": plain("What?"), "optional": True,
         "element": {"type": "plain_text_input", "action_id": "t"}},
        {"type": "input", "block_id": "exp", "label": plain("Which?"), "optional": True,
         "element": {"type": "external_select", "action_id": "exp_lookup"}},
    ],
}  # fmt: skip


@pytest.fixture
async def sandbox():
    async with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def bot(sandbox):
    async with bare_bot(sandbox) as bot:
        yield bot


@pytest.fixture
async def client(sandbox):
    async with web_client(sandbox) as client:
        yield client


async def modal(sandbox, client):
    trigger = sandbox.office.triggers.issue("U0ANA")
    return (await client.views_open(trigger_id=trigger.id, view=FORM))["view"]["id"]


async def test_a_slash_command(sandbox, bot):
    await sandbox.command("ana", "#standup", "/kill", "EXP-042 no lift")
    (payload,) = bot.payloads("slash_commands")
    assert payload.keys() == sample("slash_command").keys()
    assert payload["is_enterprise_install"] == "false"
    assert payload["channel_name"] == "standup"


@pytest.mark.parametrize(
    ("who", "where", "name"),
    [("ana", "D0ANA", "directmessage"), ("lena", "#ml-leads", "privategroup")],
)
async def test_a_slash_command_hides_the_name_of_private_places(sandbox, bot, who, where, name):
    await sandbox.command(who, where, "/kill")
    assert bot.payloads("slash_commands")[0]["channel_name"] == name


async def test_a_click_in_a_message(sandbox, bot, client):
    blocks = [{"type": "actions", "block_id": "standup:17", "elements": [BUTTON]}]
    ts = (await client.chat_postMessage(channel="U0ANA", text="Standup", blocks=blocks))["ts"]
    await sandbox.click("ana", "standup_open", channel="D0ANA", ts=ts)
    (payload,) = bot.payloads("interactive")
    wanted = sample("block_actions_message")
    assert missing(wanted, payload) == []
    assert wanted["actions"][0].keys() - {"action_ts"} <= payload["actions"][0].keys()


async def test_a_click_in_the_home_tab(sandbox, bot, client):
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [BUTTON]}]}
    await client.views_publish(user_id="U0ANA", view=home)
    await sandbox.click("ana", "standup_open", home=True)
    payload = bot.payloads("interactive")[0]
    assert missing(sample("block_actions_view"), payload) == []


async def test_a_submission_a_closing_and_a_suggestion(sandbox, bot, client):
    view_id = await modal(sandbox, client)
    await sandbox.suggest("ana", "exp_lookup", view_id=view_id, value="rag")
    await sandbox.submit("ana", view_id, {"learned": "recall rose"})
    await sandbox.close_view("ana", await modal(sandbox, client))
    suggestion, submission, closing = bot.payloads("interactive")
    assert missing(sample("block_suggestion"), suggestion) == []
    assert missing(sample("view_submission"), submission) == []
    assert missing(sample("view_closed"), closing) == []
    assert "trigger_id" not in closing


async def test_shortcuts(sandbox, bot):
    ts = (await sandbox.say("ana", "#standup", "LoRA rank 16 beats 8"))["ts"]
    await sandbox.shortcut("ana", "new_experiment")
    await sandbox.shortcut("ana", "learn_from_message", channel="#standup", ts=ts)
    alone, on_message = bot.payloads("interactive")
    assert missing(sample("global_shortcut"), alone) == []
    assert missing(sample("message_shortcut"), on_message) == []


async def test_a_reply_in_a_dm(sandbox, bot, client):
    parent = (await client.chat_postMessage(channel="U0ANA", text="Standup?"))["ts"]
    await sandbox.say("ana", "D0ANA", "Learned: reranker hurts", thread_ts=parent)
    payload = bot.payloads("events_api")[-1]
    assert missing(sample("event_message_im"), payload) == []
    assert payload["event"]["parent_user_id"] == "U0ASSAY"


async def test_a_mention(sandbox, bot):
    await sandbox.say("ana", "#standup", "@assay status EXP-042")
    event = bot.events("app_mention")[0]
    assert missing(sample("event_app_mention")["event"], event) == []
    first = event["blocks"][0]["elements"][0]["elements"][0]
    assert first == {"type": "user", "user_id": "U0ASSAY"}


async def test_an_edit_and_a_deletion(sandbox, bot):
    ts = (await sandbox.say("ana", "D0ANA", "before"))["ts"]
    await sandbox.edit("ana", "D0ANA", ts, "edited")
    await sandbox.delete("ana", "D0ANA", ts)
    _, changed, deleted = bot.events("message")
    assert missing(sample("event_message_changed")["event"], changed) == []
    assert changed["message"]["edited"]["user"] == "U0ANA"
    assert missing(sample("event_message_deleted")["event"], deleted) == []


async def test_deleting_a_parent_leaves_a_tombstone(sandbox, bot):
    ts = (await sandbox.say("ana", "#standup", "parent"))["ts"]
    await sandbox.say("ben", "#standup", "reply", thread_ts=ts)
    await sandbox.delete("ana", "#standup", ts)
    changed = bot.events("message")[-1]
    assert (changed["subtype"], changed["message"]["subtype"]) == ("message_changed", "tombstone")
    thread = sandbox.messages("ben", "#standup", thread_ts=ts)
    assert [m["text"] for m in thread] == ["This message was deleted.", "reply"]


async def test_a_shared_file_and_a_broadcast_have_their_subtypes(sandbox, bot):
    ts = (await sandbox.say("ana", "#standup", "see", files=[{"name": "a.csv", "content": "1"}]))[
        "ts"
    ]
    await sandbox.say("ana", "#standup", "all", thread_ts=ts, broadcast=True)
    shared, broadcast = bot.events("message")
    assert (shared["subtype"], shared["files"][0]["name"]) == ("file_share", "a.csv")
    assert (broadcast["subtype"], broadcast["root"]["ts"]) == ("thread_broadcast", ts)


async def test_a_reaction(sandbox, bot, client):
    ts = (await client.chat_postMessage(channel="C0STANDUP", text="x"))["ts"]
    await sandbox.react("ana", "#standup", ts, "white_check_mark")
    await sandbox.react("ana", "#standup", ts, "white_check_mark", remove=True)
    assert missing(sample("event_reaction_added"), bot.payloads("events_api")[-2]) == []
    assert bot.events()[-1]["type"] == "reaction_removed"


async def test_the_home_tab_opened(sandbox, bot, client):
    await client.views_publish(user_id="U0ANA", view={"type": "home", "blocks": []})
    await sandbox.home_opened("ana")
    assert missing(sample("event_app_home_opened"), bot.payloads("events_api")[0]) == []


async def test_members_groups_and_channels_change(sandbox, bot):
    await sandbox.user("ana", status_text="Vacationing", status_emoji=":palm_tree:")
    await sandbox.usergroup("S0LEADS", ["lena", "ana"])
    await sandbox.channel("create", name="new-place", user="ana")
    await sandbox.channel("invite", channel="#new-place", user="assay")
    await sandbox.channel("invite", channel="#new-place", user="ben")
    await sandbox.channel("rename", channel="#new-place", name="old-place")
    await sandbox.channel("kick", channel="#old-place", user="ben")
    await sandbox.channel("archive", channel="#old-place")
    events = bot.events()
    assert [event["type"] for event in events] == [
        "user_change",
        "subteam_members_changed",
        "channel_created",
        "member_joined_channel",
        "member_joined_channel",
        "channel_rename",
        "member_left_channel",
        "channel_archive",
    ]
    assert missing(sample("event_user_change")["event"], events[0]) == []
    assert missing(sample("event_subteam_members_changed")["event"], events[1]) == []
    assert (events[1]["added_users"], events[1]["removed_users"]) == (["U0ANA"], ["U0KENJI"])
    assert missing(sample("event_member_joined_channel")["event"], events[3]) == []
    assert events[3]["user"] == "U0ASSAY"


@pytest.mark.parametrize("name", ["event_tokens_revoked", "event_app_uninstalled"])
async def test_any_event_can_be_delivered_as_it_is(sandbox, bot, name):
    told = await sandbox.event(sample(name)["event"], event_id="Ev1", retry_num=2)
    assert told["delivery"]["ok"]
    frame = bot.frames[0]
    assert (frame["payload"]["event_id"], frame["retry_attempt"]) == ("Ev1", 2)
    assert missing(sample(name), frame["payload"]) == []


async def test_any_envelope_can_be_delivered_as_it_is(sandbox, bot):
    told = await sandbox.raw("events_api", sample("app_rate_limited"))
    assert told["delivery"]["ok"]
    assert bot.frames[0]["payload"] == sample("app_rate_limited")
