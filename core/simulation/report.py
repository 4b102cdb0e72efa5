"""A simulated game as text, and as JSON."""

from typing import Any

from core.board.metrics import Metrics
from core.experiments.words import Rate
from core.figures import percent
from core.simulation.game import COLUMNS, LIMITS
from core.simulation.sprints import Cascade, Figures, GameReport

_SIDES = {
    "within": "healthy",
    "not enough data": "too few decisions to judge",
    "below": "below it",
    "above": "above it",
}


def text(report: GameReport, *, seed: int) -> str:
    """The game in words, sprint by sprint."""
    lines = [_head(report, seed)]
    for sprint in report.sprints:
        lines += ["", *_sprint(report, sprint)]
        lines += [line for one in report.cascades if one.event.sprint == sprint.number
                  for line in _cascade(one)]  # fmt: skip
    return "\n".join([*lines, "", *_whole(report)]) + "\n"


def _head(report: GameReport, seed: int) -> str:
    wish = report.wish
    limits = ", ".join(f"{name} {wish.limit(name)}" for name in LIMITS)
    crews = "1 crew" if wish.crews == 1 else f"{wish.crews} crews"
    return (
        f"Seed {seed}: {wish.sprints} sprints of two weeks, {wish.experiments} experiments, "
        f"{crews}. WIP limits: {limits}."
    )


def _sprint(report: GameReport, one: Figures) -> list[str]:
    counts = one.sprint.decided
    refined = f", {counts.iterated} sent back to be refined" if counts.iterated else ""
    came = f", {one.reopened} reopened" if one.reopened else ""
    return [
        f"Sprint {one.number}: {counts.finished} decided: {counts.killed} killed, "
        f"{counts.promoted} promoted{refined}{came}",
        f"  board       {_board(report, one)}",
        f"  cycle time  {_cycle(one.metrics)}",
        *_rates(one.metrics),
        f"  blockers    {_blockers(one)}",
        f"  committed   {one.committed}, of them decided {one.kept}{_scope(one)}",
        f"  GPU-hours   {one.gpu:g}",
    ]


def _board(report: GameReport, one: Figures) -> str:
    told = []
    for name in COLUMNS:
        count = one.columns.get(name, 0)
        limit = report.wish.limit(name) if name in LIMITS and name != "production" else 0
        full = "" if not limit or count < limit else " full" if count == limit else " over limit"
        told.append(f"{name} {count}{full}")
    return " · ".join(told)


def _cycle(metrics: Metrics) -> str:
    if metrics.cycle_mean is None:
        return "no decision"
    return (
        f"{metrics.cycle_mean:.1f} days from hypothesis to decision (median "
        f"{metrics.cycle_median:.1f})"
    )


def _rates(metrics: Metrics) -> list[str]:
    return [
        f"  kill rate   {_rate(metrics.kill)}",
        f"  promotion   {_rate(metrics.promotion)}",
    ]


def _rate(rate: Rate) -> str:
    if rate.interval is None:
        return "no decision"
    low, high = rate.band
    seen = f"{percent(rate.interval.low)} to {percent(rate.interval.high)}"
    verdict = _SIDES[rate.side]
    if rate.side in ("below", "above"):
        verdict += ", clearly" if rate.is_clear else ", but chance could do that"
    return (
        f"{percent(rate.share)} ({rate.k} of {rate.n}; {seen}), healthy is {percent(low)} to "
        f"{percent(high)}: {verdict}"
    )


def _blockers(one: Figures) -> str:
    told = ", ".join(f"{kind} {count}" for kind, count in sorted(one.sprint.blockers.items()))
    return f"{one.sprint.blocked} opened ({told})" if told else "none"


def _scope(one: Figures) -> str:
    if not one.added and not one.dropped:
        return ""
    return f"; {one.added} added and {one.dropped} taken out after the start"


def _cascade(one: Cascade) -> list[str]:
    first, *later = [f"{a} instead of {b}" for a, b in zip(one.decided, one.without, strict=True)]
    lines = [f"  ! {one.told}", f"    decided in this sprint: {first}"]
    if later:
        lines.append(f"    in the sprints after it: {', '.join(later)}")
    total, calm = sum(one.decided), sum(one.without)
    gap = calm - total
    lost = f"{gap} decisions fewer" if gap > 0 else f"{-gap} more" if gap < 0 else "none lost"
    lines.append(f"    to the end: {total} instead of {calm} ({lost})")
    if one.cycle is not None and one.calm is not None:
        lines.append(f"    cycle time: {one.cycle:.1f} days instead of {one.calm:.1f}")
    return lines


def _whole(report: GameReport) -> list[str]:
    metrics, funnel = report.metrics, report.funnel
    levels = ", ".join(f"{one.stage} {one.reached}" for one in funnel.levels)
    per = sum(one.decided.finished for one in metrics.sprints) / len(metrics.sprints)
    return [
        f"All {len(metrics.sprints)} sprints: {per:.1f} experiments decided a sprint, "
        f"trend: {metrics.throughput.word}",
        f"  cycle time  {_cycle(metrics)}",
        *_rates(metrics),
        f"  funnel      {levels}; killed {funnel.killed}, refined {funnel.iterated}",
    ]


def plain(report: GameReport, *, seed: int) -> dict[str, Any]:
    """The same as JSON keeps it."""
    wish = report.wish
    return {
        "seed": seed,
        "sprints": [_plain_sprint(one) for one in report.sprints],
        "experiments": wish.experiments,
        "crews": wish.crews,
        "limits": {name: wish.limit(name) for name in LIMITS},
        "metrics": _plain_metrics(report.metrics),
        "funnel": [vars(level) for level in report.funnel.levels],
        "events": [
            {
                "event": one.event.typed,
                "told": one.told,
                "decided": list(one.decided),
                "without": list(one.without),
                "cycle_days": one.cycle,
                "cycle_days_without": one.calm,
            }
            for one in report.cascades
        ],
    }


def _plain_sprint(one: Figures) -> dict[str, Any]:
    counts = one.sprint.decided
    return {
        "number": one.number,
        "board": {name: one.columns.get(name, 0) for name in COLUMNS},
        "throughput": counts.finished,
        "killed": counts.killed,
        "promoted": counts.promoted,
        "iterated": counts.iterated,
        "reopened": one.reopened,
        "blockers": one.sprint.blockers,
        "gpu_hours": one.gpu,
        "committed": one.committed,
        "kept": one.kept,
        "added": one.added,
        "dropped": one.dropped,
        **_plain_metrics(one.metrics),
    }


def _plain_metrics(metrics: Metrics) -> dict[str, Any]:
    return {
        "cycle_days_mean": metrics.cycle_mean,
        "cycle_days_median": metrics.cycle_median,
        "kill_rate": _plain_rate(metrics.kill),
        "promotion_rate": _plain_rate(metrics.promotion),
    }


def _plain_rate(rate: Rate) -> dict[str, Any]:
    return {
        "k": rate.k,
        "n": rate.n,
        "share": rate.share,
        "low": rate.interval.low if rate.interval else None,
        "high": rate.interval.high if rate.interval else None,
        "healthy": list(rate.band),
        "verdict": rate.side,
    }
