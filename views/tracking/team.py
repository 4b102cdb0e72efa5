"""A team's experiments at a glance: cards, a bar an experiment, a table; and the message of it
that lives in a channel.
"""

from core import facts, figures
from core.experiments.experiment import Experiment
from core.text import shorten
from core.tracking.team import MOST_BARS, MOST_ROWS, Bar, TeamBoard, decision, how
from views import kit
from views.kit import Message

_SQUARES = {
    "promoted": ":large_green_square:", "killed": ":large_red_square:",
    "active": ":large_yellow_square:",
}  # fmt: skip


def asked(found: TeamBoard, place: str) -> Message:
    """`/track team`; place: the channel in which the message lives, "" for none."""
    shown = _shown(found)
    if place:
        foot = f"The same stands in <#{place}>, edited every hour."
        buttons = [
            kit.button("Stop it there", "track_stop"),
            kit.button("Keep it here", "track_keep"),
        ]
    else:
        foot = "Nobody else sees this. Kept in a channel, it is edited every hour."
        buttons = [kit.button("Keep it in the channel", "track_keep", style="primary")]
    return Message(shown.text, [*shown.blocks, kit.context(foot), kit.actions(*buttons)])


def living(found: TeamBoard) -> Message:
    """The message that lives in a channel."""
    shown = _shown(found)
    foot = f"As of {kit.moment(found.now)}, edited every hour. `/track team` shows it now."
    return Message(shown.text, [*shown.blocks, kit.context(foot)])


def ended(found: TeamBoard) -> Message:
    """Its last edit."""
    shown = _shown(found)
    foot = f"As of {kit.moment(found.now)}; it is edited no more. `/track team` shows it now."
    return Message(shown.text, [*shown.blocks, kit.context(foot)])


def moved(link: str) -> Message:
    """What stands where it lived before. link: to where it lives now."""
    text = f"The team's experiments are <{link}|shown here> now."
    return Message("The team's experiments are shown elsewhere now.", [kit.section(text)])


def kept(place: str, *, is_new: bool) -> Message:
    """It lives there now."""
    text = f"The team's experiments stand in <#{place}> now, edited every hour."
    if not is_new:
        text = f"They stand in <#{place}> already, and are up to date now."
    return Message(text, [kit.section(text)])


def stopped(place: str) -> Message:
    """It is edited no more."""
    text = f"The message in <#{place}> is edited no more."
    if not place:
        text = "No such message is edited any more."
    return Message(text, [kit.section(text)])


def _shown(found: TeamBoard) -> Message:
    if not found.tickets:
        text = f"{_period(found)}: no experiment is under way, and none was finished."
        return Message(text, [kit.section(f"*{text}*"), kit.context("`/exp new` writes one.")])
    done = found.decided
    text = (
        f"{_period(found)}: {facts.count(found.total, 'experiment')}, {done.finished} completed "
        f"({done.killed} killed, {done.promoted} promoted), {len(found.active)} active."
    )
    blocks = [kit.section(f"*{text}*"), kit.fields(_cards(found))]
    if bars := found.bars:
        blocks.append(
            kit.section("\n".join(_bar(bar, percent=found.head.percent) for bar in bars))
        )
    blocks.append(_table(found))
    left = len(found.tickets) - MOST_ROWS
    more = [f"{left} more experiments: `/exp list`."] if left > 0 else []
    if len(bars) == MOST_BARS:
        more.append(f"Bars: the newest {MOST_BARS} with a result of {_metric(found)}.")
    return Message(text, [*blocks, *([kit.context(*more)] if more else [])])


def _period(found: TeamBoard) -> str:
    if found.span:
        return f"Sprint {found.span.number}, to {kit.day(found.span.ends)}"
    return f"Since {kit.day(found.since)}"


def _metric(found: TeamBoard) -> str:
    return kit.escape(found.head.metric.name or "the metric", 40)


def _cards(found: TeamBoard) -> list[tuple[str, str]]:
    used, budget = found.hours
    share = f" ({used / budget:.0%})" if budget else ""
    ready, moving, blocked = found.data
    data = f"{ready} ready, {moving} in progress, {blocked} blocked"
    return [
        (f"Best {_metric(found)}", _best(found)),
        ("Compute of those active", f"{figures.spent(used, budget)} GPU-hours{share}"),
        ("Data", data if any(found.data) else "no data card yet"),
    ]


def _best(found: TeamBoard) -> str:
    head, target = found.head, found.head.metric.target
    if head.current is None:
        return head.why or "no result yet"
    told = [head.current, *([] if target is None else [target])]
    values = figures.apart(told, percent=head.percent)
    text = f"{values[0]} (EXP-{head.via:03d})"
    if target is None:
        return f"{text}, no target is set"
    if not found.gap:
        return f"{text}, target {values[-1]} reached"
    gap = figures.metric(found.gap, percent=head.percent).removesuffix("%")
    return f"{text}, target {values[-1]}, gap {gap}{' points' if head.percent else ''}"


def _bar(bar: Bar, *, percent: bool) -> str:
    value = figures.metric(bar.value, percent=percent)
    return f"{_SQUARES[bar.how] * bar.length} *{value}* {bar.ticket.id} {bar.how}"


def _table(found: TeamBoard) -> kit.Block:
    rows = [_row(one) for one in found.tickets[-MOST_ROWS:]]
    return kit.table([("Experiment", "Hypothesis", "Status", "Best", "Decision"), *rows])


def _row(one: Experiment) -> tuple[str, ...]:
    what, at = decision(one)
    decided = f"{what}, {kit.day(at.date())}" if at else what or "open"
    best = f"{figures.number(one.best)} {one.metric[:20]}" if one.best is not None else "–"
    status = how(one) if not one.is_open else one.stage
    return one.id, shorten(one.hypothesis or one.title, 70), status, best, decided
