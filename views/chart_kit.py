"""What charts share: a size and letters for phones, colours told apart by most eyes, plain text.

The background is drawn, so that a chart reads the same in light and dark surroundings. At 1000
pixels a letter of 15 points is as high as Slack's own text when a phone shows it 360 wide.
"""

import functools
from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, MaxNLocator

from core.forecasts.headline import shown

DPI = 150
BLUE, ORANGE, GREEN, GREY, INK = "#0072B2", "#D55E00", "#007A5A", "#6E6E6E", "#222222"
PALE, PAPER = "#D6E8F4", "#FFFFFF"
SMALL, NORMAL, LARGE = 13.5, 15, 17
_WIDTH = 1000 / DPI


def phone(title: str, *, height: int = 700) -> Figure:
    """An empty figure, 1000 pixels wide, with its title."""
    engine = ConstrainedLayoutEngine(w_pad=0.09, h_pad=0.07)  # inches
    figure = Figure(figsize=(_WIDTH, height / DPI), layout=engine, facecolor=PAPER)
    figure.suptitle(plain(title), fontsize=LARGE, color=INK, fontweight="bold", x=0.02, ha="left")
    return figure


def plain(text: str) -> str:
    """Text in which nothing starts a formula."""
    return text.replace("$", r"\$")


def bare(axes: Axes, *sides: str) -> None:
    """Take those sides of the frame away."""
    for side in sides:
        axes.spines[side].set_visible(False)


def writer(*, percent: bool) -> Callable[[float], str]:
    """How values of the metric are written."""
    return functools.partial(shown, percent=percent)


def value_axis(axes: Axes, values: list[float], *, percent: bool) -> None:
    """Ticks of the metric with room above and below; a light grid."""
    low, high = min(values), max(values)
    room = 0.14 * (high - low) or 0.1 * abs(high) or 1.0
    axes.set_ylim(low - room, high + room)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    write = writer(percent=percent)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: write(round(value, 9))))
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.grid(axis="y", color="#E4E4E4", linewidth=1)
    axes.set_axisbelow(True)
    bare(axes, "right", "top")


def target_line(axes: Axes, target: float | None, *, percent: bool) -> None:
    """The target, dashed, with its value written on it at the left."""
    if target is not None:
        limit_line(axes, target, f"target {shown(target, percent=percent)}")


def limit_line(axes: Axes, value: float, words: str) -> None:
    """A dashed line at that value, with words on it at the left."""
    axes.axhline(value, color=ORANGE, linestyle=(0, (5, 3)), linewidth=2.2, zorder=3)
    axes.annotate(
        words,
        (0.015, value),
        xycoords=("axes fraction", "data"),
        xytext=(0, 4),
        textcoords="offset points",
        fontsize=SMALL,
        color=ORANGE,
        fontweight="bold",
    )
