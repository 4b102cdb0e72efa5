"""Answers in the round under their writers' names and pictures, where team and Slack let it."""

import pytest
from slack_sdk.errors import SlackApiError

from bot.manifest import Doors
from tests.flows.fortnight import Fortnight, whole
from tests.flows.sandbox_parts import manifest, names
from tests.sandboxed import opened, start_sandbox, web_client

ANA = "https://avatars.slack-edge.com/sandbox/U0ANA_72.png"


async def _answered(them: Fortnight) -> None:
    """A round of Lena and Ana, opened and answered by Ana."""
    await them.type("lena", "/exp leads add @lena")
    await them.type("lena", "/standup setup")
    given = {"people": ["U0LENA", "U0ANA"], "questions": "What did you learn?"}
    await them.submit("lena", them.play.sandbox.views("lena")[-1], given)
    told = await them.type("lena", "/standup pictures on")
    assert "names and pictures" in str(told)
    while not any("your turn" in whole(m) for m in them.play.sandbox.messages("ana", "D0ANA")):
        them.play.sandbox.clock.advance(1800)
        await them.play.settle()
    form = await them.press("ana", "D0ANA", "standup_answer", "your turn")
    await them.submit("ana", form, {"q0": "Batching helps"})
    await them.play.settle()


def _answer(them: Fortnight):
    return next(m for m in them.said("lena", "#standup") if "Batching helps" in whole(m))


async def test_an_answer_carries_its_writers_name_and_picture_and_keeps_them_when_edited(tmp_path):
    async with opened(tmp_path, doors=Doors(pictures=True)) as play:
        them = Fortnight(play, cast=None)
        await _answered(them)
        shown = _answer(them)
        assert (shown["username"], shown["icons"]["image_72"]) == ("Ana Ruiz", ANA)
        await them.press("lena", "#standup", "standup_keep", "Batching helps")
        await play.settle()
        kept = _answer(them)
        assert "Kept as a learning by" in whole(kept)
        assert (kept["ts"], kept["username"]) == (shown["ts"], "Ana Ruiz")
        assert play.sandbox.violations == []


async def test_without_the_permission_it_comes_under_our_name_and_the_leads_hear_once(tmp_path):
    async with opened(tmp_path) as play:
        them = Fortnight(play, cast=None)
        await _answered(them)
        assert "username" not in _answer(them)
        told = [m for m in play.sandbox.messages("lena", "D0LENA") if "carry my name" in whole(m)]
        assert len(told) == 1
        assert "assay manifest --pictures" in whole(told[0])
        assert names(play.sandbox) == ["ignored_author"]
        form = await them.press("lena", "D0LENA", "standup_answer", "your turn")
        await them.submit("lena", form, {"q0": "So does a longer warm-up"})
        await play.settle()
        assert names(play.sandbox) == ["ignored_author"]  # it is not asked for again


async def test_slack_takes_another_name_only_with_its_scope_and_never_in_an_edit():
    said = {"channel": "C0STANDUP", "text": "hello", "username": "Ana", "icon_url": ANA}
    async with start_sandbox(manifest()) as sandbox, web_client(sandbox) as client:
        posted = (await client.chat_postMessage(**said)).data["message"]
        assert (posted["subtype"], posted["username"]) == ("bot_message", "Ana")
        assert "user" not in posted
        where = {"channel": "C0STANDUP", "ts": posted["ts"]}
        await client.chat_update(**where, text="bye", username="Ben")
        assert sandbox.messages("ben", "#standup")[-1]["username"] == "Ana"
        assert names(sandbox) == ["unknown_argument"]
        await client.chat_postMessage(**said | {"icon_url": "http://x.example/a.png"})
        assert names(sandbox)[1:] == ["bad_icon_url"]
    bare = manifest("chat:write.customize")
    async with start_sandbox(bare) as sandbox, web_client(sandbox) as client:
        posted = (await client.chat_postMessage(**said)).data["message"]
        assert "username" not in posted
        assert names(sandbox) == ["ignored_author"]
        with pytest.raises(SlackApiError, match="invalid_auth"):
            await client.chat_postMessage(**said, token="xoxb-other")
