"""Links to experiments are shown as their cards, to who may read them."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.manifest import Doors
from core.assay import links
from sandbox.workspace.manifest import read_manifest
from tests.conversation import TEAM
from tests.flows.fortnight import Fortnight, whole
from tests.flows.sandbox_parts import manifest, names
from tests.sandboxed import opened, start_sandbox, web_client
from tests.tickets import experiment, stored

HOST = "assay.example.com"
CARD = f"https://{HOST}/EXP-042"
RUN = f"https://{HOST}/team/run-7"


@pytest.mark.parametrize(
    ("url", "number"),
    [
        (CARD, 42),
        ("https://x.example/a/exp-0042/?tab=1#top", 42),
        ("https://x.example/EXP-042x", 0),
        ("https://x.example/?q=/EXP-042", 0),
        ("https://[x.example/EXP-042", 0),
        ("", 0),
    ],
)
def test_a_link_names_an_experiment_in_its_path(url, number):
    assert links.number(url) == number


def _shown(play, who, channel, ts):
    message = next(m for m in play.sandbox.messages(who, channel) if m["ts"] == ts)
    return [one["from_url"] for one in message.get("attachments", [])]


async def _said(play, who, channel, text):
    ts = (await play.sandbox.say(who, channel, text))["ts"]
    await play.settle()
    return ts


async def test_a_posted_link_is_shown_as_the_card_of_its_experiment(tmp_path):
    async with opened(tmp_path, doors=Doors(links=HOST)) as play:
        them = Fortnight(play, cast=None)
        await them.type("lena", "/exp leads add @lena")
        engine = play.assay.lab.engine
        stored(engine, experiment((0.8,), link=f"{RUN}?nw=x"), team_id=TEAM)
        for where in ("#standup", "#random"):  # open to all, also where the bot is not
            ts = await _said(play, "ana", where, f"see {CARD} and {RUN}/ and {CARD}")
            assert _shown(play, "ana", where, ts) == [CARD, f"{RUN}/"]
            message = next(m for m in play.sandbox.messages("ana", where) if m["ts"] == ts)
            assert "EXP-042" in whole(message["attachments"][0])
            assert "actions" not in {b["type"] for b in message["attachments"][0]["blocks"]}
        nothing = await _said(play, "ana", "#standup", f"https://{HOST}/EXP-999 https://x.example")
        assert _shown(play, "ana", "#standup", nothing) == []
        await play.sandbox.redeliver("last")
        gone = (await play.sandbox.say("ana", "#standup", CARD))["ts"]
        await play.sandbox.delete("ana", "#standup", gone)
        await play.settle()
        assert play.sandbox.violations == []


async def test_a_private_teams_experiment_is_shown_in_its_own_channels_only(tmp_path):
    async with opened(tmp_path, doors=Doors(links=HOST)) as play:
        them = Fortnight(play, cast=None)
        await them.type("lena", "/exp leads add @lena")
        await them.type("lena", "/exp setup")
        view = play.sandbox.views("lena")[-1]
        await them.submit("lena", view, {"team_channel": "C0STANDUP"})
        stored(play.assay.lab.engine, experiment((0.8,)), team_id=TEAM)
        await them.type("lena", "/team private")
        inside = await _said(play, "lena", "#standup", CARD)
        assert _shown(play, "lena", "#standup", inside) == [CARD]
        for who, where in (("lena", "#random"), ("noor", "#vision")):
            ts = await _said(play, who, where, CARD)
            assert _shown(play, who, where, ts) == []
        assert play.sandbox.violations == []


async def test_slack_shows_cards_only_below_links_that_are_there():
    card = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "EXP-042"}}]}
    shipped = manifest(events=["link_shared"])
    shipped["features"]["unfurl_domains"] = [HOST]
    async with start_sandbox(shipped) as sandbox, web_client(sandbox) as client:
        ts = (await sandbox.say("ana", "#standup", f"see {CARD}"))["ts"]
        where = {"channel": "C0STANDUP", "ts": ts}
        await client.chat_unfurl(**where, unfurls={CARD: card})
        await client.chat_unfurl(**where, unfurls={CARD: card})  # the second replaces the first
        assert len(sandbox.messages("ana", "#standup")[-1]["attachments"]) == 1
        assert names(sandbox) == []
        for wrong, why in (
            (where | {"unfurls": {RUN: card}}, "cannot_unfurl_url"),
            (where | {"unfurls": {CARD: {"buttons": []}}}, "cannot_parse_attachment"),
            (where | {"unfurls": {CARD: {"blocks": [{"type": "x"}]}}}, "invalid_blocks"),
            (where | {"unfurls": {}}, "missing_unfurls"),
            (where | {"unfurls": {CARD: card}, "ts": "1.000000"}, "cannot_unfurl_message"),
            ({"channel": "C0NONE", "ts": ts, "unfurls": {CARD: card}}, "cannot_find_channel"),
            ({"channel": "C0STANDUP", "unfurls": {CARD: card}}, "missing_ts"),
            ({"source": "composer", "unfurls": {CARD: card}}, "invalid_arguments"),
        ):
            with pytest.raises(SlackApiError, match=why):
                await client.api_call("chat.unfurl", json=wrong)
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await client.chat_unfurl(**where, unfurls={CARD: card}, token="xoxb-other")
    bare = manifest("links:write", "links:read")
    async with start_sandbox(bare) as sandbox, web_client(sandbox) as client:
        with pytest.raises(SlackApiError, match="missing_scope"):
            await client.chat_unfurl(**where, unfurls={CARD: card})


def test_a_manifest_with_wrong_hosts_is_refused():
    wrong = manifest(events=["link_shared"])
    for hosts in ([f"{HOST}/exp"], [f"h{n}.example" for n in range(6)]):
        wrong["features"]["unfurl_domains"] = hosts
        with pytest.raises(ValueError, match="bare hosts"):
            read_manifest(wrong)
    with pytest.raises(ValueError, match="links:read"):
        read_manifest(manifest("links:read", events=["link_shared"]))
