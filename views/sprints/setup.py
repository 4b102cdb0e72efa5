"""How a team's sprints run: the form, and what is set."""

from collections.abc import Mapping
from typing import Any

from core import figures
from core.sprints.setup import KINDS, NAMES, SprintRhythm
from views import kit
from views.kit import Message

FORM = "sprint_setup"
_HINTS = {
    "plan": "On a day off it moves to the next working day.",
    "review": "Held on the last such day of the sprint; on a day off on the one before.",
    "retro": "Like the review.",
}


def form(shown: SprintRhythm, draft: Mapping[str, Any]) -> kit.Block:
    """The settings; what was typed and not sent comes before what is set."""
    now = given(shown) | {name: text for name, text in draft.items() if text}
    weeks = [kit.option(f"{n} {'week' if n == 1 else 'weeks'}", str(n)) for n in (1, 2, 3, 4)]
    start: kit.Block = {"type": "datepicker", "initial_date": now["start"]}
    blocks = [
        kit.context("A sprint that has begun or is planned keeps its dates; a new start or length "
                    f"takes effect after it. Times are {shown.zone}."),
        kit.field("start", f"First day of sprint {shown.number}", start),
        kit.field("weeks", "Length", kit.choice(weeks, now["weeks"])),
        kit.field("capacity", "GPU-hours a sprint",
                  kit.text_input(now["capacity"], placeholder="120h"), optional=True),
        kit.field("person", "An hour of somebody's work counts as so many GPU-hours",
                  kit.text_input(now["person"]), hint="For ranking candidates by cost."),
    ]  # fmt: skip
    for kind in KINDS:
        box = kit.text_input(now[kind], placeholder="fri 14:00")
        blocks.append(kit.field(kind, kit.capital(NAMES[kind]), box, hint=_HINTS[kind]))
    return kit.modal(FORM, "Sprints", blocks, submit="Save", meta={"given": given(shown)})


def given(shown: SprintRhythm) -> dict[str, str]:
    """What is set, as the form's fields hold it."""
    return {
        "start": shown.first.isoformat(),
        "weeks": str(shown.weeks),
        "capacity": f"{shown.capacity:.12g}h" if shown.capacity else "",
        "person": f"{shown.person:.12g}",
        **{kind: slot.text for kind, slot in shown.slots.items()},
    }


def saved(shown: SprintRhythm, by: str) -> Message:
    """What holds from when on, for everybody."""
    weeks = "1 week" if shown.weeks == 1 else f"{shown.weeks} weeks"
    text = f"Sprints of {weeks}: sprint {shown.number} starts on {kit.day(shown.first)}"
    text += f" {shown.first.year}. Set by {kit.person(by)}."
    if shown.from_next:
        text += f" Sprint {shown.from_next} and all before it keep their dates."
    slots = [(NAMES[kind].capitalize(), f"{slot.text.capitalize()}, {shown.zone}")
             for kind, slot in shown.slots.items()]  # fmt: skip
    capacity = f"{figures.number(shown.capacity, 1)} GPU-hours" if shown.capacity else "not set"
    blocks = [kit.section(text), kit.fields([*slots, ("Capacity", capacity)])]
    if not shown.channel:
        blocks.append(kit.context("No team channel is set, so nothing is posted: `/exp setup`."))
    if shown.template:
        blocks.append(kit.context(f"The GenAI template rests: {kit.escape(shown.template)}."))
    return Message(text, blocks)
