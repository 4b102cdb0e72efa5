"""What commands on tickets with a history read alike: the ticket named first, and its links."""

from collections.abc import Callable
from dataclasses import dataclass

from core.data.form import experiments_of
from core.errors import Refused
from core.text import straighten
from handlers.ask import Ask


@dataclass(frozen=True)
class Kind:
    """How a kind of ticket is named. words: what may stand before the number (`DATA 3`); read: its
    id as a number (raises Refused); question, where: for somebody who named none.
    """

    words: tuple[str, ...]
    read: Callable[[str], int]
    question: str
    where: str

    def numbered(self, ask: Ask, usage: str) -> tuple[int, str]:
        """The ticket named first (or on the button), and the rest of the text. Raises Refused."""
        words = (ask.value or straighten(ask.text)).split(maxsplit=1)
        if words and words[0].casefold() in self.words and len(words) > 1:
            words = words[1].split(maxsplit=1)
        if not words:
            raise Refused(self.question, f"Write `{usage}`; {self.where}.")
        return self.read(words[0]), words[1].strip() if len(words) > 1 else ""

    def linked(self, ask: Ask, usage: str) -> tuple[int, list[int]]:
        """The ticket and the experiments named after it. Raises Refused."""
        number, rest = self.numbered(ask, usage)
        numbers = experiments_of(rest)
        if not numbers:
            raise Refused("Which experiments?", f"Write `{usage}`.")
        return number, numbers
