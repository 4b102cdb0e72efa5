"""The board drawn: a band a column, two cards beside each other, words for everything, and a bar
for how long the column takes where the lane says so; and the funnel: a bar a stage, split into
gone on, there now and killed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.textpath import text_to_path

from views.chart_kit import (
    BLUE,
    DPI,
    GREY,
    INK,
    LARGE,
    NORMAL,
    ORANGE,
    PAPER,
    SMALL,
    bare,
    phone,
    plain,
)

_WIDTH, _EDGE, _GAP = 1000, 24, 16
_TITLE, _HEAD, _CARD, _LOW, _EMPTY = 74, 56, 138, 98, 46
_LEAD = 34
_WIDE = (_WIDTH - 2 * _EDGE - 12) / 2
_BAND, _OVER = "#EEF3F6", "#FBEDE4"

Place = tuple[float, float]
_PARTS = (
    ("went on", 3, BLUE, None),
    ("there now", 2, "#8FBEDD", None),
    ("killed there", 1, ORANGE, "//"),
)


def board(spec: Mapping[str, Any]) -> Figure:
    """The figure, as high as its cards need."""
    heights = [_height(lane) for lane in spec["lanes"]]
    total = _TITLE + sum(heights) + _GAP * len(heights)
    figure = Figure(figsize=(_WIDTH / DPI, total / DPI), facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, _WIDTH)
    axes.set_ylim(total, 0)
    axes.axis("off")
    _write(axes, (_EDGE, 46), spec["title"], fontsize=LARGE, fontweight="bold")
    top = _TITLE
    for lane, height in zip(spec["lanes"], heights, strict=True):
        _lane(axes, lane, top, height)
        top += height + _GAP
    return figure


def _rows(lane: Mapping[str, Any]) -> list[tuple[Sequence[Mapping[str, Any]], int]]:
    """The cards two by two, and how high each row has to be."""
    cards = lane["cards"]
    pairs = [cards[place : place + 2] for place in range(0, len(cards), 2)]
    return [(pair, _CARD if any(card["mark"] for card in pair) else _LOW) for pair in pairs]


def _height(lane: Mapping[str, Any]) -> int:
    rows = _rows(lane)
    head = _HEAD + (_LEAD if lane.get("lead") else 0)
    return head + (sum(high + 10 for _, high in rows) + 8 if rows else _EMPTY)


def _lane(axes: Axes, lane: Mapping[str, Any], top: float, height: float) -> None:
    colour = ORANGE if lane["full"] else GREY if lane["closed"] else BLUE
    face = _OVER if lane["full"] else _BAND
    head: dict[str, Any] = {"fontsize": NORMAL, "fontweight": "bold", "color": colour}
    _box(axes, (12, top), (_WIDTH - 24, height), face=face, edge="none")
    _write(axes, (_EDGE + 6, top + 37), lane["name"], **head)
    load = lane["load"] + (f"  (+{lane['more']} more)" if lane["more"] > 0 else "")
    _write(axes, (_WIDTH - 34, top + 37), load, ha="right", **head)
    down = top + _HEAD
    if lane.get("lead"):
        _lead(axes, lane["lead"], down, colour)
        down += _LEAD
    if not lane["cards"]:
        _write(axes, (_EDGE + 6, down + 22), lane.get("empty", "nothing here"), color=GREY)
    for pair, high in _rows(lane):
        for place, card in enumerate(pair):
            _card(axes, card, (_EDGE + place * (_WIDE + 12), down), high)
        down += high + 10


def _lead(axes: Axes, lead: Sequence[Any], top: float, colour: str) -> None:
    """At least and at most so many days of the longest column's, as a bar with its words."""
    low, high, longest, words = lead
    left, room = _EDGE + 6, _WIDTH - 2 * _EDGE - 330
    for days, alpha in ((high, 0.35), (low, 1.0)):
        axes.add_patch(
            Rectangle((left, top - 4), room * days / longest, 18, color=colour, alpha=alpha, lw=0)
        )
    _write(axes, (left + room * high / longest + 14, top + 12), words, color=colour)


def _card(axes: Axes, card: Mapping[str, Any], corner: Place, high: float) -> None:
    left, top = corner
    edge = ORANGE if card["mark"] else "#C9D3D9"
    _box(axes, corner, (_WIDE, high), face=PAPER, edge=edge)
    _write(axes, (left + 14, top + 35), card["id"], fontsize=NORMAL, fontweight="bold")
    _write(axes, (left + _WIDE - 14, top + 35), card["foot"], room=290, color=GREY, ha="right")
    _write(axes, (left + 14, top + 77), card["title"], room=_WIDE - 26)
    if card["mark"]:
        warn: dict[str, Any] = {"color": ORANGE, "fontweight": "bold"}
        _write(axes, (left + 14, top + 118), f"! {card['mark']}", room=_WIDE - 26, **warn)


def _box(axes: Axes, corner: Place, size: Place, *, face: str, edge: str) -> None:
    style = "round,pad=0,rounding_size=10"
    colours: dict[str, Any] = {"facecolor": face, "edgecolor": edge}
    axes.add_patch(FancyBboxPatch(corner, *size, boxstyle=style, linewidth=1.6, **colours))


def _write(axes: Axes, place: Place, text: str, *, room: float = _WIDTH, **style: Any) -> None:
    """The text, cut where it would be wider than `room` pixels."""
    known: dict[str, Any] = {"fontsize": SMALL, "color": INK, "ha": "left", "va": "baseline"}
    known |= style
    font = FontProperties(size=known["fontsize"], weight=known.get("fontweight", "normal"))
    shown = text
    while len(shown) > 1 and _pixels(shown, font) > room:
        shown = shown[:-2].rstrip() + "…"
    axes.text(*place, plain(shown), **known)


def _pixels(text: str, font: FontProperties) -> float:
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) * DPI / 72


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
