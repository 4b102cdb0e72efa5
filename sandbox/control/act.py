"""People acting on the app: slash commands, clicks, shortcuts, typing into external selects."""

from __future__ import annotations

from typing import Any, Unpack

from sandbox.api import posting
from sandbox.api.hooks import answer_draft, say_back
from sandbox.blocks.composition import OPTION, OPTION_GROUP
from sandbox.blocks.forms import options_of
from sandbox.blocks.schema import Report, items
from sandbox.control.point import Pointing, Spot, Surface
from sandbox.delivery import payloads
from sandbox.delivery.courier import Delivered, Parcel
from sandbox.shapes import ControlError, Json, SlackError
from sandbox.workspace.channels import Channel
from sandbox.workspace.people import Member
from sandbox.workspace.text import Reader

MIN_QUERY = 3


class Acting(Pointing):
    """What people do with the app."""

    async def command(self, who: str, channel: str, command: str, text: str = "") -> Json:
        """Type a slash command. Hands back {delivery, response, opened_view}."""
        person, place = self._seat(who, channel)
        declared = self.office.manifest.command(command)
        if declared is None or "commands" not in self.office.manifest.scopes:
            raise ControlError(f"{command} is not a valid command.", 404)
        written = Reader(self.office.space).command(text, should_escape=declared.should_escape)
        trigger = self.office.triggers.issue(person.id)
        hook = self.office.hooks.issue("commands", user_id=person.id, channel_id=place.id)
        payload = payloads.slash(self.office.space, person, place, command=command, text=written)
        payload |= {"response_url": self._hook_url(hook.token), "trigger_id": trigger.id}
        outcome = await self.office.courier.once(Parcel("slash_commands", payload))
        said = f"{command} {text}".strip()
        response = self._respond(person, place, said, outcome)
        opened = self._opened(trigger.opened)
        return {"delivery": outcome.as_json(), "response": response, "opened_view": opened}

    async def click(self, who: str, action_id: str, **at: Unpack[Spot]) -> Json:
        """Press a button or choose in a select. Hands back {delivery, opened_view}."""
        person = self._person(who)
        if not self.office.manifest.interactive:
            raise ControlError("This app has interactivity switched off.", 409)
        surface = self._surface(person, at)
        block, element = self._element(surface, action_id, at.get("block_id"))
        chosen = self._choose(surface, block, element, at.get("selected") or at.get("value"))
        if block["type"] == "input" and not block.get("dispatch_action"):
            return {"delivery": Delivered(sent=0).as_json(), "opened_view": None}
        modal = surface.view if surface.view and surface.view.body["type"] == "modal" else None
        trigger = self.office.triggers.issue(person.id, modal.id if modal else None)
        action = chosen | {
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "type": element["type"],
            "action_ts": f"{self.office.clock.time():.6f}",
        }
        payload = payloads.interaction(
            self.office.space, person, "block_actions", **self._around(person, surface)
        )
        payload |= {"trigger_id": trigger.id, "actions": [action]}
        outcome = await self.office.courier.once(Parcel("interactive", payload))
        opened = self._opened(trigger.opened)
        return {"delivery": outcome.as_json(), "opened_view": opened}

    async def shortcut(
        self, who: str, callback_id: str, *, channel: str | None = None, ts: str | None = None
    ) -> Json:
        """Use a global shortcut, or one on a message. Hands back {delivery, opened_view}."""
        person = self._person(who)
        kind = "message" if channel else "global"
        if self.office.manifest.shortcut(callback_id, kind) is None:
            raise ControlError(f"The app has no {kind} shortcut {callback_id!r}.", 404)
        trigger = self.office.triggers.issue(person.id)
        fields: Json = {
            "callback_id": callback_id,
            "trigger_id": trigger.id,
            "action_ts": f"{self.office.clock.time():.6f}",
        }
        name = "shortcut"
        if channel:
            name = "message_action"
            fields |= self._on_message(person, channel, ts)
        payload = payloads.interaction(self.office.space, person, name, **fields)
        outcome = await self.office.courier.once(Parcel("interactive", payload))
        opened = self._opened(trigger.opened)
        return {"delivery": outcome.as_json(), "opened_view": opened}

    async def suggest(self, who: str, action_id: str, **at: Unpack[Spot]) -> Json:
        """Type ``value`` into an external select. Hands back {options, delivery}."""
        person = self._person(who)
        surface = self._surface(person, at)
        block, element = self._element(surface, action_id, at.get("block_id"))
        value = str(at.get("value") or "")
        if len(value) < element.get("min_query_length", MIN_QUERY):
            return {"options": [], "delivery": Delivered(sent=0).as_json()}
        around = self._around(person, surface)
        around.pop("response_url", None)
        around.pop("state", None)
        payload = payloads.interaction(
            self.office.space, person, "block_suggestion", **around, value=value
        )
        payload |= {"action_id": action_id, "block_id": block["block_id"]}
        outcome = await self.office.courier.once(Parcel("interactive", payload))
        options = self._options(outcome.answer)
        self.suggested[action_id] = options
        return {"options": options, "delivery": outcome.as_json()}

    def _hook_url(self, token: str) -> str:
        return f"{self.office.url}/hooks/{token}"

    def _respond(
        self, person: Member, place: Channel, said: str, outcome: Delivered
    ) -> Json | None:
        """Show the ack of a command, or what Slack shows when it went wrong."""
        if not outcome.ok:
            self._slackbot(person, place, f'{said.split()[0]} failed: "{outcome.error}"')
            return None
        answer = outcome.answer
        if not answer:
            return None
        body = {"text": answer} if isinstance(answer, str) else dict(answer)
        try:
            draft = answer_draft(body)
            posting.check(self.office, draft, what="ack")
        except SlackError as refusal:
            self.office.refused(refusal.error, method="ack", facts=refusal.answer)
            self._slackbot(person, place, f'{said.split()[0]} failed: "{refusal.error}"')
            return None
        kind = str(body.get("response_type") or "ephemeral")
        message = say_back(self.office, place, draft, user_id=person.id, kind=kind)
        if kind == "in_channel":
            message.body["slash_command"] = {"user": person.id, "text": said}
        shown: Json = {"response_type": kind, "text": draft.text, "blocks": draft.blocks}
        return shown | {"ts": message.ts}

    def _slackbot(self, person: Member, place: Channel, text: str) -> None:
        """A note only that person sees, from Slack itself."""
        ts = place.next_ts(self.office.clock.time())
        body = {"type": "message", "user": "USLACKBOT", "ts": ts, "text": text}
        place.add(ts, body, only_for=person.id)
        self.office.changes.note("message", place.id, person.id)

    def _around(self, person: Member, surface: Surface) -> Json:
        """Container and what is in it, plus a response_url for messages."""
        if surface.view is not None:
            return payloads.in_view(self.office.space, surface.view)
        assert surface.channel is not None
        assert surface.message is not None
        hook = self.office.hooks.issue(
            "actions",
            user_id=person.id,
            channel_id=surface.channel.id,
            message_ts=surface.message.ts,
        )
        around = payloads.in_message(surface.channel, surface.message)
        around["state"] = {"values": surface.state}
        return around | {"response_url": self._hook_url(hook.token)}

    def _on_message(self, person: Member, channel: str, ts: str | None) -> Json:
        place = self.office.space.place(channel, person)
        message = self._message(place, ts, person)
        if message.only_for is not None:
            raise ControlError("Ephemeral messages have no shortcuts.")
        hook = self.office.hooks.issue(
            "app", user_id=person.id, channel_id=place.id, message_ts=message.ts
        )
        return {
            "channel": payloads.place(place),
            "message_ts": message.ts,
            "message": place.shown(message),
            "response_url": self._hook_url(hook.token),
        }

    def _options(self, answer: Any) -> list[Json]:
        """The options of a block_suggestion ack, groups flattened; none when Slack refuses."""
        if not isinstance(answer, dict):
            return []
        report = Report()
        items(OPTION, 0, 100)(answer.get("options", []), "/options", report)
        items(OPTION_GROUP, 0, 100)(answer.get("option_groups", []), "/option_groups", report)
        if report.messages:
            self.office.refused("invalid_options", errors=report.messages)
            return []
        return options_of(answer)
