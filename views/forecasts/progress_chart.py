"""The headline metric over time, one experiment's results with what they cost, and GPU-hours used
against the budget, experiment by experiment.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from core import figures
from views.chart_kit import (
    BLUE,
    GREEN,
    GREY,
    INK,
    NORMAL,
    ORANGE,
    PAPER,
    SMALL,
    bare,
    limit_line,
    phone,
    plain,
    target_line,
    value_axis,
)

_EPOCH = datetime.fromisoformat("1970-01-01")
_MARKS = {"promoted": ("^", GREEN), "killed": ("X", GREY)}
_WARN = 0.8


def progress(spec: Mapping[str, Any]) -> Figure:
    """The best result so far as steps; what was promoted (triangles) and killed (crosses)."""
    figure = phone(spec["title"])
    axes = figure.subplots()
    days = [_place(day) for day, _ in spec["line"]]
    values = [value for _, value in spec["line"]]
    axes.step(days, values, where="post", color=BLUE, linewidth=3, label="best so far")
    if trend := spec.get("trend"):
        axes.plot([_place(day) for day, _ in trend], [value for _, value in trend], color=GREY,
                  linestyle=(0, (2, 2)), linewidth=2.4, label="weekly trend")  # fmt: skip
    for kind, (mark, colour) in _MARKS.items():
        found = [m for m in spec["marks"] if m[3] == kind]
        if found:
            axes.plot(
                [_place(m[0]) for m in found],
                [m[1] for m in found],
                mark,
                color=colour,
                markersize=12,
                linestyle="",
                label=kind,
                zorder=5,
            )
    target = [spec["target"]] if spec["target"] is not None else []
    trended = [value for _, value in spec.get("trend", ())]
    known = [*values, *target, *trended, *(m[1] for m in spec["marks"])]
    value_axis(axes, known, percent=spec["percent"])
    target_line(axes, spec["target"], percent=spec["percent"])
    _name(axes, spec["marks"])
    _days(axes)
    figure.legend(fontsize=SMALL, frameon=False, loc="outside lower center",
                  ncols=2 if trend else 3)  # fmt: skip
    return figure


def experiment(spec: Mapping[str, Any]) -> Figure:
    """Results against the target above, GPU-hours against the budget below, on the same days."""
    figure = phone(spec["title"], height=800)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    results = [(_place(at), value) for at, value in spec["results"]]
    target = [spec["target"]] if spec["target"] is not None else []
    known = [*[value for _, value in results], *target]
    if results:
        above.plot(*zip(*results, strict=True), "o-", color=BLUE, linewidth=3, markersize=8)
    value_axis(above, known or [0.0, 1.0], percent=spec["percent"] and bool(known))
    target_line(above, spec["target"], percent=spec["percent"])
    title = spec["metric"] if results else f"{spec['metric']}: no result yet"
    above.set_title(plain(title), loc="left", fontsize=NORMAL, color=INK)
    used = [(_place(at), hours) for at, hours in spec["hours"]]
    below.step(*zip(*used, strict=True), where="post", color=BLUE, linewidth=3)
    below.plot(*zip(*used, strict=True), "o", color=BLUE, markersize=7)
    top = max([hours for _, hours in used] + [spec["budget"] or 0.0]) or 1.0
    below.set_ylim(0, 1.25 * top)
    below.set_title("GPU-hours used", loc="left", fontsize=NORMAL, color=INK)
    if spec["budget"]:
        limit_line(below, spec["budget"], f"budget {spec['budget']:g} h")
    _days(below)
    return figure


def _name(axes: Axes, marks: list[Any]) -> None:
    """The ids at their marks, above and below in turn."""
    for count, (day, value, name, _) in enumerate(marks):
        below = count % 2
        axes.annotate(
            name.removeprefix("EXP-"),
            (_place(day), value),
            xytext=(0, -13 if below else 11),
            textcoords="offset points",
            ha="center",
            va="top" if below else "bottom",
            fontsize=SMALL - 1,
            color=INK,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": PAPER, "linewidth": 0, "alpha": 0.8},
        )


def _place(iso: str) -> float:
    """A day or time as a number: days since 1970."""
    return (datetime.fromisoformat(iso) - _EPOCH) / timedelta(days=1)


def _days(axes: Axes) -> None:
    """A few whole days as ticks, without the year unless they span one."""
    axes.margins(x=0.06)
    first, last = axes.get_xlim()
    style = "{0:%b} {0.year}" if last - first > 300 else "{0.day} {0:%b}"

    def label(value: float, _: int) -> str:
        day = date(1970, 1, 1) + timedelta(days=round(value))
        return style.format(day)

    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=2))
    axes.xaxis.set_major_formatter(FuncFormatter(label))
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.grid(axis="y", color="#E4E4E4", linewidth=1)
    axes.set_axisbelow(True)
    bare(axes, "right", "top")


def burn(spec: Mapping[str, Any]) -> Figure:
    """A bar a row in parts of its budget; what is over stands out by colour, hatch and words."""
    rows = spec["rows"]
    figure = phone(spec["title"], height=260 + 75 * len(rows))
    axes = figure.subplots()
    most = max(1.0, *(used / budget for _, used, budget in rows))
    for place, (_, used, budget) in enumerate(rows):
        share = used / budget
        over, near = share > 1, share >= _WARN
        axes.barh(place, 1, color="#ECECEC", height=0.62)
        axes.barh(
            place, share, height=0.62, color=ORANGE if over else BLUE, linewidth=0,
            hatch="//" if over else None, edgecolor="#FFFFFF",
        )  # fmt: skip
        word = "  OVER" if over else "  nearly" if near else ""
        axes.annotate(
            f"{figures.number(used, 1)} of {figures.number(budget, 1)} h, {share:.0%}{word}",
            (most * 1.03, place),
            va="center",
            fontsize=SMALL,
            color=ORANGE if over else INK,
            fontweight="bold" if over or not place else "normal",
            annotation_clip=False,
        )
    axes.axvline(1, color=INK, linewidth=1.5, linestyle=(0, (4, 3)))
    axes.set_yticks(range(len(rows)), [name for name, *_ in rows], fontsize=NORMAL)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, most * 1.95)
    axes.set_xticks([0, 1], ["0", "budget"], fontsize=SMALL, color=GREY)
    axes.tick_params(length=0, colors=INK)
    bare(axes, "right", "top", "bottom")
    return figure
