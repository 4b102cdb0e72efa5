"""In a thread no command can be typed; what our texts say there, `@Assay …`, can be, and works."""

import pytest

from bot import typed
from tests.experiments import bring

WRITES = (
    "exp update EXP-001 safety=ok", "exp update EXP-001 acc=0.83 gpu=+6h",
    "exp move EXP-001 iteration worth refining", "exp edit EXP-001", "exp reopen EXP-001 why",
    "exp undo EXP-001", "need add Two more labellers by=2026-12-04", "need change 3 by=2026-12-04",
    "blocker resolve BLK-003 the quota was raised", "digest correct", "data move DATA-003",
    "exp leads add <@UBEN>", "gate EXP-001",
)  # fmt: skip
READS = ("exp rules EXP-001", "exp history EXP-001", "exp list", "need", "need show 2",
         "board", "board funnel", "blocker list all", "EXP-001")  # fmt: skip


@pytest.fixture
def below(talk):
    """An experiment in evaluation; what is said stands in a thread."""
    bring(talk, "safe")
    return lambda text, **more: talk.mention(text, thread_ts="1.1", **more)


def _button(reply):
    found = [e for b in reply.blocks if b["type"] == "actions" for e in b["elements"]]
    return next(e for e in found if e["text"]["text"] == "Do it")


@pytest.mark.parametrize("command", WRITES)
def test_what_changes_something_is_one_press_away(talk, below, command):
    reply = below(command)
    assert reply.text == "Shall I do that?"
    assert _button(reply)["value"] == command
    named = typed.words(f"`/{command}`", thread=True)
    assert named == f"`@Assay {command}`"


@pytest.mark.parametrize("command", READS)
def test_what_only_reads_is_answered_at_once_as_the_command_is(talk, below, command):
    wanted = talk.say(f"/{command}" if command != "EXP-001" else "/exp EXP-001").text
    assert below(command).text == wanted


def test_the_press_does_what_the_command_does(talk, below):
    reply = below("exp move EXP-001 iteration The reranker is worth another look")
    assert "EXP-001 · evaluation" in talk.say("/exp EXP-001").text
    button = _button(reply)
    done = talk.press(button["action_id"], button["value"], thread_ts="1.1")
    assert "EXP-001 moved evaluation → iteration" in done.text


def test_forms_and_kills_are_offered_as_before(talk, below):
    assert "Kill EXP-001?" in below("kill EXP-001 it is no use at all").text
    assert "Promote EXP-001?" in below("exp promote EXP-001 what we learned").text


def test_a_sentence_that_begins_like_a_command_is_none(talk, below):
    assert "Shall I" not in below("data is late again").text
    assert "Shall I" not in talk.mention("exp undo EXP-001").text
