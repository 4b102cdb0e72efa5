"""/standup off: days on which the whole team is off."""

from handlers.ask import Ask, Reply, Routes, Verb
from services.announcement import Place
from services.ports import Lab
from services.standups import dayoff
from services.standups.absence import Note
from views.standups import dayoff as view


def off(lab: Lab, ask: Ask) -> Reply:
    """`/standup off [list]`, `off 2026-12-24 company party`, `off remove 2026-12-24`."""
    word, _, rest = ask.text.strip().partition(" ")
    where = Place(ask.key, ask.channel)
    if word.casefold() in {"", "list"}:
        return Reply.of(view.listed(dayoff.every(lab, ask.team_id, by=ask.user)))
    if word.casefold() == "remove":
        said = Note(ask.user, rest, ask.user)
        return Reply.of(view.removed(dayoff.remove(lab, ask.team_id, said, where)))
    said = Note(ask.user, ask.text, ask.user)
    return Reply.of(view.added(dayoff.add(lab, ask.team_id, said, where)))


ROUTES = Routes(
    verbs=(
        Verb(
            "/standup", "off", "2026-12-24 party", "Company days off (`list`, `remove`)", off,
            leads=True,
        ),
    ),
)  # fmt: skip
