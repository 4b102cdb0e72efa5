"""The board in words: columns with their load, cards with what asks for attention."""

from collections.abc import Mapping, Sequence

from core.board.board import LIMITED, Board, Card, Column
from views import kit
from views.kit import Message

MOST = {"killed": 3}
_MOST = 5  # cards of a column while all columns are shown
_MOST_ALONE = 12
HOW_TO = (
    "`/board mine` · `/board experiment` one column · `/board EXP-042` one card · "
    "`/board funnel` · `/board metrics` · `/board limits`"
)


def board(found: Board, *, pictured: bool = False) -> Message:
    """Everything that was asked for. pictured: the picture goes to the person's DM."""
    alone = len(found.columns) == 1
    text = first_line(found)
    blocks = [kit.section(f"*{text}*")]
    blocks += [_column(column, alone=alone) for column in found.columns if _counts(column, found)]
    small = [HOW_TO, *(["The picture is in our direct messages."] if pictured else [])]
    return Message(text, [*blocks, *(kit.context(one) for one in small)])


def first_line(found: Board) -> str:
    """`Board: 9 open, 2 blocked · full: experiment (3/3).`"""
    name = f"Board {found.wanted}".strip()
    shown = [card for column in found.columns for card in column.cards]
    opened = [card for card in shown if card.ticket.is_open]
    blocked = sum(any(mark.startswith("blocked") for mark in card.marks) for card in opened)
    full = [f"{c.name} {c.taken}/{c.limit}" for c in found.columns if c.is_full]
    backlog = f" ({found.backlog} in the backlog)" if found.backlog else ""
    facts = [f"{found.opened} open{backlog}"]
    facts += [f"{blocked} blocked" if blocked else ""]
    if not shown:
        facts = [f"{found.backlog} in the backlog, nothing further" if found.backlog else "empty"]
    line = f"{name}: {', '.join(one for one in facts if one)}"
    return kit.escape(f"{line} · full: {', '.join(full)}." if full else f"{line}.", 300)


def share(wanted: str) -> kit.Block:
    """The button that puts it into the channel. wanted: as typed after /board."""
    return kit.actions(kit.button("Share here", "board_share", wanted[:200] or "all"))


def _counts(column: Column, found: Board) -> bool:
    """An empty column is told unless it is one of those nobody limits."""
    return bool(column.cards or column.limit is not None or len(found.columns) == 1)


def _column(column: Column, *, alone: bool) -> kit.Block:
    head = f"*{column.name.capitalize()}* {column.load}"
    head += " in the last 14 days" if column.name == "killed" else ""
    head += f" · leaves when: {column.gate}" if column.gate else ""
    most = _MOST_ALONE if alone else MOST.get(column.name, _MOST)
    lines = [_card(card, alone=alone) for card in column.cards[:most]]
    rest = len(column.cards) - most
    lines += [f"_and {rest} more: `/board {column.name}`_"] if rest > 0 else []
    lines += [f"_{column.more}: `/exp list {column.name}`_"] if column.more else []
    return kit.section(kit.clip("\n".join([head, *(lines or ["nothing here"])]), 3000))


def _card(card: Card, *, alone: bool) -> str:
    days = f"{card.days} d here" if card.days else "since today"
    ticket = card.ticket
    facts = [kit.escape(card.owner, 30), days, *([card.box] if card.box else [])]
    line = f"• *{ticket.id}* {kit.escape(ticket.title, 60)} · {' · '.join(facts)}"
    mark = f" · *{kit.escape('; '.join(card.marks), 140)}*" if card.marks else ""
    if not alone:
        return line + mark + _brief(card)
    said = [f"{label}: {kit.escape(words, 110)}" for label, words in card.details]
    return "\n".join([line + mark, *([f"   {' · '.join(said)}"] if said else [])])


def _brief(card: Card) -> str:
    said = " · ".join(f"{label}: {words}" for label, words in card.details)
    return f"\n   {kit.escape(said, 170)}" if said else ""


def limits(columns: Sequence[Column], *, changed: bool | None = None) -> Message:
    """Every limit with how full its column is. changed: whether a change made a difference."""
    told = "" if changed is None else "Set. " if changed else "That is how it was already. "
    text = f"{told}WIP limits: {', '.join(f'{c.name} {c.load}' for c in columns)}."
    about = (
        "A move into a full column is refused; leaving one and killing never are. Production "
        "counts what is being rolled out: until `deploy=live` and `monitoring=on`, for 14 days "
        "at most."
    )
    how = "A lead sets them: `/board limits experiment=4 iteration=none`."
    blocks = [kit.section(f"*{told}WIP limits*"), _table(columns), kit.context(about, how)]
    return Message(text, blocks)


def _table(columns: Sequence[Column]) -> kit.Block:
    rows = [
        (c.name, str(c.taken), "none" if c.limit is None else str(c.limit), _state(c))
        for c in columns
    ]
    return kit.table([("Column", "Now", "Limit", "Room"), *rows])


def _state(column: Column) -> str:
    if column.limit is None:
        return "no limit"
    left = column.limit - column.taken
    return f"{left} free" if left > 0 else "full" if not left else f"{-left} over"


def limits_changed(
    before: Mapping[str, int | None], after: Mapping[str, int | None], by: str
) -> Message:
    """What the team reads when a lead changed limits."""
    pairs = [
        f"{name} {before[name] or 'none'} → {after[name] or 'none'}"
        for name in LIMITED
        if before[name] != after[name]
    ]
    text = f"WIP limits changed by {kit.person(by)}: {', '.join(pairs)}"
    return Message(text, [kit.section(text)])
