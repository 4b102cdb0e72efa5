"""One week's digest on its way out: drafted, edited section by section, held, posted, corrected.

A lead's text follows the same rule as a model's: what the fact sheet does not say is not posted,
unless it stands there as that lead's own words, with their name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from core import verify
from core.digest import Page, Section
from core.errors import Refused
from core.facts import Sheet, thaw
from core.text import clean

LABELS = {
    "headline": "First line",
    "progress": "Progress since last report",
    "learned": "What we learned",
    "risks": "Risks and blockers",
    "needs": "What we need from leadership",
    "next": "Next milestone",
}
OPEN, HELD, POSTING, POSTED, MISSED = "open", "held", "posting", "posted", "missed"
LIVE = (OPEN, HELD, POSTING)
MOST_LINES, LINE_LENGTH, LENGTH = 8, 300, 900
_WHY = {
    "a cause": "it names a cause",
    "an opinion": "it is an opinion",
    "a promise": "it is a promise",
    "a vague amount": "it names a vague amount",
}


@dataclass(frozen=True)
class Part:
    """A section as it is stored. own: name of the lead whose own words it is, or ""."""

    key: str
    title: str
    lines: tuple[str, ...]
    own: str = ""


@dataclass(frozen=True)
class Edit:
    """A section as a lead typed it. by, name: user id and display name; own: unverified words."""

    key: str
    lines: tuple[str, ...]
    by: str
    name: str
    own: bool = False


@dataclass(frozen=True)
class Doubt:
    """A sentence that the records do not support, in which section, and why in plain words."""

    key: str
    sentence: str
    why: str


@dataclass(frozen=True)
class Fallen:
    """An edit that was not posted because its figures no longer hold, with what did not."""

    edit: Edit
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Issue:
    """A digest as it stands in its channel. edited: the editors' names; was corrected: when."""

    page: Page
    edited: tuple[str, ...] = ()
    own: bool = False
    corrected_at: datetime | None = None


@dataclass(frozen=True)
class Draft:
    """A digest on its way, for its living message. on: its day; due: when it posts by itself.

    state: open | held | posting | posted | missed. by, at: who brought it there, and when
    (by "" for the clock). page: with the edits in it; fallen: edits that do not hold any more.
    """

    number: int
    on: date
    due: datetime
    state: str
    channel: str
    page: Page
    edits: tuple[Edit, ...] = ()
    fallen: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    post_key: str = ""


@dataclass(frozen=True)
class Upcoming:
    """There is no draft yet: when it comes (None: this team wants none), and when it posts."""

    on: date
    due: datetime
    drafted: datetime | None
    channel: str


@dataclass(frozen=True)
class Sent:
    """A form as it came back. number: of the draft or digest; version: of the text it showed.

    texts: by section; own: the sections to be posted as the lead's own words.
    """

    number: int
    version: int
    texts: Mapping[str, str]
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """What a form shows: `Sent`, for which digest, and what is wrong with it.

    purpose: edit | correct. overtaken: who changed the text meanwhile, "" for nobody; standing:
    what that person wrote, by section.
    """

    purpose: str
    on: date
    sent: Sent
    doubts: tuple[Doubt, ...] = ()
    overtaken: str = ""
    standing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reminder:
    """A held digest that nobody has released since it was due."""

    draft: Draft


@dataclass(frozen=True)
class FellBack:
    """Told to the editor: these edits were not posted; here is what they had typed."""

    on: date
    fallen: tuple[Fallen, ...]


@dataclass(frozen=True)
class Correction:
    """What was changed in a posted digest: (section, from, to), by whom."""

    on: date
    by: str
    at: datetime
    changes: tuple[tuple[str, str, str], ...]


def parts(sections: Sequence[Section]) -> tuple[Part, ...]:
    """The sections as they are stored."""
    return tuple(Part(s.key, s.title, s.lines) for s in sections)


def plain(kept: Sequence[Part]) -> list[dict[str, Any]]:
    """The same as plain JSON values."""
    return [asdict(part) | {"lines": list(part.lines)} for part in kept]


def restored(stored: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """What `plain` made plain."""
    return tuple(Part(**{**part, "lines": tuple(part["lines"])}) for part in stored)


def marked(kept: Sequence[Part]) -> tuple[Section, ...]:
    """The sections as they are shown; own words carry their author's name."""
    return tuple(_marked(part) for part in kept)


def _marked(part: Part) -> Section:
    mark = f"in the words of {part.own}" if part.own else ""
    if mark and part.title:
        return Section(part.key, f"{part.title} ({mark})", part.lines)
    return Section(part.key, part.title, (*part.lines, f"— {mark}") if mark else part.lines)


def typed(kept: Sequence[Part]) -> dict[str, str]:
    """What the form starts with, by section."""
    return {part.key: "\n".join(part.lines) for part in kept if part.key in LABELS}


def read(key: str, text: str) -> tuple[str, ...]:
    """A section's lines as typed, bullets taken off; () for nothing. Raises Refused."""
    lines = [line.strip().lstrip("•").strip() for line in clean(text).splitlines()]
    kept = tuple(" ".join(line.split()) for line in lines if line)
    longest = max((len(line) for line in kept), default=0)
    most = 2 if key == "headline" else MOST_LINES
    if len(kept) > most:
        raise Refused(f"That is {len(kept)} lines.", f"At most {most} fit here.", field=key)
    if longest > LINE_LENGTH or sum(map(len, kept)) > LENGTH:
        hint = f"At most {LINE_LENGTH} characters a line and {LENGTH} a section."
        raise Refused("That is too long for one screen.", hint, field=key)
    return kept


def doubts(key: str, lines: Sequence[str], base: Sequence[Part], sheet: Sheet) -> list[Doubt]:
    """The sentences of a section that the sheet does not support.

    base: the section as Assay writes it from that sheet; a line of it needs no second look.
    """
    written = {line for part in base if part.key == key for line in part.lines}
    text = "\n".join(line for line in lines if line not in written)
    if not text:
        return []
    found = verify.findings(text, sheet)
    return [Doubt(key, v.sentence, "; ".join(_WHY.get(r, r) for r in v.reasons)) for v in found]


def rewritten(
    sent: Sent, shown: Mapping[str, str], author: tuple[str, str], known: tuple[Sequence[Part], Sheet]
) -> tuple[dict[str, Edit | None], tuple[Doubt, ...]]:
    """What a sent form changes: an edit by section, None where Assay's own text returns; and the
    sentences that stand in the way.

    shown: what the form started with; author: user id and name; known: Assay's own sections and
    the sheet they were written from. Raises Refused (too long, under its field).
    """
    base, sheet = known
    own_text = typed(base)
    edits: dict[str, Edit | None] = {}
    wrong: list[Doubt] = []
    for key in LABELS:
        text = sent.texts.get(key, shown.get(key, ""))
        if _squeezed(text) == _squeezed(shown.get(key, "")):
            continue
        lines = read(key, text)
        if not lines or "\n".join(lines) == own_text.get(key):
            edits[key] = None
            continue
        own = key in sent.own
        found = [] if own else doubts(key, lines, base, sheet)
        wrong += found
        edits[key] = Edit(key, lines, *author, own=own)
    return edits, tuple(wrong)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def final(
    base: Sequence[Part], edits: Sequence[Edit], sheet: Sheet
) -> tuple[tuple[Part, ...], tuple[Fallen, ...]]:
    """The sections to post, and the edits that the sheet does not support (any more).

    base: written from that sheet. Own words are posted with their author's name and not checked.
    """
    by_key, fallen = {edit.key: edit for edit in edits}, []
    kept = []
    for part in base:
        edit = by_key.get(part.key)
        found = [] if edit is None or edit.own else doubts(edit.key, edit.lines, base, sheet)
        if edit is not None and found:
            fallen.append(Fallen(edit, tuple(found)))
        if edit is None or found:
            kept.append(part)
        else:
            kept.append(replace(part, lines=edit.lines, own=edit.name if edit.own else ""))
    return tuple(kept), tuple(fallen)


def issue(
    page: Page, edits: Sequence[Edit]
) -> tuple[Issue, tuple[Part, ...], tuple[Fallen, ...]]:
    """The digest to post: the page with the leads' edits that its facts support, and those that they do not."""
    kept, fallen = final(parts(page.sections), edits, thaw(page.sheet))
    lost = {one.edit.key for one in fallen}
    names = [edit.name for edit in edits if edit.key not in lost]
    own = any(part.own for part in kept)
    shown = replace(page, sections=marked(kept))
    return Issue(shown, tuple(dict.fromkeys(names)), own), kept, fallen


def same_facts(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """True when two frozen sheets say the same, whenever they were read."""
    return {**one, "as_of": ""} == {**two, "as_of": ""}


def changes(before: Sequence[Part], after: Sequence[Part]) -> tuple[tuple[str, str, str], ...]:
    """(section, from, to) of every section that differs."""
    old = {part.key: part for part in before}
    return tuple(
        (LABELS[new.key], _said(old[new.key]), _said(new))
        for new in after
        if new.key in LABELS and (old[new.key].lines, old[new.key].own) != (new.lines, new.own)
    )


def _said(part: Part) -> str:
    own = f" (in the words of {part.own})" if part.own else ""
    return "\n".join(part.lines) + own
