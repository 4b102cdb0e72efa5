"""The digest's draft over the wire: drafted, edited by form, held, posted, linked, corrected."""

from datetime import datetime, timedelta

from sandbox.demo.idea import write_ticket
from sandbox.demo.story import BERLIN, IDEAS, set_up
from tests.flows.fortnight import Fortnight, whole
from tests.sandboxed import opened

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=BERLIN)
FRIDAY_TWO = datetime(2026, 11, 27, 14, tzinfo=BERLIN)
OWN = "We are confident that accuracy reaches 99% soon"


async def begun(play) -> Fortnight:
    """A team with two tickets on a Wednesday, moved to Friday 14:00: the draft is there."""
    them = Fortnight(play, cast=None)
    await set_up(play)
    for place, idea in enumerate(IDEAS[:2]):
        await write_ticket(play, idea, place + 1)
    await play.settle()
    await them.type(
        "lena", "/kill EXP-001 Whole pages do not help recall at all", where="#ml-leads"
    )
    await them.type("lena", "/digest add need Approve $3K more for labelling", where="#ml-leads")
    await play.move(FRIDAY_TWO, step=timedelta(hours=6))
    return them


async def edited(them: Fortnight) -> dict:
    """Lena edits two sections: one is supported, the other only as her own words."""
    view = await them.press("lena", "#ml-leads", "edition_edit", "Draft of the digest")
    values = {"needs": "Please answer the open question", "next": OWN}
    return await them.submit("lena", view, values)


async def test_from_draft_to_corrected_digest(tmp_path):
    async with opened(tmp_path, at=WEDNESDAY) as play:
        them = await begun(play)
        (draft,) = [m for m in them.said("lena", "#ml-leads") if "Draft of the dig" in m["text"]]
        assert "Approve $3K more for labelling" in whole(draft)
        await edited(them)
        form = play.sandbox.views("lena")[-1]
        assert "Not saved yet: the records do not say this." in str(form["blocks"])
        await them.submit("lena", form, {"own": ["next"]})
        await them.press("kenji", "#ml-leads", "edition_hold", "Draft of the digest")
        await play.move(FRIDAY_TWO + timedelta(hours=3), step=timedelta(hours=1))
        assert not [m for m in them.said("omar", "#exec-digest") if "accuracy" in m["text"]]
        await them.press("lena", "#ml-leads", "edition_release", "Held digest")
        (posted,) = [m for m in them.said("omar", "#exec-digest") if "accuracy" in m["text"]]
        assert "Next milestone (in the words of " in posted["text"]
        assert OWN in posted["text"]
        (done,) = [m for m in them.said("lena", "#ml-leads") if "|posted late>" in m["text"]]
        assert f"/archives/C0DIGEST/p{posted['ts'].replace('.', '')}|" in done["text"]
        await play.sandbox.command("lena", "#ml-leads", "/digest", "correct")
        form = play.sandbox.views("lena")[-1]
        await them.submit("lena", form, {"next": ""})
        (now,) = [m for m in them.said("omar", "#exec-digest") if m["ts"] == posted["ts"]]
        assert OWN not in whole(now)
        assert "corrected" in whole(now)
        assert [m for m in them.said("omar", "#exec-digest") if m["text"].startswith("Corrected")]
        assert play.sandbox.violations == []
