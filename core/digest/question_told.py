"""An answer to one of leadership's questions, held to its own fact sheet like a digest."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.digest.page import Section, filled, traceable
from core.digest.question import DigestQuestion
from core.facts import Book, Fact, Sheet, freeze


@dataclass(frozen=True)
class ToldAnswer:
    """lines: the answer, the first one alone would do. small: what it assumes, what it is not.

    sha256: of the fact sheet that every figure in it comes from. promoted: the number of what was
    promoted while nobody said whether it is live, 0 for none.
    """

    question: DigestQuestion
    lines: tuple[str, ...]
    small: tuple[str, ...]
    at: datetime
    sha256: str
    promoted: int = 0


@dataclass(frozen=True)
class AskedQuestion:
    """The question, when it was asked, and the zone whose days count."""

    question: DigestQuestion
    at: datetime
    where: ZoneInfo


def put(fact: Fact) -> str:
    """The placeholder of a fact."""
    return f"{{{fact.id}}}"


def told(asked: AskedQuestion, book: Book, lines: list[str], small: list[str]) -> ToldAnswer:
    """The answer from lines with placeholders; a line with any other figure is left out."""
    today = asked.at.astimezone(asked.where).date()
    year, week, _ = today.isocalendar()
    as_of = asked.at.isoformat(timespec="seconds")
    sheet = Sheet(f"{year}-W{week:02d}", today.isoformat(), as_of, {}, tuple(book.facts))
    parts = (lines[:1], lines[1:], small)
    sections = filled([Section("answer", "", tuple(part)) for part in parts], sheet)
    first, more, aside = (section.lines for section in traceable(sections, sheet))
    return ToldAnswer(asked.question, (*first, *more), aside, asked.at, freeze(sheet)[1])
