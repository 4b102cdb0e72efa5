"""The colleagues of the demo: they answer their standup prompts, each at their own pace."""

import asyncio
import itertools
from collections.abc import Callable, Collection

from sandbox.server import Sandbox
from sandbox.shapes import Json

# Minutes until somebody answers, and what they say: learned, next, stuck on.
PACE = {"ana": 12, "ben": 35, "lena": 6, "zoe": 20, "priya": 15, "kenji": 9, "mia": 45, "noor": 8}
SAID = {
    "ana": (
        ("EXP-036: pages keep the context that chunks lose", "pooling by sentence", "none"),
        ("EXP-041: exact error codes want keyword search", "label 200 queries by type", "-"),
        ("Recall moves only on long pages", "EXP-036 on the hard split", "no"),
    ),
    "ben": (
        ("EXP-037: the draft model is right six times in ten", "distil it once more", "none"),
        ("Batching hides half of the gain", "EXP-037 with batch 1", "compute: GPU quota is used up"),
    ),
    "lena": (
        ("Two of five tickets had no baseline", "review EXP-041", "none"),
        ("The router needs fewer classes than we thought", "pair with Ana", "none"),
    ),
    "zoe": (
        ("Eleven percent of the tickets were duplicates", "second pass for EXP-038", "none"),
        ("Vendor labels disagree on refunds", "write the guide again", "data: 400 labels are late"),
    ),
    "priya": (
        ("EXP-042 overfits after the refresh", "lower learning rate", "none"),
        ("EXP-042 stays at 0.74 whatever I try", "look at the errors by product", "clarity: is 0.78 still the line?"),
    ),
    "kenji": (
        ("EXP-040: the judge is kinder to long answers", "split the rubric", "none"),
        ("200 graded answers are too few for refunds", "grade 100 more", "n/a"),
    ),
    "mia": (
        ("EXP-039: the model forgets to pass the order id", "retries on API errors", "none"),
        ("Half of the API errors are time-outs", "EXP-039 with a longer limit", "none"),
    ),
}  # fmt: skip
SAID_IN_VISION = {
    "noor": (
        ("EXP-044: the last two stages carry the signal", "freeze the rest", "none"),
        ("EXP-044: half of the misses are glare", "label 50 glare photos", "none"),
    ),
    "lena": (
        ("Two annotators disagree on one small dent in four", "write the guide again", "none"),
        ("Forty photos of the test set were in training", "clean the split", "none"),
    ),
    "mia": (
        ("EXP-045: renders are too clean", "add dust and motion blur", "none"),
        ("EXP-045: more renders change nothing", "look at the misses one by one", "none"),
    ),
}  # fmt: skip


class Cast:
    """Everybody but those somebody acts as."""

    def __init__(
        self, sandbox: Sandbox, played: Callable[[], Collection[str]] = lambda: ()
    ) -> None:
        self._sandbox = sandbox
        self._played = played
        self._lines = {who: itertools.cycle(lines) for who, lines in SAID.items()}
        self._in_vision = {who: itertools.cycle(lines) for who, lines in SAID_IN_VISION.items()}
        self._answered: set[str] = set()

    async def run(self) -> None:
        """Act whenever something changes, and every few seconds."""
        while True:
            await self.act()
            try:
                await asyncio.wait_for(self._sandbox.office.changes.next(), 3)
            except TimeoutError:
                continue

    async def act(self) -> int:
        """Answer every prompt that has waited long enough; how many."""
        done = 0
        for who, minutes in PACE.items():
            if f"U0{who.upper()}" in self._played():
                continue
            for prompt in self._prompts(who):
                if self._sandbox.clock.time() - float(prompt["ts"]) >= minutes * 60:
                    await self._answer(who, prompt)
                    done += 1
        return done

    def _prompts(self, who: str) -> list[Json]:
        """The standup questions that person still owes an answer, one a team."""
        newest = self._sandbox.messages(who, f"D0{who.upper()}", newest=6)
        return [one for one in newest if one["ts"] not in self._answered and _asks(one)]

    async def _answer(self, who: str, prompt: Json) -> None:
        self._answered.add(prompt["ts"])
        lines = self._in_vision if prompt["text"].startswith("Vision") else self._lines
        learned, following, stuck = next(lines[who])
        text = f"1. {learned}\n2. {following}\n3. {stuck}"
        await self._sandbox.say(who, f"D0{who.upper()}", text, thread_ts=prompt["ts"])


def _asks(message: Json) -> bool:
    labels = [
        element.get("text", {}).get("text")
        for block in message.get("blocks") or []
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    return "Answer" in labels and "Stop nudging me" not in labels
