"""How fast we may talk: one message a second a channel, 200 a minute a workspace, and whatever
Slack's Retry-After says, by the bot's own clock.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

_CHANNEL_GAP = timedelta(seconds=1.05)
_WORKSPACE_PER_SECOND = 200 / 60
_WORKSPACE_BURST = 20.0
_FAR = timedelta(seconds=90)  # a later time can only mean that the clock was set back


class Pace:
    """Token buckets, in memory: a restart forgets them and Slack's 429 reminds us."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._free_at: dict[str, datetime] = {}
        self._tokens = _WORKSPACE_BURST
        self._filled_at = clock()

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

    def sent(self, channel: str) -> None:
        """A message went there."""
        self._tokens -= 1
        self._free_at[channel] = self._clock() + _CHANNEL_GAP

    def hold(self, channel: str, seconds: float) -> None:
        """Slack said Retry-After."""
        self._free_at[channel] = self._clock() + timedelta(seconds=min(seconds, 60))

    def next_free(self) -> datetime | None:
        """When the first waiting channel is free again."""
        return min(self._free_at.values(), default=None)
