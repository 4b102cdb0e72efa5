"""People talking: say, edit, delete, react."""

from __future__ import annotations

import base64
import copy
from typing import Any
from uuid import uuid4

from sandbox.api import posting
from sandbox.api.files import new_file
from sandbox.api.reactions import react, unreact
from sandbox.control.base import Desk
from sandbox.shapes import ControlError, Json, SlackError
from sandbox.workspace.channels import Channel, Message
from sandbox.workspace.people import Member
from sandbox.workspace.text import Reader


class Talk(Desk):
    """What people do with messages."""

    async def say(
        self,
        who: str,
        channel: str,
        text: str,
        *,
        thread_ts: str | None = None,
        **more: Any,
    ) -> Json:
        """Post ``text`` as typed; ``files`` [{name, content|content_base64}], ``broadcast``;
        ``late``: the bot hears of it only with ``arrive``, after what comes in between.

        Hands back {ts, delivery}.
        """
        person, place = self._seat(who, channel)
        self._may_write(person, place)
        if thread_ts is not None:
            parent = self._message(place, thread_ts, person)
            thread_ts = parent.thread_ts or parent.ts
        files = [self._file(person, one, place) for one in more.get("files") or []]
        if not text.strip() and not files:
            raise ControlError("An empty message cannot be sent.")
        body = self._body(person, place, text)
        if files:
            body |= {"files": files, "subtype": "file_share", "upload": False}
        if thread_ts is not None:
            body |= self._in_thread(place, thread_ts, broadcast=bool(more.get("broadcast")))
        place.add(body["ts"], body)
        place.last_read[person.id] = body["ts"]
        self.office.changes.note("message", place.id)
        if more.get("late"):
            self.office.events.late.append((place, dict(body)))
            return {"ts": body["ts"], "delivery": await self._told([])}
        sent = self.office.events.message(place, body)
        return {"ts": body["ts"], "delivery": await self._told(sent)}

    async def arrive(self) -> Json:
        """Tell the bot of what was written ``late``, as it was written. Hands back {delivery}."""
        late, self.office.events.late = self.office.events.late, []
        sent = [one for place, body in late for one in self.office.events.message(place, body)]
        return {"delivery": await self._told(sent)}

    async def upload(self, who: str, name: str, **content: str) -> Json:
        """A file somebody picked in a form: ``content`` or ``content_base64``. {file}."""
        return {"file": self._file(self._person(who), {"name": name, **content})}

    async def edit(self, who: str, channel: str, ts: str, text: str) -> Json:
        """Change an own message. Hands back {delivery}."""
        person, place = self._seat(who, channel)
        message = self._own(place, ts, person)
        before = place.shown(message)
        typed = Reader(self.office.space).message(text, message.ts[-5:])
        edited_ts = place.next_ts(self.office.clock.time())
        message.body |= {
            "text": typed.text,
            "blocks": typed.blocks,
            "edited": {"user": person.id, "ts": edited_ts},
        }
        self.office.changes.note("message", place.id)
        sent = posting.announce_change(self.office, place, message, before)
        return {"delivery": await self._told(sent)}

    async def delete(self, who: str, channel: str, ts: str) -> Json:
        """Delete an own message. Hands back {delivery}."""
        person, place = self._seat(who, channel)
        sent = posting.remove(self.office, place, self._own(place, ts, person))
        return {"delivery": await self._told(sent)}

    async def react(
        self, who: str, channel: str, ts: str, name: str, *, remove: bool = False
    ) -> Json:
        """Put a reaction under a message, or take it back. Hands back {delivery}."""
        person, place = self._seat(who, channel)
        message = self._message(place, ts, person)
        if message.only_for is not None:
            raise ControlError("Ephemeral messages take no reactions.")
        change = unreact if remove else react
        try:
            sent = change(self.office, place, message, user_id=person.id, name=name.strip(":"))
        except SlackError as refusal:
            raise ControlError(refusal.error, 409) from refusal
        return {"delivery": await self._told(sent)}

    def _may_write(self, person: Member, place: Channel) -> None:
        if place.is_archived:
            raise ControlError(f"#{place.name} is archived.", 409)
        if person.id not in place.members:
            raise ControlError(f"{person.name} is not in #{place.name}.", 403)
        if place.kind == "im" and not self.office.manifest.messages_tab:
            raise ControlError("Sending messages to this app has been turned off.", 403)

    def _body(self, person: Member, place: Channel, text: str) -> Json:
        ts = place.next_ts(self.office.clock.time())
        typed = Reader(self.office.space).message(text, ts[-5:])
        return {
            "client_msg_id": str(uuid4()),
            "type": "message",
            "text": typed.text,
            "user": person.id,
            "ts": ts,
            "team": self.office.space.team_id,
            "blocks": typed.blocks,
        }

    def _in_thread(self, place: Channel, thread_ts: str, *, broadcast: bool) -> Json:
        if not broadcast:
            return {"thread_ts": thread_ts}
        root = copy.deepcopy(place.messages[thread_ts].body)
        return {"thread_ts": thread_ts, "subtype": "thread_broadcast", "root": root}

    def _own(self, place: Channel, ts: str, person: Member) -> Message:
        message = self._message(place, ts, person)
        if message.body.get("user") != person.id:
            raise ControlError(f"{person.name} can only change their own messages.", 403)
        return message

    def _file(self, person: Member, given: Json, place: Channel | None = None) -> Json:
        try:
            content = base64.b64decode(given.get("content_base64") or "", validate=True)
        except ValueError as error:
            raise ControlError("content_base64 is not base64.") from error
        content = content or str(given.get("content") or "").encode()
        shared = new_file(self.office, str(given.get("name") or "file"), person.id, content)
        shared.title = str(given.get("title") or shared.name)
        shared.uploaded = shared.ready = True
        if place is not None:
            shared.channels.append(place.id)
        return shared.as_json(self.office.url)
