"""Drift as a strip: a row a feature, a column a week; verdicts by colour, hatch and figure."""

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from core import figures
from core.text import shorten
from views.chart_kit import INK, NORMAL, PAPER, SMALL, bare, phone, plain

_BANDS: Mapping[str, tuple[str, str, str]] = {  # verdict: ground, hatch, letters
    "OK": ("#D6E8F4", "", INK),
    "WARN": ("#F5C77E", "..", INK),
    "ALERT": ("#B23A00", "//", "#FFFFFF"),
    "NOT ENOUGH": ("#E6E6E6", "", INK),
}


def heat(spec: Mapping[str, Any]) -> Figure:
    """Each cell holds its PSI: `!` an ALERT without one (a schema change), `?` not enough rows."""
    rows, weeks = spec["rows"], spec["weeks"]
    figure = phone(spec["title"], height=max(420, 250 + 62 * len(rows)))
    axes = figure.subplots()
    for line, (_, cells) in enumerate(rows):
        for week, cell in enumerate(cells):
            if cell is not None:
                _cell(axes, week, line, cell)
    names = [plain(shorten(name, 16)) for name, _ in rows]
    axes.set_yticks([n + 0.5 for n in range(len(rows))], names, fontsize=NORMAL)
    axes.set_xticks([n + 0.5 for n in range(len(weeks))], weeks, fontsize=SMALL - 1)
    axes.set_xlim(0, len(weeks))
    axes.set_ylim(len(rows), 0)
    axes.tick_params(length=0, colors=INK)
    bare(axes, "left", "right", "top", "bottom")
    figure.legend(
        handles=[
            Patch(facecolor=ground, hatch=hatch, edgecolor=INK, linewidth=0.6, label=verdict)
            for verdict, (ground, hatch, _) in _BANDS.items()
        ],
        fontsize=SMALL - 1,
        frameon=False,
        loc="outside lower center",
        ncols=4,
        handlelength=1.4,
        columnspacing=1,
    )
    return figure


def _cell(axes: Axes, week: int, line: int, cell: tuple[float | None, str]) -> None:
    psi, verdict = cell
    ground, hatch, letters = _BANDS[verdict]
    place = (week + 0.03, line + 0.06)
    axes.add_patch(
        Rectangle(place, 0.94, 0.88, facecolor=ground, hatch=hatch, edgecolor=PAPER, linewidth=0)
    )
    text = figures.number(psi, 2) if psi is not None else "!"
    text = "?" if verdict == "NOT ENOUGH" else text
    bold = "bold" if verdict == "ALERT" else "normal"
    held = {"boxstyle": "round,pad=0.12", "facecolor": ground, "linewidth": 0} if hatch else None
    axes.text(
        week + 0.5, line + 0.5, text, ha="center", va="center", fontsize=SMALL, color=letters,
        fontweight=bold, bbox=held,
    )  # fmt: skip
