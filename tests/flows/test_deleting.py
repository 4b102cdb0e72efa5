"""A message of ours is deleted over the wire, or one short line where Slack deletes nothing."""

from services import say
from tests import seeded
from tests.sandboxed import opened


def _voice(session, play) -> say.Voice:
    theirs = seeded.team_row(session, "T0ASSAY")
    return say.Voice(session, "T0ASSAY", play.assay.lab.clock(), theirs.pk)


async def _deleted(play, key: str) -> None:
    with play.assay.lab.begin() as session:
        _voice(session, play).post(key, "U0LENA", (f"said {key}", []))
    await play.settle()
    with play.assay.lab.begin() as session:
        voice = _voice(session, play)
        for _ in range(2):
            voice.delete(key, ("It is over.", []))
    await play.settle()
    with play.assay.lab.begin() as session:  # who is late edits what is gone
        if key == "gone":
            _voice(session, play).edit(key, ("Too late.", []))
    await play.settle()


async def test_a_message_is_deleted_or_says_in_one_line_that_it_is_over(tmp_path):
    async with opened(tmp_path) as play:
        await _deleted(play, "gone")
        play.sandbox.office.keeps_all = True
        await _deleted(play, "kept")
        said = [message["text"] for message in play.sandbox.messages("lena", "D0LENA")]
        assert "It is over." in said
        assert not [text for text in said if text.startswith("said ") or text == "Too late."]
        assert play.sandbox.violations == []
