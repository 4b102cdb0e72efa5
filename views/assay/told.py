"""What was spent, decided and learned in a period, and what waits for a decision."""

from collections.abc import Sequence

from core import figures
from core.assay.period import Period
from core.experiments.experiment import Experiment
from core.experiments.learning import Learning
from core.quantity import experiment_id
from core.text import shorten
from views import kit
from views.experiments import learning as learnings
from views.experiments.experiment import named
from views.kit import Message

MOST = 8
_DONE = {"killed": "killed", "promoted": "promoted", "decided": "decided"}


def spent(when: Period, hours: float, by_number: Sequence[tuple[int, float]]) -> Message:
    """GPU-hours of the period, the largest first."""
    if not by_number:
        text = f"No GPU-hours were reported {when.name}."
        return Message(text, [kit.section(text)])
    text = f"{figures.number(hours, 1)} GPU-hours were reported {when.name}."
    lines = [f"• {experiment_id(n)}: {figures.number(h, 1)}" for n, h in by_number[:MOST]]
    rest = sum(h for _, h in by_number[MOST:])
    lines += [f"• {len(by_number) - MOST} others: {figures.number(rest, 1)}"] if rest else []
    blocks = [kit.section(f"*{text}*"), kit.section("\n".join(lines)), _days(when)]
    return Message("\n".join([text, *lines]), blocks)


def decided(what: str, when: Period, tickets: Sequence[Experiment], count: int) -> Message:
    """Experiments that were closed then, each with what it taught."""
    verb = _DONE[what]
    if not count:
        text = f"No experiment was {verb} {when.name}."
        return Message(text, [kit.section(text), _days(when), _lists()])
    noun = "experiment was" if count == 1 else "experiments were"
    text = f"{count} {noun} {verb} {when.name}."
    blocks = [kit.section(f"*{text}*"), *(kit.section(_line(one)) for one in tickets)]
    rest = count - len(tickets)
    blocks += [kit.context(f"{rest} more")] if rest else []
    ids = ", ".join(one.id for one in tickets)
    return Message(f"{text} {ids}", [*blocks, _days(when), _lists()])


def learned(when: Period, found: Sequence[Learning], count: int) -> Message:
    """What was learned then, the newest first."""
    title = f"{count} learnings {when.name}" if count != 1 else f"One learning {when.name}"
    nothing = f"No learning was kept {when.name}. `/learn` shows the last ones."
    return learnings.listing(found, title, more=count > len(found), nothing=nothing)


def _line(one: Experiment) -> str:
    taught = kit.escape(shorten(one.learnings, 240)) if one.learnings else "nothing written down"
    day = f", {kit.day(one.decided_at.date())}" if one.decided_at else ""
    stage = "killed" if one.stage == "killed" else "promoted"
    return f"{named(one)}: {stage}{day}\n_{taught}_"


def _days(when: Period) -> kit.Block:
    same = when.first == when.last
    days = kit.day(when.first) if same else f"{kit.day(when.first)} to {kit.day(when.last)}"
    return kit.context(days)


def _lists() -> kit.Block:
    return kit.actions(
        kit.button("All killed", "list_page", "killed|0"),
        kit.button("All in production", "list_earlier", "production|0"),
    )
