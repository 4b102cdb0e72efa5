"""The digest as executives read it, and what leads see around it."""

from collections.abc import Sequence
from datetime import date

from core.digest.page import Page, Section
from core.project.note import Note
from views import kit
from views.kit import Message

HOW_TO = (
    "Leads: `/digest preview` shows the next one · `/digest add risk|need|milestone …` puts a "
    "line in · `/digest notes` lists what leads added"
)


def posted(page: Page) -> Message:
    """The digest for its channel; nothing foreign in it is interpreted."""
    blocks = [lines(section) for section in page.sections]
    return Message(kit.escape(page.text, 3900), [*blocks, kit.context(page.footer)])


def preview(page: Page, *, chosen: bool, out: Sequence[str] = ()) -> Message:
    """The digest as it would be posted now. chosen: the team has set its headline metric; out:
    the sections whose edit the figures contradict.
    """
    text, blocks = posted(page)
    hints = ["Preview: nothing was posted, and only you see it."]
    hints += (
        [f"The figures contradict the edit of {', '.join(out)} now: it stays out."] if out else []
    )
    if not chosen:
        hints.append(
            "The first line shows the metric most experiments share; `/exp setup` sets it."
        )
    return Message(text, [kit.context(" ".join(hints)), *blocks])


def last(text: str, on: date, closed: tuple[str, str] = ("", "")) -> Message:
    """The newest digest again, and what can be done. closed: the channel that does not take it,
    and Slack's word for why.
    """
    head = f"The last digest, {kit.day(on)}:"
    if closed[1]:
        head = f"The digest of {kit.day(on)} is not posted yet. {kit.closed(*closed)} It says:"
    fallback = f"{head}\n{kit.escape(text, 3500)}"
    return Message(fallback, [kit.section(head), kit.prose(text), kit.context(HOW_TO)])


def nothing_yet(channel: str) -> Message:
    """There was no digest so far."""
    where = f"It will be posted in <#{channel}>." if channel else "`/exp setup` sets its channel."
    text = f"There has been no digest yet. {where}"
    return Message(text, [kit.section(text), kit.context(HOW_TO)])


def added(note: Note) -> Message:
    """A note is in the next digest."""
    text = f"Note {note.number} is in the digest until it is done: {_words(note)}"
    return Message(
        text, [kit.section(text), kit.context(f"`/digest done {note.number}` takes it out.")]
    )


def done(note: Note, *, already: bool) -> Message:
    """A note was taken out."""
    how = "was taken out of the digest before" if already else "is out of the digest"
    text = f"Note {note.number} {how}: {_words(note)}"
    return Message(text, [kit.section(text)])


def notes(found: Sequence[Note]) -> Message:
    """What leads have added."""
    if not found:
        text = "No notes: the digest shows only what the records show."
        return Message(text, [kit.section(text), kit.context(HOW_TO)])
    lines = [f"*{note.number}* {_words(note)}" for note in found]
    text = "Notes in the next digest:\n" + "\n".join(lines)
    blocks = [kit.section("Notes in the next digest:")]
    blocks += [kit.section("\n".join(lines[n : n + 8])) for n in range(0, len(lines), 8)]
    return Message(
        kit.clip(text, 3900), [*blocks, kit.context("`/digest done 3` takes note 3 out.")]
    )


def _words(note: Note) -> str:
    more = [
        f"{label} {kit.escape(value)}"
        for label, value in (
            ("impact:", note.impact),
            ("likelihood:", note.likelihood),
            ("mitigation:", note.mitigation),
        )
        if value
    ]
    more += [f"owner: {kit.person(note.owner)}"] if note.owner else []
    more += [f"by {kit.day(note.by)}"] if note.by else []
    return f"{note.kind}: {kit.escape(note.text)}" + (f" — {'; '.join(more)}" if more else "")


def lines(section: Section) -> kit.Block:
    """One section as rich text: nothing foreign in it is interpreted."""
    elements: list[kit.Block] = []
    if section.title:
        elements.append(_part("rich_text_section", section.title, bold=True))
        bullets = [_part("rich_text_section", line) for line in section.lines]
        elements.append({"type": "rich_text_list", "style": "bullet", "elements": bullets})
    else:
        first = section.key == "headline"  # its first line is all that some people read
        elements += [
            _part("rich_text_section", line, bold=first and n == 0)
            for n, line in enumerate(section.lines)
        ]
    return {"type": "rich_text", "elements": elements}


def _part(kind: str, text: str, *, bold: bool = False) -> kit.Block:
    element: kit.Block = {"type": "text", "text": text or " "}
    return {"type": kind, "elements": [element | ({"style": {"bold": True}} if bold else {})]}
