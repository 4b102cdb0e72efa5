"""/gpu pool, /gpu share: one pool of GPUs for all teams, set by admins."""

from core.board.gpu import read_places
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from services.board import gpu_pool
from services.ports import Lab
from views.board import gpu_pool as view


def pool(lab: Lab, ask: Ask) -> Reply:
    """`/gpu pool`: how it stands; `/gpu pool 8` and `/gpu pool off` set it."""
    word = clean(ask.text).casefold().strip()
    if not word:
        return _seen(lab, ask, "")
    places = None if word == "off" else read_places(word)
    return _seen(lab, ask, gpu_pool.have(lab, ask.team_id, places, by=ask.user))


def share(lab: Lab, ask: Ask) -> Reply:
    """`/gpu share vision 40%`, `/gpu share vision off`."""
    return _seen(lab, ask, gpu_pool.share(lab, ask.team_id, ask.text, by=ask.user))


def _seen(lab: Lab, ask: Ask, said: str) -> Reply:
    return Reply.of(view.pool(gpu_pool.look(lab, ask.team_id, by=ask.user, said=said)))


ROUTES = Routes(
    verbs=(
        Verb("/gpu", "pool", "[8]", "One pool for all teams (admins: `8`, `off`)", pool),
        Verb("/gpu", "share", "vision 40%", "A team's share of the pool (`off`)", share,
             leads=True),
    ),
)  # fmt: skip
