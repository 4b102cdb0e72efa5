"""/sprint setup: start, length, capacity and the hours of the ceremonies."""

from core.sprints import setup as rules
from core.sprints.setup import SprintSettings
from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.announcement import Place
from services.ports import Lab
from services.sprints import setup as sprint_setup
from views.sprints import setup as view


def setup(lab: Lab, ask: Ask) -> Reply:
    """`/sprint setup start=… weeks=2 …`; without anything after it the form."""
    if ask.text.strip():
        return _save(lab, ask, rules.read(ask.text))
    shown = sprint_setup.offer(lab, ask.workspace, by=ask.user)
    kept = form_draft.offer(lab, ask.workspace, ask.user, view.FORM)
    return Reply(modal=view.form(shown, kept))


def saved(lab: Lab, ask: Ask) -> Reply:
    """The form was sent; only what differs from what it showed is a wish."""
    reply = _save(lab, ask, rules.from_form(_changed(ask)))
    form_draft.forget(lab, ask.workspace, ask.user, view.FORM)
    return reply


def _save(lab: Lab, ask: Ask, wish: SprintSettings) -> Reply:
    place = Place(ask.key, ask.channel)
    shown = sprint_setup.save(lab, ask.workspace, wish, place, by=ask.user)
    return Reply.of(view.saved(shown, ask.user))


def closed(lab: Lab, ask: Ask) -> Reply:
    """The form was closed: what was typed is offered again."""
    form_draft.keep(lab, ask.workspace, ask.user, view.FORM, _changed(ask))
    return Reply()


def _changed(ask: Ask) -> dict[str, str]:
    given = ask.meta.get("given")
    shown = given if isinstance(given, dict) else {}
    return {k: v or "" for k, v in ask.values.items() if (v or "") != shown.get(k, "")}


ROUTES = Routes(
    verbs=(
        Verb("/sprint", "setup", "start=2026-11-30 weeks=2 capacity=120h plan=mon 10:00",
             "Start, length, capacity, ceremonies (or a form)", setup, leads=True),
    ),
    forms={view.FORM: saved},
    closed={view.FORM: closed},
)  # fmt: skip
