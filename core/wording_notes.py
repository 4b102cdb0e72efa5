"""What team members wrote this week, made fit to be sent to a model as data."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core import injection, redaction
from core.facts import Fact, Sheet

MOST = 40  # in one question
KINDS = ("learning", "heard")  # quoted by the template, and the others


@dataclass(frozen=True)
class TeamNote:
    """One text. id: `N1`; fact: its fact's id; subject: its experiment, or ""; text: redacted."""

    id: str
    fact: str
    subject: str
    text: str


def notes_of(sheet: Sheet, roster: Sequence[str]) -> tuple[TeamNote, ...]:
    """The week's texts without secrets, persons, links, mentions, markup and invisible signs.

    One that holds a secret or speaks to a machine is left out altogether. roster: names that
    become P1, P2, …
    """
    found = [fact for kind in KINDS for fact in sheet.of(kind)]
    plain = [injection.visible(unicodedata.normalize("NFKC", str(f.value))) for f in found]
    sent = [(f, text) for f, text in zip(found, plain, strict=True) if _may_be_sent(text)]
    safe = redaction.redact([text for _, text in sent], roster).texts
    return tuple(
        _note(number, fact, text)
        for number, ((fact, _), text) in enumerate(zip(sent, safe, strict=True), 1)
    )


def grouped(notes: Sequence[TeamNote]) -> list[list[TeamNote]]:
    """The notes by experiment, at most MOST in a group, in their order."""
    subjects: dict[str, list[TeamNote]] = {}
    for note in notes:
        subjects.setdefault(note.subject, []).append(note)
    return [
        theirs[at : at + MOST]
        for theirs in subjects.values()
        for at in range(0, len(theirs), MOST)
    ]


def _may_be_sent(text: str) -> bool:
    has_secret = any(span.type == "SECRET" for span in redaction.spans(text))
    return not has_secret and not injection.orders(text) and bool(text.strip())


def _note(number: int, fact: Fact, text: str) -> TeamNote:
    return TeamNote(f"N{number}", fact.id, fact.subject, injection.harmless(text))
