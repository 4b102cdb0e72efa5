"""Over the wire: what stands in a thread names what can be typed there, and no command."""

from services import say
from tests import seeded
from tests.flows.fortnight import whole
from tests.sandboxed import opened
from views import kit

ADVICE = "See `/need show 2` or `/exp rules EXP-001`."


def _voice(session, play) -> say.Voice:
    theirs = seeded.team_row(session, "T0ASSAY")
    return say.Voice(session, "T0ASSAY", play.assay.lab.clock(), theirs.pk)


async def test_posts_edits_and_answers_in_a_thread_name_no_command(tmp_path):
    async with opened(tmp_path) as play:
        help_ = kit.actions(kit.button("Help", "help", "/exp"))
        with play.assay.lab.begin() as session:
            voice = _voice(session, play)
            voice.post("top", "C0STANDUP", kit.Message(ADVICE, [kit.section(ADVICE)]))
            below = kit.Message(ADVICE, [kit.section(ADVICE), help_])
            for key in ("said", "edited"):
                voice.post(key, "C0STANDUP", below, thread_of="top")
        await play.settle()
        with play.assay.lab.begin() as session:
            new = f"Now: {ADVICE}"
            _voice(session, play).edit("edited", kit.Message(new, [kit.section(new), help_]))
        await play.settle()
        (top,) = play.sandbox.messages("ana", "#standup")
        assert "`/assay need show 2`" in whole(top)
        thread = play.sandbox.messages("ana", "#standup", thread_ts=top["ts"])
        await play.sandbox.click("ana", "help", channel="#standup", ts=thread[-1]["ts"])
        await play.settle()
        below = play.sandbox.messages("ana", "#standup", thread_ts=top["ts"])[1:]
        assert len(below) == 3
        assert ["Now:" in whole(message) for message in below] == [False, True, False]
        for message in below:
            assert "`@Assay exp " in whole(message)
            assert "`/" not in whole(message)
        assert play.sandbox.violations == []
