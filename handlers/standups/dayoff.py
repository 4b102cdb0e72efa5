"""/standup off: days on which the whole team is off."""

from core.standups.absence import Off
from handlers.ask import Ask, Reply, Routes, Verb
from services.announcement import announce
from services.ports import Lab
from services.standups import dayoff
from services.standups.absence import Note
from views.kit import Message
from views.standups import dayoff as view
from views.standups import standup as words


def off(lab: Lab, ask: Ask) -> Reply:
    """`/standup off [list]`, `off 2026-12-24 company party`, `off remove 2026-12-24`."""
    word, _, rest = ask.text.strip().partition(" ")
    if word.casefold() in {"", "list"}:
        return _said(view.listed(dayoff.every(lab, ask.workspace, words, by=ask.user)))
    if word.casefold() == "remove":
        said = Note(ask.user, rest, ask.user)
        return _decided(lab, ask, view.removed(dayoff.remove(lab, ask.workspace, said, words)))
    found: Off = dayoff.add(lab, ask.workspace, Note(ask.user, ask.text, ask.user), words)
    return _decided(lab, ask, view.added(found))


def _decided(lab: Lab, ask: Ask, message: Message) -> Reply:
    announce(lab, ask.workspace, f"dayoff:{ask.key}", (message,), channel=ask.channel)
    return _said(message)


def _said(message: Message) -> Reply:
    return Reply.of(message)


ROUTES = Routes(
    verbs=(
        Verb(
            "/standup", "off", "2026-12-24 party", "Company days off (`list`, `remove`)", off,
            leads=True,
        ),
    ),
)  # fmt: skip
