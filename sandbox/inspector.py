"""What went over the wire and which rules the bot broke: the sandbox's memory of itself."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.shapes import Json

KEPT_ENTRIES = 5000


@dataclass(frozen=True)
class Entry:
    """One thing that happened. ``at`` is sandbox time in seconds, ``ms`` real milliseconds."""

    seq: int
    at: float
    kind: str
    name: str
    ok: bool = True
    error: str | None = None
    ms: float | None = None
    detail: Json = field(default_factory=dict)

    def as_json(self) -> Json:
        """The entry as the control API shows it."""
        return asdict(self)


class Inspector:
    """Keeps the last entries, counts by kind and name, and every violation."""

    def __init__(self, time_s: Callable[[], float]) -> None:
        self.time_s = time_s
        self.entries: deque[Entry] = deque(maxlen=KEPT_ENTRIES)
        self.violations: list[Entry] = []
        self.counts: Counter[str] = Counter()
        self.seq = 0
        self.listeners: list[Callable[[Entry], None]] = []

    def add(self, kind: str, name: str, **facts: Any) -> Entry:
        """Remember one thing: ``facts`` are ok, error, ms and detail."""
        self.seq += 1
        entry = Entry(self.seq, round(self.time_s(), 6), kind, name, **facts)
        self.entries.append(entry)
        self.counts[kind] += 1
        self.counts[f"{kind}:{name}"] += 1
        for listener in self.listeners:
            listener(entry)
        return entry

    def violation(self, name: str, **detail: Any) -> None:
        """The bot broke a Slack rule called ``name``."""
        self.violations.append(self.add("violation", name, ok=False, error=name, detail=detail))

    def after(self, seq: int) -> list[Entry]:
        """Entries newer than ``seq``, oldest first."""
        return [entry for entry in self.entries if entry.seq > seq]

    def calls(self, name: str, *, ok: bool | None = None) -> list[Entry]:
        """Web API calls of one method, oldest first; ``ok`` filters by outcome."""
        found = (e for e in self.entries if e.kind == "api" and e.name == name)
        return [entry for entry in found if ok is None or entry.ok is ok]

    def clear(self) -> None:
        """Forget everything but the running number, so that readers notice."""
        self.entries.clear()
        self.violations.clear()
        self.counts.clear()
