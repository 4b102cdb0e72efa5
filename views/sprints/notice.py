"""Everything said by itself about sprints, by the kind of thing."""

from collections.abc import Callable, Mapping
from typing import Any

from core.project.canvas import KillCheck
from core.sprints.plan import Plan, Scope
from core.sprints.retro import Idea, Retro
from core.sprints.review import Figures, Held, Results
from core.sprints.template import PlanDue, Reminder
from views import kit
from views.kit import Message
from views.project import canvas
from views.sprints import plan, retro, review, template


def plan_due(what: PlanDue) -> Message:
    """Time to plan, with the button."""
    count = what.candidates
    text = f"Sprint {what.span.number} ({plan.days(what.span)}) is to be planned: {count} "
    text += f"{'candidate' if count == 1 else 'candidates'}"
    text += "; moved here from a day off" if what.moved else ""
    ask = "What do *you* want to try, and what do you need from the team?"
    button = kit.button("See the candidates", "sprint_plan_open", str(what.span.number))
    return Message(text, [kit.section(f"*{text}*\n{ask}"), kit.actions(button)])


_VIEWS: Mapping[type, Callable[[Any], Message]] = {
    Plan: plan.plan,
    Scope: plan.scope,
    PlanDue: plan_due,
    Held: review.held,
    Figures: review.figures,
    Results: review.results,
    Retro: retro.posted,
    Idea: retro.idea,
    Reminder: template.reminder,
    KillCheck: canvas.killed,
}


def show(what: object) -> Message:
    """The message for a value of one of the kinds above."""
    return _VIEWS[type(what)](what)
