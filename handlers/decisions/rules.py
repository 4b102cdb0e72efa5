"""/exp rules: which rules propose, what they say about a ticket, what came of it."""

from core.decisions.policy import RULE_SETS
from core.quantity import experiment_number
from core.text import straighten
from handlers.ask import Ask, Reply, Routes, Verb
from services.decisions import rules
from services.ports import Lab
from views.decisions import rules as view


def asked(lab: Lab, ask: Ask) -> Reply:
    """`rules` (the team's table), `rules EXP-042` (explained), `rules honest|document`."""
    word = straighten(ask.value or ask.text).strip()
    if not word:
        found = rules.overview(lab, ask.team_id)
        return Reply.of(view.overview(found.rule_set, found.records))
    if word.lower() in RULE_SETS or not any(map(str.isdigit, word)):
        found = rules.choose(lab, ask.team_id, word.lower(), by=ask.user)
        return Reply.of(view.overview(found.rule_set, found.records, chosen=True))
    explained = rules.explained(lab, ask.team_id, experiment_number(word.split()[0]))
    return Reply.of(view.explained(explained))


ROUTES = Routes(
    verbs=(Verb("/exp", "rules", "[EXP-042]", "What the kill rules say, and why", asked),),
)
