"""/exp retention: how long standup answers are kept; a dry run first, then a button."""

from core.workspace import retention as rules
from handlers.ask import Ask, Reply, Routes, Verb
from services.ports import Lab
from services.workspace import retention
from views.workspace import retention as view


def typed(lab: Lab, ask: Ask) -> Reply:
    """`/exp retention` shows it; `answers=365d` counts what would go and offers the button."""
    days = rules.read(ask.text)
    if days is None:
        return Reply.of(view.shown(retention.look(lab, ask.team_id)))
    return Reply.of(view.plan(retention.plan(lab, ask.team_id, days, by=ask.user)))


def confirmed(lab: Lab, ask: Ask) -> Reply:
    """The button; its value is the days, 0 for ever."""
    days = ask.number("Write `/exp retention`.")
    found, new = retention.choose(lab, ask.team_id, days, by=ask.user, key=ask.key)
    return Reply.of(view.chosen(found, new=new), replace=True)


ROUTES = Routes(
    verbs=(
        Verb("/exp", "retention", "[answers=365d|off]", "How long standup answers are kept",
             typed, leads=True),
    ),
    actions={"retention_set": confirmed},
)  # fmt: skip
