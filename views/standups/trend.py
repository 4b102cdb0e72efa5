"""The standup trend in Slack: bars that fit a phone."""

from collections.abc import Sequence

from core.standups.report import Share
from core.standups.trend import StandupTrend, StandupWeek
from core.text import shorten
from views import kit
from views.kit import Message

_PEOPLE = 40
_NAME = 14  # letters of a name, so that a line fits a phone


def trend(
    found: StandupTrend, *, once: str = "", picture: bool = False, shared_by: str = ""
) -> Message:
    """The trend as text. once: with a Share button that carries it; picture: one is on its way."""
    weeks, part = found.weeks, found.share
    text = f"Standup trend, {len(weeks)} weeks since {kit.day(weeks[0].monday)}: {_sum(part)}"
    blocks = [kit.section(f"*{text}*"), kit.section(_move(found))]
    blocks += [_lines([_answered(week) for week in weeks])] if part.expected else []
    blocks += _standups(found)
    blocks.append(kit.section("\n".join(["*Blockers and learnings*", *map(_happened, weeks)])))
    blocks += _people(found)
    about = "Who skipped, was away or had a holiday is in no count."
    blocks.append(kit.context(about + (" The picture comes as a direct message." * picture)))
    if once:
        button = kit.button("Share without names", "standup_trend_share", f"{once}|{len(weeks)}")
        blocks += [kit.context("Only you see this."), kit.actions(button)]
    if shared_by:
        blocks.append(kit.context(f"Shared by {kit.person(shared_by)}"))
    return Message(text, blocks)


def shared(channel: str, *, new: bool) -> Message:
    """Where it stands now."""
    text = f"Shared in <#{channel}>." if new else f"It is shared in <#{channel}> already."
    return Message(text, [kit.section(text)])


def _sum(part: Share) -> str:
    if not part.expected:
        return "no answer was expected"
    return f"{part.answered} of {part.expected} answered ({part.percent}%)"


def _move(found: StandupTrend) -> str:
    move = found.move
    if move.short:
        return f"Not enough data to say where it goes: {move.short}."
    between = f"from {move.before}% in the first half to {move.after}% in the second"
    sure = "more than chance explains" if move.sure else "chance alone can explain that"
    return f"It went {between} ({move.people} people in both; {sure})."


def _lines(lines: Sequence[str]) -> kit.Block:
    # A backtick in somebody's name would end the block.
    text = "\n".join(lines).replace("`", "'")
    return kit.section(f"```{kit.escape(text, 2900)}```")


def _label(week: StandupWeek) -> str:
    return f"{week.monday.day:>2} {week.monday:%b}" + (" " if week.over else "…")


def _answered(week: StandupWeek) -> str:
    return f"{_label(week)} {_bar(week.share)}"


def _bar(part: Share) -> str:
    if not part.expected:
        return "no answer expected"
    share = part.answered / part.expected
    return f"{kit.bar(share)} {part.percent:>3}% {part.answered}/{part.expected}"


def _standups(found: StandupTrend) -> list[kit.Block]:
    names = list(found.weeks[0].by_standup)
    if len(names) < 2:
        return []
    lines = [f"*{kit.escape(name, 60)}* {_row(found.weeks, name)}" for name in names[:15]]
    return [kit.section("\n".join(lines))]


def _row(weeks: Sequence[StandupWeek], name: str) -> str:
    parts = [week.by_standup[name] for week in weeks]
    return " → ".join(f"{p.percent}%" if p.expected else "–" for p in parts)


def _happened(week: StandupWeek) -> str:
    label = f"{week.monday.day} {week.monday:%b}" + ("" if week.over else " so far")
    return f"{label}: {week.opened} opened, {week.closed} closed · {week.learned} learned"


def _people(found: StandupTrend) -> list[kit.Block]:
    if not found.people:
        return []
    rows = found.people
    lines = [f"{shorten(name, _NAME):<{_NAME}} {_bar(part)}" for name, part in rows[:_PEOPLE]]
    lines += [f"and {len(rows) - _PEOPLE} more"] if len(rows) > _PEOPLE else []
    return [kit.context("*People* (only leads see this; by name, not by rank)"), _lines(lines)]
