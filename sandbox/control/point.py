"""Finding the element a person means, and keeping what they chose in it."""

from __future__ import annotations

from typing import Any, TypedDict

from sandbox.blocks.forms import STATEFUL, elements, option_of, state_of
from sandbox.control.base import Desk
from sandbox.shapes import ControlError, Json
from sandbox.workspace.channels import Channel, Message
from sandbox.workspace.people import Member
from sandbox.workspace.surfaces import View


class Spot(TypedDict, total=False):
    """Where an element is: in a message (channel, ts), a view (view_id) or the Home tab."""

    channel: str
    ts: str
    view_id: str
    home: bool
    block_id: str
    value: Any
    selected: Any


class Surface:
    """The message or view an element is on, with the state one person gave it."""

    def __init__(
        self, *, view: View | None, channel: Channel | None, message: Message | None
    ) -> None:
        self.view = view
        self.channel = channel
        self.message = message
        self.state: dict[str, Json] = view.state if view else {}

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        body = self.view.body if self.view else self.message.body if self.message else {}
        return list(body.get("blocks", []))


class Pointing(Desk):
    """Finds elements on messages, modals and Home tabs."""

    def _surface(self, person: Member, at: Spot) -> Surface:
        if at.get("view_id"):
            view = self.office.space.surfaces.of(person.id, at["view_id"])
            return Surface(view=view, channel=None, message=None)
        if at.get("home"):
            home = self.office.space.surfaces.homes.get(person.id)
            if home is None:
                raise ControlError(f"{person.name}'s Home tab is empty.", 404)
            return Surface(view=home, channel=None, message=None)
        if not at.get("channel"):
            raise ControlError("Say where: channel and ts, view_id, or home.")
        channel = self.office.space.place(at["channel"], person)
        message = self._message(channel, at.get("ts"), person)
        surface = Surface(view=None, channel=channel, message=message)
        surface.state = self.office.typing.of(person.id, channel.id, message.ts, surface.blocks)
        return surface

    def _element(
        self, surface: Surface, action_id: str, block_id: str | None
    ) -> tuple[Json, Json]:
        found = [
            (block, element)
            for block in surface.blocks
            for element in elements(block)
            if element.get("action_id") == action_id and block_id in (None, "", block["block_id"])
        ]
        if not found:
            raise ControlError(f"There is no element {action_id!r} here.", 404)
        if len(found) > 1:
            raise ControlError(f"{action_id!r} is here {len(found)} times: give block_id.")
        return found[0]

    def _choose(self, surface: Surface, block: Json, element: Json, value: Any) -> Json:
        """Keep the choice in the surface's state; hands back the action's own fields."""
        kind = element["type"]
        if kind in STATEFUL:
            if "external" in kind:
                element = element | {"options": self.suggested.get(element["action_id"], [])}
            chosen = state_of(element, value)
            surface.state.setdefault(block["block_id"], {})[element["action_id"]] = chosen
            return chosen
        if kind == "overflow":
            return {"selected_option": option_of(element, value)}
        if kind == "feedback_buttons":
            negative = value in ("negative", element["negative_button"]["value"])
            side = element["negative_button" if negative else "positive_button"]
            return {"value": side["value"], "text": side["text"]}
        return {key: element[key] for key in ("text", "value", "style") if key in element}
