"""GPU-hours used against the budget as pictures: of a team's experiments, and of one."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from core import figures
from core.experiments.experiment import Experiment
from core.experiments.headline import Headline
from core.experiments.metric import Metric
from core.experiments.words import is_under_way
from core.text import shorten

Spec = dict[str, Any]
MOST_ROWS = 8


def burn(experiments: Sequence[Experiment]) -> Spec | None:
    """rows: [name, used, budget] of open experiments that have both, the most used first.

    None when no open experiment with a budget has used anything.
    """
    counted = [e for e in experiments if is_under_way(e) and e.gpu_budget > 0]
    counted.sort(key=lambda e: (-e.gpu_used / e.gpu_budget, e.number))
    used, budget = sum(e.gpu_used for e in counted), sum(e.gpu_budget for e in counted)
    if not used:
        return None
    rows: list[list[Any]] = [[e.id, e.gpu_used, e.gpu_budget] for e in counted[:MOST_ROWS]]
    told = f"{figures.spent(used, budget)} GPU-hours used"
    more = f", and {len(counted) - MOST_ROWS} more" if len(counted) > MOST_ROWS else ""
    each = "; ".join(f"{name} {figures.spent(u, b)} ({u / b:.0%})" for name, u, b in rows)
    total = [["all open", used, budget]] if len(counted) > 1 else []
    return {"kind": "burn", "title": told, "rows": [*total, *rows],
            "alt": f"{told} by open experiments: {each}{more}."[:1000]}  # fmt: skip


def experiment(e: Experiment, where: ZoneInfo) -> Spec | None:
    """One experiment: results against the target, GPU-hours against the budget, by day.

    results: [ISO time, value]; hours: [ISO time, GPU-hours so far]; None below two reports.
    """
    looks = sorted((m for m in e.measurements if m.own), key=lambda look: look.at)
    if len(looks) < 2:
        return None
    results: list[list[Any]] = [[_iso(c.at, where), c.value] for c in e.looks]
    used = [[_iso(c.at, where), c.gpu_used] for c in looks]
    known = [value for _, value in results]
    percent = Headline(Metric(e.metric, e.target, e.direction), max(known, default=None)).percent
    return {"kind": "experiment", "title": f"{e.id} {shorten(e.title, 34)}",
            "metric": e.metric[:30], "percent": percent, "target": e.target,
            "results": results, "hours": used, "budget": e.gpu_budget or None,
            "alt": _alt(e, percent)}  # fmt: skip


def _alt(e: Experiment, percent: bool) -> str:
    shown = [figures.metric(value, percent=percent) for value in e.values]
    name = e.metric[:60]
    results = f"no result of {name} yet"
    if shown:
        rest = f" ({len(shown) - 10} before)" if len(shown) > 10 else ""
        results = f"{name} {' → '.join(shown[-10:])}{rest}"
    goal = (
        "no target" if e.target is None else f"target {figures.metric(e.target, percent=percent)}"
    )
    spent = f"{figures.hours(e.gpu_used)} GPU-hours used"
    if e.gpu_budget:
        share = e.gpu_used / e.gpu_budget
        spent = f"{figures.spent(e.gpu_used, e.gpu_budget)} GPU-hours used ({share:.0%})"
    return f"{e.id}: {results}, {goal}; {spent}."


def _iso(at: Any, where: ZoneInfo) -> str:
    return str(at.astimezone(where).replace(tzinfo=None).isoformat(timespec="minutes"))
