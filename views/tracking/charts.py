"""Runs drawn: losses by step, parameters as parallel axes, and which class is taken for which."""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from core.text import shorten
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
    phone,
    plain,
)

_RUNS = ((BLUE, "o"), (ORANGE, "s"), (GREEN, "^"), (INK, "D"), ("#CC79A7", "v"))
_PLATE = {"facecolor": PAPER, "alpha": 0.85, "linewidth": 0, "pad": 1.5}
_TICK: dict[str, Any] = {
    "xytext": (7, 0), "textcoords": "offset points", "fontsize": SMALL, "color": INK,
    "va": "center", "zorder": 6, "bbox": _PLATE,
}  # fmt: skip
_WIDE = 30  # values that are so many times apart are drawn on a logarithmic scale


def losses(spec: Mapping[str, Any]) -> Figure:
    """A colour and a mark a run; training drawn through, validation dashed; a cross where a loss
    stops being a number.
    """
    figure = phone(spec["title"], height=820)
    axes = figure.subplots()
    names = list(dict.fromkeys(name for name, _, _ in spec["lines"]))
    for name, kind, points in spec["lines"]:
        colour, mark = _RUNS[names.index(name) % len(_RUNS)]
        _loss(axes, points, kind, colour=colour, mark=mark)
    known = [v for _, _, points in spec["lines"] for _, v in points if v is not None]
    if min(known) > 0 and max(known) / min(known) > _WIDE:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.set_xlabel("step", fontsize=SMALL, color=INK)
    axes.set_ylabel("loss", fontsize=SMALL, color=INK)
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.grid(axis="y", color="#E4E4E4", linewidth=1)
    bare(axes, "right", "top")
    _legend(figure, spec["lines"], names)
    return figure


def _loss(
    axes: Axes, points: Sequence[Sequence[Any]], kind: str, *, colour: str, mark: str
) -> None:
    known = [(step, value) for step, value in points if value is not None]
    if not known:
        return
    dash: Any = "-" if kind == "training" else (0, (4, 2))
    every = max(1, len(known) // 6)
    axes.plot(*zip(*known, strict=True), color=colour, linestyle=dash, linewidth=2.4, marker=mark,
              markevery=every, markersize=7)  # fmt: skip
    lost = next((step for step, value in points if value is None), None)
    if lost is not None:
        height = [value for step, value in known if step <= lost] or [known[0][1]]
        axes.plot([lost], [height[-1]], "X", color=colour, markersize=16, zorder=5)


def _legend(figure: Figure, lines: Sequence[Sequence[Any]], names: Sequence[str]) -> None:
    handles = [
        Line2D(
            [],
            [],
            color=colour,
            marker=mark,
            linewidth=2.4,
            markersize=8,
            label=plain(name) + _lost(lines, name),
        )
        for name, (colour, mark) in zip(names, _RUNS, strict=False)
    ]
    kinds = {kind for _, kind, _ in lines}
    dashes: dict[str, Any] = {"training": "-", "validation": (0, (4, 2))}
    handles += [
        Line2D([], [], color=GREY, linestyle=dash, linewidth=2.4, label=kind)
        for kind, dash in dashes.items()
        if kind in kinds
    ]
    figure.legend(handles=handles, fontsize=SMALL, frameon=False, loc="outside lower center",
                  ncols=2, handlelength=3.2)  # fmt: skip


def _lost(lines: Sequence[Sequence[Any]], name: str) -> str:
    steps = [step for one, _, points in lines if one == name for step, v in points if v is None]
    return f" (X at step {min(steps)})" if steps else ""


def sweep(spec: Mapping[str, Any]) -> Figure:
    """A line a run over its parameters to its metric; the darker the worse, the best in orange."""
    figure = phone(spec["title"], height=820)
    axes = figure.subplots()
    ramp = colormaps["cividis"]
    for name, places, is_best in sorted(spec["lines"], key=lambda line: line[2]):
        known = [(n, place) for n, place in enumerate(places) if place is not None]
        colour = ORANGE if is_best else ramp(0.15 + 0.75 * (places[-1] or 0.0))
        label = plain(f"best: {name}") if is_best else None
        axes.plot(*zip(*known, strict=True), color=colour, linewidth=4.5 if is_best else 2,
                  marker="o" if is_best else "", markersize=9, alpha=1 if is_best else 0.75,
                  label=label, zorder=5 if is_best else 2)  # fmt: skip
    for n, (_, ticks) in enumerate(spec["axes"]):
        axes.axvline(n, color=INK, linewidth=1.4, zorder=1)
        for place, label in ticks:
            axes.annotate(plain(label), (n, place), **_TICK)
    last = len(spec["axes"]) - 1
    names = [plain(_broken(name, 9 if last > 3 else 16)) for name, _ in spec["axes"]]
    axes.set_xticks(range(last + 1), names, fontsize=SMALL)
    axes.get_xticklabels()[-1].set_fontweight("bold")
    axes.set_xlim(-0.15, last + 0.45)
    axes.set_ylim(-0.06, 1.06)
    axes.set_yticks([])
    axes.tick_params(length=0, colors=INK)
    bare(axes, "left", "right", "top", "bottom")
    figure.legend(fontsize=SMALL, frameon=False, loc="outside lower center")
    return figure


def _broken(name: str, most: int) -> str:
    """A long name on two lines."""
    if len(name) <= most:
        return name
    at = max(name.rfind(mark, 0, most) for mark in "_/. -") + 1
    return f"{name[: at or most]}\n{shorten(name[at or most :], most + 2)}"


def confusion(spec: Mapping[str, Any]) -> Figure:
    """A row a class, a column what it was taken for; each cell says its count, what is right
    in bold.
    """
    names, counts = spec["classes"], spec["counts"]
    figure = phone(spec["title"], height=max(520, 330 + 62 * len(names)))
    axes = figure.subplots()
    shares = [[count / (sum(row) or 1) for count in row] for row in counts]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            letters = PAPER if shares[row][column] > 0.55 else INK if count else GREY
            bold = "bold" if row == column else "normal"
            axes.text(column, row, f"{count}", ha="center", va="center", fontsize=NORMAL,
                      color=letters, fontweight=bold)  # fmt: skip
    told = [plain(name) for name in names]
    axes.set_yticks(range(len(told)), told, fontsize=SMALL)
    turned = 35 if len(told) > 4 else 0
    axes.set_xticks(range(len(told)), told, fontsize=SMALL, rotation=turned,
                    ha="right" if turned else "center")  # fmt: skip
    axes.set_ylabel("is", fontsize=SMALL, color=INK)
    axes.set_xlabel("was taken for", fontsize=SMALL, color=INK)
    axes.tick_params(length=0, colors=INK)
    bare(axes, "left", "right", "top", "bottom")
    return figure
