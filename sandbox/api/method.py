"""What the Web API knows about each of its methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.api.args import Args
from sandbox.office import Office
from sandbox.shapes import Json, SlackError
from sandbox.workspace.channels import READ_SCOPES, Channel

Run = Callable[[Office, Args], Json]
# Calls a minute by tier (docs.slack.dev/apis/web-api/rate-limits); None = special, not counted.
TIER_2, TIER_3, TIER_4 = 20, 50, 100


@dataclass(frozen=True)
class Method:
    """One method: what runs, the scope it needs, calls a minute, whose token, and the arguments it
    takes (None: any).
    """

    run: Run
    scope: str | None = None
    per_minute: int | None = None
    caller: str = "bot"
    takes: frozenset[str] | None = None


def need_scope(office: Office, scope: str) -> None:
    """Refuse the call when the app was not granted ``scope``."""
    granted = office.manifest.scopes
    if office.strict and scope not in granted:
        raise SlackError(
            "missing_scope",
            violation="missing_scope",
            needed=scope,
            provided=",".join(sorted(granted)),
        )


def need_channel_scope(office: Office, channel: Channel, verb: str) -> None:
    """Refuse when e.g. groups:history is missing for a private channel."""
    need_scope(office, f"{READ_SCOPES[channel.kind]}:{verb}")
