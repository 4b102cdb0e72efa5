"""Ten working days of two teams that share two people, played over the wire: the script of
test_fortnight.py.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any

from sandbox.demo import vision
from sandbox.demo.cast import Cast
from sandbox.demo.idea import write_ticket
from sandbox.demo.story import BERLIN, IDEAS, run_to, set_up, widen
from sandbox.play import Play

MONDAY = datetime(2026, 11, 30, tzinfo=BERLIN)
VISION_DAYS = ("0", "2", "4")  # of Vision's standup; the first team's is every day
START = MONDAY - timedelta(hours=14)  # Sunday morning in Berlin: Auckland's Monday is ahead


def whole(message: Any) -> str:
    """A message's text and everything its blocks show."""
    return f"{message.get('text', '')} {message.get('blocks', '')}"


@dataclass
class Fortnight:
    """The play, its people, and what was heard on the way."""

    play: Play
    cast: Cast
    heard: dict[str, Any] = field(default_factory=dict)

    async def at(self, day: int, hour: float) -> None:
        """Let time pass until that hour in Berlin; day 0 is the first Monday."""
        clock = time(int(hour), int(hour % 1 * 60))
        there = datetime.combine(MONDAY.date() + timedelta(days=day), clock, tzinfo=BERLIN)
        await run_to(self.play, self.cast, there)

    async def type(self, who: str, line: str, *, where: str = "#standup") -> str:
        """A command as typed; what the person was told."""
        command, _, text = line.partition(" ")
        told = await self.play.sandbox.command(who, where, command, text)
        assert told["delivery"]["ok"], told
        await self.play.settle()
        return whole(told["response"] or {})

    async def press(self, who: str, channel: str, action: str, text: str) -> Any:
        """A button under the newest message whose text contains that (threads included)."""
        message = self.find(who, channel, text)
        pressed = await self.play.sandbox.click(who, action, channel=channel, ts=message["ts"])
        assert pressed["delivery"]["ok"], pressed
        await self.play.settle()
        return pressed["opened_view"]

    async def submit(self, who: str, view: Any, values: dict[str, Any]) -> Any:
        """Fill in the open form and send it."""
        sent = await self.play.sandbox.submit(who, view["id"], values)
        await self.play.settle()
        return sent

    def said(self, who: str, channel: str) -> list[Any]:
        """Everything that person sees there, threads included, oldest first."""
        seen = []
        for message in self.play.sandbox.messages(who, channel):
            seen.append(message)
            if message.get("reply_count"):
                thread = self.play.sandbox.messages(who, channel, thread_ts=message["ts"])
                seen += [reply for reply in thread if reply["ts"] != message["ts"]]
        return seen

    def find(self, who: str, channel: str, text: str) -> Any:
        """The newest message there whose text contains that."""
        found = [m for m in self.said(who, channel) if text in whole(m)]
        assert found, f"{who} sees no “{text}” in {channel}"
        return found[-1]


async def play_all(play: Play) -> Fortnight:
    """The whole script."""
    them = Fortnight(play, Cast(play.sandbox))
    await _first_day(them)
    await _first_week(them)
    await _second_week(them)
    return them


async def _first_day(them: Fortnight) -> None:
    await set_up(them.play)
    await widen(them.play)
    for place, idea in enumerate(IDEAS):
        await write_ticket(them.play, idea, place + 1)
    await vision.begin(them.play, len(IDEAS) + 1, days=VISION_DAYS)
    await them.at(0, 9)
    refused = await them.type("lena", "/exp new Judge on a bigger model")
    del refused  # a form was opened; it is closed half-typed and offered again
    view = them.play.sandbox.views("lena")[-1]
    await them.play.sandbox.type_in("lena", view["id"], {"hypothesis": "A 70B judge agrees more"})
    await them.play.sandbox.close_view("lena", view["id"])
    await them.type("lena", "/exp new")
    again = them.play.sandbox.views("lena")[-1]
    them.heard["draft"] = again["values"]["hypothesis"]["it"]["value"]
    await them.play.sandbox.close_view("lena", again["id"])
    them.heard["unknown"] = await them.type("ana", "/exp shwo EXP-001")
    them.heard["early evaluation"] = await them.type("ana", "/exp move EXP-001 evaluation")
    for number, who in ((1, "ana"), (2, "ben"), (3, "zoe"), (4, "mia"), (7, "priya")):
        await them.type(who, f"/exp move EXP-{number:03d} experiment")
    await them.type("noor", "/exp move EXP-009 experiment", where="#vision")


async def _first_week(them: Fortnight) -> None:
    await them.at(1, 10)
    await them.type("priya", '/exp update EXP-007 acc=0.70 gpu=6h "first epoch"')
    await _edit_and_delete(them)
    await _mia_says_which_team(them)
    await them.at(2, 11)
    await write_ticket(them.play, replace(IDEAS[5], title="Rerank by age"), 11)
    them.heard["not hers"] = await them.type("mia", "/kill EXP-001 somebody else's idea")
    view = await them.press("mia", "#standup", "kill_ask", "Only")
    await them.submit("mia", view, {"reason": "The router makes late chunking pointless"})
    them.heard["request"] = them.find("lena", "#ml-leads", "EXP-001")["text"]
    await them.press("lena", "#ml-leads", "kill_keep", "EXP-001")
    await them.type("zoe", '/exp update EXP-003 acc=0.782 gpu=5h safety=ok "MinHash"')
    await them.at(3, 11)
    await them.type("priya", '/exp update EXP-007 acc=0.735 gpu=9h "overfits"')
    await them.type("zoe", "/exp move EXP-003 evaluation")
    them.heard["not a lead"] = await them.type("zoe", "/exp promote EXP-003 duplicates hurt")
    await them.type("lena", "/exp promote EXP-003 near-duplicates taught stale answers")
    await them.type("lena", "/digest add need Approve $3K more for labelling", where="#ml-leads")
    them.heard["not in Vision"] = await them.type("ben", "/kill EXP-009 not worth it")
    await them.type("noor", "/kill EXP-009 the student forgets small damage", where="#vision")
    them.heard["from elsewhere"] = await them.type("ben", "/exp EXP-009")
    await them.at(4, 15.5)
    them.heard["preview"] = await them.type("lena", "/digest preview", where="#ml-leads")
    await them.at(4, 16.5)


async def _edit_and_delete(them: Fortnight) -> None:
    """Zoe mends her answer, Mia takes hers back; Ana answers by form before she is asked."""
    await them.at(1, 13)
    for who, change in (("zoe", "edit"), ("mia", "delete")):
        dm = f"D0{who.upper()}"
        thread = them.find(who, dm, "Standup Tue")["thread_ts"]
        mine = them.play.sandbox.messages(who, dm, thread_ts=thread)[-1]
        if change == "edit":
            text = "1. EXP-003 edited learning\n2. next\n3. none"
            await them.play.sandbox.edit(who, dm, mine["ts"], text)
        else:
            await them.play.sandbox.delete(who, dm, mine["ts"])
    await them.play.settle()
    await them.type("ana", "/standup")
    view = them.play.sandbox.views("ana")[-1]
    answers = {"q0": "EXP-001 answered by form", "q1": "the hard split", "q2": "GPU quota"}
    await them.submit("ana", view, answers)


async def _mia_says_which_team(them: Fortnight) -> None:
    """In her DM with Assay nothing says it; the channel did until now."""
    them.heard["which team"] = await them.type("mia", "/exp list", where="D0MIA")
    await them.press("mia", "D0MIA", "team_meant_1", "Which team")
    them.heard["the team chosen"] = whole(them.said("mia", "D0MIA")[-1])


async def _second_week(them: Fortnight) -> None:
    await them.at(7, 11)
    await them.type("priya", '/exp update EXP-007 acc=0.741 gpu=10h "same plateau"')
    await them.at(9, 12)
    opened = await them.press("priya", "D0PRIYA", "proposal_extend", "EXP-007")
    await them.submit("priya", opened, {"days": "2", "reason": "one run with a new schedule"})
    await them.at(10, 10)
    them.heard["candidates"] = await them.type("lena", "/kill")
    await them.type("lena", "/kill exp7")
    view = them.play.sandbox.views("lena")[-1]
    them.heard["evidence"] = str(view["blocks"])
    them.heard["n/a"] = await them.submit("lena", view, {"learnings": "n/a"})
    await them.submit("lena", view, {"learnings": "The corpus is too small for 8B weights"})
    await them.press("lena", "#standup", "kill_undo", "EXP-007 killed")
    them.heard["undone"] = await them.type("lena", "/exp EXP-007")
    await them.type("lena", "/kill EXP-007 The corpus is too small, buy labels instead")
    them.heard["again"] = await them.type("kenji", "/kill EXP-7 me too, it overfits")
    them.heard["history"] = await them.type("lena", "/exp history EXP-007")
    await them.at(11, 15.9)
    await them.at(11, 16.5)
    await them.play.sandbox.home_opened("lena")
    await them.play.settle()  # the Home is published after the ack
    them.heard["home"] = them.play.sandbox.home("lena")
    await them.at(12, 1)
