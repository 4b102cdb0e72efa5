"""The board as a picture: one lane a column, one under the other as a phone is narrow."""

from typing import Any

from core.board.board import Board, Card, Column
from core.text import shorten

Spec = dict[str, Any]
MOST_CARDS = 6  # of a lane
TITLE = 32  # characters that can fit on a card


def board(found: Board) -> Spec | None:
    """lanes: name, load, full, and cards (id, title, foot, mark); None for an empty board."""
    lanes = [_lane(column) for column in found.columns if column.cards or column.limit is not None]
    if not any(lane["cards"] for lane in lanes):
        return None
    title = f"Board {found.wanted}".strip()
    return {"kind": "board", "title": f"{shorten(title, 34)}: {found.opened} open", "lanes": lanes,
            "alt": _alt(found, title)}  # fmt: skip


def _lane(column: Column) -> Spec:
    shown = column.cards[:MOST_CARDS]
    return {
        "name": column.name.capitalize(),
        "load": f"{column.load} in 14 days" if column.name == "killed" else column.load,
        "full": column.is_full,
        "closed": column.name == "killed",
        "cards": [_card(card) for card in shown],
        "more": len(column.cards) - len(shown),
    }


def _card(card: Card) -> Spec:
    days = f"{card.days} d" if card.days else "new"
    first = (card.owner.split() or [""])[0]
    foot = " · ".join([shorten(first, 11), card.box.removeprefix("box ") or days])
    mark = card.marks[0].split(" (")[0].replace("training ", "") if card.marks else ""
    return {
        "id": card.ticket.id,
        "title": shorten(card.ticket.title, TITLE),
        "foot": foot,
        "mark": shorten(mark, TITLE),
    }


def _alt(found: Board, title: str) -> str:
    lanes = []
    for column in found.columns:
        names = [
            card.ticket.id + (f" {card.marks[0]}" if card.marks else "") for card in column.cards
        ]
        more = f" and {len(names) - MOST_CARDS} more" if len(names) > MOST_CARDS else ""
        within = f": {', '.join(names[:MOST_CARDS])}{more}" if names else ""
        lanes.append(f"{column.name} {column.load}{within}")
    return f"{title}. {'; '.join(lanes)}."[:1000]
