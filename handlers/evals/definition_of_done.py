"""/gate done: the team's Definition of Done."""

import re
from collections.abc import Mapping
from typing import Any

from core.errors import Refused
from core.evals import definition_of_done as rules
from core.evals import done_from_canvas
from core.evals.definition_of_done import Requirement
from core.evals.done_from_canvas import CanvasRequirement
from core.evals.metric import FIVE_SEEDS
from core.faults import Faults
from core.quantity import metric_value
from core.text import clean
from handlers.ask import Ask, Reply, Routes, Verb
from services import form_draft
from services.evals import definition_of_done
from services.ports import Lab
from services.project import canvas
from services.workspace import audience
from views.evals import definition_of_done as view


def done(lab: Lab, ask: Ask) -> Reply:
    """`done` shows it; `done toml` is the text to edit, `done accuracy` one metric's form."""
    word = clean(ask.text, limit=60)
    if word.casefold() == "toml":
        return open_text(lab, ask)
    if word:
        return _open_one(lab, ask, definition_of_done.read(lab, ask.team_id).named(word))
    found = definition_of_done.read(lab, ask.team_id)
    leads = audience.reader(lab, ask.team_id, ask.user).leads
    offers = done_from_canvas.offers(canvas.measures(lab, ask.team_id), found.requirements)
    return Reply.of(
        view.overview(found.requirements, by_default=found.by_default, leads=leads, offers=offers)
    )


def open_new(lab: Lab, ask: Ask) -> Reply:
    """The form of a new metric."""
    return _open_one(lab, ask, None)


def open_picked(lab: Lab, ask: Ask) -> Reply:
    """The form of the metric that was chosen from the menu."""
    return _open_one(lab, ask, definition_of_done.read(lab, ask.team_id).named(ask.value))


def _open_one(lab: Lab, ask: Ask, found: Requirement | None) -> Reply:
    definition_of_done.require_editor(lab, ask.team_id, ask.user)
    kept = _kept(lab, ask, _form(found.name if found else ""))
    return Reply(modal=view.form(found, kept, channel=ask.channel))


def open_canvas(lab: Lab, ask: Ask) -> Reply:
    """The button Take over: the metric's form, filled in with the canvas's target."""
    definition_of_done.require_editor(lab, ask.team_id, ask.user)
    offer = _offered(lab, ask, ask.value)
    if offer is None:
        raise Refused("The canvas asks for nothing else there now.", "`/gate done` shows both.")
    return Reply(modal=view.canvas_form(offer, channel=ask.channel))


def send_one(lab: Lab, ask: Ask) -> Reply:
    """The form of one metric was sent: it is added, changed or removed."""
    name = ask.told("name")
    if name and "remove" in (ask.values.get("flags") or []):
        saved = definition_of_done.remove(lab, ask.team_id, name, by=ask.user)
    else:
        with Faults() as each:
            new = _requirement(each, ask.values, name)
            rules.check(each, new)
        saved = definition_of_done.put(lab, ask.team_id, new, by=ask.user)
    _forget(lab, ask, _form(name))
    return Reply.of(view.saved(saved.changed, saved.waits))


def open_text(lab: Lab, ask: Ask) -> Reply:
    """All of it as TOML."""
    definition_of_done.require_editor(lab, ask.team_id, ask.user)
    kept = _kept(lab, ask, view.ALL)
    pieces = [str(kept[name]) for name in sorted(kept)]
    if not pieces:
        found = definition_of_done.read(lab, ask.team_id)
        pieces = rules.to_toml(found.requirements, limit=view.PIECE)
    return Reply(modal=view.toml_form(pieces, kept=bool(kept), channel=ask.channel))


def send_text(lab: Lab, ask: Ask) -> Reply:
    """The TOML was sent."""
    names = sorted(name for name in ask.values if name.startswith("toml"))
    text = "\n".join(clean(str(ask.values[name] or ""), limit=4000) for name in names)
    saved = definition_of_done.replace_all(lab, ask.team_id, text, by=ask.user)
    _forget(lab, ask, view.ALL)
    return Reply.of(view.saved(saved.changed, saved.waits))


def keep_one(lab: Lab, ask: Ask) -> Reply:
    """The form of a metric was closed: what was typed is offered next time."""
    name = ask.told("name")
    known = definition_of_done.read(lab, ask.team_id).requirements
    offer = _offered(lab, ask, ask.told("canvas"))
    found = offer.requirement if offer else next((r for r in known if r.name == name), None)
    if view.is_typed(ask.values, found):
        form_draft.keep(lab, ask.team_id, ask.user, _form(name), ask.values)
    return Reply()


def keep_text(lab: Lab, ask: Ask) -> Reply:
    """The TOML form was closed: what differs from what holds is kept."""
    found = definition_of_done.read(lab, ask.team_id)
    pieces = rules.to_toml(found.requirements, limit=view.PIECE)
    if [str(text or "").strip() for text in ask.values.values()] != [p.strip() for p in pieces]:
        form_draft.keep(lab, ask.team_id, ask.user, view.ALL, ask.values)
    return Reply()


def _offered(lab: Lab, ask: Ask, name: str) -> CanvasRequirement | None:
    known = definition_of_done.read(lab, ask.team_id).requirements
    offers = done_from_canvas.offers(canvas.measures(lab, ask.team_id), known) if name else ()
    return next((one for one in offers if one.measure.name == name), None)


def _requirement(each: Faults, values: Mapping[str, Any], name: str) -> Requirement:
    """The requirement in a form, as far as it can be read."""
    flags = values.get("flags") or []
    typed = clean(str(values.get("name") or ""), limit=60)
    slices = re.split(r"[,;]\s*", clean(str(values.get("slices") or ""), limit=300))
    return Requirement(
        name=name or " ".join(typed.split()),
        group=str(values.get("group") or "model_quality"),
        direction=str(values.get("direction") or "higher"),
        kind=str(values.get("kind") or "rate"),
        threshold=each(_number, values, "threshold"),
        margin=each(_number, values, "margin"),
        relative="relative" in flags,
        blocking="blocking" in flags,
        sequential="sequential" in flags,
        score=clean(str(values.get("score") or ""), limit=100),
        slices=tuple(key.strip() for key in slices if key.strip()),
        gap=each(_number, values, "gap"),
        examples=each(_count, values, "examples"),
        runs=each(_runs, values),
    )


def _number(values: Mapping[str, Any], name: str) -> float | None:
    text = str(values.get(name) or "").strip()
    return metric_value(text, field=name) if text else None


def _count(values: Mapping[str, Any], name: str) -> int | None:
    number = _number(values, name)
    return None if number is None else int(number)


def _runs(values: Mapping[str, Any]) -> int:
    runs = _count(values, "runs")
    return FIVE_SEEDS if runs is None else runs


def _form(name: str) -> str:
    return f"{view.ONE}:{name}"


def _kept(lab: Lab, ask: Ask, form: str) -> dict[str, Any]:
    return form_draft.offer(lab, ask.team_id, ask.user, form)


def _forget(lab: Lab, ask: Ask, form: str) -> None:
    form_draft.forget(lab, ask.team_id, ask.user, form)


ROUTES = Routes(
    verbs=(
        Verb("/gate", "done", "[toml|METRIC]", "The Definition of Done: read or change it", done),
    ),
    actions={
        "gate_done_add": open_new,
        "gate_done_pick": open_picked,
        "gate_done_text": open_text,
        "gate_done_canvas": open_canvas,
    },
    forms={view.ONE: send_one, view.ALL: send_text},
    closed={view.ONE: keep_one, view.ALL: keep_text},
)
