"""The split of time over the phases: a bar each by kind of work, the present one framed."""

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from views.chart_kit import BLUE, GREY, INK, NORMAL, PAPER, SMALL, bare, phone, plain

_LOOKS = ((BLUE, PAPER), ("#8FBEDD", INK), ("#F5C77E", INK), (GREY, PAPER))  # ground, letters
_ROOM = 4.5  # per cent of a bar in which its figure can be read


def phases(spec: Mapping[str, Any]) -> Figure:
    """Bars of 100 %, in each part its per cent; below each name what it recommends."""
    rows = spec["rows"]
    figure = phone(spec["title"], height=190 + 105 * len(rows))
    axes = figure.subplots()
    for line, row in enumerate(rows):
        left = 0.0
        for place, part in enumerate(row["parts"]):
            colour, letters = _LOOKS[place]
            label = spec["kinds"][place] if not line else None
            axes.barh(line, part, left=left, height=0.6, color=colour, label=label)
            if part >= _ROOM:
                axes.text(left + part / 2, line, f"{part:.0f}", ha="center", va="center",
                          fontsize=SMALL, fontweight="bold", color=letters)  # fmt: skip
            left += part
        if row["here"]:
            axes.barh(line, 100, height=0.72, fill=False, edgecolor=INK, linewidth=3)
    names = [plain(f"{row['name']}{' (now)' if row['here'] else ''}\n{row['when']}")
             for row in rows]  # fmt: skip
    axes.set_yticks(range(len(rows)), names, fontsize=NORMAL - 2)
    axes.set_ylim(len(rows) - 0.5, -0.6)
    axes.set_xlim(-0.5, 100.5)
    axes.set_xticks([])
    axes.tick_params(length=0, colors=INK)
    bare(axes, "left", "right", "top", "bottom")
    figure.legend(fontsize=SMALL - 1, frameon=False, loc="outside lower center", ncols=4,
                  handlelength=1.2, columnspacing=0.9)  # fmt: skip
    return figure
