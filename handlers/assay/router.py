"""Which command answers an intent: one table."""

from collections.abc import Callable
from dataclasses import dataclass

from core.assay import about, away, said
from core.assay.intent import Meaning
from handlers.ask import Handler
from handlers.assay import offers, told, welcome
from handlers.workspace import help as helps


@dataclass(frozen=True)
class Call:
    """A verb of the command table with its text, or (run) something of our own."""

    command: str = ""
    verb: str = ""
    text: str = ""
    run: Handler | None = None
    wide: bool = False  # it is the same in any team


_SHOW = {"EXP": "/exp", "BLK": "/blocker", "ENG": "/eng", "DATA": "/data"}
Route = Callable[[Meaning, str], Call]


def call(found: Meaning, text: str, *, can_open: bool = False) -> Call:
    """What answers this. can_open: a form can be opened at once (there is a trigger)."""
    offer = offers.OFFERS.get(found.intent)
    if offer is not None:
        number = found.experiment
        named = f"{about.name(('EXP', number))} " if number else ""
        return Call(text=f"{named}{text}", run=offers.bound(offer, found, can_open=can_open))
    return _CALLS.get(found.intent, _unknown)(found, text)


def _card(found: Meaning, text: str) -> Call:
    if not found.ids:
        return _unknown(found, text)
    letters, number = found.ids[0]
    return Call(_SHOW[letters], "show", about.name((letters, number)))


def _asked(question: str) -> Route:
    def route(found: Meaning, text: str) -> Call:
        return _card(found, text) if found.experiment else Call("/ask", "", question)

    return route


def _accuracy(found: Meaning, _text: str) -> Call:
    named = about.name(("EXP", found.experiment)) if found.experiment else "it"
    return Call("/ask", "", f"how accurate is {named}")


def _add(_found: Meaning, text: str) -> Call:
    return Call(text=text, run=told.add)


def _away(found: Meaning, text: str) -> Call:
    if found.asks:
        return Call("/standup", "ooo", "")
    days = away.days(text)
    return Call("/standup", "ooo", days) if days else Call(text=text, run=offers.away)


def _unknown(found: Meaning, text: str) -> Call:
    if said.is_structured(text):
        return Call(verb="help", text=text, run=offers.nobody_asked)
    return Call(verb="help", text=text, run=offers.bound(offers.unsure, found, can_open=False))


_CALLS: dict[str, Route] = {
    "card": _card,
    "mine": lambda _f, _t: Call("/exp", ""),
    "board": lambda _f, _t: Call("/board", ""),
    "status": _asked("how are we doing"),
    "why_late": _asked("how are we doing"),
    "when": _asked("when will it be ready"),
    "accuracy": _accuracy,
    "add": _add,
    "blocked": lambda _f, _t: Call("/blocker", ""),
    "history": lambda _f, text: Call("/assay", "decided", text),
    "spent": lambda f, text: _card(f, text) if f.experiment else Call("/assay", "spent", text),
    "decisions": lambda _f, _t: Call("/assay", "decisions"),
    "away": _away,
    "back": lambda _f, _t: Call("/standup", "back"),
    "help": lambda _f, text: Call(verb="help", text=text, run=helps.start),
    "thanks": lambda _f, _t: Call(run=welcome.thanked, wide=True),
    "hello": lambda _f, _t: Call(run=welcome.greeted, wide=True),
}
