"""What `assay run` was asked to do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.push_client import Assay


@dataclass(frozen=True)
class Plan:
    """A command to run beside which Assay is told. run: its id, never used again. folder: where
    what Assay has not taken waits. gpus: as told, None to find out. stops: it may be ended when
    Assay says so; then checkpoint (a command; "" for SIGUSR1), on_kill (a command, "" for none),
    SIGTERM, grace, SIGKILL. every, grace, last: seconds between beats, between the steps of an
    end, and how long the last beat may take.
    """

    command: Sequence[str]
    env: Mapping[str, str]
    server: Assay
    experiment: str
    run: str
    name: str
    host: str
    folder: Path
    clock: Callable[[], datetime]
    commit: str = ""
    gpus: int | None = None
    stops: bool = False
    checkpoint: str = ""
    on_kill: str = ""
    every: float = 30.0
    grace: float = 30.0
    last: float = 5.0
