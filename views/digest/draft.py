"""The digest's draft for leads, what is said when it changes, and corrections."""

import re
from collections.abc import Sequence
from datetime import date

from core.digest.draft import (
    HELD,
    LABELS,
    MISSED,
    OPEN,
    POSTED,
    POSTING,
    Correction,
    Draft,
    Fallen,
    Issue,
    Upcoming,
)
from core.text import shorten
from views import kit
from views.digest import digest
from views.kit import Message

_LATER = "Figures are read again when it posts; an edit that they contradict then stays out"
LINK = "assay:link"  # services/say.LINK: the poster puts the posted message's address here


def issue(shown: Issue) -> Message:
    """The digest in its channel: who edited it, whose own words are in it, when corrected."""
    text, blocks = digest.posted(shown.page)
    more = [f"edited by {kit.escape(', '.join(shown.edited), 200)}"] if shown.edited else []
    if shown.own:  # what the footer says of all figures is not true of these
        source = blocks[-1]["elements"][0]
        source["text"] = source["text"].replace("every figure", "every other figure")
        more.append("words “in the words of” somebody are theirs and were not checked")
    if shown.corrected_at:
        more.append(f"*corrected {kit.moment(shown.corrected_at)}*, see the thread")
    return Message(text, [*blocks, kit.context(" · ".join(more))] if more else blocks)


def draft(shown: Draft) -> Message:
    """The living message: what will be posted, when, and what a lead can do about it."""
    head = _head(shown)
    if shown.state in (POSTED, MISSED):
        small = _edited(shown)
        return Message(head, [kit.section(head), *([kit.context(small)] if small else [])])
    lines = [digest.lines(section) for section in shown.page.sections]
    notes = " · ".join(part for part in (_LATER, _edited(shown)) if part)
    blocks = [kit.section(head), *lines, kit.context(notes)]
    return Message(head, [*blocks, _buttons(shown)])


def upcoming(shown: Upcoming) -> Message:
    """There is no draft yet."""
    where = f"in <#{shown.channel}>" if shown.channel else "nowhere: `/exp setup` sets its channel"
    text = f"The digest of {kit.day(shown.on)} posts {kit.moment(shown.due)} {where}."
    text += (
        f" Its draft comes {kit.moment(shown.drafted)}."
        if shown.drafted and shown.channel
        else " There is no draft before it: `/digest rhythm draft=2` brings one."
    )
    hint = "`/digest edit` or `/digest hold` makes the draft now."
    return Message(text, [kit.section(text), kit.context(hint)])


def saved(shown: Draft) -> Message:
    """A lead's edit is in the draft."""
    text = f"The draft of {kit.day(shown.on)} is changed."
    return Message(
        text, [kit.section(text), kit.context(_edited(shown) or "Nothing of it is edited now.")]
    )


def seen(shown: Draft) -> Message:
    """The draft for one lead who asked for it; the posted message's address is not known here."""
    text, blocks = draft(shown)
    return Message(_unlinked(text), [kit.section(_unlinked(text)), *blocks[1:]])


def done(shown: Draft, *, new: bool) -> Message:
    """Held, released or to be posted, now or before by somebody else."""
    text = _head(shown)
    text = text if new else f"Nothing to do: {text[:1].lower()}{text[1:]}"
    return Message(text, [kit.section(text), kit.context(_HINTS[shown.state])])


_HINTS = {
    HELD: "`/digest release` lets it go, `/digest post` posts it now.",
    OPEN: "`/digest hold` keeps it back.",
    POSTED: "It is tried again now, and comes as soon as I can write there.",
    POSTING: "The draft's message shows it when it stands in its channel.",
}


def reminder(found: Draft) -> Message:
    """A held digest that nobody has released since it was due is asked about, once."""
    who = kit.person(found.by)
    text = f"The digest of {kit.day(found.on)} still waits: held by {who} since {_when(found)}."
    hint = "Nobody outside has read it. It is missed for good when the next one is due."
    return Message(text, [kit.section(text), kit.context(hint), _buttons(found)])


def fell_back(on: date, fallen: Sequence[Fallen]) -> Message:
    """To the editor: what was not posted, why, and what they had typed."""
    names = ", ".join(LABELS[one.edit.key] for one in fallen)
    text = (
        f"The digest of {kit.day(on)} is posted without your edit of {names}: "
        "the facts changed, and it no longer holds."
    )
    blocks = [kit.section(text)]
    for one in fallen:
        blocks += _fallen(one)
    blocks.append(kit.context("`/digest correct` puts your words, as they are true now, back."))
    return Message(text, blocks)


def correction(said: Correction) -> Message:
    """The thread note under the corrected digest: what changed, from what to what."""
    names = ", ".join(name for name, _, _ in said.changes)
    text = f"Corrected by {kit.person(said.by)}: {names}"
    blocks = [kit.section(text)]
    for name, before, after in said.changes:
        blocks += [kit.context(f"*{name}* was"), kit.quote(before or "(nothing)")]
        blocks += [kit.context("and is now"), kit.quote(after or "(nothing)")]
    return Message(text, blocks)


def corrected(said: Correction) -> Message:
    """What the lead hears who corrected it."""
    names = ", ".join(name for name, _, _ in said.changes)
    text = f"The posted digest of {kit.day(said.on)} is corrected: {names}."
    return Message(text, [kit.section(text), kit.context("Its thread says from what to what.")])


def _head(shown: Draft) -> str:
    day, where = kit.day(shown.on), f"<#{shown.channel}>" if shown.channel else "no channel"
    if shown.state == OPEN:
        names = kit.escape(", ".join(shown.others[:3]), 200)
        along = f", as one message with {names}" if names else ""
        return (
            f"Draft of the digest of {day}: posts itself {kit.moment(shown.due)} in {where}{along}"
        )
    if shown.state == HELD:
        who = kit.person(shown.by)
        return f"Held digest of {day}: by {who} since {_when(shown)}; it posts only when released"
    if shown.state == POSTING:
        return f"Digest of {day}: being posted in {where}, as {kit.person(shown.by)} wants"
    if shown.state == MISSED:
        return f"Digest of {day}: never posted, {kit.escape(shown.reason, 200)}"
    if shown.unsaid:
        return f"Digest of {day}: not posted yet. {kit.closed(shown.channel, shown.unsaid)}"
    who = f", by {kit.person(shown.by)}" if shown.by else ""
    late = " late" if shown.at and (shown.at - shown.due).total_seconds() > 3600 else ""
    return f"Digest of {day}: <{LINK}|posted{late}> in {where} {_when(shown)}{who}"


def _unlinked(text: str) -> str:
    return re.sub(rf"<{LINK}\|([^<>]*)>", r"\1", text)


def _when(shown: Draft) -> str:
    return kit.moment(shown.at or shown.due)


def _edited(shown: Draft) -> str:
    said = []
    for edit in shown.edits:
        how = "not posted, its figures changed" if edit.key in shown.fallen else ""
        how = how or ("own words" if edit.own else "")
        who = kit.escape(edit.name, 60)
        said.append(f"{LABELS[edit.key]} edited by {who}" + (f" ({how})" if how else ""))
    return " · ".join(said)


def _buttons(shown: Draft) -> kit.Block:
    number = str(shown.number)
    sure = kit.confirm("Post the digest now?", "It goes to its channel at once.", "Post now")
    preview = kit.button("Preview", "edition_preview", number)
    edit = kit.button("Edit…", "edition_edit", number)
    hold = kit.button("Hold", "edition_hold", number)
    release = kit.button("Release", "edition_release", number, style="primary")
    now = kit.button("Post now", "edition_post", number, confirm=sure)
    first = release if shown.state == HELD else hold
    waits = shown.state == POSTING or bool(shown.others)
    return kit.actions(preview, edit, first, *([] if waits else [now]))


def _fallen(one: Fallen) -> Sequence[kit.Block]:
    why = [f"• “{kit.escape(shorten(d.sentence, 200))}”: {kit.escape(d.why, 200)}"
           for d in one.doubts[:5]]  # fmt: skip
    label = f"*{LABELS[one.edit.key]}*, as you typed it:"
    return [kit.context(label), kit.quote("\n".join(one.edit.lines)), kit.section("\n".join(why))]
