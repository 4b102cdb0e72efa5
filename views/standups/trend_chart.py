"""The standup trend: who answered week by week, and what blocked and was learned."""

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from views.chart_kit import BLUE, GREEN, GREY, INK, NORMAL, ORANGE, PALE, SMALL, bare, phone

_KINDS = (
    ("blockers opened", 3, ORANGE, "//"),
    ("closed", 4, GREY, ""),
    ("learned", 5, GREEN, ""),
)
_WORDED = 8  # so many weeks have room for figures


def trend(spec: Mapping[str, Any]) -> Figure:
    """Two panels, a bar a week; each bar says its figure, the legend its colours and hatches."""
    figure = phone(spec["title"], height=900)
    above, below = figure.subplots(2, 1, height_ratios=(3, 2))
    _shares(above, spec["weeks"])
    _events(below, spec["weeks"])
    return figure


def _shares(axes: Axes, weeks: list[list[Any]]) -> None:
    for place, (_, answered, expected, *_rest) in enumerate(weeks):
        if not expected:  # no bar at all: an empty one would look like 0 %
            if len(weeks) <= _WORDED:
                axes.annotate("none", (place, 3), ha="center", fontsize=SMALL, color=GREY)
            continue
        axes.bar(place, 100, color=PALE, width=0.7)
        axes.bar(place, 100 * answered / expected, color=BLUE, width=0.7)
        if len(weeks) <= _WORDED:
            said = f"{answered / expected:.0%}\n{answered}/{expected}"
            axes.annotate(said, (place, 104), ha="center", fontsize=SMALL, color=INK)
    axes.set_ylim(0, 135 if len(weeks) <= _WORDED else 105)
    axes.set_yticks([0, 50, 100], ["0", "50%", "100%"])
    axes.set_title("answered, of the answers that count", loc="left", fontsize=NORMAL, color=INK)
    _weeks(axes, weeks)


def _events(axes: Axes, weeks: list[list[Any]]) -> None:
    most = max(1, *(week[column] for week in weeks for column in (3, 4, 5)))
    for turn, (name, column, colour, hatch) in enumerate(_KINDS):
        places = [place + (turn - 1) * 0.26 for place in range(len(weeks))]
        values = [week[column] for week in weeks]
        axes.bar(places, values, width=0.24, color=colour, hatch=hatch, edgecolor="#FFFFFF",
                 linewidth=0, label=name)  # fmt: skip
        if len(weeks) <= _WORDED:
            for place, value in zip(places, values, strict=True):
                axes.annotate(str(value), (place, value + most * 0.04), ha="center",
                              fontsize=SMALL, color=INK)  # fmt: skip
    axes.set_ylim(0, most * 1.65)
    axes.set_yticks([])
    axes.legend(loc="upper left", ncols=3, fontsize=SMALL, frameon=False)
    _weeks(axes, weeks)


def _weeks(axes: Axes, weeks: list[list[Any]]) -> None:
    step = 1 if len(weeks) <= 8 else 2 if len(weeks) <= 13 else 4
    axes.set_xticks(range(0, len(weeks), step), [week[0] for week in weeks[::step]])
    axes.tick_params(labelsize=SMALL, colors=INK, length=0)
    bare(axes, "right", "top", "left")
