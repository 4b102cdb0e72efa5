"""Where things are said: a digest waits for its channel, an answer stands in its thread."""

from datetime import timedelta

from services import say
from tests.flows.test_edition import FRIDAY_TWO, WEDNESDAY, begun
from tests.sandboxed import opened
from views import kit


async def _answer(play, text: str) -> str:
    told = await play.sandbox.command("lena", "#ml-leads", "/digest", text)
    return told["response"]["text"]


async def test_a_digest_that_its_channel_refuses_waits_and_is_posted_when_the_bot_is_invited(
    tmp_path,
):
    async with opened(tmp_path, at=WEDNESDAY) as play:
        them = await begun(play)
        await play.sandbox.channel("kick", channel="C0DIGEST", user="assay")
        await play.move(FRIDAY_TWO + timedelta(hours=2, minutes=10), step=timedelta(minutes=70))
        for who in ("lena", "kenji"):
            said = [m["text"] for m in them.said(who, f"D0{who.upper()}")]
            assert len([text for text in said if "Nothing is lost" in text]) == 1
        for asked in ("", "draft", "post"):
            assert "not posted yet" in await _answer(play, asked)
            assert "/invite @Assay" in await _answer(play, asked)
        await play.settle()
        assert not [m for m in them.said("lena", "#ml-leads") if "|posted" in m["text"]]
        await play.sandbox.channel("invite", channel="C0DIGEST", user="assay")
        await play.settle()
        (posted,) = [m for m in them.said("omar", "#exec-digest") if "accuracy" in m["text"]]
        (done,) = [m for m in them.said("lena", "#ml-leads") if "|posted" in m["text"]]
        assert f"/archives/C0DIGEST/p{posted['ts'].replace('.', '')}|" in done["text"]
        assert "was already posted" in await _answer(play, "post")
        assert "The last digest" in await _answer(play, "")


async def test_a_button_in_a_thread_is_answered_in_the_thread(tmp_path):
    async with opened(tmp_path) as play:
        blocks = [kit.section("Help is here"), kit.actions(kit.button("Help", "help", "/exp"))]
        with play.assay.lab.begin() as session:
            voice = say.Voice(session, "T0ASSAY", play.assay.lab.clock())
            voice.post("top", "C0STANDUP", kit.Message("top", []))
            voice.post("below", "C0STANDUP", kit.Message("below", blocks), thread_of="top")
        await play.settle()
        (top,) = play.sandbox.messages("ana", "#standup")
        below = play.sandbox.messages("ana", "#standup", thread_ts=top["ts"])[-1]
        await play.sandbox.click("ana", "help", channel="#standup", ts=below["ts"])
        await play.settle()
        thread = play.sandbox.messages("ana", "#standup", thread_ts=top["ts"])
        assert len(thread) == 3
