"""Short-lived permissions Slack hands out with a payload: triggers and response addresses."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.shapes import SlackError

TRIGGER_S = 3.0
HOOK_S = 1800.0
HOOK_USES = 5


@dataclass
class Trigger:
    """A 3-second, single-use permission to open a view for a person (real, monotonic time)."""

    id: str
    user_id: str
    view_id: str | None
    issued_s: float
    used: bool = False
    opened: list[str] = field(default_factory=list)


class Triggers:
    """All triggers handed out so far."""

    def __init__(self, team_id: str) -> None:
        self.team_id = team_id
        self.issued: dict[str, Trigger] = {}

    def issue(self, user_id: str, view_id: str | None = None) -> Trigger:
        """A new trigger; ``view_id`` is the modal it came from (needed for views.push)."""
        trigger_id = f"{len(self.issued) + 1}.{self.team_id}.{secrets.token_hex(8)}"
        trigger = Trigger(trigger_id, user_id, view_id, time.monotonic())
        self.issued[trigger_id] = trigger
        return trigger

    def use(self, trigger_id: str, *, strict: bool) -> Trigger:
        """Spend a trigger, or refuse it as Slack does."""
        trigger = self.issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id", violation="invalid_trigger_id")
        if strict and trigger.used:
            raise SlackError("exchanged_trigger_id", violation="exchanged_trigger_id")
        if strict and time.monotonic() - trigger.issued_s > TRIGGER_S:
            raise SlackError("expired_trigger_id", violation="expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class Hook:
    """A response_url: where it may write, for whom, and which message it came from."""

    token: str
    kind: str
    user_id: str
    channel_id: str
    message_ts: str | None
    thread_ts: str | None
    issued_s: float
    uses: int = 0


class Hooks:
    """All response_urls handed out so far; 5 uses within 30 minutes of the sandbox's clock."""

    def __init__(self, time_s: Callable[[], float]) -> None:
        self.time_s = time_s
        self.issued: dict[str, Hook] = {}

    def issue(
        self,
        kind: str,
        *,
        user_id: str,
        channel_id: str,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> Hook:
        """A new response address; ``kind`` is commands, actions or app."""
        token = secrets.token_urlsafe(18)
        hook = Hook(token, kind, user_id, channel_id, message_ts, thread_ts, self.time_s())
        self.issued[token] = hook
        return hook

    def find(self, token: str, *, strict: bool) -> Hook:
        """A hook that may still be used; the SlackError's name is what Slack answers."""
        hook = self.issued.get(token)
        if hook is None:
            raise SlackError("expired_url")
        if strict and self.time_s() - hook.issued_s > HOOK_S:
            raise SlackError("expired_url", violation="expired_url")
        if strict and hook.uses >= HOOK_USES:
            raise SlackError("used_url", violation="used_url")
        return hook
