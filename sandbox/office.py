"""Everything one sandbox holds, handed to the Web API, the hooks and the control calls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sandbox.blocks.forms import keep_typed, starting_state
from sandbox.clock import SandboxClock
from sandbox.delivery.courier import Courier, Transport
from sandbox.delivery.events import Events
from sandbox.delivery.signed_http import HttpDelivery
from sandbox.delivery.socket_mode import SocketMode
from sandbox.faults import Faults
from sandbox.inspector import Inspector
from sandbox.limits import SpeedLimits
from sandbox.shapes import Json
from sandbox.stream import Changes
from sandbox.tickets import Hooks, Triggers
from sandbox.workspace.manifest import Manifest, read_manifest
from sandbox.workspace.roster import default_workspace
from sandbox.workspace.workspace import Workspace

BOT_TOKEN = "xoxb-sandbox"  # noqa: S105  # opens nothing but this sandbox
APP_TOKEN = "xapp-sandbox"  # noqa: S105
SIGNING_SECRET = "sandbox0signing0secret0000000000"  # noqa: S105


@dataclass(frozen=True)
class Settings:
    """How a sandbox is set up; ``ack_s`` is how long it waits for an ack in real seconds."""

    manifest: Json | None = None
    transport: str = "socket"
    http_target: str | None = None
    signing_secret: str = SIGNING_SECRET
    clock_file: Path | str | None = None
    at: datetime | None = None
    port: int = 0
    ack_s: float = 3.0


@dataclass
class Typing:
    """What people chose in messages (selects and the like), by person, channel and ts."""

    states: dict[tuple[str, str, str], dict[str, Json]] = field(default_factory=dict)

    def of(self, user_id: str, channel_id: str, ts: str, blocks: list[Json]) -> dict[str, Json]:
        """The state of a message's elements for one person."""
        key = (user_id, channel_id, ts)
        self.states[key] = keep_typed(starting_state(blocks), self.states.get(key, {}))
        return self.states[key]


class Office:
    """The workspace with its clock, rules, links to the bot and memory of what happened."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.manifest: Manifest = read_manifest(settings.manifest)
        self.clock = SandboxClock(settings.clock_file, at=settings.at)
        self.inspector = Inspector(self.clock.time)
        self.limits = SpeedLimits(self.clock.time)
        self.faults = Faults()
        self.strict = True
        self.shut_out = ""  # the error every call with the bot token meets
        self.keeps_all = False  # compliance exports are on: no app may delete a message
        self.port = settings.port
        self.changes = Changes()
        self.space: Workspace = default_workspace(int(self.clock.time()))
        self.sockets = SocketMode(self.inspector, app_id=self.space.app_id, ack_s=settings.ack_s)
        self.http = _http(settings, self.inspector)
        transport: Transport = self.http or self.sockets
        self.courier = Courier(transport, self.clock, self.inspector)
        self.travel: Callable[[float], Awaitable[None]] = self._jump  # the demo goes hour by hour
        self.clock.listeners.append(lambda: self.changes.note("clock"))
        self.inspector.listeners.append(lambda _: self.changes.note("inspector"))
        self.sockets.listeners.append(lambda: self.changes.note("member"))
        self._fresh()

    @property
    def url(self) -> str:
        """Where everything is served."""
        return f"http://127.0.0.1:{self.port}"

    def renew(self) -> None:
        """An empty workspace from the roster again; links and clock stay."""
        self.space = default_workspace(int(self.clock.time()))
        self.courier.forget()
        self.inspector.clear()
        self.limits.clear()
        self.faults.clear()
        self.strict, self.shut_out, self.keeps_all = True, "", False
        self.sockets.enabled = True
        self._fresh()
        for what in ("message", "view", "home", "member"):
            self.changes.note(what)

    def refused(self, name: str, **detail: object) -> None:
        """Record a broken rule, while strict."""
        if self.strict:
            self.inspector.violation(name, **detail)

    async def _jump(self, offset_s: float) -> None:
        self.clock.move(offset_s)

    def _fresh(self) -> None:
        self.triggers = Triggers(self.space.team_id)
        self.hooks = Hooks(self.clock.time)
        self.typing = Typing()
        self.events = Events(self.space, self.manifest, self.courier)


def _http(settings: Settings, inspector: Inspector) -> HttpDelivery | None:
    if settings.transport == "socket":
        return None
    if settings.transport != "http" or not settings.http_target:
        raise ValueError("transport is 'socket', or 'http' together with http_target.")
    return HttpDelivery(
        inspector,
        target=settings.http_target,
        signing_secret=settings.signing_secret,
        ack_s=settings.ack_s,
    )
