"""A sprint's velocity against its forecast, and what took time from it, in the retro."""

from core.blockers.blocker import CAUSE_NAMES
from core.figures import number, percent
from core.quantity import blocker_id
from core.sprints.retro_pace import Pace

SHOWN = 4


def told(found: Pace) -> str:
    """The figure, then a line a cause."""
    return "\n".join(["*Velocity against its forecast*", f"• {_figure(found)}", *_causes(found)])


def _figure(found: Pace) -> str:
    decided = f"{found.decided} decided"
    if found.mean is None:
        return f"{decided}; a forecast takes 3 sprints before it."
    count = len(found.before)
    of = f"{decided}; the {count} sprints before held {number(found.mean, 1)} on average, "
    of += f"{found.sure} or more in 85% of them"
    if found.word == "running":
        return f"{of}. Day {found.days}, it is not over."
    if found.word == "as forecast":
        return f"{of}: as forecast."
    share = f"{percent(found.decided / found.mean)} of the average, " if found.mean else ""
    few = f"{percent(found.rare)} of them" if found.rare > 0 else "none of them"
    return f"{of}: *short*, {share}and {few} held so few."


def _causes(found: Pace) -> list[str]:
    lines = [_blocked(cause, *seen) for cause, seen in [*found.blocked.items()][:SHOWN]]
    if found.added or found.removed:
        lines.append(f"• Scope after the start: +{found.added} −{found.removed} on "
                     f"{found.committed} committed")  # fmt: skip
    if found.late:
        waited = f", {_days(found.waited)} after a rule first asked" if found.waited else ""
        lines.append(f"• Late kills: {found.late}{waited}")
    if not lines:
        return ["• No blocker, change of scope or late kill is recorded in it."]
    return lines


def _blocked(cause: str, days: int, numbers: tuple[int, ...]) -> str:
    ids = ", ".join(blocker_id(one) for one in numbers[:SHOWN])
    more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
    name = CAUSE_NAMES.get(cause, cause)
    return f"• {name[0].upper()}{name[1:]}: a blocker open on {_days(days)} ({ids}{more})"


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"
