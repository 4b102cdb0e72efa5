"""/standup questions: what a standup asks, and the buttons that rearrange it."""

from core.errors import too_old
from core.standups.setup import Arrangement
from handlers.ask import Ask, Reply, Routes, Verb, number_in
from services import form_draft
from services.ports import Lab
from services.standups import questions as question
from services.standups.questions import Spot
from views.standups import questions as view

_FIELDS = ("text", "kind", "choices", "rules", "place")


def show(lab: Lab, ask: Ask) -> Reply:
    """`/standup questions`: the questions, with buttons for leads."""
    now, may_change = question.look(lab, ask.workspace, ask.user, ask.channel)
    return Reply.of(view.listed(now, may_change=may_change))


def add(lab: Lab, ask: Ask) -> Reply:
    """The button Add a question."""
    spot = _spot(ask)
    return _form(lab, ask, Spot(ask.user, spot.standup_id, spot.stamp))


def edit(lab: Lab, ask: Ask) -> Reply:
    """The button Edit of one question."""
    return _form(lab, ask, _spot(ask))


def save(lab: Lab, ask: Ask) -> Reply:
    """The form of a question was sent."""
    spot = _of_meta(ask)
    now = question.put(lab, ask.workspace, spot, ask.values)
    return _listed(now, "Saved.", replace=False)


def close(lab: Lab, ask: Ask) -> Reply:
    """The form of a question was closed: what was typed is offered next time."""
    typed = {name: ask.values[name] for name in _FIELDS if ask.values.get(name)}
    if ask.values.get("text"):
        form_draft.keep(lab, ask.workspace, ask.user, question.draft_name(_of_meta(ask)), typed)
    return Reply()


def up(lab: Lab, ask: Ask) -> Reply:
    """The button Up."""
    now = question.move(lab, ask.workspace, _spot(ask), -1)
    return _listed(now, "Moved.", replace=True)


def down(lab: Lab, ask: Ask) -> Reply:
    """The button Down."""
    now = question.move(lab, ask.workspace, _spot(ask), 1)
    return _listed(now, "Moved.", replace=True)


def remove(lab: Lab, ask: Ask) -> Reply:
    """The button Remove."""
    now = question.remove(lab, ask.workspace, _spot(ask))
    return _listed(now, "Removed.", replace=True)


def _form(lab: Lab, ask: Ask, spot: Spot) -> Reply:
    now, kept = question.open_form(lab, ask.workspace, spot)
    meta = {"standup": spot.standup_id, "stamp": spot.stamp, "at": spot.at}
    return Reply(modal=view.form(now, spot.at, kept, meta))


def _listed(now: Arrangement, note: str, *, replace: bool) -> Reply:
    return Reply.of(view.listed(now, may_change=True, note=note), replace=replace)


def _of_meta(ask: Ask) -> Spot:
    at = ask.carried("at") if ask.meta.get("at") is not None else None
    return Spot(ask.user, ask.carried("standup", 0), ask.told("stamp"), at)


def _spot(ask: Ask) -> Spot:
    parts = ask.value.split("|")
    hint = "Write `/standup questions`."
    if len(parts) != 3:
        raise too_old(hint)
    return Spot(ask.user, number_in(parts[0], hint), parts[2], number_in(parts[1], hint))


ROUTES = Routes(
    verbs=(Verb("/standup", "questions", "", "What is asked; leads change it", show),),
    actions={
        "standup_question_add": add,
        "standup_question_edit": edit,
        "standup_question_up": up,
        "standup_question_down": down,
        "standup_question_remove": remove,
    },
    forms={"standup_question_form": save},
    closed={"standup_question_form": close},
)
