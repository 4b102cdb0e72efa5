"""The forecast: what was reached, and the range of what may come."""

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from views.chart_kit import (
    BLUE,
    GREY,
    INK,
    PALE,
    PAPER,
    SMALL,
    phone,
    target_line,
    value_axis,
    writer,
)

_CROWDED = 9


def cone(spec: Mapping[str, Any]) -> Figure:
    """History as a line, the 10 to 90 % range tinted, its middle dashed; fainter when unsure."""
    figure = phone(spec["title"])
    axes = figure.subplots()
    history, steps = spec["history"], spec["steps"]
    start = len(history) - 1
    values = [value for _, value in history]
    axes.plot(range(len(values)), values, "o-", color=BLUE, linewidth=3, markersize=8, zorder=5)
    _range(axes, values[-1], start, steps)
    every = [*values, *(v for step in steps for v in step[1:4])]
    every += [spec["target"]] if spec["target"] is not None else []
    value_axis(axes, every, percent=spec["percent"])
    target_line(axes, spec["target"], percent=spec["percent"])
    _labels(axes, [label for label, *_ in (*history, *steps)])
    _name_ends(axes, spec, start + len(steps))
    figure.supxlabel(
        "8 of 10 outcomes lie in the blue range, without a breakthrough;\nhatched: low confidence",
        fontsize=SMALL - 1.5,
        color=GREY,
    )
    return figure


def _range(axes: Axes, now: float, start: int, steps: list[Any]) -> None:
    sure = 1 + sum(1 for step in steps if step[4])
    places = list(range(start, start + len(steps) + 1))
    low, middle, high = ([now, *(step[n] for step in steps)] for n in (1, 2, 3))
    axes.fill_between(places[:sure], low[:sure], high[:sure], color=PALE, linewidth=0)
    if sure < len(places):
        later = slice(sure - 1, None)
        axes.fill_between(
            places[later],
            low[later],
            high[later],
            facecolor="#F1F6FA",
            edgecolor="#BFD4E2",
            hatch="//",
            linewidth=0,
        )
    for bound in (low, high):
        axes.plot(places, bound, color=BLUE, linewidth=1.2)
    axes.plot(places, middle, color=BLUE, linestyle=(0, (2, 2)), linewidth=2)


def _name_ends(axes: Axes, spec: Mapping[str, Any], last: int) -> None:
    """Write 10, 50 and 90 % at the end of the cone, apart enough to be read."""
    _, low, middle, high, _ = spec["steps"][-1]
    write = writer(percent=spec["percent"])
    bottom, top = axes.get_ylim()
    apart, place = 0.07 * (top - bottom), bottom
    for value, share in ((low, "10%"), (middle, "50%"), (high, "90%")):
        place = max(place + apart, value)
        axes.annotate(
            f"{write(value)} ({share})",
            (last, place),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            color=INK,
            annotation_clip=False,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": PAPER, "linewidth": 0},
        )


def _labels(axes: Axes, labels: list[str]) -> None:
    """The sprints, every second one when they are many."""
    every = 2 if len(labels) > _CROWDED else 1
    places = list(range(len(labels) - 1, -1, -every))[::-1]
    axes.set_xticks(places, [labels[n] for n in places], fontsize=SMALL - 1.5)
    axes.set_xlim(-0.3, len(labels) - 0.7)
