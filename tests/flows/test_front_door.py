"""The front door over the wire: a mention, a direct message and /assay get the same answer, with
the five commands that are installed by default.
"""

import pytest

from bot import manifest
from handlers.routes import table
from sandbox.shapes import ControlError
from sandbox.workspace.manifest import read_manifest
from tests.flows.fortnight import Fortnight, whole
from tests.sandboxed import opened


def _told(sandbox, who: str, where: str) -> list[str]:
    return [whole(message) for message in sandbox.messages(who, where)]


def test_the_sandbox_takes_both_manifests_and_they_differ_in_commands_only():
    few, every = (read_manifest(manifest.manifest(table(), every=all_)) for all_ in (False, True))
    assert [one.command for one in few.commands] == list(manifest.FEW)
    assert {one.command for one in every.commands} == set(table().commands())
    assert (few.scopes, few.bot_events) == (every.scopes, every.bot_events)
    assert {"app_mention", "member_joined_channel"} <= few.bot_events


async def test_three_ways_in_get_the_same_answer_and_no_other_command_is_needed(tmp_path):
    async with opened(tmp_path, all_commands=False) as play:
        sandbox = play.sandbox
        them = Fortnight(play, cast=None)
        await them.type("lena", "/exp leads add @lena")
        typed = await them.type("lena", "/assay who is blocked?")
        await sandbox.say("lena", "#standup", "@assay who is blocked?")
        await play.settle()
        mentioned = _told(sandbox, "lena", "#standup")[-1]
        await sandbox.say("lena", "D0LENA", "who is blocked?")
        await play.settle()
        written = _told(sandbox, "lena", "D0LENA")[-1]
        first = typed.split(" [")[0]
        assert first in mentioned
        assert first in written
        with pytest.raises(ControlError, match="not a valid command"):
            await sandbox.command("lena", "#standup", "/board")
        assert "Board" in await them.type("lena", "/assay board")
        assert sandbox.violations == []


async def test_a_channel_the_app_is_not_in_is_not_heard_and_greeted_once_it_is(tmp_path):
    async with opened(tmp_path, all_commands=False) as play:
        sandbox = play.sandbox
        await sandbox.channel("create", name="elsewhere", user="lena")
        told = await sandbox.say("lena", "#elsewhere", "@assay help")
        assert told["delivery"]["sent"] == 0
        await sandbox.channel("invite", channel="#elsewhere", user="assay")
        await play.settle()
        assert any("Assay is here" in text for text in _told(sandbox, "lena", "#elsewhere"))
        await sandbox.say("lena", "#elsewhere", "thanks @assay")
        await play.settle()
        message = sandbox.messages("lena", "#elsewhere")[-1]
        assert [one["name"] for one in message["reactions"]] == ["heart"]
        assert sandbox.violations == []


async def test_a_question_that_slack_sends_again_is_answered_once(tmp_path):
    async with opened(tmp_path, all_commands=False) as play:
        sandbox = play.sandbox
        await sandbox.say("lena", "D0LENA", "who is blocked?")
        await play.settle()
        answers = len(_told(sandbox, "lena", "D0LENA"))
        await sandbox.office.courier.again("last")
        await play.settle()
        assert len(_told(sandbox, "lena", "D0LENA")) == answers


async def test_an_answer_that_slack_refuses_as_too_fast_is_shown_later(tmp_path):
    async with opened(tmp_path, all_commands=False) as play:
        them = Fortnight(play, cast=None)
        await them.type("lena", "/exp leads add @lena")
        await play.sandbox.fault("chat.postMessage", "429", times=1, retry_after=0)
        await play.sandbox.say("lena", "D0LENA", "help")
        await play.settle()
        assert "as to a colleague: here" in _told(play.sandbox, "lena", "D0LENA")[-1]
