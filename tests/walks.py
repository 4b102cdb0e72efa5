"""How many rooms a journey walks through: the product files in which code runs for it."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

HOUSE = Path(__file__).parent.parent
LAYERS = ("bot", "handlers", "jobs", "ingest", "services", "views", "models", "prompts", "core")


def rooms(journey: Callable[[], object]) -> list[str]:
    """The files, in the order of their first step; generated code and imports do not count."""
    seen: dict[CodeType, None] = {}

    def step(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            seen.setdefault(frame.f_code)

    sys.setprofile(step)
    try:
        journey()
    finally:
        sys.setprofile(None)
    places = dict.fromkeys(_room(code) for code in seen)
    return [place for place in places if place]


def _room(code: CodeType) -> str:
    path = Path(code.co_filename)
    if not path.is_absolute():
        path = HOUSE / path
    if not path.is_relative_to(HOUSE):
        return ""
    place = path.relative_to(HOUSE).as_posix()
    return place if place.split("/")[0] in LAYERS else ""


def own(found: list[str]) -> list[str]:
    """Those in a wing: the journey's own. The others stand at the root of a layer, where every
    journey passes through the same trunk (edge, inbox, desk, outbox, tables' base, kit).
    """
    return [place for place in found if place.count("/") > 1]


def told(name: str, found: list[str]) -> str:
    """`/kill: 44 rooms, 20 its own (core 7, …)` with the files below, its own marked."""
    theirs = own(found)
    layers = Counter(place.split("/")[0] for place in theirs)
    parts = ", ".join(f"{layer} {count}" for layer, count in layers.most_common())
    head = f"{name}: {len(found)} rooms, {len(theirs)} its own ({parts})"
    return "\n".join([head, *(f"  {'*' if one in theirs else ' '} {one}" for one in found)])
