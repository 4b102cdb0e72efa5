"""Teams beside each other, a line each."""

from collections.abc import Sequence

from core import figures
from core.board.teams import TeamLine
from core.experiments.headline import Headline
from views import kit
from views.kit import Message

_MOST = 40
HOW_TO = "`/exp list team=NAME` lists one team's experiments, `team=all` those of all."


def listed(found: Sequence[TeamLine]) -> Message:
    """What waits first, then every team."""
    waiting = sum(line.waiting for line in found)
    teams = f"{len(found)} team{'' if len(found) == 1 else 's'}"
    waits = f"{waiting} decision{'' if waiting == 1 else 's'}" if waiting else "no decision"
    text = f"{teams}, {waits} waiting."
    lines = [kit.section(_line(one)) for one in found[:_MOST]]
    rest = [kit.context(f"And {len(found) - _MOST} more.")] if len(found) > _MOST else []
    return Message(text, [kit.section(f"*{text}*"), *lines, *rest, kit.context(HOW_TO)])


def _line(one: TeamLine) -> str:
    facts = [f"{one.open} open"]
    facts += [f"{one.stale} stale"] if one.stale else []
    facts += [f"*{one.waiting} to decide*"] if one.waiting else []
    facts.append(_standing(one.headline))
    mine = " (yours)" if one.own else ""
    return f"*{kit.escape(one.name, 60)}*{mine} · {' · '.join(facts)}"


def _standing(found: Headline) -> str:
    """`accuracy 0.81, target 0.85`, or why there is no figure."""
    name = kit.escape(found.metric.name, 60)
    if found.current is None:
        return f"{name}: {found.why}" if name else found.why
    target, percent = found.metric.target, found.percent
    goal = f", target {figures.metric(target, percent=percent)}" if target is not None else ""
    return f"{name} {figures.metric(found.current, percent=percent)}{goal}"
