"""Dialog tests: conversation tables of (said, by, heard) against the real table and database.

`Conversation` stands where Bolt stands: it makes Asks, runs edge.answer, and keeps what was
heard. Nothing in it fakes the product; only the wire is left out (the flows test that).
"""

import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from core.llm.endpoint import NO_MODEL, Endpoint
from handlers import edge, envelope
from handlers.ask import Ask, Reply
from handlers.table import Table
from models.outbox import Outbox
from services.ports import Lab

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
WORKSPACE = "T0LAB"
BOT = "UASSAY"  # our own user there
TEAM = 1  # the first team there is in a new database


class PlainTestWriter:
    """Writes nothing, so that templates stand."""

    def write(self, asked: Any) -> Any:
        raise RuntimeError("no writer in this test")


@dataclass
class Conversation:
    """People talking to Assay. `now` moves only when a test moves it."""

    engine: Engine
    table: Table
    now: datetime = START
    workspace: str = WORKSPACE
    llm: Endpoint = NO_MODEL
    replies: list[Reply] = field(default_factory=list)
    _count: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def lab(self) -> Lab:
        writer = PlainTestWriter()
        return Lab(engine=self.engine, clock=lambda: self.now, writer=writer, llm=self.llm)

    def later(self, **span: float) -> None:
        """Move the clock on: later(days=1)."""
        self.now += timedelta(**span)

    def say(self, line: str, by: str = "UANA", *, channel: str = "CTEAM") -> Reply:
        """A slash command as typed: say("/kill EXP-042 overfits", by="UBEN")."""
        command, _, text = line.partition(" ")
        return self._ask("command", command, by, channel=channel, text=text)

    def press(self, action: str, value: str = "", by: str = "UANA", **more: Any) -> Reply:
        """A button, by action_id and value."""
        return self._ask("action", action, by, value=value, **more)

    def send(
        self, form: str, values: dict[str, Any], by: str = "UANA", *, meta: Any = None, **more: Any
    ) -> Reply:
        """A modal submitted: values by block id."""
        meta = meta or {}
        return self._ask(
            "submit", form, by, values=values, meta=meta, team_id=meta.get("team", 0), **more
        )

    def submit_open(self, values: dict[str, Any], by: str = "UANA") -> Reply:
        """Submit the modal that the last reply opened, keeping its prefilled values."""
        view = self.replies[-1].modal or self.replies[-1].update
        assert view, f"no modal is open; the last reply said: {self.replies[-1].text}"
        filled = prefilled(view) | values
        return self.send(
            view["callback_id"], filled, by, meta=json.loads(view["private_metadata"])
        )

    def close(
        self, form: str, values: dict[str, Any], by: str = "UANA", meta: Any = None
    ) -> Reply:
        """A modal closed with typed text in it."""
        meta = meta or {}
        return self._ask("closed", form, by, values=values, meta=meta, team_id=meta.get("team", 0))

    def event(self, name: str, event: dict[str, Any], by: str = "UANA", **more: Any) -> Reply:
        """Any other event."""
        event = {"type": name} | event
        return self._ask("event", name, by, event=event, **envelope.message_parts(event) | more)

    def write(
        self, text: str, by: str = "UANA", *, channel: str, ts: str = "", thread_ts: str = ""
    ) -> Reply:
        """A message in a channel, thread or DM."""
        ts = ts or f"{self.now.timestamp():.0f}.9{next(self._count):05d}"  # never a delivered one
        kind = "im" if channel.startswith("D") else "channel"
        event = {
            "type": "message",
            "text": text,
            "user": by,
            "channel": channel,
            "channel_type": kind,
            "ts": ts,
        } | ({"thread_ts": thread_ts} if thread_ts else {})
        return self.event("message", event, by, channel=channel, text=text, message_ts=ts)

    def mention(
        self,
        text: str,
        by: str = "UANA",
        *,
        channel: str = "CTEAM",
        thread_ts: str = "",
        **more: Any,
    ) -> Reply:
        """`@Assay text` in a channel, as Slack tells of it."""
        ts = f"{self.now.timestamp():.0f}.8{next(self._count):05d}"
        said = f"<@{BOT}> {text}"
        event = {"type": "app_mention", "text": said, "user": by, "channel": channel, "ts": ts}
        event |= {"thread_ts": thread_ts} if thread_ts else {}
        place = {"channel": channel, "text": said, "message_ts": ts, "bot": BOT} | more
        return self.event("app_mention", event, by, **place)

    def _ask(self, kind: str, name: str, by: str, **more: Any) -> Reply:
        channel = more.pop("channel", "CTEAM")
        key = more.pop("key", f"test:{next(self._count)}")
        ask = Ask(
            kind=kind, name=name, workspace=self.workspace, user=by, now=self.now, key=key,
            channel=channel, **more,
        )  # fmt: skip
        reply = edge.answer(self.lab, self.table, ask, {})
        self.replies.append(reply)
        return reply

    def run(self, job: Any) -> None:
        """Run a job function as the clock would."""
        job(self.lab, self.now)

    def sent(self, key_part: str = "") -> list[Outbox]:
        """Outbox rows whose key contains that, oldest first."""
        with Session(self.engine) as session:
            rows = session.exec(select(Outbox).order_by(Outbox.id)).all()  # type: ignore[arg-type]
            session.expunge_all()
        return [row for row in rows if key_part in row.key]

    def deliver(self) -> None:
        """Mark everything pending as sent, with made-up places, as the poster would."""
        with Session(self.engine) as session:
            for row in session.exec(select(Outbox).where(Outbox.state == "pending")).all():
                row.state = "sent"
                channel = row.channel
                row.slack_channel = f"D{channel[1:]}" if channel.startswith("U") else channel
                row.slack_ts = f"{self.now.timestamp():.0f}.{row.id:06d}"
            session.commit()


def prefilled(view: dict[str, Any]) -> dict[str, Any]:
    """The values a modal would submit when nothing is typed, by block id."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        plain = element.get("initial_value") or element.get("initial_user")
        plain = plain or element.get("initial_conversation") or element.get("initial_time")
        plain = plain or element.get("initial_users") or element.get("initial_date")
        if "initial_option" in element:
            plain = element["initial_option"]["value"]
        if "initial_options" in element:
            plain = [option["value"] for option in element["initial_options"]]
        if plain is None and element["type"] in {"checkboxes", "multi_users_select"}:
            plain = []
        values[block["block_id"]] = plain
    return values
