"""How fast we may talk: one message a second a channel, 200 a minute a workspace, each method's
calls a minute, and whatever Slack's Retry-After says, by the bot's own clock. While Slack refuses
the app itself, one call now and then.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

_CHANNEL_GAP_S = 1.05
_WORKSPACE_PER_SECOND = 200 / 60
_WORKSPACE_BURST = 20.0
_MINUTE = timedelta(seconds=61)
# Calls a minute by kind, a little under the tier of the method behind it
# (docs.slack.dev/apis/web-api/rate-limits: tier 2 = 20, tier 3 = 50, tier 4 = 100).
_PER_MINUTE = {
    "update": 45, "delete": 45, "react": 45, "look": 45, "profile": 90, "home": 90,
    "ephemeral": 90, "group": 15, "prompts": 90, "unfurl": 45,
}  # fmt: skip
_FIRST_TRY_S, _LAST_TRY_S = 5.0, 300.0
Span = tuple[datetime, datetime]  # from when until when; outside of it the clock was moved


class Pace:
    """Token buckets, in memory: a restart forgets them and Slack's 429 reminds us."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._waits: dict[str, Span] = {}  # channels
        self._rests: dict[str, Span] = {}  # kinds
        self._barred: Span | None = None
        self._tries = 0
        self._tokens = _WORKSPACE_BURST
        self._filled_at = clock()
        self._made: dict[str, deque[datetime]] = {}

    def busy_channels(self) -> set[str]:
        """Channels that have to wait."""
        self._waits = {c: span for c, span in self._waits.items() if self._is_now(span)}
        return set(self._waits)

    def room(self, flying: int = 0) -> int:
        """How many messages the workspace may get now. flying: how many calls are open."""
        now = self._clock()
        passed = max(0.0, (now - self._filled_at).total_seconds())
        self._filled_at = now
        self._tokens = min(_WORKSPACE_BURST, self._tokens + passed * _WORKSPACE_PER_SECOND)
        if self._barred is not None:
            return 0 if self._is_now(self._barred) or flying else 1
        return int(self._tokens)

    def rooms(self) -> dict[str, int]:
        """How many calls of each kind may be made now; a kind that is not named has no limit."""
        now = self._clock()
        rooms = {}
        for kind, most in _PER_MINUTE.items():
            made = self._made.setdefault(kind, deque())
            while made and not now - _MINUTE < made[0] <= now:  # later: the clock was set back
                made.popleft()
            rooms[kind] = most - len(made)
        return rooms | {kind: 0 for kind, span in self._rests.items() if self._is_now(span)}

    def sent(self, kind: str, channel: str = "") -> None:
        """A call was made; channel: where a message appears by it."""
        if kind in _PER_MINUTE:
            self._made.setdefault(kind, deque()).append(self._clock())
        if channel:
            self._tokens -= 1
            self._waits[channel] = self._span(_CHANNEL_GAP_S)

    def hold(self, kind: str, channel: str, seconds: float) -> None:
        """Slack said Retry-After."""
        if kind in _PER_MINUTE:
            self.rest(kind, seconds)
        else:
            self._waits[channel] = self._span(seconds)

    def rest(self, kind: str, seconds: float) -> None:
        """Make no call of that kind for so long."""
        self._rests[kind] = self._span(seconds)

    @property
    def is_barred(self) -> bool:
        """True from Slack's refusal of the app until it takes a call again."""
        return self._barred is not None

    def bar(self) -> float:
        """Slack refused the app itself; seconds until one call may try again (5, 10 … 300)."""
        if self._barred is None or not self._is_now(self._barred):  # else: of the same moment
            seconds = min(_LAST_TRY_S, _FIRST_TRY_S * 2.0**self._tries)
            self._tries, self._barred = self._tries + 1, self._span(seconds)
        return (self._barred[1] - self._clock()).total_seconds()

    def admit(self) -> None:
        """Slack took a call of the app."""
        self._barred, self._tries = None, 0

    def _span(self, seconds: float) -> Span:
        now = self._clock()
        return now, now + timedelta(seconds=seconds)

    def _is_now(self, span: Span) -> bool:
        return span[0] <= self._clock() < span[1]
