"""The standup trend as a picture, and the same in words."""

from typing import Any

from core import facts
from core.trend import Trend, Week

Spec = dict[str, Any]
FEWEST_WEEKS = 2


def chart(trend: Trend) -> Spec | None:
    """weeks: [label, answered, expected, opened, closed, learned]; None below two weeks with
    answers that count.
    """
    if trend.counted < FEWEST_WEEKS:
        return None
    rows = [
        [_label(w), w.share.answered, w.share.expected, w.opened, w.closed, w.learned]
        for w in trend.weeks
    ]
    title = f"Standup: {trend.share.answered} of {trend.share.expected} answered"
    told = " ".join(_told(week) for week in trend.weeks)
    return {"kind": "trend", "title": title, "weeks": rows, "alt": f"{title}. {told}"[:1900]}


def _label(week: Week) -> str:
    return f"{week.monday.day} {week.monday:%b}" + ("" if week.over else "\nso far")


def _told(week: Week) -> str:
    part = week.share
    who = f"{part.answered} of {part.expected} ({part.percent} %)" if part.expected else "nothing"
    name = f"Week of {facts.day(week.monday)}" + ("" if week.over else " (so far)")
    about = f"{week.opened} blockers opened, {week.closed} closed, {week.learned} learnings"
    return f"{name}: {who} answered, {about}."
