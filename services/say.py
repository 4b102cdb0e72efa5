"""Saying things in Slack: rows for the outbox, in the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models import outbox
from models.outbox import Outbox
from services.ports import Lab
from views.kit import Message

LINK = "assay:link"  # in a message: the address of the post it links to
Prompts = Sequence[tuple[str, str]]  # (title, message), at most four
Specs = Sequence[dict[str, Any]]  # charts as values (core/*/*chart)


@dataclass(frozen=True)
class Voice:
    """Speaks in one workspace, in one transaction. channel: a channel id, or a user id (DM)."""

    session: Session
    workspace: str
    now: datetime
    team_id: int | None = None  # the team that speaks

    def post(
        self, key: str, channel: str, message: Message, *, thread_of: str = "", author: str = ""
    ) -> bool:
        """Post a message once per key; True when it is new. thread_of: the parent post's key.
        author: whose name and picture it carries, "" for our own.
        """
        text, blocks = message
        payload = {"text": text, "blocks": list(blocks)} | ({"author": author} if author else {})
        row = self._row("post", key, channel, payload)
        row.thread_of = thread_of
        return outbox.add(self.session, row)

    def picture(self, key: str, channel: str, spec: dict[str, Any], *, thread_of: str) -> bool:
        """Upload a chart (drawn by views/charts when it is sent) into a thread, once per key."""
        row = self._row("picture", key, channel, {"chart": spec})
        row.thread_of = thread_of
        return outbox.add(self.session, row)

    def pictures(self, key: str, channel: str, specs: Specs, *, thread_of: str = "") -> bool:
        """Upload charts as one message, once per key, into a thread if one is named."""
        row = self._row("picture", key, channel, {"charts": list(specs)})
        row.thread_of = thread_of
        return outbox.add(self.session, row)

    def whisper(self, key: str, channel: str, user_id: str, message: Message) -> bool:
        """Show a message to one person in a channel (ephemeral), once per key."""
        text, blocks = message
        payload = {"text": text, "blocks": list(blocks), "user": user_id}
        return outbox.add(self.session, self._row("ephemeral", key, channel, payload))

    def upload(self, key: str, user_id: str, file: tuple[str, str], comment: str) -> bool:
        """Send somebody a text file (its name, its content) by direct message, once per key."""
        name, content = file
        payload = {"name": name, "content": content, "text": comment}
        return outbox.add(self.session, self._row("upload", key, user_id, payload))

    def edit(self, target: str, message: Message, *, link_to: str = "") -> None:
        """Edit the post with key `target` in place; edits in a row become the last one.

        link_to: the key of another post; where the message says LINK its address is put, so the
        edit waits for that post.
        """
        text, blocks = message
        payload = {"text": text, "blocks": list(blocks)} | (
            {"link_to": link_to} if link_to else {}
        )
        row = self._row("update", f"edit:{target}", "", payload)
        row.target = target
        outbox.renew(self.session, row)

    def delete(self, target: str, instead: Message) -> None:
        """Delete the post with key `target`, once. instead: what it says where Slack keeps it."""
        text, blocks = instead
        payload = {"text": text, "blocks": list(blocks)}
        row = self._row("delete", f"delete:{target}", "", payload)
        row.target = target
        outbox.add(self.session, row)

    def react(self, channel: str, ts: str, name: str) -> None:
        """Add a reaction to somebody's message, once."""
        key = f"react:{channel}:{ts}:{name}"
        outbox.add(self.session, self._row("react", key, channel, {"ts": ts, "name": name}))

    def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        """Publish a person's App Home; several in a row become the last one."""
        self._renew("home", user_id, {"view": view})

    def suggest(self, user_id: str, channel: str, prompts: Prompts) -> None:
        """Have Slack suggest these in somebody's DM with us; the last ones stand."""
        self._renew(
            "prompts", user_id, {"channel": channel, "prompts": [list(p) for p in prompts]}
        )

    def unfurl(self, channel: str, ts: str, cards: dict[str, Any]) -> None:
        """Show these (by link, as Slack's unfurls) below somebody's message, once."""
        payload = {"ts": ts, "unfurls": cards}
        outbox.add(self.session, self._row("unfurl", f"unfurl:{channel}:{ts}", channel, payload))

    def ask_profile(self, user_id: str) -> None:
        """Have that person's profile fetched; services/team.record_profile gets it."""
        self._renew("profile", user_id, {})

    def ask_group(self, group_id: str) -> None:
        """Have a user group's members fetched; services/team.record_group gets them."""
        self._renew("group", group_id, {})

    def look(self, channel: str) -> None:
        """Have it looked whether we may write in that channel; leads hear when we may not."""
        self._renew("look", channel, {})

    def fetch(self, key: str, channel: str, wanted: dict[str, Any]) -> None:
        """Have files of a message fetched and read, once per key; services/evals/upload gets
        them.
        """
        outbox.add(self.session, self._row("file", key, channel, wanted))

    def heard(self, channel: str, ts: str) -> str:
        """The key under which somebody else's message can be answered in its thread."""
        key = f"heard:{channel}:{ts}"
        row = self._row("heard", key, channel, {})
        row.state, row.slack_channel, row.slack_ts = "sent", channel, ts
        outbox.add(self.session, row)
        return key

    def _renew(self, kind: str, channel: str, payload: dict[str, Any]) -> None:
        row = self._row(kind, f"{kind}:{self.workspace}:{channel}", channel, payload)
        outbox.renew(self.session, row)

    def _row(self, kind: str, key: str, channel: str, payload: dict[str, Any]) -> Outbox:
        return Outbox(
            kind=kind,
            key=key,
            workspace=self.workspace,
            team_id=self.team_id,
            channel=channel,
            payload=payload,
            created_at=self.now,
        )


def post(lab: Lab, workspace: str, key: str, channel: str, message: Message) -> bool:
    """Post a message once per key, in a transaction of its own; True when it is new."""
    with lab.begin() as session:
        return Voice(session, workspace, lab.clock()).post(key, channel, message)
