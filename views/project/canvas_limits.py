"""The canvas's limits beside a ticket and its form, and its figures below the canvas."""

from collections.abc import Sequence

from core.project.canvas_lead_time import LaunchMath
from core.project.canvas_limits import Limits
from views import kit
from views.kit import Message

MOST = 5  # lines beside a ticket


def told(broken: Sequence[str]) -> list[str]:
    """A line for each limit that a ticket breaks."""
    return [f":warning: {kit.escape(line, 300)}" for line in broken[:MOST]]


def before_writing(found: Limits) -> list[str]:
    """What the canvas bounds, on top of an empty form."""
    return [f"The canvas: {kit.escape(found.told, 700)}."] if found.told else []


def launch(found: Sequence[LaunchMath]) -> list[kit.Block]:
    """A line for each review before launch."""
    lines = "\n".join(f"• {one_launch(each)}" for each in found)
    return [kit.section(f"*Before launch*\n{lines}")] if lines else []


def one_launch(one: LaunchMath) -> str:
    """`legal review takes 21 days and sprint 5 ends on Sun 22 Nov: …`."""
    what = kit.escape(one.lead.what.capitalize(), 60)
    text = (
        f"{what} takes {one.lead.days} days and sprint {one.sprint} ends on {kit.day(one.ends)}: "
    )
    if one.late:
        late = f"{one.late} day{'s' if one.late > 1 else ''}"
        return f"*The math doesn't work*: {text}begun today it comes {late} too late."
    return f"{text}it has to begin by {kit.day(one.start)}."


def review_due(one: LaunchMath) -> Message:
    """To the leads at a sprint's close: it has to begin now, or comes too late."""
    text = one_launch(one)
    what = kit.escape(one.lead.what, 60)
    ask = f"`/need add {what.capitalize()} begun by={one.start}` asks leadership for it; once it "
    ask += "runs, write “started” into its line: `/canvas edit`."
    return Message(text.replace("*", ""), [kit.section(text), kit.context(ask)])


def press(gpus: int | None, *, leads: bool) -> list[kit.Block]:
    """Sets as many GPUs as the canvas has."""
    wanted = leads and gpus is not None
    return (
        [kit.button(f"Set {gpus} GPU{'s' if gpus != 1 else ''}", "canvas_gpus")] if wanted else []
    )
