"""Channels and the messages in them."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Literal

from sandbox.shapes import Json

Kind = Literal["channel", "private", "im"]
EVENT_TYPES: dict[Kind, str] = {"channel": "channel", "private": "group", "im": "im"}
READ_SCOPES: dict[Kind, str] = {"channel": "channels", "private": "groups", "im": "im"}


@dataclass
class Message:
    """One message: ``body`` is what Slack stores; an ephemeral one has an addressee."""

    ts: str
    body: Json
    only_for: str | None = None

    @property
    def thread_ts(self) -> str | None:
        """The parent's ts when this is a reply (or a parent that was replied to)."""
        found = self.body.get("thread_ts")
        return str(found) if found else None

    @property
    def is_reply(self) -> bool:
        """Whether it sits below another message."""
        return self.thread_ts not in (None, self.ts)

    @property
    def on_top(self) -> bool:
        """Whether it shows in the channel itself, not only in a thread."""
        return not self.is_reply or self.body.get("subtype") == "thread_broadcast"


@dataclass
class Channel:
    """A channel, a private channel or a DM (``user`` is then the person beside the bot)."""

    id: str
    name: str
    kind: Kind
    members: list[str] = field(default_factory=list)
    user: str | None = None
    topic: str = ""
    creator: str = ""
    created: int = 0
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)
    last_micros: int = 0
    suggested: list[Json] = field(default_factory=list)  # prompts, in a DM

    def next_ts(self, now_s: float) -> str:
        """A timestamp of now, newer than all before it in this channel."""
        micros = max(int(now_s * 1_000_000), self.last_micros + 1)
        self.last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def add(self, ts: str, body: Json, only_for: str | None = None) -> Message:
        """Keep a message under ``ts`` and hand it back."""
        message = Message(ts, body, only_for)
        self.messages[ts] = message
        return message

    def visible_to(self, user_id: str) -> list[Message]:
        """Messages that person sees, oldest first."""
        found = [m for m in self.messages.values() if m.only_for in (None, user_id)]
        return sorted(found, key=lambda message: message.ts)

    def public(self) -> list[Message]:
        """Messages that stay (no ephemerals), oldest first."""
        found = [m for m in self.messages.values() if m.only_for is None]
        return sorted(found, key=lambda message: message.ts)

    def replies(self, parent_ts: str) -> list[Message]:
        """Replies below a message, oldest first, without the parent."""
        return [m for m in self.public() if m.thread_ts == parent_ts and m.ts != parent_ts]

    def unread_by(self, user_id: str) -> int:
        """How many top-level messages came since that person last looked."""
        seen = self.last_read.get(user_id, "")
        return sum(
            m.ts > seen and m.on_top and m.body.get("user") != user_id
            for m in self.visible_to(user_id)
        )

    def shown(self, message: Message, *, with_metadata: bool = True) -> Json:
        """The message as Slack answers it, with its thread's counts computed."""
        body = copy.deepcopy(message.body)
        if not with_metadata:
            body.pop("metadata", None)
        if message.only_for or message.is_reply:
            return body
        replies = self.replies(message.ts)
        if replies:
            users = list(
                dict.fromkeys(str(r.body.get("user") or r.body.get("bot_id")) for r in replies)
            )
            body |= {
                "thread_ts": message.ts,
                "reply_count": len(replies),
                "reply_users_count": len(users),
                "reply_users": users,
                "latest_reply": replies[-1].ts,
            }
        return body

    def as_json(self, bot_id: str) -> Json:
        """The Slack ``channel`` object as the bot sees it."""
        base: Json = {
            "id": self.id,
            "created": self.created,
            "is_archived": self.is_archived,
            "is_im": self.kind == "im",
            "is_mpim": False,
            "is_org_shared": False,
        }
        if self.kind == "im":
            return base | {"user": self.user, "is_user_deleted": False, "priority": 0}
        return base | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "private",
            "is_private": self.kind == "private",
            "is_general": False,
            "is_shared": False,
            "is_ext_shared": False,
            "creator": self.creator,
            "is_member": bot_id in self.members,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": self.creator, "last_set": self.created},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": [],
        }
