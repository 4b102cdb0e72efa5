"""What a portfolio copies: each team's share of it, and its facts, each once in one book."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.facts import Book, Fact, Sheet
from core.privacy.injection import harmless
from core.text import shorten

NAME_LENGTH = 40


@dataclass(frozen=True)
class Part:
    """A team's share. sheet, sha256: of its digest, None while it has none. said: its first line
    in a lead's words, "" where the facts speak. state: of one without a digest, held | missed |
    "" (not there yet); by: the name of who holds it.
    """

    name: str
    sheet: Sheet | None = None
    sha256: str = ""
    said: str = ""
    state: str = ""
    by: str = ""


def name_of(part: Part) -> str:
    """The team's name as a line begins with it."""
    return shorten(harmless(part.name), NAME_LENGTH).replace(" — ", " - ") or "A team"


class Copies:
    """Copies of the teams' facts in one book, each once."""

    def __init__(self) -> None:
        self.book = Book()
        self._known: dict[str, Fact] = {}
        self.names: dict[str, Fact] = {}

    def name(self, part: Part) -> Fact:
        """The team's name."""
        shown = name_of(part)
        if shown not in self.names:
            self.names[shown] = self.book.note("team", shown, shown, unit="name", label="team")
        return self.names[shown]

    def of(self, part: Part, fact: Fact) -> Fact:
        """The copy of that fact."""
        origin = f"{part.sha256[:8]}:{fact.id}"
        if origin not in self._known:
            self._known[origin] = self.book.note(
                fact.kind, fact.value, fact.shown, unit=fact.unit, other=fact.other,
                subject=fact.subject or name_of(part), label=fact.label, says=fact.says,
                parents=(origin,),
            )  # fmt: skip
        return self._known[origin]

    def every(self, parts: Sequence[Part], kind: str) -> list[Fact]:
        """The copies of all facts of that kind, by team."""
        return [self.of(p, fact) for p in parts if p.sheet for fact in p.sheet.of(kind)]


def put(fact: Fact) -> str:
    """Its place in a line."""
    return f"{{{fact.id}}}"
