"""What a language model may do to the digest: reword two sections, shorten notes for a third.

It is sent what team members wrote this week, made fit to be sent as data. The lines it writes
hold placeholders, {{F3}}; core/llm/lint.py says whether they may be used.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from core.digest.page import Section
from core.facts import Fact, Sheet
from core.privacy import injection, redaction

MOST = 40  # in one question
KINDS = ("learning", "heard")  # quoted by the template, and the others
PHRASED = ("headline", "progress")
LEARNED = "learned"
SECTIONS = (*PHRASED, LEARNED)
_DOUBLE = re.compile(r"\{\{\s*(F\d+)\s*\}\}")
_SINGLE = re.compile(r"\{(F\d+)\}")


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


@dataclass(frozen=True)
class Sentence:
    """A line of a model. refs: what it says it was made of, fact ids or a note's."""

    text: str
    refs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a model wrote, by section; suspicious: ids of notes that tried to instruct it."""

    headline: tuple[Sentence, ...] = ()
    progress: tuple[Sentence, ...] = ()
    learned: tuple[Sentence, ...] = ()
    suspicious: tuple[str, ...] = ()

    def of(self, section: str) -> tuple[Sentence, ...]:
        """The lines of that section."""
        found: tuple[Sentence, ...] = getattr(self, section)
        return found


@dataclass(frozen=True)
class Finding:
    """Why a line must not be used. number: which line of its section, from 1; 0: all of it."""

    section: str
    number: int
    code: str


@dataclass(frozen=True)
class Task:
    """What there is to word: the sheet, the template's sections, and notes fit to be sent."""

    sheet: Sheet
    template: tuple[Section, ...]
    notes: tuple[TeamNote, ...] = ()

    def lines(self, section: str) -> tuple[str, ...]:
        """The template's own lines of that section."""
        return next((s.lines for s in self.template if s.key == section), ())

    @property
    def to_learn(self) -> int:
        """How many lines of `learned` are asked for: as many as the template quotes, or none.

        As many, so that the "and 5 more" beside them stays true.
        """
        quoted = len(self.sheet.of("learning"))
        return quoted if len(self.notes) >= quoted else 0

    @property
    def asked(self) -> tuple[str, ...]:
        """The sections that a model is asked for."""
        return SECTIONS if self.to_learn else PHRASED


def doubled(line: str) -> str:
    """The template's `{F3}` as a model sees and writes it: `{{F3}}`."""
    return _SINGLE.sub(r"{{\1}}", line)


def ids_in(text: str) -> list[str]:
    """The ids of the placeholders of a model's line, in order, with repeats."""
    return _DOUBLE.findall(text)


def bare(text: str) -> str:
    """A model's line without its placeholders."""
    return _DOUBLE.sub(" ", text)


def merged(task: Task, answer: Answer, taken: Collection[str]) -> tuple[Section, ...]:
    """The template with the answer's lines in the sections that are taken from it."""
    return tuple(
        replace(s, lines=written(task, answer, s.key)) if s.key in taken else s
        for s in task.template
    )


def written(task: Task, answer: Answer, section: str) -> tuple[str, ...]:
    """The answer's lines of that section as the digest holds them, with {F3}."""
    if section == LEARNED:
        return _learned(task, answer.learned)
    return tuple(" ".join(_DOUBLE.sub(r"{\1}", s.text).split()) for s in answer.of(section))


def _learned(task: Task, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    notes = {note.id: note for note in task.notes}
    sources = {fact.id: fact.other for kind in KINDS for fact in task.sheet.of(kind)}
    places = {fact.value: fact.id for fact in task.sheet.of("learned in")}
    lines = []
    for sentence in sentences:
        note = notes.get(sentence.refs[0]) if sentence.refs else None
        place = places.get(sources.get(note.fact)) if note else None
        text = f"“{' '.join(sentence.text.split())}”"
        lines.append(f"{text} ({{{place}}})" if place else text)
    rest = task.sheet.of("more learnings")
    if lines and rest:
        lines[-1] += f" — and {{{rest[0].id}}}"
    return tuple(lines)
