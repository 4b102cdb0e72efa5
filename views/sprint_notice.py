"""Everything said by itself about sprints, by the kind of thing."""

from collections.abc import Callable, Mapping
from typing import Any

from core.canvas import KillCheck
from core.retro import Idea, Retro
from core.sprint_notice import PlanDue, Reminder
from core.sprint_plan import Plan, Scope
from core.sprint_review import Figures, Held, Results
from views import canvas, kit, retro, sprint_plan, sprint_review, sprint_template
from views.experiment import Message


def plan_due(what: PlanDue) -> Message:
    """Time to plan, with the button."""
    count = what.candidates
    text = f"Sprint {what.span.number} ({sprint_plan.days(what.span)}) is to be planned: {count} "
    text += f"{'candidate' if count == 1 else 'candidates'}"
    text += "; moved here from a day off" if what.moved else ""
    ask = "What do *you* want to try, and what do you need from the team?"
    button = kit.button("See the candidates", "sprint_plan_open", str(what.span.number))
    return text, [kit.section(f"*{text}*\n{ask}"), kit.actions(button)]


_VIEWS: Mapping[type, Callable[[Any], Message]] = {
    Plan: sprint_plan.plan,
    Scope: sprint_plan.scope,
    PlanDue: plan_due,
    Held: sprint_review.held,
    Figures: sprint_review.figures,
    Results: sprint_review.results,
    Retro: retro.posted,
    Idea: retro.idea,
    Reminder: sprint_template.reminder,
    KillCheck: canvas.killed,
}


def show(what: object) -> Message:
    """The message for a value of one of the kinds above."""
    return _VIEWS[type(what)](what)
