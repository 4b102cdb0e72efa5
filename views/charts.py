"""Charts as PNG, drawn from plain values; nothing in a foreign name is interpreted.

Colours are told apart by people who see few of them, and every mark also says its verdict.
"""

import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from views.board import charts
from views.chart_kit import BLUE, DPI, GREY, INK, ORANGE, bare, plain
from views.drift import chart
from views.forecasts import cone_chart, progress_chart
from views.project import phase_chart
from views.standups import trend_chart
from views.tracking import charts as runs

_COLOURS = {"PASS": BLUE, "FAIL": ORANGE, "INCONCLUSIVE": GREY}
_WORDS = {"PASS": "pass", "FAIL": "FAIL", "INCONCLUSIVE": "open"}


def draw(spec: Mapping[str, Any]) -> bytes:
    """The PNG of a chart of one of the kinds below, as its core/*/*chart makes it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a foreign name's signs
        figure = _KINDS[spec["kind"]](spec)
        FigureCanvasAgg(figure)
        held = io.BytesIO()
        figure.savefig(held, format="png", dpi=DPI)
        return held.getvalue()


def _intervals(spec: Mapping[str, Any]) -> Figure:
    rows = spec["rows"]
    figure = Figure(figsize=(8, 0.9 + 0.85 * len(rows)), layout="constrained")
    figure.suptitle(plain(spec["title"]), fontsize=13, color=INK)
    panels = figure.subplots(len(rows), 1, squeeze=False)
    for axes, row in zip(panels[:, 0], rows, strict=True):
        _interval(axes, row)
    return figure


def _interval(axes: Axes, row: Mapping[str, Any]) -> None:
    """One check on its own scale: interval as a bar, limit dashed, the good side tinted."""
    low, high, limit = row["low"], row["high"], row["limit"]
    middle = row["estimate"] if row["estimate"] is not None else (low + high) / 2
    left, right = _span([low, high, limit, middle])
    good = (limit, right) if row["better"] == "higher" else (left, limit)
    colour = _COLOURS[row["verdict"]]
    axes.axvspan(*good, color=BLUE, alpha=0.08, linewidth=0)
    axes.axvline(limit, color=INK, linestyle="--", linewidth=1)
    axes.plot([low, high], [0, 0], color=colour, linewidth=5, solid_capstyle="butt")
    axes.plot([middle], [0], "o", color=colour, markersize=9)
    axes.set_xlim(left, right)
    axes.set_ylim(-1, 1)
    axes.set_yticks([])
    axes.tick_params(labelsize=9)
    title = f"{row['name'][:60]}: {_WORDS[row['verdict']]} · {row['caption']}"
    axes.set_title(plain(title), loc="left", fontsize=10, color=colour)
    bare(axes, "left", "right", "top")


def _seeds(spec: Mapping[str, Any]) -> Figure:
    figure = Figure(figsize=(8, 4), layout="constrained")
    axes = figure.subplots()
    limit = spec["limit"]
    for values, name, mark, colour in (
        (spec["baseline"], "baseline", "s", GREY),
        (spec["candidate"], "candidate", "o", BLUE),
    ):
        if values:
            mean = sum(values) / len(values)
            axes.plot(range(1, len(values) + 1), values, mark, color=colour, label=name)
            axes.axhline(mean, color=colour, linewidth=1, label=f"{name} mean {mean:.4g}")
    if limit is not None:
        axes.axhline(limit, color=INK, linestyle="--", linewidth=1, label=f"limit {limit:g}")
    every = [*spec["candidate"], *spec["baseline"], *([limit] if limit is not None else [])]
    axes.set_ylim(*_span(every))
    axes.set_xlabel("run (seed)")
    axes.set_xticks(range(1, max(len(spec["candidate"]), len(spec["baseline"])) + 1))
    axes.set_title(plain(spec["title"]), loc="left", fontsize=13, color=INK)
    figure.legend(fontsize=9, frameon=False, loc="outside lower center", ncols=5)
    bare(axes, "right", "top")
    return figure


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = 0.12 * (high - low) or 0.1 * abs(high) or 1.0
    return low - room, high + room


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], Figure]] = {
    "intervals": _intervals,
    "seeds": _seeds,
    "cone": cone_chart.cone,
    "progress": progress_chart.progress,
    "experiment": progress_chart.experiment,
    "burn": progress_chart.burn,
    "drift": chart.heat,
    "board": charts.board,
    "funnel": charts.funnel,
    "trend": trend_chart.trend,
    "phases": phase_chart.phases,
    "losses": runs.losses,
    "sweep": runs.sweep,
    "confusion": runs.confusion,
}
