"""Modals and Home tabs: the views the bot opened, with what people typed into them."""

from __future__ import annotations

import copy
import secrets
from dataclasses import dataclass, field

from sandbox.blocks.forms import keep_typed, starting_state
from sandbox.shapes import ControlError, Json, SlackError

MAX_STACK = 3


@dataclass
class View:
    """One view: ``body`` is what the bot sent (with block ids), ``state`` what was typed."""

    id: str
    user_id: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: dict[str, Json] = field(default_factory=dict)
    commanded_by: str | None = None

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.body.get("blocks", []))

    def replace(self, body: Json, now_s: float) -> None:
        """New content; typed values stay where block_id and action_id stayed."""
        before = self.state
        self.body = body
        self.hash = new_hash(now_s)
        self.state = keep_typed(starting_state(self.blocks), before)


@dataclass
class Surfaces:
    """Each person's stack of modals and their Home tab."""

    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)

    def stack(self, user_id: str) -> list[View]:
        """The open modals of a person, top last."""
        return self.stacks.setdefault(user_id, [])

    def find(self, view_id: str) -> View | None:
        """An open modal or a Home tab by its id."""
        every = [v for stack in self.stacks.values() for v in stack] + list(self.homes.values())
        return next((view for view in every if view.id == view_id), None)

    def by_external_id(self, external_id: str) -> View | None:
        """An open modal or a Home tab by the bot's own id for it."""
        every = [v for stack in self.stacks.values() for v in stack] + list(self.homes.values())
        return next((v for v in every if external_id and _external(v) == external_id), None)

    def of(self, user_id: str, view_id: str) -> View:
        """A view that person has open, for the control API."""
        view = self.find(view_id)
        if view is None or view.user_id != user_id:
            raise ControlError(f"The view {view_id} is not open any more.", 404)
        return view

    def open(self, view: View) -> None:
        """A new stack with this view alone."""
        self.stacks[view.user_id] = [view]

    def push(self, view: View) -> None:
        """On top of the person's stack, three at most."""
        stack = self.stack(view.user_id)
        if len(stack) >= MAX_STACK:
            raise SlackError("push_limit_reached", violation="push_limit_reached")
        if stack:
            view.previous_id = stack[-1].id
            view.root_id = stack[0].id
        stack.append(view)

    def close(self, view: View) -> None:
        """Take one view off its stack."""
        stack = self.stack(view.user_id)
        if view in stack:
            stack.remove(view)

    def clear(self, user_id: str) -> list[View]:
        """Close all of a person's modals; hands back what was open, top first."""
        return list(reversed(self.stacks.pop(user_id, [])))


def new_hash(now_s: float) -> str:
    """A view hash as Slack writes it."""
    return f"{int(now_s)}.{secrets.token_hex(4)}"


def _external(view: View) -> str:
    return str(view.body.get("external_id") or "")


def view_json(view: View, team: Json, *, typed: bool = False) -> Json:
    """The Slack ``view`` object; ``typed`` adds the state (submissions, closings, actions).

    ``team`` holds team_id, app_id and bot_id.
    """
    body = view.body
    shown: Json = {
        "id": view.id,
        "team_id": team["team_id"],
        "type": body["type"],
        "blocks": copy.deepcopy(view.blocks),
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": copy.deepcopy(view.state) if typed else {}},
        "hash": view.hash,
        "title": body.get("title"),
        "clear_on_close": bool(body.get("clear_on_close", False)),
        "notify_on_close": bool(body.get("notify_on_close", False)),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": team["app_id"],
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": team["team_id"],
        "bot_id": team["bot_id"],
    }
    return shown
