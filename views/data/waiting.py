"""What an experiment waits for, and hearing that it waits for nothing."""

from collections.abc import Sequence

from core.experiments.experiment import Experiment
from views import kit
from views.kit import Message


def ids(waits: Sequence[str]) -> str:
    """`DATA-003, ENG-002`, at most ten."""
    return ", ".join(waits[:10]) + (f" and {len(waits) - 10} more" if len(waits) > 10 else "")


def beside(blocks: list[kit.Block], waits: Sequence[str]) -> list[kit.Block]:
    """An experiment's card with what it waits for under its facts."""
    at = next((n for n, block in enumerate(blocks, 1) if "fields" in block), len(blocks))
    line = [kit.section(f"*Waits for {ids(waits)}*")] if waits else []
    return [*blocks[:at], *line, *blocks[at:]]


def freed(it: Experiment, closed: str) -> Message:
    """To the owner: nothing blocks it any more. closed: the id of the last that did."""
    text = f"{it.id} waits for nothing any more: {closed} is closed"
    body = f"*{text}*\n{kit.escape(it.title, 150)} · in {it.stage}"
    buttons = [kit.button("Show it", "experiment_show", str(it.number))]
    if it.stage in {"backlog", "hypothesis"}:
        buttons.append(kit.button("Move…", "move_open", str(it.number)))
    return Message(text, [kit.section(body), kit.actions(*buttons)])


def blocked(it: Experiment, waits: Sequence[str]) -> Message:
    """In the place of the above: it was taken back, and waits again for these ids."""
    for_what = f" for {ids(waits)}" if waits else ""
    text = f"{it.id} waits again{for_what}: closing was undone"
    return Message(text, [kit.section(f"*{text}*\n{kit.escape(it.title, 150)}")])
