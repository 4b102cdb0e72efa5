"""People in modals and the Home tab: submit, close, type, look."""

from __future__ import annotations

from typing import Any

from sandbox.api.views import checked, new_view
from sandbox.blocks.forms import elements, filled, form_errors
from sandbox.control.base import Desk
from sandbox.delivery import payloads
from sandbox.delivery.courier import NOTHING_SENT, Delivered, Parcel
from sandbox.delivery.events import all_of
from sandbox.shapes import ControlError, Json, SlackError
from sandbox.workspace.people import Member
from sandbox.workspace.surfaces import View


class Forms(Desk):
    """What people do with views."""

    async def submit(self, who: str, view_id: str, values: Json | None = None) -> Json:
        """Fill in and send a modal.

        Hands back {delivery, response_action, errors, view, closed}. A form Slack itself would
        not send (a required field is empty) comes back with errors and ``delivery.sent`` 0.
        """
        person = self._person(who)
        view = self._top(person, view_id)
        if not view.body.get("submit"):
            raise ControlError("This modal has no submit button.")
        view.state = filled(self._blocks(view), view.state, values or {})
        errors = form_errors(view.blocks, view.state)
        if errors:
            return self._result(view, NOTHING_SENT, action="errors", errors=errors)
        trigger = self.office.triggers.issue(person.id, view.id)
        payload = payloads.interaction(self.office.space, person, "view_submission")
        payload |= {
            "trigger_id": trigger.id,
            "view": payloads.view_payload(self.office.space, view),
            "response_urls": self._response_urls(person, view),
        }
        outcome = await self.office.courier.once(Parcel("interactive", payload))
        self.office.changes.note("view", only_for=person.id)
        if not outcome.ok:
            return self._result(view, outcome)
        try:
            return self._obey(view, outcome)
        except SlackError as refusal:
            self.office.refused(refusal.error, method="view_submission", facts=refusal.answer)
            return self._result(view, outcome)

    async def close_view(self, who: str, view_id: str, *, everything: bool = False) -> Json:
        """Close a modal (or the whole stack). Hands back {delivery}."""
        person = self._person(who)
        view = self._top(person, view_id)
        surfaces = self.office.space.surfaces
        cleared = everything or bool(view.body.get("clear_on_close"))
        if cleared:
            gone = surfaces.clear(person.id)
        else:
            surfaces.close(view)
            gone = [view]
        self.office.changes.note("view", only_for=person.id)
        outcome = NOTHING_SENT
        for closed in gone:
            if closed.body.get("notify_on_close"):
                outcome = await self._view_closed(person, closed, cleared=cleared)
        return {"delivery": outcome.as_json()}

    async def type_in(self, who: str, view_id: str, values: Json) -> Json:
        """Keep half-typed values of an open view. Hands back {}."""
        view = self.office.space.surfaces.of(self._person(who).id, view_id)
        view.state = filled(self._blocks(view), view.state, values)
        return {}

    def views(self, who: str) -> list[Json]:
        """The open modals of a person, top last, each with ``values``."""
        stack = self.office.space.surfaces.stack(self._person(who).id)
        return [self._view(view) for view in stack]

    def home(self, who: str) -> Json | None:
        """A person's Home tab, or None while the bot published nothing."""
        view = self.office.space.surfaces.homes.get(self._person(who).id)
        return self._view(view) if view else None

    async def home_opened(self, who: str, tab: str = "home") -> Json:
        """Open the app's Home or Messages tab. Hands back {delivery, view}."""
        person = self._person(who)
        if tab not in ("home", "messages"):
            raise ControlError("tab is home or messages.")
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self.office.space.dm(person.id).id,
            "tab": tab,
            "event_ts": f"{self.office.clock.time():.6f}",
        }
        shown = self.office.space.surfaces.homes.get(person.id)
        if shown is not None and tab == "home":
            event["view"] = payloads.view_payload(self.office.space, shown)
        outcome = await all_of(self.office.events.publish(event))
        return {"delivery": outcome.as_json(), "view": self.home(who)}

    def _top(self, person: Member, view_id: str) -> View:
        view = self.office.space.surfaces.of(person.id, view_id)
        stack = self.office.space.surfaces.stack(person.id)
        if not stack or stack[-1] is not view:
            raise ControlError("Only the modal on top can be used.", 409)
        return view

    def _blocks(self, view: View) -> list[Json]:
        """The view's blocks, external selects filled with what was suggested last."""
        blocks = [dict(block) for block in view.blocks]
        for block in blocks:
            for element in elements(block):
                if "external" in element["type"] and block["type"] == "input":
                    options = self.suggested.get(element["action_id"], [])
                    block["element"] = element | {"options": options}
        return blocks

    def _response_urls(self, person: Member, view: View) -> list[Json]:
        """One response_url for each filled channel select that asks for it."""
        urls: list[Json] = []
        for block in view.blocks:
            for element in elements(block):
                if not element.get("response_url_enabled"):
                    continue
                state = view.state.get(block["block_id"], {}).get(element["action_id"], {})
                chosen: Any = state.get("selected_conversation") or state.get("selected_channel")
                if not chosen:
                    continue
                hook = self.office.hooks.issue("app", user_id=person.id, channel_id=chosen)
                urls.append(
                    {
                        "response_url": f"{self.office.url}/hooks/{hook.token}",
                        "channel_id": chosen,
                        "action_id": element["action_id"],
                        "block_id": block["block_id"],
                    }
                )
        return urls

    def _obey(self, view: View, outcome: Delivered) -> Json:
        """Do what the ack of a submission says."""
        surfaces = self.office.space.surfaces
        answer = outcome.answer or {}
        action = answer.get("response_action") if isinstance(answer, dict) else "?"
        if not answer:
            surfaces.close(view)
            return self._result(view, outcome, closed=True)
        if action == "clear":
            surfaces.clear(view.user_id)
            return self._result(view, outcome, action=action, closed=True)
        if action == "errors":
            errors = self._marked(view, answer.get("errors"))
            return self._result(view, outcome, action=action, errors=errors)
        if action == "update":
            view.replace(checked(self.office, answer.get("view"), "modal"), self._now_s())
            return self._result(view, outcome, action=action)
        if action == "push":
            fresh = new_view(
                self.office, checked(self.office, answer.get("view"), "modal"), view.user_id
            )
            surfaces.push(fresh)
            return self._result(fresh, outcome, action=action)
        raise SlackError("invalid_response_action")

    def _marked(self, view: View, errors: Any) -> dict[str, str]:
        """Errors must name input blocks of the view."""
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or errors.keys() - inputs:
            raise SlackError("invalid_response_errors", errors=errors)
        return {str(block_id): str(sentence) for block_id, sentence in errors.items()}

    def _result(
        self,
        view: View,
        outcome: Delivered,
        *,
        action: str | None = None,
        errors: dict[str, str] | None = None,
        closed: bool = False,
    ) -> Json:
        return {
            "delivery": outcome.as_json(),
            "response_action": action,
            "errors": errors or {},
            "view": None if closed else self._view(view),
            "closed": closed,
        }

    async def _view_closed(self, person: Member, view: View, *, cleared: bool) -> Delivered:
        payload = payloads.interaction(self.office.space, person, "view_closed")
        payload |= {
            "view": payloads.view_payload(self.office.space, view),
            "is_cleared": cleared,
        }
        return await self.office.courier.once(Parcel("interactive", payload))

    def _now_s(self) -> float:
        return self.office.clock.time()
