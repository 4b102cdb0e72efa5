"""The text of a digest on its way out: edited section by section, checked, corrected.

A lead's text follows the same rule as a model's: what the fact sheet does not say is not posted,
unless it stands there as that lead's own words, with their name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from core.digest.draft import LABELS, Doubt, DraftSection, Edit, Fallen, Form, Issue, Sent
from core.digest.page import Page, Section
from core.errors import Refused
from core.facts import TEXT, Sheet, thaw
from core.faults import Faults
from core.grounding import verifier
from core.text import clean

MOST_HEADLINES, MOST_LINES, LINE_LENGTH, LENGTH = 4, 8, 300, 1200
_WHY = {
    "a cause": "it names a cause",
    "an opinion": "it is an opinion",
    "a promise": "it is a promise",
    "a vague amount": "it names a vague amount",
}


def parts(sections: Sequence[Section]) -> tuple[DraftSection, ...]:
    """The sections as they are stored."""
    return tuple(DraftSection(s.key, s.title, s.lines) for s in sections)


def plain(kept: Sequence[DraftSection]) -> list[dict[str, Any]]:
    """The same as plain JSON values."""
    return [asdict(part) | {"lines": list(part.lines)} for part in kept]


def restored(stored: Sequence[Mapping[str, Any]]) -> tuple[DraftSection, ...]:
    """What `plain` made plain."""
    return tuple(DraftSection(**{**part, "lines": tuple(part["lines"])}) for part in stored)


def marked(kept: Sequence[DraftSection]) -> tuple[Section, ...]:
    """The sections as they are shown; own words carry their author's name."""
    return tuple(_marked(part) for part in kept)


def _marked(part: DraftSection) -> Section:
    mark = f"in the words of {part.own}" if part.own else ""
    if mark and part.title:
        return Section(part.key, f"{part.title} ({mark})", part.lines)
    return Section(part.key, part.title, (*part.lines, f"— {mark}") if mark else part.lines)


def written(page: Page) -> dict[str, Any]:
    """Who found the page's words, and how: all of it but week, text and facts, as plain JSON."""
    known = {"week", "sections", "sheet", "sha256"}
    return {f.name: getattr(page, f.name) for f in fields(page) if f.name not in known}


def page(
    week: str,
    sections: tuple[Section, ...],
    frozen: tuple[Mapping[str, Any], str],
    how: Mapping[str, Any],
) -> Page:
    """A page from its text, its frozen facts with their hash, and what `written` kept."""
    found: dict[str, Any] = {"week": week, "sections": sections}
    found |= {"sheet": frozen[0], "sha256": frozen[1]}
    for name, value in how.items():
        found[name] = tuple(value) if isinstance(value, list) else value
    return Page(**found)


def typed(kept: Sequence[DraftSection]) -> dict[str, str]:
    """What the form starts with, by section."""
    return {part.key: "\n".join(part.lines) for part in kept if part.key in LABELS}


def read(key: str, text: str) -> tuple[str, ...]:
    """A section's lines as typed, bullets taken off; () for nothing. Raises Refused."""
    lines = [line.strip().lstrip("•").strip() for line in clean(text).splitlines()]
    kept = tuple(" ".join(line.split()) for line in lines if line)
    longest = max((len(line) for line in kept), default=0)
    most = MOST_HEADLINES if key == "headline" else MOST_LINES
    if len(kept) > most:
        raise Refused(f"That is {len(kept)} lines.", f"At most {most} fit here.", field=key)
    if longest > LINE_LENGTH or sum(map(len, kept)) > LENGTH:
        hint = f"At most {LINE_LENGTH} characters a line and {LENGTH} a section."
        raise Refused("That is too long for one screen.", hint, field=key)
    return kept


def doubts(
    key: str, lines: Sequence[str], base: Sequence[DraftSection], sheet: Sheet
) -> list[Doubt]:
    """The sentences of a section that the sheet does not support.

    base: the section as Assay writes it from that sheet; a line of it needs no second look.
    """
    written = {line for part in base if part.key == key for line in part.lines}
    text = "\n".join(line for line in lines if line not in written)
    if not text:
        return []
    found = verifier.findings(_as_shown(text, sheet), sheet)
    return [Doubt(key, v.sentence, "; ".join(map(_plainly, v.reasons))) for v in found]


def _plainly(reason: str) -> str:
    said = _WHY.get(reason, reason).replace("on the sheet", "in the records")
    return said.replace("the sheet", "the records")


def rewritten(
    sent: Sent,
    shown: Mapping[str, str],
    author: tuple[str, str],
    known: tuple[Sequence[DraftSection], Sheet],
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
    texts = {key: sent.texts.get(key, shown.get(key, "")) for key in LABELS}
    other = [key for key in LABELS if _squeezed(texts[key]) != _squeezed(shown.get(key, ""))]
    with Faults() as each:
        read_as = {key: each(read, key, texts[key]) for key in other}
    for key, lines in read_as.items():
        if not lines or "\n".join(lines) == own_text.get(key):
            edits[key] = None
            continue
        own = key in sent.own
        found = [] if own else doubts(key, lines, base, sheet)
        wrong += found
        edits[key] = Edit(key, lines, *author, own=own)
    return edits, tuple(wrong)


def overtaken(form: Form, seen: Mapping[str, str], standing: Mapping[str, str], who: str) -> Form:
    """The form again when somebody else changed the text meanwhile: what this person changed
    stays theirs, the rest is as it stands now, and what both changed is named.

    seen: what their form had started with; form.sent.version: of the text as it stands.
    """
    mine = differing(form.sent.texts, seen)
    both = [key for key in mine if _squeezed(seen.get(key, "")) != _squeezed(standing[key])]
    tag = f"~{form.sent.version}"
    sent = replace(form.sent, texts={**standing, **mine}, tag=tag)
    named = tuple((LABELS[key], standing[key]) for key in both)
    return replace(form, sent=sent, overtaken=who, standing=named)


def differing(texts: Mapping[str, str], seen: Mapping[str, str]) -> dict[str, str]:
    """The texts that are not what their form had started with."""
    return {key: text for key, text in texts.items()
            if _squeezed(text) != _squeezed(seen.get(key, ""))}  # fmt: skip


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _as_shown(text: str, sheet: Sheet) -> str:
    """The text without the facts that it gives word for word as the sheet shows them, as far as
    the verifier cannot read these itself.
    """
    silent = [fact for fact in sheet.facts if not fact.says and fact.unit != TEXT]
    for fact in sorted(silent, key=lambda f: -len(f.shown)):
        text = re.sub(rf"(?<![\w.,]){re.escape(fact.shown)}(?!\w|[.,]\d)", "it", text)
    return text


def final(
    base: Sequence[DraftSection], edits: Sequence[Edit], sheet: Sheet
) -> tuple[tuple[DraftSection, ...], tuple[Fallen, ...]]:
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
) -> tuple[Issue, tuple[DraftSection, ...], tuple[Fallen, ...]]:
    """The page with the leads' edits that its facts support, and those that they do not."""
    kept, fallen = final(parts(page.sections), edits, thaw(page.sheet))
    lost = {one.edit.key for one in fallen}
    names = [edit.name for edit in edits if edit.key not in lost]
    own = any(part.own for part in kept)
    shown = replace(page, sections=marked(kept))
    return Issue(shown, tuple(dict.fromkeys(names)), own), kept, fallen


def same_facts(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """True when two frozen sheets say the same, whenever they were read."""
    return {**one, "as_of": ""} == {**two, "as_of": ""}


def changes(
    before: Sequence[DraftSection], after: Sequence[DraftSection]
) -> tuple[tuple[str, str, str], ...]:
    """(section, from, to) of every section that differs."""
    old = {part.key: part for part in before}
    return tuple(
        (LABELS[new.key], _said(old[new.key]), _said(new))
        for new in after
        if new.key in LABELS and (old[new.key].lines, old[new.key].own) != (new.lines, new.own)
    )


def _said(part: DraftSection) -> str:
    own = f" (in the words of {part.own})" if part.own else ""
    return "\n".join(part.lines) + own
