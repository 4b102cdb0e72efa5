"""Commands that our texts name, as they can be typed where they stand: `/board` is a command only
for who installed all of them, `/assay board` is one everywhere, and in a thread, where Slack takes
no commands, one writes `@Assay board`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.manifest import FEW, SUMMARIES
from handlers.ask import Reply

_WORDS = "|".join(name[1:] for name in SUMMARIES if name not in FEW)
_NAMED = re.compile(rf"`/({_WORDS})\b")
_THERE = re.compile(rf"`/({'|'.join(name[1:] for name in SUMMARIES)})\b")
_TEXTS = ("text", "alt_text", "fallback")


def words(text: str, *, thread: bool = False) -> str:
    """`/board metrics` in backticks becomes `/assay board metrics`, in a thread
    `@Assay board metrics`.
    """
    if "`/" not in text:
        return text
    return _THERE.sub(_mentioned, text) if thread else _NAMED.sub(r"`/assay \1", text)


def _mentioned(found: re.Match[str]) -> str:
    name = "" if found[1] == "assay" else f" {found[1]}"
    return f"`@Assay{name}"


def shown(value: Any, *, thread: bool = False) -> Any:
    """Blocks or a view whose texts name commands so; what people typed into fields stays."""
    if isinstance(value, Mapping):
        if value.get("type") in ("rich_text", "plain_text_input"):
            return value  # foreign words
        return {name: _part(name, one, thread=thread) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [shown(one, thread=thread) for one in value]
    return value


def _part(name: str, value: Any, *, thread: bool) -> Any:
    if isinstance(value, str):
        return words(value, thread=thread) if name in _TEXTS else value
    return shown(value, thread=thread)


def reply(given: Reply, *, thread: bool = False) -> Reply:
    """The answer with its commands as they can be typed. thread: it is shown in one."""
    return replace(
        given,
        text=words(given.text, thread=thread),
        blocks=shown(given.blocks, thread=thread),
        modal=shown(given.modal),
        update=shown(given.update),
        home=shown(given.home),
        errors={name: words(text) for name, text in given.errors.items()},
    )
