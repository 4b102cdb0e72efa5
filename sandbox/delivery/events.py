"""Events of the workspace on their way to the bot: subscribed, and only where it is a member."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from sandbox.delivery.courier import NOTHING_SENT, Courier, Delivered
from sandbox.delivery.payloads import event_envelope, new_event_id
from sandbox.shapes import Json
from sandbox.workspace.channels import EVENT_TYPES, Channel
from sandbox.workspace.manifest import Manifest
from sandbox.workspace.workspace import Workspace

Sending = asyncio.Task[Delivered]
MESSAGE_EVENTS = {"channel": "message.channels", "private": "message.groups", "im": "message.im"}


_LINK = re.compile(r"<(https?://[^|>]+)")


def _host(url: str, hosts: Iterable[str]) -> str:
    """The registered host that a link lies on, itself or one below it; "" for none."""
    at = urlsplit(url).hostname or ""
    return next((host for host in hosts if at == host or at.endswith(f".{host}")), "")


class Events:
    """Builds and sends events of one workspace."""

    def __init__(self, space: Workspace, manifest: Manifest, courier: Courier) -> None:
        self.space = space
        self.manifest = manifest
        self.courier = courier
        self.late: list[tuple[Channel, Json]] = []  # new messages that are not told of yet

    def publish(self, event: Json, channel: Channel | None = None) -> list[Sending]:
        """Send ``event`` if subscribed and (with a channel) the bot is in it."""
        name = event["type"]
        if name == "message" and channel is not None:
            name = MESSAGE_EVENTS[channel.kind]
        if name not in self.manifest.bot_events:
            return []
        if channel is not None and not self.space.has_bot(channel):
            return []
        return [self.send(event)]

    def send(self, event: Json, event_id: str | None = None) -> Sending:
        """Send ``event`` whatever the subscriptions say."""
        at_s = self.courier.clock.time()
        event_id = event_id or new_event_id()
        payload = event_envelope(self.space, event, at_s=at_s, event_id=event_id)
        return self.courier.event(payload)

    def message(self, channel: Channel, body: Json) -> list[Sending]:
        """A new message (people's and the bot's own), plus app_mention where it is one."""
        event: Json = {
            **body,
            "channel": channel.id,
            "event_ts": body["ts"],
            "channel_type": EVENT_TYPES[channel.kind],
        }
        parent = channel.messages.get(str(body.get("thread_ts")))
        if parent is not None and parent.ts != body["ts"]:
            event["parent_user_id"] = parent.body.get("user")
        sent = self.publish(event, channel)
        named = f"<@{self.space.bot.id}>" in body.get("text", "")
        if named and channel.kind != "im" and body.get("user") != self.space.bot.id:
            mention = {k: v for k, v in event.items() if k not in ("channel_type", "subtype")}
            sent += self.publish({**mention, "type": "app_mention"}, channel)
        if body.get("bot_id") != self.space.bot_id:  # apps do not hear of their own links
            sent += self._links(channel, body)
        return sent

    def _links(self, channel: Channel, body: Json) -> list[Sending]:
        """link_shared, for links on a host of the manifest; of every channel, whoever is in it."""
        urls = dict.fromkeys(html.unescape(url) for url in _LINK.findall(body.get("text", "")))
        hosts = self.manifest.unfurl_domains
        links = [{"domain": host, "url": url} for url in urls if (host := _host(url, hosts))]
        if not links:
            return []
        event: Json = {
            "type": "link_shared",
            "channel": channel.id,
            "is_bot_user_member": self.space.has_bot(channel),
            "user": body.get("user"),
            "message_ts": body["ts"],
            "unfurl_id": f"{channel.id}.{body['ts']}",
            "source": "conversations_history",
            "links": links,
            "event_ts": body["ts"],
        }
        return self.publish(event | ({"thread_ts": t} if (t := body.get("thread_ts")) else {}))

    def changed(
        self, channel: Channel, message: Json, previous: Json, *, ts: str
    ) -> list[Sending]:
        """message_changed: an edit, a chat.update, a parent that became a tombstone."""
        return self._hidden(channel, ts, "message_changed", message=message, previous=previous)

    def deleted(self, channel: Channel, previous: Json, *, ts: str) -> list[Sending]:
        """message_deleted."""
        return self._hidden(channel, ts, "message_deleted", message=None, previous=previous)

    def _hidden(
        self, channel: Channel, ts: str, subtype: str, *, message: Json | None, previous: Json
    ) -> list[Sending]:
        event: Json = {
            "type": "message",
            "subtype": subtype,
            "previous_message": previous,
            "channel": channel.id,
            "hidden": True,
            "ts": ts,
            "event_ts": ts,
            "channel_type": EVENT_TYPES[channel.kind],
        }
        if message is not None:
            event["message"] = message
        else:
            event["deleted_ts"] = previous["ts"]
        return self.publish(event, channel)


async def all_of(sendings: Iterable[Sending]) -> Delivered:
    """Wait for first tries; one result for all of them (the worst)."""
    results = await asyncio.gather(*sendings)
    if not results:
        return NOTHING_SENT
    worst = min(results, key=lambda one: (one.ok, -one.ms))
    return replace(worst, sent=len(results))
