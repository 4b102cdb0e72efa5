"""Where things are said: a digest waits for its channel, an answer stands in its thread."""

from datetime import datetime, timedelta

import pytest

from sandbox.demo.idea import write_ticket
from sandbox.demo.story import BERLIN, IDEAS, set_up
from services import say
from tests import seeded
from tests.flows.fortnight import Fortnight, whole
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
            voice = say.Voice(
                session, "T0ASSAY", play.assay.lab.clock(), seeded.team_row(session, "T0ASSAY").pk
            )
            voice.post("top", "C0STANDUP", kit.Message("top", []))
            voice.post("below", "C0STANDUP", kit.Message("below", blocks), thread_of="top")
        await play.settle()
        (top,) = play.sandbox.messages("ana", "#standup")
        below = play.sandbox.messages("ana", "#standup", thread_ts=top["ts"])[-1]
        await play.sandbox.click("ana", "help", channel="#standup", ts=below["ts"])
        await play.settle()
        thread = play.sandbox.messages("ana", "#standup", thread_ts=top["ts"])
        assert len(thread) == 3


ANSWERS = {
    "zoe": "Reranker hurts short queries\nDistil it\nnone",
    "mia": "Quantising costs two points\nTry eight bits\nnone",
}


async def _tuesday(play, hour: float) -> None:
    at = datetime(2026, 11, 24, tzinfo=BERLIN) + timedelta(hours=hour)
    await play.move(at, step=timedelta(minutes=30))


@pytest.mark.parametrize("before", [True, False])
async def test_a_round_in_an_archived_channel_is_asked_and_stands_whole_when_it_is_open_again(
    tmp_path, before
):
    async with opened(tmp_path) as play:
        them = Fortnight(play, cast=None)
        await set_up(play)
        await _tuesday(play, -4 if before else 1)  # Auckland begins at half past nine
        await play.sandbox.channel("archive", channel="C0STANDUP")
        await _tuesday(play, 9.7)
        for who, text in ANSWERS.items():
            dm = f"D0{who.upper()}"
            assert [m for m in them.said(who, dm) if "your turn" in m["text"]]
            await play.sandbox.say(who, dm, text)
            await play.settle()
            assert "your answer is in" in whole(them.said(who, dm)[0])
        status = await them.type("lena", "/standup status", where="#ml-leads")
        assert ("not posted yet" in status) is before
        assert "In: Mia, Zoë" in status
        assert len([m for m in them.said("lena", "D0LENA") if "Nothing is lost" in m["text"]]) == 1
        await play.sandbox.channel("unarchive", channel="C0STANDUP")
        await _tuesday(play, 10.5)
        (parent,) = [m for m in them.said("lena", "#standup") if "Standup Tue" in m["text"]]
        assert "2/" in whole(parent)
        thread = play.sandbox.messages("lena", "#standup", thread_ts=parent["ts"])
        said = [m["text"].partition(":")[0] for m in thread[1:]]
        assert sorted(said) == ["Mia", "Zoë"]
        status = await them.type("lena", "/standup status", where="#ml-leads")
        assert "not posted yet" not in status
        assert play.sandbox.violations == []


async def test_a_digest_without_a_draft_that_waits_is_tried_again_and_said_not_to_stand_yet(
    tmp_path,
):
    async with opened(tmp_path, at=WEDNESDAY) as play:
        them = Fortnight(play, cast=None)
        await set_up(play)
        await _answer(play, "rhythm friday 16 draft=0")
        await play.sandbox.channel("archive", channel="C0DIGEST")
        await play.move(FRIDAY_TWO + timedelta(hours=2, minutes=10), step=timedelta(hours=1))
        assert "not posted yet" in await _answer(play, "post")
        await play.sandbox.channel("unarchive", channel="C0DIGEST")
        assert "not posted yet" in await _answer(play, "post")
        await play.assay.poster.finish()
        assert len([m for m in them.said("omar", "#exec-digest") if "accuracy" in m["text"]]) == 1
        assert "There is no draft" in await _answer(play, "post")


async def test_the_first_question_to_leads_whose_channel_is_known_as_closed_goes_to_each_of_them(
    tmp_path,
):
    async with opened(tmp_path) as play:
        them = Fortnight(play, cast=None)
        await set_up(play)
        await write_ticket(play, IDEAS[0], 1)
        await play.sandbox.channel("archive", channel="C0LEADS")
        await them.type("lena", "/exp setup")
        form = play.sandbox.views("lena")[-1]
        await them.submit("lena", form, {"leads_channel": "C0LEADS"})
        await them.type("mia", "/kill EXP-001 somebody else's idea")
        asked = await them.press("mia", "#standup", "kill_ask", "Only")
        await them.submit("mia", asked, {"reason": "The router makes late chunking pointless"})
        heard = whole(them.find("mia", "#standup", "asked about EXP-001"))
        assert "I could not post to <#C0LEADS> (is_archived)" in heard
        assert "Each lead has it by direct message instead" in heard
        for who in ("lena", "kenji"):
            assert "asks to kill it" in whole(them.find(who, f"D0{who.upper()}", "EXP-001"))


async def test_a_chosen_channel_that_is_archived_is_said_to_the_leads_at_each_closing(tmp_path):
    async with opened(tmp_path) as play:
        them = Fortnight(play, cast=None)
        await set_up(play)
        for times in (1, 2):
            await play.sandbox.channel("archive", channel="C0DIGEST")
            play.sandbox.clock.advance(5)
            await them.type("lena", "/exp setup")
            await them.submit("lena", play.sandbox.views("lena")[-1], {})
            for who in ("lena", "kenji"):
                said = [m["text"] for m in them.said(who, f"D0{who.upper()}")]
                assert len([text for text in said if "is archived" in text]) == times
            await play.sandbox.channel("unarchive", channel="C0DIGEST")
            play.sandbox.clock.advance(301)
            await play.settle()
