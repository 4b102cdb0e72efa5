"""Typed questions and the mood over the wire: what Slack sends for them is understood."""

from services.standups import questions as question
from services.standups.questions import Spot
from tests.conversation import TEAM
from tests.flows.fortnight import Fortnight, whole
from tests.sandboxed import opened

PEOPLE = ["U0LENA", "U0ZOE", "U0ANA", "U0BEN"]
ASKED = (
    {"text": "How are the labels?", "kind": "choice", "choices": "good\nbad", "place": "0"},
    {"text": "How many runs?", "kind": "number", "place": "1"},
    {"text": "Stuck?", "kind": "yesno", "place": "2"},
)


async def _set_up(them: Fortnight) -> None:
    await them.type("lena", "/exp leads add @lena")
    await them.type("lena", "/standup setup")
    given = {"people": PEOPLE, "questions": "What did you learn?"}
    await them.submit("lena", them.play.sandbox.views("lena")[-1], given)
    lab = them.play.assay.lab
    for values in ASKED:
        now, _ = question.look(lab, TEAM, "U0LENA", "C0STANDUP")
        question.put(lab, TEAM, Spot("U0LENA", now.id, now.stamp), values)
    await them.type("lena", "/standup mood on")


async def test_every_kind_of_answer_and_a_vote_arrive(tmp_path):
    async with opened(tmp_path) as play:
        them = Fortnight(play, cast=None)
        await _set_up(them)
        while not any("your turn" in whole(m) for m in play.sandbox.messages("lena", "D0LENA")):
            play.sandbox.clock.advance(1800)
            await play.settle()
        prompt = them.find("lena", "D0LENA", "your turn")
        place = {"channel": "D0LENA", "ts": prompt["ts"]}
        voted = await play.sandbox.click("lena", "standup_mood", **place, selected="1|4")
        assert voted["delivery"]["ok"]
        form = await them.press("lena", "D0LENA", "standup_answer", "your turn")
        sent = await them.submit("lena", form, {"q0": "bad", "q1": "7", "q2": "no", "q3": "a"})
        assert sent["errors"] in (None, {})
        said = [whole(m) for m in play.sandbox.messages("lena", "#standup")]
        said += [whole(reply) for reply in them.said("lena", "#standup")]
        assert any("bad · 7 · no · a" in text for text in said)
        assert play.sandbox.violations == []
