"""GPU-hours used against the budget, experiment by experiment."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from core import facts
from views.chart_kit import BLUE, GREY, INK, NORMAL, ORANGE, SMALL, bare, phone

_WARN = 0.8


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
            f"{facts.figure(used, 1)} of {facts.figure(budget, 1)} h, {share:.0%}{word}",
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
