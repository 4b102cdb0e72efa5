"""/exp llm: what a language model may be sent."""

from core.text import straighten
from handlers.ask import Ask, Reply, Routes, Verb
from services.llm import llm
from services.ports import Lab
from views.llm import llm as view


def policy(lab: Lab, ask: Ask) -> Reply:
    """`llm` shows it, `llm never|local_only|redacted` sets it."""
    typed = straighten(ask.text).strip()
    if typed:
        status = llm.choose(lab, ask.team_id, typed, by=ask.user)
    else:
        status = llm.look(lab, ask.team_id)
    return Reply.of(view.shown(status))


ROUTES = Routes(
    verbs=(
        Verb(
            "/exp", "llm", "[never|local_only|redacted]", "What a language model may be sent",
            policy,
        ),
    ),
)  # fmt: skip
