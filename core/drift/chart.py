"""A source's drift as a picture: features by week, each cell with its verdict and its PSI."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import facts, figures
from core.drift.source import ORDER

Spec = dict[str, Any]
WEEKS, MOST_FEATURES = 8, 10


@dataclass(frozen=True)
class JudgedWeek:
    """The newest judged push of a week. columns: (PSI, verdict) by feature. monday: its week."""

    monday: date
    columns: Mapping[str, tuple[float | None, str]]


def heat(source: str, weeks: Sequence[JudgedWeek]) -> Spec | None:
    """weeks: labels; rows: [feature, [[PSI, verdict] or None, …]], the worst first; None without.

    Only the last WEEKS weeks with a push, and the MOST_FEATURES features that drifted most.
    """
    shown = sorted(weeks, key=lambda week: week.monday)[-WEEKS:]
    names = {name for week in shown for name in week.columns}
    if not names:
        return None
    ranked = sorted(names, key=lambda name: _urgency(name, shown))
    rows = [[name, [_cell(week, name) for week in shown]] for name in ranked[:MOST_FEATURES]]
    last = shown[-1]
    told = "; ".join(
        f"{name} {status}" + ("" if psi is None else f" (PSI {figures.number(psi, 2)})")
        for name in ranked[:MOST_FEATURES]
        if name in last.columns
        for psi, status in [last.columns[name]]
    )
    more = f" {len(names) - MOST_FEATURES} features more are not drawn." if (
        len(names) > MOST_FEATURES
    ) else ""  # fmt: skip
    title = f"Drift of {source[:30]}, by week"
    return {"kind": "drift", "title": title, "rows": rows,
            "weeks": [f"{week.monday.day}\n{week.monday:%b}" for week in shown],
            "alt": f"{title}. Week of {facts.day(last.monday)}: {told}.{more}"[:1000]}  # fmt: skip


def _cell(week: JudgedWeek, name: str) -> list[Any] | None:
    found = week.columns.get(name)
    return None if found is None else [found[0], found[1]]


def _urgency(name: str, weeks: Sequence[JudgedWeek]) -> tuple[Any, ...]:
    """By the newest verdict, then the largest PSI of the weeks shown."""
    known = [week.columns[name] for week in weeks if name in week.columns]
    newest = ORDER.index(known[-1][1])
    return newest, -max((psi or 0.0 for psi, _ in known), default=0.0), name
