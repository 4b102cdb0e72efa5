"""What is known of a run, in a file of its own until Assay has taken the last of it.

It holds totals, not additions: whoever finds it sends all of it, and nothing counts twice.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MOST = 50  # left by others, sent at a start


@dataclass
class State:
    """A run as its runner knows it. *_at: seconds of this machine's clock since 1970; seconds: how
    long it has run by a clock that nobody sets. metrics: by name, [step, value or None, at].
    """

    url: str
    experiment: str
    run: str
    name: str
    host: str
    began_at: float
    seq: int = 0
    state: str = "running"
    told_at: float = 0.0
    ended_at: float | None = None
    seconds: float = 0.0
    gpus: int | None = None
    guessed: bool = False
    busy: float | None = None
    commit: str = ""
    stops: bool = False
    exit_code: int | None = None
    metrics: dict[str, list[tuple[int, float | None, float]]] = field(default_factory=dict)


def written(state: State, now: float) -> bytes:
    """The beat as it is sent at that moment: ages, since our clock may be wrong."""
    told = asdict(state)
    for name in ("url", "experiment", "told_at", "began_at", "ended_at"):
        told.pop(name)
    told["began"] = max(0.0, now - state.began_at)
    told["ended"] = None if state.ended_at is None else max(0.0, now - state.ended_at)
    told["metrics"] = {
        name: [[step, value, max(0.0, now - at)] for step, value, at in points]
        for name, points in state.metrics.items()
    }
    return json.dumps({"schema": "run/1", **told}, allow_nan=False).encode()


class Spool:
    """One run's file in a folder, and the lock that says somebody lives who writes it."""

    def __init__(self, folder: Path, run: str) -> None:
        self.path = folder / f"{run}.json"
        self._lock = folder / f"{run}.lock"
        self._held: int | None = None

    def hold(self) -> bool:
        """Take the lock; it is free again when the last process that inherits it has ended."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._held = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._held)
            self._held = None
            return False
        return True

    def save(self, state: State) -> None:
        """Keep it: the old file or the new one is there at any instant, never half of one."""
        fresh = self.path.with_suffix(".new")
        with os.fdopen(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
        ) as stream:
            json.dump(asdict(state), stream)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(self.path)

    def load(self) -> State | None:
        """What is kept, or None when nothing (readable) is."""
        try:
            return _state(json.loads(self.path.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def forget(self) -> None:
        """All of it was taken."""
        for path in (self.path, self._lock):
            with contextlib.suppress(OSError):
                path.unlink()

    def release(self) -> None:
        """Give the lock back."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _state(told: Mapping[str, Any]) -> State:
    metrics = {
        name: [(int(step), value, float(at)) for step, value, at in points]
        for name, points in told["metrics"].items()
    }
    return State(**{**told, "metrics": metrics})


def left(folder: Path) -> list[Spool]:
    """Files of runs whose runner is gone, locked for us."""
    found = [Spool(folder, path.stem) for path in sorted(folder.glob("*.json"))[:MOST]]
    return [one for one in found if one.hold()]
