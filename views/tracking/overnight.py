"""What an owner reads at nine of the runs of the night."""

from collections import Counter
from collections.abc import Sequence

from core import facts, figures
from core.experiments.experiment import meets_target
from core.tracking.overnight import Night
from views import kit
from views.experiments.experiment import named
from views.kit import Message
from views.tracking.run import called, hours

MOST = 8
_TOLD = {"stale": "went silent"}


def night(found: Sequence[Night]) -> Message:
    """First how many did what, then a line a run, what needs somebody first."""
    counts = Counter(one.how for one in found)
    parts = [f"{count} {_TOLD.get(how, how)}" for how, count in counts.items()]
    text = f"Overnight: {facts.count(len(found), 'run')}, {', '.join(parts)}."
    blocks = [kit.section(f"*{text}*")]
    blocks += [kit.section(_line(one), _look(one)) for one in found[:MOST]]
    if len(found) > MOST:
        blocks.append(
            kit.context(f"And {len(found) - MOST} more; `/track EXP-042` shows a run's.")
        )
    return Message(text, blocks)


def _look(one: Night) -> kit.Block:
    return kit.button("Curves", "track_look", one.ticket.id)


def _line(one: Night) -> str:
    return f"{named(one.ticket)} · run {called(one.run)} {_how(one)} · {hours(one.run)}"


def _how(one: Night) -> str:
    run = one.run
    if run.diverged:
        goes = "it still runs" if run.status == "running" else f"it is {run.status}"
        return f"{kit.escape(run.diverged.told)}; {goes}"
    if one.how == "stale":
        heard = f", last heard of {kit.moment(run.heard_at)}" if run.heard_at else ""
        return f"says it is running and is silent{heard}"
    ended = f" {kit.moment(run.heard_at)}" if run.heard_at else ""
    more = ", its loss still fell" if one.falling else ""
    return f"{one.how}{ended}{more}{_result(one)}"


def _result(one: Night) -> str:
    if one.run.best is None:
        return ": no result of the ticket's metric"
    metric = kit.escape(one.ticket.metric or "result", 40)
    text = f": best {metric} {figures.number(one.run.best)}"
    if one.ticket.target is None:
        return text
    met = meets_target(one.ticket, one.run.best)
    return f"{text}, target {figures.number(one.ticket.target)}{' reached' if met else ''}"
