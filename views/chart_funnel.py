"""The funnel drawn: a bar a stage, split into gone on, there now and killed."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from views.chart_kit import BLUE, GREY, INK, NORMAL, ORANGE, SMALL, bare, phone

_PARTS = (
    ("went on", 3, BLUE, None),
    ("there now", 2, "#8FBEDD", None),
    ("killed there", 1, ORANGE, "//"),
)


def funnel(spec: Mapping[str, Any]) -> Figure:
    """Bars in parts of all experiments; every number is written beside its bar."""
    rows = spec["rows"]
    figure = phone(spec["title"], height=720)
    axes = figure.subplots()
    most = max(sum(row[1:]) for row in rows) or 1
    for place, row in enumerate(rows):
        left = 0.0
        for name, part, colour, hatch in _PARTS:
            axes.barh(
                place, row[part], left=left, height=0.62, color=colour, hatch=hatch,
                edgecolor="#FFFFFF", linewidth=0, label=name if not place else None,
            )  # fmt: skip
            left += row[part]
        _note(axes, row, place, left, most)
    axes.set_yticks(range(len(rows)), [row[0].capitalize() for row in rows], fontsize=NORMAL)
    axes.set_ylim(len(rows) - 0.45, -0.6)
    axes.set_xlim(0, most * 1.42)
    axes.set_xticks([])
    axes.tick_params(length=0, colors=INK)
    bare(axes, "right", "top", "bottom")
    figure.legend(fontsize=SMALL, frameon=False, loc="outside lower center", ncols=3)
    return figure


def _note(axes: Any, row: list[Any], place: int, left: float, most: float) -> None:
    total = sum(row[1:])
    killed = f", {row[1]} killed" if row[1] else ""
    axes.annotate(
        f"{total}{killed}" if total else "0",
        (left + most * 0.02, place),
        va="center",
        fontsize=SMALL,
        color=ORANGE if row[1] else INK if total else GREY,
        fontweight="bold",
        annotation_clip=False,
    )
