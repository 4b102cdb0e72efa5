"""/data clear: legal approval, API rate limits and privacy review of what is collected."""

from core.data.clearance import read_name, read_state
from core.text import mentioned_users
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.data.dataset import KIND, written
from services.audited import ChangeRequest
from services.data import card
from services.ports import Lab

_USAGE = "/data clear DATA-003 privacy open @name"


def clear(lab: Lab, ask: Ask) -> Reply:
    """`/data clear DATA-003 legal|limits|privacy open [@name]|cleared|not needed`."""
    number, rest = KIND.numbered(ask, _USAGE)
    named, _, said = rest.partition(" ")
    owners = mentioned_users(said)
    words = " ".join(word for word in said.split() if not word.startswith(("<@", "@")))
    what = (read_name(named), read_state(words), owners[0] if owners else "")
    act = ChangeRequest(number, ask.user, channel=ask.channel)
    return written(card.review(lab, ask.team_id, what, act))


ROUTES = Routes(
    verbs=(Verb("/data", "clear", "DATA-003 legal|limits|privacy cleared", "A review", clear),),
)
