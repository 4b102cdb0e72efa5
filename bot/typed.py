"""Commands that our texts name, as they can be typed with every manifest: `/board` is a command
only for who installed all of them, `/assay board` is one everywhere.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.manifest import FEW, SUMMARIES
from handlers.ask import Reply

_WORDS = "|".join(name[1:] for name in SUMMARIES if name not in FEW)
_NAMED = re.compile(rf"`/({_WORDS})\b")
_TEXTS = ("text", "alt_text", "fallback")


def words(text: str) -> str:
    """`/board metrics` in backticks becomes `/assay board metrics`."""
    return _NAMED.sub(r"`/assay \1", text) if "`/" in text else text


def shown(value: Any) -> Any:
    """Blocks or a view whose texts name commands so; what people typed into fields stays."""
    if isinstance(value, Mapping):
        if value.get("type") in ("rich_text", "plain_text_input"):
            return value  # foreign words
        return {name: _part(name, one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [shown(one) for one in value]
    return value


def _part(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return words(value) if name in _TEXTS else value
    return shown(value)


def reply(given: Reply) -> Reply:
    """The answer with its commands as they can be typed."""
    return replace(
        given,
        text=words(given.text),
        blocks=shown(given.blocks),
        modal=shown(given.modal),
        update=shown(given.update),
        home=shown(given.home),
        errors={name: words(text) for name, text in given.errors.items()},
    )
