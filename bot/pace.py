"""How fast we may talk: one message a second a channel, 200 a minute a workspace, each method's
calls a minute, and whatever Slack's Retry-After says, by the bot's own clock.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

_CHANNEL_GAP = timedelta(seconds=1.05)
_WORKSPACE_PER_SECOND = 200 / 60
_WORKSPACE_BURST = 20.0
_MINUTE = timedelta(seconds=61)
# Calls a minute by kind, a little under the tier of the method behind it
# (docs.slack.dev/apis/web-api/rate-limits: tier 2 = 20, tier 3 = 50, tier 4 = 100).
_PER_MINUTE = {"update": 45, "react": 45, "profile": 90, "home": 90, "ephemeral": 90, "group": 15}
_FAR = timedelta(seconds=90)  # a later time can only mean that the clock was set back


class Pace:
    """Token buckets, in memory: a restart forgets them and Slack's 429 reminds us."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._free_at: dict[str, datetime] = {}
        self._tokens = _WORKSPACE_BURST
        self._filled_at = clock()
        self._made: dict[str, deque[datetime]] = {}
        self._held: dict[str, datetime] = {}

    def busy_channels(self) -> set[str]:
        """Channels that have to wait."""
        now = self._clock()
        self._free_at = {c: at for c, at in self._free_at.items() if now < at < now + _FAR}
        return set(self._free_at)

    def room(self) -> int:
        """How many messages the workspace may get now."""
        now = self._clock()
        passed = max(0.0, (now - self._filled_at).total_seconds())
        self._filled_at = now
        self._tokens = min(_WORKSPACE_BURST, self._tokens + passed * _WORKSPACE_PER_SECOND)
        return int(self._tokens)

    def rooms(self) -> dict[str, int]:
        """How many calls of each kind may be made now; a kind that is not named has no limit."""
        now = self._clock()
        rooms = {}
        for kind, most in _PER_MINUTE.items():
            made = self._made.setdefault(kind, deque())
            while made and not now - _MINUTE < made[0] <= now:  # later: the clock was set back
                made.popleft()
            held = now < self._held.get(kind, now) < now + _FAR
            rooms[kind] = 0 if held else most - len(made)
        return rooms

    def sent(self, kind: str, channel: str = "") -> None:
        """A call was made; channel: where a message appears by it."""
        if kind in _PER_MINUTE:
            self._made.setdefault(kind, deque()).append(self._clock())
        if channel:
            self._tokens -= 1
            self._free_at[channel] = self._clock() + _CHANNEL_GAP

    def hold(self, kind: str, channel: str, seconds: float) -> None:
        """Slack said Retry-After."""
        until = self._clock() + timedelta(seconds=min(seconds, 60))
        if kind in _PER_MINUTE:
            self._held[kind] = until
        else:
            self._free_at[channel] = until
