"""A command that a text names is one that can be typed where the text stands."""

import pytest

from bot import typed
from bot.manifest import SUMMARIES


@pytest.mark.parametrize(
    ("text", "channel", "thread"),
    [
        ("`/board metrics`", "`/assay board metrics`", "`@Assay board metrics`"),
        ("See `/need show 2`, or `/exp rules`.", "See `/assay need show 2`, or `/exp rules`.",
         "See `@Assay need show 2`, or `@Assay exp rules`."),
        ("`/assay spent`; `/assay`", "`/assay spent`; `/assay`", "`@Assay spent`; `@Assay`"),
        ("`/tmp/exp` and a/b, /exp", "`/tmp/exp` and a/b, /exp", "`/tmp/exp` and a/b, /exp"),
    ],
)  # fmt: skip
def test_a_named_command_can_be_typed_there(text, channel, thread):
    assert typed.words(text) == channel
    assert typed.words(text, thread=True) == thread
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    assert typed.shown([block], thread=True)[0]["text"]["text"] == thread


@pytest.mark.parametrize("command", SUMMARIES)
def test_no_command_is_named_in_a_thread(command):
    assert "`/" not in typed.words(f"`{command}` `{command} list`", thread=True)


def test_what_somebody_typed_into_a_field_stays():
    field = {"type": "plain_text_input", "initial_value": "`/exp list`"}
    assert typed.shown([field], thread=True) == [field]
