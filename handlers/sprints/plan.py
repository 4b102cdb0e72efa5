"""/sprint plan: candidates, committing, and changes of scope."""

from core.experiments.checkpoint import read_hours
from core.faults import Faults
from core.sprints.setup import read_split
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from handlers.experiments.experiment import numbered
from services import form_draft
from services.ports import Lab
from services.sprints import plan as sprint_plan
from services.sprints import scope as sprint_scope
from services.sprints.plan import Choice
from services.sprints.scope import ScopeChange
from views.sprints import plan as view
from views.sprints import plan_form as forms


def plan(lab: Lab, ask: Ask) -> Reply:
    """`/sprint plan [4|next]`, and the button of the planning post."""
    found = sprint_plan.look(lab, ask.team_id, ask.text or ask.value, "learn", by=ask.user)
    return Reply.of(view.offer(found))


def sort(lab: Lab, ask: Ask) -> Reply:
    """The sort switch; its value is `sprint|order`."""
    typed, _, order = ask.value.partition("|")
    order = "earn" if order == "earn" else "learn"
    return Reply.of(
        view.offer(sprint_plan.look(lab, ask.team_id, typed, order, by=ask.user)), replace=True
    )


def opened(lab: Lab, ask: Ask) -> Reply:
    """The Commit button: the form. Raises Refused without anything to commit to, or not a lead."""
    found = sprint_plan.to_commit(lab, ask.team_id, ask.value, by=ask.user)
    kept = form_draft.offer(lab, ask.team_id, ask.user, _draft(found.span.number))
    return Reply(modal=forms.form(found, kept))


def commit(lab: Lab, ask: Ask) -> Reply:
    """The form was sent."""
    number = ask.carried("number")
    numbers, typed = ask.picked_all("experiments"), clean(ask.written("capacity"))
    with Faults() as each:
        each(sprint_plan.require_some, numbers)
        choice = Choice(
            number=number,
            by=ask.user,
            numbers=numbers,
            goal=" ".join(clean(ask.written("goal"), limit=300).split()),
            split=each(read_split, ask.written("split")),
            capacity=each(read_hours, typed, field="capacity") or None if typed else None,
            seen=ask.told("seen"),
        )
    done = sprint_plan.commit(lab, ask.team_id, choice)
    form_draft.forget(lab, ask.team_id, ask.user, _draft(number))
    return Reply.of(view.planned(done.plan, told=done.told))


def closed(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered again."""
    form_draft.keep(lab, ask.team_id, ask.user, _draft(ask.carried("number")), ask.values)
    return Reply()


def add(lab: Lab, ask: Ask) -> Reply:
    """`/sprint add EXP-042 why`."""
    return _change(lab, ask, "add")


def drop(lab: Lab, ask: Ask) -> Reply:
    """`/sprint drop EXP-042 why`."""
    return _change(lab, ask, "drop")


def agree(lab: Lab, ask: Ask) -> Reply:
    """The button below a move out of the backlog: the team agrees to run it this sprint."""
    number, _ = numbered(ask, "/sprint add EXP-042 why")
    wish = ScopeChange(number, True, "agreed as it left the backlog", ask.user)
    scope, plan = sprint_scope.change(lab, ask.team_id, wish)
    return Reply.of(view.changed(scope, plan))


def _change(lab: Lab, ask: Ask, verb: str) -> Reply:
    number, why = numbered(ask, f"/sprint {verb} EXP-042 why")
    wish = ScopeChange(number, verb == "add", why, ask.user)
    scope, plan = sprint_scope.change(lab, ask.team_id, wish)
    return Reply.of(view.changed(scope, plan))


def _draft(number: int) -> str:
    return f"{forms.FORM}:{number}"


ROUTES = Routes(
    verbs=(
        Verb("/sprint", "plan", "[4|next]", "Candidates ranked; commit to some", plan),
        Verb("/sprint", "add", "EXP-042 why", "Take one into the sprint", add, leads=True),
        Verb("/sprint", "drop", "EXP-042 why", "Take one out of it", drop, leads=True),
    ),
    actions={
        "sprint_plan_open": plan,
        "sprint_sort": sort,
        "sprint_commit": opened,
        "sprint_agree": agree,
    },
    forms={forms.FORM: commit},
    closed={forms.FORM: closed},
)
