"""The portfolio as executives read it: teams, sums, and what is to be decided with its buttons."""

from dataclasses import dataclass
from datetime import datetime

from core.digest import amount
from core.digest.need import Need
from core.digest.page import Section, flat
from core.digest.portfolio import GROUPS, TITLES
from core.text import shorten
from views import kit
from views.digest import need as needs
from views.kit import Message

MOST_ASKS = 15  # with two blocks each; Slack takes 50 in a message


@dataclass(frozen=True)
class AskedNeed:
    """What a team asks of leadership, as it stands now."""

    team_id: int
    team: str
    need: Need


@dataclass(frozen=True)
class Shown:
    """A portfolio: its text, what is asked, and the sheet it is written from. changed: since it
    was posted, last at `at`.
    """

    sections: tuple[Section, ...]
    asked: tuple[AskedNeed, ...]
    week: str
    sha256: str
    changed: bool
    at: datetime


def posted(shown: Shown) -> Message:
    """The message: who needs a decision first, then money, GPU-hours and people."""
    by_key = {section.key: section for section in shown.sections}
    blocks = [_section(by_key[key]) for key in ("head", *GROUPS) if key in by_key]
    told, more = shown.asked[:MOST_ASKS], len(shown.asked) - MOST_ASKS
    for kind in amount.KINDS:
        asked = [one for one in told if amount.read(one.need.note.amount).kind == kind]
        if kind in by_key or asked:
            blocks.append(_section(by_key.get(kind, Section(kind, TITLES[kind], ()))))
        for one in asked:
            blocks += _asked(one)
    if more > 0:
        blocks.append(kit.context(f"{more} more are asked for; each team's `/need` lists its own"))
    blocks.append(kit.context(_footer(shown)))
    return Message(kit.escape(flat(shown.sections), 3900), blocks)


def page(name: str, message: Message) -> Message:
    """A team's own page for the thread, with its name over it."""
    text, blocks = message
    title = kit.escape(name, 100)
    return Message(kit.clip(f"{title}\n{text}", 3900), [kit.section(f"*{title}*"), *blocks])


def nothing_yet(names: list[str]) -> Message:
    """There was no portfolio in this channel so far."""
    several = kit.escape(", ".join(names), 300)
    text = f"There has been no digest here yet. {several} will be read here as one message."
    return Message(text, [kit.section(text)])


def _footer(shown: Shown) -> str:
    source = f"{shown.week} · portfolio sheet {shown.sha256[:8]} · every figure from the teams'"
    parts = [f"{source} own sheets", "their pages are in the thread"]
    parts += [f"*changed {kit.moment(shown.at)}*"] if shown.changed else []
    return " · ".join(parts)


def _section(section: Section) -> kit.Block:
    """A title and a line each as rich text, a team's name in bold; nothing foreign is
    interpreted.
    """
    elements: list[kit.Block] = []
    if section.title:
        elements.append(_line(section.title, bold=len(section.title)))
    if section.key in GROUPS:
        items = [_line(line, bold=_name(line)) for line in section.lines]
        elements.append({"type": "rich_text_list", "style": "bullet", "elements": items})
    else:
        head = section.key == "head"
        elements += [_line(line, bold=len(line) if head else 0) for line in section.lines]
    return {"type": "rich_text", "elements": elements}


def _name(line: str) -> int:
    return max(0, line.find(" — "))


def _line(text: str, *, bold: int) -> kit.Block:
    strong = {"type": "text", "text": text[:bold], "style": {"bold": True}}
    rest = {"type": "text", "text": text[bold:] or " "}
    parts = ([strong] if bold > 0 else []) + ([rest] if text[bold:] or not bold else [])
    return {"type": "rich_text_section", "elements": parts}


def _asked(one: AskedNeed) -> list[kit.Block]:
    """A line, and its buttons while it is open; they carry the team that asks."""
    typed = kit.escape(one.need.note.amount, 60)
    size = f" (“{typed}”)" if typed else ""
    who = kit.escape(shorten(one.team, 40), 100)
    line = kit.section(f"*{who}* · {needs.headline(one.need)}{size}")
    if one.need.state != "open":
        return [line]
    named = {"block_id": f"team{one.team_id}.need{one.need.note.number}"}
    return [line, needs.buttons(one.need) | named]
