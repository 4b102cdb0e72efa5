"""What commands on tickets with a history read alike: the ticket named first, and its links."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from core.audited import Entry
from core.data.form import experiments_of
from core.errors import Refused
from core.text import straighten
from handlers.ask import Ask, Handler, Reply
from services.audited import ChangeRequest, WrittenTicket
from services.ports import Lab
from views.kit import Message

T = TypeVar("T")
Link = Callable[[Lab, str, list[int], ChangeRequest], WrittenTicket[T]]


@dataclass(frozen=True)
class Kind:
    """How a kind of ticket is named. example: the command and an id; words: what may stand before
    the number (`DATA 3`); read: its id as a number (raises Refused); question, where: for somebody
    who named none.
    """

    example: tuple[str, str]
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

    def linking(
        self, verb: str, change: Link[T], said: Callable[[WrittenTicket[T]], Reply]
    ) -> Handler:
        """`/data link DATA-003 EXP-042`: the handler of that verb, which answers with `said`."""
        usage = f"{self.usage(verb)} EXP-042"

        def handler(lab: Lab, ask: Ask) -> Reply:
            number, rest = self.numbered(ask, usage)
            numbers = experiments_of(rest)
            if not numbers:
                raise Refused("Which experiments?", f"Write `{usage}`.")
            act = ChangeRequest(number, ask.user, channel=ask.channel)
            return said(change(lab, ask.workspace, numbers, act))

        return handler

    def history(
        self,
        found: Callable[[Lab, str, int], tuple[Any, list[Entry]]],
        told: Callable[[Any, list[Entry]], Message],
    ) -> Handler:
        """`/data history DATA-003`: the handler that tells who changed what."""

        def handler(lab: Lab, ask: Ask) -> Reply:
            number, _ = self.numbered(ask, self.usage("history"))
            return Reply.of(told(*found(lab, ask.workspace, number)))

        return handler

    def usage(self, verb: str) -> str:
        """How that verb is typed: `/data history DATA-003`."""
        return f"{self.example[0]} {verb} {self.example[1]}"
