"""Help, made from the table of verbs: at most twelve lines, with the team's own ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.text import shorten, straighten
from views import kit
from views.kit import Message

MOST_LINES, MOST_OTHERS, MOST_ENTRIES = 12, 5, 11
MOST_TYPED = 46  # characters of what to type, on a role's page
Pairs = Sequence[tuple[str, str]]  # what to type, what it does


@dataclass(frozen=True)
class Page:
    """A page of help. topics, roles: other pages, named in the last line."""

    title: str
    pairs: Pairs
    topics: Sequence[str] = ()
    roles: Sequence[str] = ()


def page(shown: Page, examples: Mapping[str, str], channel: str = "") -> Message:
    """One page, at most twelve lines. channel: the team's, named in the title."""
    last = _last(shown)
    room = MOST_LINES - 1 - len(last)
    pairs = [_short(*pair) for pair in shown.pairs] if shown.roles else shown.pairs
    lines = _packed([_entry(typed, what, examples) for typed, what in pairs], room)
    where = f" · your team's channel is <#{channel}>" if channel else ""
    head = f"*{shown.title}*{where}"
    return Message(shown.title, [kit.section("\n".join([head, *lines, *last]))])


def of_team(message: Message, team: str) -> Message:
    """The page with the name of the team it is for; of somebody's only one nothing is said."""
    if not team:
        return message
    text, blocks = message
    whose = f"For {kit.escape(team, 80)}: its ids, and what you may do there. "
    how = "Another team's: in its channel, or after `/team use NAME`."
    return Message(text, [*blocks, kit.context(whose + how)])


def everything(own: Pairs, others: Pairs, examples: Mapping[str, str]) -> Message:
    """All verbs of /exp, and the other commands."""
    rest = _packed([_entry(typed, what, examples) for typed, what in others], MOST_OTHERS)
    entries = [_entry(typed, what, examples) for typed, what in own]
    lines = _packed(entries, MOST_LINES - 1 - len(rest))
    title = "/exp: what you can type"
    text = "\n".join([f"*{title}*", *lines])
    return Message(title, [kit.section(text), kit.section("\n".join(rest))])


def window(message: Message, topics: Sequence[str]) -> kit.Block:
    """The page over Home, with a menu of topics."""
    _, blocks = message
    options = [kit.option("First page", "start")]
    options += [kit.option(topic.capitalize(), topic) for topic in topics]
    menu = kit.choice(options) | {"action_id": "help_open", "placeholder": kit.plain("Topic", 150)}
    return kit.modal("help", "Help", [*blocks, kit.actions(menu)])


def _last(shown: Page) -> list[str]:
    if not shown.topics and not shown.roles:
        return []
    topics = f"More: `/exp help` and {' · '.join(shown.topics)}" if shown.topics else ""
    roles = f"for others: {' · '.join(shown.roles)}" if shown.roles else ""
    return ["; ".join(part for part in (topics, roles) if part)]


def _short(typed: str, what: str) -> tuple[str, str]:
    """For a role's first page; a topic's page has it in full."""
    return shorten(typed, MOST_TYPED), what.partition(";")[0].partition(" (")[0]


def _entry(typed: str, what: str, examples: Mapping[str, str]) -> str:
    text = f"`{kit.escape(straighten(typed), 300)}` {what}"
    for said, own in examples.items():
        text = text.replace(said, own)
    return text


def _packed(entries: Sequence[str], lines: int) -> list[str]:
    """The entries on so many lines, as evenly as can be, in their order."""
    if len(entries) <= lines:
        return list(entries)
    each, more = divmod(len(entries), lines)
    packed, start = [], 0
    for line in range(lines):
        size = each + (1 if line < more else 0)
        packed.append(" · ".join(entries[start : start + size]))
        start += size
    return packed
