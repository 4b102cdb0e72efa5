"""kill -9 at thirty random points of a fortnight: nothing acked is lost, nothing is said twice."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot import manifest
from handlers.routes import table
from sandbox.demo.story import PEOPLE
from sandbox.server import Sandbox
from tests.faults.crew import Crew

pytestmark = pytest.mark.slow

KILLS = 30
ACK_S = 1.0  # a third of Slack's: whoever was killed does not ack, and all wait for that
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
# Twice a day: when Asia has been asked, and when Los Angeles has been asked.
HOURS = (10, 19)


async def _set_up(crew: Crew) -> None:
    space = crew.sandbox

    async def form(who, channel, command, text, values):
        async def fill():
            opened = await space.command(who, channel, command, text)
            if not opened["delivery"]["ok"] or not opened["opened_view"]:
                return {"delivery": {"ok": False}}
            return await space.submit(who, opened["opened_view"]["id"], values)

        return await crew.insist(fill)

    channels = {
        "team_channel": "C0STANDUP",
        "leads_channel": "C0LEADS",
        "alerts_channel": "C0ALERTS",
        "digest_channel": "C0DIGEST",
        "zone": "Europe/Berlin",
    }
    await form("lena", "#ml-leads", "/exp", "setup", channels)
    people = {"people": PEOPLE, "channel": "C0STANDUP"}
    await form("lena", "#standup", "/standup", "setup", people)
    await crew.quiet()


async def _answer(crew: Crew, day: int, acked: list[str]) -> None:
    """Everybody answers in the DM; what was acked is remembered."""
    for user in PEOPLE:
        who = user[2:].lower()
        asked = [m for m in crew.sandbox.messages(who, f"D0{user[2:]}") if _asks(m)]
        if not asked:
            continue
        text = f"1. {who} learned {day}\n2. more of it\n3. none"
        said = await crew.sandbox.say(who, f"D0{user[2:]}", text, thread_ts=asked[-1]["ts"])
        if said["delivery"]["ok"]:
            acked.append(f"{who} learned {day}")


def _asks(message) -> bool:
    return '"Answer"' in str(message.get("blocks")).replace("'", '"')


async def test_thirty_crashes_lose_nothing_and_double_nothing(tmp_path):
    acked: list[str] = []
    made, offset = manifest.manifest(table()), tmp_path / "offset"
    evening = MONDAY - timedelta(hours=3)
    async with Sandbox(made, clock_file=offset, at=evening, ack_s=ACK_S) as sandbox:
        crew = Crew(sandbox, tmp_path, random.Random(20261130))
        await crew.start()
        try:
            await _set_up(crew)
            crew.kills_left = KILLS
            await _play(crew, acked)
            await crew.quiet()
        finally:
            await crew.stop()
        print(f"{len(crew.killed_at)} kills at: {Counter(crew.killed_at)}; {len(acked)} acked")
        assert len(crew.killed_at) == KILLS
        assert len(acked) > 30
        kept = " ".join(str(row[0]) for row in crew.read("SELECT replies FROM answer"))
        assert [text for text in acked if text not in kept] == []
        _assert_nothing_twice(sandbox)


async def _play(crew: Crew, acked: list[str]) -> None:
    for day in range(12):
        for hour in HOURS:
            await crew.move(MONDAY + timedelta(days=day, hours=hour))
            await _answer(crew, day, acked)
            await crew.quiet()


def _assert_nothing_twice(sandbox: Sandbox) -> None:
    seen: Counter[str] = Counter()
    for channel in sandbox.office.space.channels.values():
        for message in channel.messages.values():
            payload = (message.body.get("metadata") or {}).get("event_payload") or {}
            if payload:
                seen[payload["outbox_id"]] += 1
    assert len(seen) > 50
    assert [key for key, count in seen.items() if count > 1] == []
