"""Slack's speed limits, measured on the sandbox's clock so that tests can skip the wait."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

POST_BURST = 3
POSTS_PER_S = 1.0
WORKSPACE_POSTS_PER_MIN = 300
WINDOW_S = 60.0


@dataclass
class Bucket:
    """A token bucket: ``burst`` at once, then ``rate`` a second."""

    tokens: float
    filled_at: float

    def take(self, now_s: float, *, burst: int, rate: float) -> float:
        """Seconds to wait before the next one is allowed; 0.0 means taken now."""
        elapsed_s = max(0.0, now_s - self.filled_at)
        self.tokens = min(float(burst), self.tokens + elapsed_s * rate)
        self.filled_at = now_s
        if self.tokens >= 1.0:
            self.tokens -= 1.0
            return 0.0
        return (1.0 - self.tokens) / rate


class SpeedLimits:
    """One message a second a channel (burst of 3), and calls a minute by a method's tier."""

    def __init__(self, time_s: Callable[[], float]) -> None:
        self.time_s = time_s
        self.buckets: dict[str, Bucket] = {}
        self.windows: dict[str, deque[float]] = {}

    def post(self, channel_id: str) -> int:
        """Whole seconds for Retry-After when a post comes too early, else 0."""
        now_s = self.time_s()
        bucket = self.buckets.setdefault(channel_id, Bucket(float(POST_BURST), now_s))
        wait_s = bucket.take(now_s, burst=POST_BURST, rate=POSTS_PER_S)
        if wait_s:
            return math.ceil(wait_s)
        return self.window("chat.postMessage", WORKSPACE_POSTS_PER_MIN)

    def window(self, name: str, per_minute: int) -> int:
        """Whole seconds for Retry-After when ``name`` was called too often, else 0."""
        now_s = self.time_s()
        calls = self.windows.setdefault(name, deque())
        while calls and calls[0] <= now_s - WINDOW_S:
            calls.popleft()
        if len(calls) >= per_minute:
            return max(1, math.ceil(calls[0] + WINDOW_S - now_s))
        calls.append(now_s)
        return 0

    def clear(self) -> None:
        """Forget all past calls (the clock was set back, or the workspace is new)."""
        self.buckets.clear()
        self.windows.clear()
