"""views.*: opening, pushing, updating modals; publishing the Home tab."""

from __future__ import annotations

import copy
from typing import Any

from sandbox.api.args import Args
from sandbox.api.method import TIER_4, Method
from sandbox.blocks.forms import starting_state
from sandbox.blocks.rules import view_errors, view_too_large
from sandbox.blocks.storing import stored, with_defaults
from sandbox.delivery.payloads import view_payload
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.tickets import Trigger
from sandbox.workspace.surfaces import View, new_hash


def checked(office: Office, view: Any, kind: str) -> Json:
    """A view Slack would take, with block ids; refuses the others as Slack does."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", violation="invalid_arguments")
    if view_too_large(view):
        raise SlackError("view_too_large", violation="view_too_large")
    ready = frozenset(file.id for file in office.space.files.values() if file.ready)
    errors = view_errors(view, kind=kind, file_ids=ready) if office.strict else []
    if errors:
        raise SlackError(
            "invalid_arguments",
            violation="invalid_blocks",
            response_metadata={"messages": errors},
        )
    kept = copy.deepcopy(view) | {"blocks": stored(view["blocks"])}
    with_defaults(kept)
    return kept


def new_view(office: Office, body: Json, user_id: str) -> View:
    """A view object for that person, not shown anywhere yet."""
    taken = office.space.surfaces.by_external_id(str(body.get("external_id") or ""))
    if taken is not None:
        raise SlackError("duplicate_external_id", violation="duplicate_external_id")
    view_id = office.space.new_id("V")
    fresh = View(view_id, user_id, body, new_hash(office.clock.time()), view_id)
    fresh.state = starting_state(fresh.blocks)
    return fresh


def _trigger(office: Office, args: Args) -> Trigger:
    trigger_id = args.text("trigger_id") or args.needed("interactivity_pointer")
    return office.triggers.use(trigger_id, strict=office.strict)


def _shown(office: Office, view: View, *, what: str = "view") -> Json:
    office.changes.note(what, only_for=view.user_id)
    return {"view": view_payload(office.space, view, typed=False)}


def open_view(office: Office, args: Args) -> Json:
    """views.open."""
    body = checked(office, args.json("view", "invalid_arguments"), "modal")
    trigger = _trigger(office, args)
    view = new_view(office, body, trigger.user_id)
    office.space.surfaces.open(view)
    trigger.opened.append(view.id)
    return _shown(office, view)


def push_view(office: Office, args: Args) -> Json:
    """views.push: only with a trigger that came from a modal."""
    body = checked(office, args.json("view", "invalid_arguments"), "modal")
    trigger = _trigger(office, args)
    if trigger.view_id is None or not office.space.surfaces.stack(trigger.user_id):
        raise SlackError("invalid_trigger_id", violation="invalid_trigger_id")
    view = new_view(office, body, trigger.user_id)
    office.space.surfaces.push(view)
    trigger.opened.append(view.id)
    return _shown(office, view)


def _same_hash(view: View, args: Args) -> None:
    wanted = args.text("hash")
    if wanted and wanted != view.hash:
        raise SlackError("hash_conflict")


def update_view(office: Office, args: Args) -> Json:
    """views.update, by view_id or external_id."""
    surfaces = office.space.surfaces
    view = surfaces.find(args.text("view_id")) or surfaces.by_external_id(args.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    body = checked(office, args.json("view", "invalid_arguments"), view.body["type"])
    _same_hash(view, args)
    view.replace(body, office.clock.time())
    return _shown(office, view, what="home" if body["type"] == "home" else "view")


def publish_view(office: Office, args: Args) -> Json:
    """views.publish: somebody's Home tab."""
    if not office.manifest.home_tab:
        raise SlackError("not_enabled", violation="not_enabled")
    user_id = args.text("user_id")
    member = office.space.members.get(user_id)
    if member is None or member.is_bot:
        raise SlackError("user_not_found", violation="user_not_found")
    body = checked(office, args.json("view", "invalid_arguments"), "home")
    home = office.space.surfaces.homes.get(user_id)
    if home is None:
        home = new_view(office, body, user_id)
        office.space.surfaces.homes[user_id] = home
    else:
        _same_hash(home, args)
        home.replace(body, office.clock.time())
    return _shown(office, home, what="home")


METHODS = {
    "views.open": Method(open_view, None, TIER_4),
    "views.push": Method(push_view, None, TIER_4),
    "views.update": Method(update_view, None, TIER_4),
    "views.publish": Method(publish_view, None, TIER_4),
}
