"""A page for a smaller circle than the digest's, written the same way: facts first, then words.

Titles and lines hold placeholders; a line with a figure from elsewhere is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.digest.page import Section, filled, flat, traceable
from core.facts import Book, Fact, Sheet, freeze


@dataclass(frozen=True)
class Brief:
    """A written page. about: what it was asked for ("team", "EXP-042"); sha256: of its facts."""

    about: str
    title: str
    sections: tuple[Section, ...]
    sheet: Sheet
    as_of: datetime

    @property
    def sha256(self) -> str:
        """The hash of the facts it was written from."""
        return freeze(self.sheet)[1]

    @property
    def text(self) -> str:
        """The page as plain text."""
        return f"{self.title}\n{flat(self.sections)}"


def put(*facts: Fact) -> str:
    """Placeholders for these facts, joined by commas."""
    return ", ".join(f"{{{fact.id}}}" for fact in facts)


def written(
    about: str, book: Book, title: str, sections: Sequence[Section], now: tuple[date, datetime]
) -> Brief:
    """The page with the facts in their places. now: the team's day, and the instant."""
    on, at = now
    sheet = Sheet("", on.isoformat(), at.isoformat(timespec="seconds"), {}, tuple(book.facts))
    (head,) = filled([Section("title", "", (title,))], sheet)
    return Brief(about, head.lines[0], traceable(filled(sections, sheet), sheet), sheet, at)
