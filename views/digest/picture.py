"""What stands beside a picture: the same facts in words."""

from collections.abc import Mapping
from typing import Any

from views import kit
from views.kit import Message


def sent(spec: Mapping[str, Any], what: str) -> Message:
    """The picture is on its way to the person. what: what the button shares."""
    text, blocks = shared(spec)
    button = kit.actions(kit.button("Share here", "picture_share", what))
    return Message(text, [*blocks, kit.context("The picture is in our direct messages."), button])


def shared(spec: Mapping[str, Any]) -> Message:
    """The picture's facts, for the channel; the picture is in the thread."""
    text = kit.escape(str(spec["alt"]), 2900)
    return Message(text, [kit.section(text)])


def done() -> Message:
    """The person hears that it was shared."""
    return Message("Shared in this channel.", [kit.section("Shared in this channel.")])
